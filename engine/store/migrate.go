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

// Migration moves subjects of one party to another version of their sequence.
type Migration struct {
	Party     ar.PartyID
	Version   int64 // of the case that the positions were made from
	Mode      outbox.Mode
	Sequence  string
	Hash      string // of the version that they are moved to
	Positions []sequence.Position
	Subjects  []sequence.Subject // that were moved
	Waiting   []int64            // deliveries about them that never left: planned anew
}

// Migrate writes the positions of a party after some were moved, in one
// transaction with the deliveries that are planned anew, makes the party due and
// journals who did it. It returns fault.Conflict where the party
// has changed since its case was read: read it again.
func (s *Store) Migrate(ctx context.Context, m Migration, by string, at time.Time) error {
	return s.write(ctx, "move subjects to another version", func(tx *sql.Tx) error {
		c := commit{tx: tx, companies: map[ar.PartyID]company{}}
		co, err := c.company(ctx, m.Party, m.Mode)
		if err != nil {
			return err
		}
		row, err := findLane(ctx, tx, co.no, m.Mode, m.Party.Payer)
		if err != nil {
			return err
		}
		if !row.matches(m.Version, co.reads) {
			return fault.New(fault.Conflict, "party %s has changed since it was read", m.Party).WithCure("run it again: what was moved stays moved")
		}
		var state sequence.State
		if err := fromJSON(row.state, &state); err != nil {
			return err
		}
		state.Positions = m.Positions
		if err := row.put(ctx, tx, state, int64(0), ""); err != nil {
			return err
		}
		notes, err := m.drop(ctx, tx, by, at)
		if err != nil {
			return err
		}
		return journal(ctx, tx, append(notes, note{at: at, actor: by, kind: "sequence.migrated", subject: m.Party.String(), body: m.body()})...)
	})
}

// drop supersedes the deliveries that are planned anew. One that is on its way
// goes on: its last look decides.
func (m *Migration) drop(ctx context.Context, tx *sql.Tx, by string, at time.Time) ([]note, error) {
	var notes []note
	for _, id := range m.Waiting {
		d, err := findDelivery(ctx, tx, id)
		if err != nil {
			return nil, err
		}
		if d.State != outbox.Rendered && d.State != outbox.Waiting && d.State != outbox.Retry {
			continue
		}
		d.Reason, d.Detail = sequence.ReasonRebuilt, "moved to version "+m.Hash
		if err := d.shift(ctx, tx, outbox.Superseded, at); err != nil {
			return nil, err
		}
		if err := d.free(ctx, tx); err != nil {
			return nil, err
		}
		notes = append(notes, deliveryNote(d.Delivery, by, at))
	}
	return notes, nil
}

// body is what the journal keeps of a migration.
func (m *Migration) body() map[string]any {
	subjects := make([]string, len(m.Subjects))
	for i, s := range m.Subjects {
		subjects[i] = s.String()
	}
	return map[string]any{"mode": m.Mode, "sequence": m.Sequence, "to": m.Hash, "subjects": subjects}
}
