package email

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"holdfast/plugins/email/inbound"
	"holdfast/plugins/sdk"
)

// How often a mail is asked for whole, and in all, before it is passed over: one
// that a server can't give must not keep the others away.
const (
	triesWhole = 3
	triesInAll = 10
)

// take takes in one mail: its events and the place behind it are kept in one
// transaction, and only then is the mail touched. A death in between is made up
// for by findAgain.
func (r *reader) take(ctx context.Context, s *imapSession, at place, h head) (place, error) {
	next := at
	next.UID, next.After = h.uid, false
	if h.came.Before(at.Floor) {
		return next, r.keep(ctx, next)
	}
	if h.came.After(at.Seen) && h.came.Before(time.Now().Add(clockSlack)) {
		next.Seen = h.came
	}
	raw, err := r.get(ctx, s, h)
	if err != nil {
		return at, err
	}
	if raw == nil {
		return next, r.keep(ctx, next)
	}
	m := inbound.Parse(raw)
	events, err := r.events(ctx, m, h.came)
	if err != nil {
		return at, err
	}
	next.After = len(events) > 0 && s.set.IMAPAfter != "leave"
	if err := r.note(ctx, name(m, raw), events, next); err != nil {
		return at, fmt.Errorf("keep what mail %d says: %w", h.uid, err)
	}
	r.mu.Lock()
	r.read++
	r.mu.Unlock()
	return r.finish(ctx, s, next)
}

// finish does what imap_after says to the last mail, and notes that it is done.
func (r *reader) finish(ctx context.Context, s *imapSession, at place) (place, error) {
	if !at.After {
		return at, nil
	}
	if err := s.done(ctx, at.UID); err != nil {
		return at, err
	}
	at.After = false
	return at, r.keep(ctx, at)
}

// get fetches a mail. After some failures it is content with the beginning, and
// after more it passes the mail over and says so.
func (r *reader) get(ctx context.Context, s *imapSession, h head) ([]byte, error) {
	if r.stuck != h.uid {
		r.stuck, r.failures = h.uid, 0
	}
	limit := int64(wholeUpTo)
	if r.failures >= triesWhole {
		limit = inbound.Beginning / 16
	}
	raw, err := s.fetch(ctx, h, limit)
	if err == nil || ctx.Err() != nil {
		return raw, err
	}
	if r.failures++; r.failures < triesInAll {
		return nil, err
	}
	slog.Error("a mail is passed over", "mailbox", r.set.IMAPMailbox, "uid", h.uid, "size", h.size, "came", h.came, "error", err)
	next, kept := r.place(ctx)
	if kept == nil {
		next.UID, next.After = h.uid, false
		kept = r.keep(ctx, next)
	}
	if kept != nil {
		return nil, kept
	}
	return nil, err
}

// note keeps the events of one mail under its name, and the place with the last.
func (r *reader) note(ctx context.Context, name string, events []sdk.Event, at place) error {
	if len(events) == 0 {
		return r.keep(ctx, at)
	}
	last := len(events) - 1
	for i, e := range events[:last] {
		if err := r.record.Add(ctx, fmt.Sprintf("%s %d", name, i), e); err != nil {
			return err
		}
	}
	return r.record.AddWithMark(ctx, fmt.Sprintf("%s %d", name, last), events[last], r.mark(), at.text())
}
