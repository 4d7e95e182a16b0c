package email

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/emersion/go-imap/v2"
)

// clockSlack is by how much the server's clock may be behind ours, or the other
// way round, when it says when a mail came.
const clockSlack = 5 * time.Minute

// lookBack is how far a mailbox is read again whose numbers have changed.
// Whatever was taken in before is known by its name and is not taken in twice.
const lookBack = 7 * 24 * time.Hour

// place is how far the mailbox was read. It is kept in the same transaction as
// the event of the mail that it stands behind.
type place struct {
	Validity uint32    `json:"validity"` // the numbering that UID belongs to; 0: none yet
	UID      imap.UID  `json:"uid"`      // the last mail that was taken in
	Floor    time.Time `json:"floor"`    // what came earlier is none of ours
	Seen     time.Time `json:"seen"`     // when the latest mail came
	After    bool      `json:"after"`    // imap_after is not done yet to the last mail
}

// mark names the place in the record. A mailbox keeps its place when its server
// gets another name.
func (r *reader) mark() string { return "imap " + r.set.imapUser() + " " + r.set.IMAPMailbox }

// place returns how far the mailbox was read. Where it never was, it begins at
// imap_since, or now.
func (r *reader) place(ctx context.Context) (at place, err error) {
	text, err := r.record.Mark(ctx, r.mark())
	if err != nil {
		return at, fmt.Errorf("read how far the mailbox was read: %w", err)
	}
	if text != "" {
		if err := json.Unmarshal([]byte(text), &at); err != nil {
			return at, fmt.Errorf("how far the mailbox was read is spoilt in the record: %w", err)
		}
		return at, nil
	}
	at.Floor = r.set.since
	if at.Floor.IsZero() {
		at.Floor = time.Now().Add(-clockSlack)
	}
	at.Seen = at.Floor
	return at, r.keep(ctx, at)
}

func (at place) text() string {
	b, _ := json.Marshal(at) // numbers and times always can
	return string(b)
}

func (r *reader) keep(ctx context.Context, at place) error {
	if err := r.record.SetMark(ctx, r.mark(), at.text()); err != nil {
		return fmt.Errorf("keep how far the mailbox was read: %w", err)
	}
	return nil
}

// findAgain finds the place in the mailbox as it is numbered now (RFC 9051,
// 2.3.1.1): after a change of UIDVALIDITY, and at the first time, by the day.
// What was left undone to the last mail is done.
func (r *reader) findAgain(ctx context.Context, s *imapSession, at place) (place, error) {
	if at.Validity == s.validity {
		return r.finish(ctx, s, at)
	}
	from := at.Floor
	if back := at.Seen.Add(-lookBack); back.After(from) {
		from = back
	}
	first, err := s.firstSince(ctx, from)
	if err != nil {
		return at, err
	}
	at.Validity, at.UID, at.After = s.validity, first-1, false
	return at, r.keep(ctx, at)
}
