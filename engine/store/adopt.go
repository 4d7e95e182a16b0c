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

// Adoption sets where the old debt of one party enters its sequences.
type Adoption struct {
	Party     ar.PartyID
	Version   int64 // of the case that the positions were made from
	Positions []sequence.Position
	Raised    []sequence.Raised
}

// Adopt writes where old debt enters, all parties in one transaction, and makes
// them due. It returns fault.Conflict, naming the party, where one has changed
// since its case was read: nothing is adopted then.
func (s *Store) Adopt(ctx context.Context, mode outbox.Mode, adoptions []Adoption, by string, at time.Time) error {
	return s.write(ctx, "adopt old debt", func(tx *sql.Tx) error {
		c := commit{tx: tx, companies: map[ar.PartyID]company{}}
		for _, a := range adoptions {
			if err := c.adopt(ctx, mode, a); err != nil {
				return err
			}
		}
		return journal(ctx, tx, note{at: at, actor: by, kind: "adopted", subject: string(mode), body: adopted(adoptions)})
	})
}

func (c *commit) adopt(ctx context.Context, mode outbox.Mode, a Adoption) error {
	co, err := c.company(ctx, a.Party, mode)
	if err != nil {
		return err
	}
	row, err := findLane(ctx, c.tx, co.no, mode, a.Party.Payer)
	if err != nil {
		return err
	}
	if !row.matches(a.Version, co.reads) {
		return fault.New(fault.Conflict, "party %s has changed since its preview was made", a.Party).
			WithCure("look at the preview again; nothing was adopted")
	}
	state := sequence.State{Positions: a.Positions, Raised: a.Raised}
	if err := row.put(ctx, c.tx, state, int64(0), ""); err != nil {
		return err
	}
	_, err = c.tx.ExecContext(ctx, `UPDATE party_state SET quiet = `+quietNow+` WHERE company_no = ? AND mode = ? AND payer = ?`,
		co.no, string(mode), string(a.Party.Payer))
	return err
}

// adopted counts what was adopted, by party.
func adopted(adoptions []Adoption) map[string]int {
	counts := make(map[string]int, len(adoptions))
	for _, a := range adoptions {
		counts[a.Party.String()] = len(a.Positions)
	}
	return counts
}
