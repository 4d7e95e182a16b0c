package store

import (
	"context"
	"database/sql"
	"time"

	"holdfast/engine/fault"
	"holdfast/engine/outbox"
)

// Reserve takes at most n deliveries of a channel whose time has come, the
// longest waiting first, with their content.
func (s *Store) Reserve(ctx context.Context, channel string, now time.Time, n int) ([]outbox.Delivery, error) {
	var taken []outbox.Delivery
	err := s.write(ctx, "reserve deliveries of "+channel, func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, deliveryFrom+`WHERE d.state IN (?, ?) AND d.channel = ? AND d.not_before <= ?
			ORDER BY d.not_before, d.id LIMIT ?`, string(outbox.Rendered), string(outbox.Retry), channel, instant(now), n)
		err = each(rows, err, func(rows *sql.Rows) error {
			d, err := scanDelivery(rows)
			taken = append(taken, d.Delivery)
			return err
		})
		if err != nil {
			return err
		}
		for i := range taken {
			d := deliveryRow{Delivery: taken[i]}
			if err := d.shift(ctx, tx, outbox.Reserved, now); err != nil {
				return err
			}
			if d.Content, err = content(ctx, tx, d.ID); err != nil {
				return err
			}
			taken[i] = d.Delivery
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return taken, nil
}

// Hand commits outcomes first, then the intents of reserved deliveries. A
// delivery to be handed that is not reserved any more is fault.Conflict, and
// nothing is committed. An outcome for one that is settled changes nothing.
func (s *Store) Hand(ctx context.Context, ids []int64, outcomes []outbox.Outcome, at time.Time) error {
	return s.write(ctx, "hand deliveries over", func(tx *sql.Tx) error {
		var notes []note
		for _, o := range outcomes {
			n, err := settle(ctx, tx, o)
			if err != nil {
				return err
			}
			notes = append(notes, n...)
		}
		for _, id := range ids {
			d, err := findDelivery(ctx, tx, id)
			if err != nil {
				return err
			}
			if d.State != outbox.Reserved {
				return fault.New(fault.Conflict, "delivery %d is %s and not reserved", id, d.State)
			}
			d.Attempts++
			if err := d.shift(ctx, tx, outbox.Handed, at); err != nil {
				return err
			}
			notes = append(notes, deliveryNote(d.Delivery, "cycle", at))
		}
		return journal(ctx, tx, notes...)
	})
}

// settle commits what became of one delivery.
func settle(ctx context.Context, tx *sql.Tx, o outbox.Outcome) ([]note, error) {
	d, err := findDelivery(ctx, tx, o.ID)
	if err != nil {
		return nil, err
	}
	switch d.State {
	case outbox.Accepted, outbox.Refused, outbox.Superseded:
		return nil, nil
	}
	d.Reason, d.Detail = o.Reason, o.Detail
	if o.State == outbox.Retry {
		d.NotBefore = o.RetryAt
	}
	if err := d.shift(ctx, tx, o.State, o.At); err != nil {
		return nil, err
	}
	if o.ProviderID != "" {
		if _, err := tx.ExecContext(ctx, `UPDATE delivery SET provider_id = ? WHERE id = ?`, o.ProviderID, o.ID); err != nil {
			return nil, err
		}
	}
	switch o.State {
	case outbox.Accepted:
		day := o.Day
		if day == 0 {
			day = d.Day
		}
		err = d.accept(ctx, tx, day)
	case outbox.Refused:
		if err = d.refuse(ctx, tx, d.Day); err == nil {
			err = d.free(ctx, tx)
		}
	case outbox.Superseded:
		err = d.free(ctx, tx)
	case outbox.Uncertain:
		err = touchLane(ctx, tx, d.no, d.Mode, d.Party.Payer)
	}
	return []note{deliveryNote(d.Delivery, "cycle", o.At)}, err
}
