package service

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"runtime"
	"syscall"
	"time"

	kardianos "github.com/kardianos/service"
)

// Run calls fn and returns what it returns. The context of fn ends when ctx
// does and when the program is asked to stop: by SIGINT or SIGTERM, which
// systemd uses too, or by the Service Control Manager of Windows. A second
// signal, a moment later, exits at once with code 1.
func Run(ctx context.Context, fn func(context.Context) error) error {
	if runtime.GOOS == "windows" && !kardianos.Interactive() {
		return runManaged(ctx, fn)
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	finished := make(chan struct{})
	defer func() {
		signal.Stop(signals)
		close(finished)
	}()
	go watch(signals, finished, cancel)
	return fn(ctx)
}

// echo is how soon after the first a second signal is the same one: timeout(1),
// for one, signals a process and then its group.
const echo = 300 * time.Millisecond

// watch cancels at the first signal and exits at the second.
func watch(signals <-chan os.Signal, finished <-chan struct{}, cancel context.CancelFunc) {
	var asked time.Time
	for {
		select {
		case s := <-signals:
			if !asked.IsZero() && time.Since(asked) < echo {
				continue
			}
			if !asked.IsZero() {
				fmt.Fprintf(os.Stderr, "holdfast: %s again, leaving at once; what was under way is settled at the next start\n", s)
				os.Exit(1)
			}
			asked = time.Now()
			cancel()
		case <-finished:
			return
		}
	}
}

// runManaged runs fn as a Windows service.
func runManaged(ctx context.Context, fn func(context.Context) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	p := &program{ctx: ctx, cancel: cancel, fn: fn, exit: os.Exit, done: make(chan error, 1)}
	s, err := kardianos.New(p, &kardianos.Config{Name: "holdfast"})
	if err != nil {
		return err
	}
	return s.Run()
}

// program is a run under the Service Control Manager.
type program struct {
	ctx    context.Context
	cancel context.CancelFunc
	fn     func(context.Context) error
	exit   func(code int)
	done   chan error
}

// Start sets fn going and returns at once. If fn ends unasked the process
// exits with a failure, so that the manager's recovery starts it again.
func (p *program) Start(kardianos.Service) error {
	go func() {
		err := p.fn(p.ctx)
		if p.ctx.Err() == nil {
			fmt.Fprintln(os.Stderr, "holdfast: ended unasked:", err)
			p.exit(1)
		}
		p.done <- err
	}()
	return nil
}

// Stop asks fn to end and waits until it has.
func (p *program) Stop(kardianos.Service) error {
	p.cancel()
	return <-p.done
}
