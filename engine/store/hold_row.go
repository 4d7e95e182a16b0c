package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
)

// heldRow is one row of hold_journal. As scanned, Account holds the customer
// only: its company is number no.
type heldRow struct {
	ar.HoldEntry
	no        int64
	mode      outbox.Mode
	payer     ar.CustomerID
	occasions []sequence.Occasion
}

const holdColumns = `id, company_no, mode, customer_id, payer, state, level, previous_held, previous_value, previous_version,
	written_held, written_value, written_version, proposer, occasions, reason, outcome, placed_on, released_on,
	way, swept, reasserted, changed_at`

func scanHold(row interface{ Scan(...any) error }) (heldRow, error) {
	var h heldRow
	var occasions string
	var changed int64
	err := row.Scan(&h.ID, &h.no, &h.mode, &h.Account.Customer, &h.payer, &h.State, &h.Level,
		&h.Previous.Held, &h.Previous.Value, &h.Previous.Version, &h.Written.Held, &h.Written.Value, &h.Written.Version,
		&h.Proposer, &occasions, &h.Reason, &h.Outcome, (*int32)(&h.PlacedOn), (*int32)(&h.ReleasedOn), &h.Way, &h.Swept,
		&h.Reasserted, &changed)
	if err != nil {
		return h, err
	}
	h.ChangedAt = fromInstant(changed)
	return h, fromJSON(occasions, &h.occasions)
}

// findHold reads one entry.
func findHold(ctx context.Context, q querier, id int64) (heldRow, error) {
	h, err := scanHold(q.QueryRowContext(ctx, `SELECT `+holdColumns+` FROM hold_journal WHERE id = ?`, id))
	if errors.Is(err, sql.ErrNoRows) {
		return h, fault.New(fault.NotFound, "there is no hold entry %d", id)
	}
	return h, err
}

// save writes the entry with a line in the journal of transitions, and makes
// its party due. A new entry gets its id.
func (h *heldRow) save(ctx context.Context, tx *sql.Tx, by string, at time.Time) error {
	occasions, err := asJSON(h.occasions)
	if err != nil {
		return err
	}
	h.ChangedAt = at
	values := []any{h.no, string(h.mode), string(h.Account.Customer), string(h.payer), bit(h.State.Live()), string(h.State),
		int64(h.Level), string(h.Previous.Held), h.Previous.Value, h.Previous.Version, string(h.Written.Held), h.Written.Value,
		h.Written.Version, h.Proposer, occasions, h.Reason, h.Outcome, int64(h.PlacedOn), int64(h.ReleasedOn),
		h.Way, int64(h.Reasserted), instant(at)}
	const columns = `company_no, mode, customer_id, payer, live, state, level, previous_held, previous_value, previous_version,
		written_held, written_value, written_version, proposer, occasions, reason, outcome, placed_on, released_on,
		way, reasserted, changed_at`
	if h.ID == 0 {
		err = tx.QueryRowContext(ctx, `INSERT INTO hold_journal (`+columns+`) VALUES (`+placeholders(len(values))+`)
			RETURNING id`, values...).Scan(&h.ID)
	} else {
		_, err = tx.ExecContext(ctx, `UPDATE hold_journal SET (`+columns+`) = (`+placeholders(len(values))+`) WHERE id = ?`,
			append(values, h.ID)...)
	}
	if err != nil {
		return err
	}
	return h.log(ctx, tx, by, at)
}

// log appends the transition to both journals.
func (h *heldRow) log(ctx context.Context, tx *sql.Tx, by string, at time.Time) error {
	entry, err := asJSON(h.HoldEntry)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO hold_event (hold_id, changed_at, changed_by, entry) VALUES (?, ?, ?, ?)`,
		h.ID, instant(at), by, entry)
	if err != nil {
		return err
	}
	return journal(ctx, tx, note{at: at, actor: by, kind: "hold." + string(h.State), subject: h.Account.String(), body: h.HoldEntry})
}
