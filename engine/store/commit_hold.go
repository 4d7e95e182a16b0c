package store

import (
	"context"

	"holdfast/engine"
	"holdfast/engine/ar"
	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
)

// planHold journals a hold to come. Where one of ours stands already on the
// account, nothing is added.
func (c *commit) planHold(ctx context.Context, co company, m *engine.Move, in *sequence.Intent) error {
	live := false
	err := c.tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM hold_journal
		WHERE company_no = ? AND mode = ? AND customer_id = ? AND live = 1)`,
		co.no, string(m.Mode), string(in.Account.Customer)).Scan(&live)
	if err != nil || live {
		return err
	}
	h := heldRow{no: co.no, mode: m.Mode, payer: m.Case.Party.Payer, occasions: in.Occasions, HoldEntry: ar.HoldEntry{
		Account: in.Account, State: ar.EntryPlanned, Reason: in.Detail, Previous: ar.HoldState{Held: ar.NoRow}, Written: ar.HoldState{Held: ar.NoRow},
	}}
	if h.Reason == "" {
		h.Reason = string(in.Reason)
	}
	if in.Approve {
		h.State = ar.EntryProposed
	}
	if len(in.Occasions) > 0 {
		h.Proposer = in.Occasions[0].Key()
	}
	if err := h.save(ctx, c.tx, "cycle", m.Case.Now); err != nil || !in.Approve {
		return err
	}
	return c.ask(ctx, co, m, outbox.Ref{Kind: outbox.RefHold, ID: h.ID}, in)
}

// planRelease begins to lift a hold of ours: one that was written goes to be
// written back, one that was not ends here.
func (c *commit) planRelease(ctx context.Context, m *engine.Move, in *sequence.Intent) error {
	h, err := findHold(ctx, c.tx, in.Entry)
	if err != nil {
		return err
	}
	switch h.State {
	case ar.EntryPlaced:
		h.State = ar.EntryReleasing
	case ar.EntryShadow:
		h.State, h.ReleasedOn = ar.EntryReleased, m.Case.Today
	case ar.EntryPlanned, ar.EntryProposed:
		h.State = ar.EntryWithdrawn
	default:
		return nil
	}
	h.Account, h.Outcome = in.Account, in.Detail
	return h.save(ctx, c.tx, "cycle", m.Case.Now)
}
