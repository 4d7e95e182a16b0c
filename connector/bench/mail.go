package main

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"sync"
	"time"

	"github.com/wneessen/go-mail"

	"holdfast/connector/smtpsink"
	"holdfast/engine/cycle"
	"holdfast/plugins/host"
)

const (
	mails       = 10_000
	connections = 4
)

// mailRow sends through the channel's subprocess, last look and durable outbox
// included, and bare.
func mailRow(ctx context.Context, s setting) ([]Row, error) {
	server, err := smtpsink.Start(0)
	if err != nil {
		return nil, err
	}
	defer server.Close()
	server.Discard = true
	bare, err := sendBare(ctx, server.Port())
	if err != nil {
		return nil, err
	}
	sent, took, err := sendAll(ctx, s, server.Port())
	if err != nil {
		return nil, err
	}
	again, err := sendBare(ctx, server.Port())
	if err != nil {
		return nil, err
	}
	floor := mails / min(bare, again).Seconds()
	rate := float64(sent) / took.Seconds()
	return []Row{{
		Work: fmt.Sprintf("%d e-mails through the outbox and go-plugin", sent), Took: figure(rate) + " a second",
		Floor: fmt.Sprintf("go-mail bare over %d connections, %s a second", connections, figure(floor)),
		Ratio: 100 * rate / floor, Unit: "%", Goal: 25, AtLeast: true,
	}}, nil
}

// sendAll decides a ledger whose customers are nearly all due and delivers what
// came of it. Only the delivery is timed.
func sendAll(ctx context.Context, s setting, port int) (int, time.Duration, error) {
	const customers = mails * 11 / 10
	l, err := newLedger(ctx, s, 4*customers, customers)
	if err != nil {
		return 0, 0, err
	}
	defer l.close()
	if _, err := l.firstPull(ctx); err != nil {
		return 0, 0, err
	}
	if _, err := l.cycle.Decide(ctx, l.co, moment()); err != nil {
		return 0, 0, err
	}
	channel, err := launch(ctx, l.dir, port)
	if err != nil {
		return 0, 0, err
	}
	defer channel.Close()
	l.cycle.Channels["mail"] = cycle.Lane{Channel: channel, InFlight: connections}
	began := time.Now()
	sum, err := l.cycle.Deliver(ctx, "mail", moment())
	if err == nil && sum.Accepted < mails/2 {
		err = fmt.Errorf("only %s", sum)
	}
	return sum.Accepted, time.Since(began), err
}

// launch starts this program's own e-mail channel as a subprocess.
func launch(ctx context.Context, dir string, port int) (*host.Channel, error) {
	self, err := host.Self()
	if err != nil {
		return nil, err
	}
	cfg := self.Own("email")
	cfg.Dir = filepath.Join(dir, "channel")
	cfg.Settings, err = json.Marshal(map[string]any{"host": "127.0.0.1", "port": port, "tls": "none", "connections": connections})
	if err != nil {
		return nil, err
	}
	return host.Launch(ctx, cfg)
}

// sendBare sends the same letters with go-mail alone.
func sendBare(ctx context.Context, port int) (time.Duration, error) {
	workbook, err := attachment()
	if err != nil {
		return 0, err
	}
	var group sync.WaitGroup
	failed := make(chan error, connections)
	began := time.Now()
	for n := range connections {
		group.Go(func() { failed <- sendSome(ctx, port, n, workbook) })
	}
	group.Wait()
	took := time.Since(began)
	for range connections {
		if err := <-failed; err != nil {
			return 0, err
		}
	}
	return took, nil
}

func sendSome(ctx context.Context, port, n int, workbook []byte) error {
	client, err := mail.NewClient("127.0.0.1", mail.WithPort(port), mail.WithTLSPolicy(mail.NoTLS))
	if err != nil {
		return err
	}
	if err := client.DialWithContext(ctx); err != nil {
		return err
	}
	for i := range mails / connections {
		m, err := bareLetter(fmt.Sprintf("ap@k%d-%d.example.com", n, i), workbook)
		if err != nil {
			return err
		}
		if err := client.Send(m); err != nil {
			return err
		}
	}
	return client.Close()
}
