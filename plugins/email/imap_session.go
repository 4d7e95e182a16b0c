package email

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
	"github.com/emersion/go-sasl"
)

// imapSession is one connection with the mailbox opened.
type imapSession struct {
	client   *imapclient.Client
	set      *Settings
	pace     pace
	news     chan struct{} // the server told of a change
	validity uint32
	next     imap.UID // that the next mail would have had when the mailbox was opened; 0: the server did not say
}

// connect logs in and opens the mailbox.
func (r *reader) connect(ctx context.Context) (*imapSession, error) {
	s := &imapSession{set: &r.set, pace: r.pace, news: make(chan struct{}, 1)}
	if err := r.dial(ctx, s); err != nil {
		return nil, fmt.Errorf("connect to %s: %w", r.set.mailbox.address(), err)
	}
	if err := r.logIn(ctx, s); err != nil {
		s.close()
		return nil, fmt.Errorf("log in to %s as %s: %w", r.set.IMAPHost, r.set.imapUser(), err)
	}
	if err := s.open(ctx); err != nil {
		s.close()
		return nil, fmt.Errorf("open the mailbox %s: %w", r.set.IMAPMailbox, err)
	}
	return s, nil
}

func (r *reader) dial(ctx context.Context, s *imapSession) error {
	ctx, cancel := context.WithTimeout(ctx, r.pace.answer)
	defer cancel()
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", r.set.mailbox.address())
	if err != nil {
		return err
	}
	secure := &tls.Config{ServerName: r.set.IMAPHost, RootCAs: r.roots, MinVersion: tls.VersionTLS12, NextProtos: []string{"imap"}}
	options := &imapclient.Options{TLSConfig: secure, UnilateralDataHandler: &imapclient.UnilateralDataHandler{Mailbox: s.told}}
	stop := context.AfterFunc(ctx, func() { _ = conn.Close() })
	defer stop()
	switch r.set.IMAPTLS {
	case "implicit":
		wrapped := tls.Client(conn, secure)
		if err = wrapped.HandshakeContext(ctx); err == nil {
			s.client = imapclient.New(wrapped, options)
		}
	case "starttls":
		s.client, err = imapclient.NewStartTLS(conn, options)
	default:
		s.client = imapclient.New(conn, options)
	}
	if err == nil {
		err = s.client.WaitGreeting()
	}
	if err != nil {
		_ = conn.Close()
	}
	return err
}

// told notes that the server told of new mail.
func (s *imapSession) told(data *imapclient.UnilateralDataMailbox) {
	if data.NumMessages == nil {
		return
	}
	select {
	case s.news <- struct{}{}:
	default: // it is noted already
	}
}

func (r *reader) logIn(ctx context.Context, s *imapSession) error {
	user, password := r.set.imapUser(), r.set.imapPassword()
	var token string
	if password == "" {
		var err error
		if token, err = r.tokens.get(ctx); err != nil {
			return err
		}
	}
	err := s.command(ctx, func() error {
		caps := s.client.Caps()
		switch {
		case password == "":
			return s.client.Authenticate(&xoauth2{user: user, token: token})
		case caps.Has(imap.AuthCap("PLAIN")):
			return s.client.Authenticate(sasl.NewPlainClient("", user, password))
		case caps.Has(imap.CapLoginDisabled):
			return errors.New("the server takes no password over this connection")
		}
		return s.client.Login(user, password).Wait()
	})
	if err != nil && token != "" {
		r.tokens.forget()
	}
	return err
}

// open opens the mailbox, for reading only where nothing is to be changed.
func (s *imapSession) open(ctx context.Context) error {
	leave := s.set.IMAPAfter == "leave"
	err := s.command(ctx, func() error {
		data, err := s.client.Select(s.set.IMAPMailbox, &imap.SelectOptions{ReadOnly: leave}).Wait()
		if err == nil {
			s.validity, s.next = data.UIDValidity, data.UIDNext
		}
		return err
	})
	if err != nil || s.set.folder() == "" {
		return err
	}
	return s.openFolder(ctx)
}

// openFolder makes sure that mail can be moved to the folder. Without MOVE or
// UIDPLUS, moving would delete for good what others have marked for it.
func (s *imapSession) openFolder(ctx context.Context) error {
	return s.command(ctx, func() error {
		if caps := s.client.Caps(); !caps.Has(imap.CapMove) && !caps.Has(imap.CapUIDPlus) && !caps.Has(imap.CapIMAP4rev2) {
			return errors.New(`the server can't move single mails (neither MOVE nor UIDPLUS): set imap_after = "seen" or "leave"`)
		}
		found, err := s.client.List("", s.set.folder(), nil).Collect()
		if err != nil || len(found) > 0 {
			return err
		}
		if err := s.client.Create(s.set.folder(), nil).Wait(); err != nil {
			return fmt.Errorf("make the folder %s: %w", s.set.folder(), err)
		}
		return nil
	})
}

// command runs one command, and closes the connection where it is not answered
// in time or ctx ends.
func (s *imapSession) command(ctx context.Context, run func() error) error {
	return s.within(ctx, s.pace.answer, run)
}

func (s *imapSession) within(ctx context.Context, limit time.Duration, run func() error) error {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	stop := context.AfterFunc(ctx, func() { _ = s.client.Close() })
	defer stop()
	err := run()
	if err != nil && errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return fmt.Errorf("no answer within %s", limit)
	}
	return err
}

// wait returns when there may be new mail: when the server tells so where it
// has IDLE, else after a while. It reports a connection that is gone.
func (s *imapSession) wait(ctx context.Context) error {
	idles := s.client.Caps().Has(imap.CapIdle) || s.client.Caps().Has(imap.CapIMAP4rev2)
	if !idles {
		return s.pause(ctx, s.set.every)
	}
	var idle *imapclient.IdleCommand
	err := s.command(ctx, func() (err error) {
		idle, err = s.client.Idle()
		return err
	})
	if err != nil {
		return err
	}
	waited := s.pause(ctx, s.pace.idle)
	err = s.command(context.WithoutCancel(ctx), func() error {
		if err := idle.Close(); err != nil {
			return err
		}
		return idle.Wait()
	})
	return errors.Join(waited, err)
}

func (s *imapSession) pause(ctx context.Context, limit time.Duration) error {
	t := time.NewTimer(limit)
	defer t.Stop()
	select {
	case <-t.C:
	case <-s.news:
	case <-s.client.Closed():
		return errors.New("the server closed the connection")
	case <-ctx.Done():
		return ctx.Err()
	}
	return nil
}

func (s *imapSession) close() { _ = s.client.Close() }

// xoauth2 logs in by an access token, as Google and Microsoft document it for
// IMAP: https://developers.google.com/gmail/imap/xoauth2-protocol
type xoauth2 struct{ user, token string }

// Start gives the one answer that there is.
func (x *xoauth2) Start() (string, []byte, error) {
	return "XOAUTH2", []byte("user=" + x.user + "\x01auth=Bearer " + x.token + "\x01\x01"), nil
}

// Next answers the server's reasons, after which it says no.
func (x *xoauth2) Next([]byte) ([]byte, error) { return []byte{}, nil }
