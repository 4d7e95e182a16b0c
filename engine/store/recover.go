package store

import (
	"context"
	"database/sql"
	"time"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
)

// Recover settles what a dead process left behind: what it had only reserved is
// rendered again, what it had handed over is uncertain. It returns the latter,
// with their content, to be looked up; their ChangedAt is when they were handed
// over. Only the holder of the lock may call it.
func (s *Store) Recover(ctx context.Context, at time.Time) (handed []outbox.Delivery, err error) {
	err = s.write(ctx, "recover deliveries", func(tx *sql.Tx) error {
		left, err := listDeliveries(ctx, tx, `WHERE d.state IN (?, ?) ORDER BY d.id`, string(outbox.Reserved), string(outbox.Handed))
		if err != nil {
			return err
		}
		var notes []note
		for i := range left {
			d := &left[i]
			if d.State == outbox.Reserved {
				if err := d.shift(ctx, tx, outbox.Rendered, at); err != nil {
					return err
				}
				continue
			}
			handedAt := d.ChangedAt
			d.Reason, d.Detail = sequence.ReasonUncertain, "the program ended while the message was being handed over"
			if err := d.shift(ctx, tx, outbox.Uncertain, at); err != nil {
				return err
			}
			if d.Content, err = content(ctx, tx, d.ID); err != nil {
				return err
			}
			notes = append(notes, deliveryNote(d.Delivery, "cycle", at))
			d.ChangedAt = handedAt
			handed = append(handed, d.Delivery)
		}
		return journal(ctx, tx, notes...)
	})
	if err != nil {
		return nil, err
	}
	return handed, nil
}

// allowed lists where a person's word can move a delivery.
var allowed = [...]struct{ from, to outbox.State }{
	{outbox.Waiting, outbox.Superseded},
	{outbox.Uncertain, outbox.Accepted},
	{outbox.Uncertain, outbox.Rendered},
	{outbox.Uncertain, outbox.Superseded},
}

// Resolve moves a waiting or uncertain delivery on a person's word: waiting to
// superseded, uncertain to accepted, rendered (send again) or superseded. The
// yes to a waiting one is SayYes. day is the day on which an accepted one's
// steps are done; zero takes the day it was decided for.
func (s *Store) Resolve(ctx context.Context, id int64, to outbox.State, by string, at time.Time, day ar.Day) error {
	return s.write(ctx, "resolve a delivery", func(tx *sql.Tx) error {
		d, err := findDelivery(ctx, tx, id)
		if err != nil {
			return err
		}
		for _, a := range allowed {
			if a.from == d.State && a.to == to {
				return d.resolve(ctx, tx, to, by, at, day)
			}
		}
		return fault.New(fault.Invalid, "delivery %d is %s and cannot become %s", id, d.State, to).
			WithCure("a waiting delivery can be dropped, and approved by its own verb; an uncertain one accepted, sent again or dropped")
	})
}

func (d *deliveryRow) resolve(ctx context.Context, tx *sql.Tx, to outbox.State, by string, at time.Time, day ar.Day) error {
	d.Reason, d.Detail = "", ""
	if to != outbox.Accepted {
		d.Reason, d.Detail = sequence.ReasonPerson, by
	}
	if err := d.shift(ctx, tx, to, at); err != nil {
		return err
	}
	if day == 0 {
		day = d.Day
	}
	var err error
	switch to {
	case outbox.Accepted:
		err = d.accept(ctx, tx, day)
	case outbox.Superseded:
		err = d.free(ctx, tx)
	default:
		err = touchLane(ctx, tx, d.no, d.Mode, d.Party.Payer)
	}
	if err != nil {
		return err
	}
	return journal(ctx, tx, deliveryNote(d.Delivery, by, at))
}

// Supersede drops deliveries that never left, so that their occasions can be
// planned anew. One that was handed over, or has left, is left alone.
func (s *Store) Supersede(ctx context.Context, ids []int64, reason sequence.Reason, detail string, at time.Time) error {
	return s.write(ctx, "supersede deliveries", func(tx *sql.Tx) error {
		var notes []note
		for _, id := range ids {
			d, err := findDelivery(ctx, tx, id)
			if err != nil {
				return err
			}
			switch d.State {
			case outbox.Rendered, outbox.Waiting, outbox.Reserved, outbox.Retry:
			default:
				continue
			}
			d.Reason, d.Detail = reason, detail
			if err := d.shift(ctx, tx, outbox.Superseded, at); err != nil {
				return err
			}
			if err := d.free(ctx, tx); err != nil {
				return err
			}
			notes = append(notes, deliveryNote(d.Delivery, "cycle", at))
		}
		return journal(ctx, tx, notes...)
	})
}
