package cycle

import (
	"context"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
	"holdfast/engine/store"
)

// ReadHeld reads the accounts afresh on which a hold of ours stands in the ERP,
// so that the next Decide sees a receipt at once. It returns how many entries
// of the hold journal stand there or are on their way.
func (c *Cycle) ReadHeld(ctx context.Context, co *Company) (int, error) {
	const op = "read the accounts on hold"
	entries, err := c.Store.Holds(ctx, store.HoldFilter{
		Source: co.Source, Company: co.ID, Mode: co.Mode,
		States: []ar.EntryState{ar.EntryPlanned, ar.EntryPlacing, ar.EntryPlaced, ar.EntryReleasing},
	})
	if err != nil {
		return 0, fault.Wrap(op, err)
	}
	var ids []ar.AccountID
	for _, e := range entries {
		if e.State == ar.EntryPlaced {
			ids = append(ids, e.Account)
		}
	}
	return len(entries), fault.Wrap(op, c.readFresh(ctx, co, ids))
}
