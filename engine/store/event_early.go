package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"holdfast/engine"
	"holdfast/engine/ar"
	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
)

// A channel may tell what became of a message before its own answer is written
// down, since outcomes are committed with the next round.

// proven is an outcome as it stands in the light of what was told already: a
// message of unknown fate of which something was told did leave.
func (h *hand) proven(ctx context.Context, o outbox.Outcome) (outbox.Outcome, error) {
	if o.State != outbox.Uncertain && (o.State != outbox.Retry || o.Reason != sequence.ReasonUncertain) {
		return o, nil
	}
	var last outbox.EventKind
	err := h.tx.QueryRowContext(ctx, `SELECT last_event FROM delivery WHERE id = ?`, o.ID).Scan(&last)
	if errors.Is(err, sql.ErrNoRows) {
		return o, nil
	}
	if last != "" {
		o.State, o.Reason, o.Detail, o.RetryAt = outbox.Accepted, "", provenBy(last), time.Time{}
	}
	return o, err
}

// provenBy says why a message of unknown fate counts as accepted.
func provenBy(last outbox.EventKind) string {
	return "the channel told that it had left: " + string(last)
}

// cameBack undoes an accepted message that was said before to have come back
// from the address that it went to.
func (h *hand) cameBack(ctx context.Context, d *deliveryRow, on ar.Day, at time.Time) error {
	if d.LastEvent == "" || d.Mode != outbox.Live {
		return nil
	}
	var detail string
	err := h.tx.QueryRowContext(ctx, `SELECT detail FROM channel_event WHERE delivery_id = ? AND kind = ? AND state = ? AND address = ?
		ORDER BY id DESC LIMIT 1`, d.ID, string(outbox.BouncedHard), string(engine.EventTaken), d.Recipient).Scan(&detail)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := d.bounced(ctx, h.tx, on, detail, at); err != nil {
		return err
	}
	h.notes = append(h.notes, bounceNote(d, "channel "+d.Channel, at))
	return nil
}
