package store

import (
	"context"
	"database/sql"
	"time"

	"holdfast/engine"
	"holdfast/engine/ar"
	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
)

// bounce leaves a dead address alone. The steps of the message that came back
// are due again where no later one was done: they go to the next contact.
func (t *eventTake) bounce(ctx context.Context, e *engine.TakenEvent) error {
	if !e.Bounce || e.Delivery == 0 {
		return nil
	}
	d, err := findDelivery(ctx, t.tx, e.Delivery)
	if err != nil || d.State != outbox.Accepted {
		return err // one whose outcome is not known yet: see hand.cameBack
	}
	if d.Reason == sequence.ReasonBounced {
		return nil // told before: its steps may have been sent to somebody else since
	}
	if err := d.bounced(ctx, t.tx, e.Today, e.Detail, t.at); err != nil {
		return err
	}
	t.notes = append(t.notes, bounceNote(&d, "channel "+t.channel, t.at))
	return nil
}

// bounced leaves the address of a message that came back alone, from a day on,
// and undoes what can be undone of it.
func (d *deliveryRow) bounced(ctx context.Context, tx *sql.Tx, on ar.Day, detail string, at time.Time) error {
	var undone []sequence.Occasion
	lane := laneRow{no: d.no, mode: d.Mode, payer: d.Party.Payer}
	err := changeState(ctx, tx, lane, func(s *sequence.State) {
		s.Refuse(d.address(), on)
		undone = s.TakeBack(d.Occasions)
	})
	if err != nil {
		return err
	}
	if err := d.unsend(ctx, tx, undone); err != nil {
		return err
	}
	d.State, d.Reason, d.Detail = outbox.Accepted, sequence.ReasonBounced, detail
	_, err = tx.ExecContext(ctx, `UPDATE delivery SET reason = ?, detail = ?, changed_at = ? WHERE id = ?`, string(d.Reason), d.Detail, instant(at), d.ID)
	return err
}

func bounceNote(d *deliveryRow, by string, at time.Time) note {
	n := deliveryNote(d.Delivery, by, at)
	n.kind = "delivery.bounced"
	return n
}

// unsend frees the occasions of a message that reached nobody, and takes its
// touch away: it counts for no gap and no cap.
func (d *deliveryRow) unsend(ctx context.Context, tx *sql.Tx, undone []sequence.Occasion) error {
	for _, o := range undone {
		_, err := tx.ExecContext(ctx, `DELETE FROM occasion WHERE company_no = ? AND mode = ? AND key = ? AND delivery_id = ?`,
			d.no, string(d.Mode), o.Key(), d.ID)
		if err != nil {
			return err
		}
	}
	_, err := tx.ExecContext(ctx, `DELETE FROM touch WHERE id = (SELECT MAX(id) FROM touch WHERE mode = ? AND address = ? AND on_day = ?
		AND channel = ? AND company_no = ? AND payer = ?)`, string(d.Mode), d.address(), int64(d.Day), d.Channel, d.no, string(d.Party.Payer))
	return err
}
