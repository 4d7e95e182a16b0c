package cycle

import (
	"context"
	"fmt"

	"holdfast/engine"
	"holdfast/engine/ar"
	"holdfast/engine/fault"
	"holdfast/engine/store"
)

// Replaced is the setting that says why a source is not the database that the
// state belongs to; it is empty where all is well.
func Replaced(source ar.Source) string { return "replaced/" + string(source) }

// Rebound is what differs after an ERP database was restored or moved.
type Rebound struct {
	Company  string            `json:"company"`
	Pull     engine.PullReport `json:"pull"`
	Reopened []ar.DocumentID   `json:"reopened"` // closed as we knew them, open in the ERP now
	Lost     []ar.HoldEntry    `json:"lost"`     // holds of ours that the ERP does not have any more
}

// Rebind takes the ERP database as it is now for the one that the state
// belongs to: it reads everything anew, whatever the breaker says, and gives up
// the holds of ours that are not there any more. by is who says so. Effects stay
// stopped; the caller lifts the stop. It may be called again after an error.
func (c *Cycle) Rebind(ctx context.Context, co *Company, by string) (Rebound, error) {
	r := Rebound{Company: co.Key, Reopened: []ar.DocumentID{}, Lost: []ar.HoldEntry{}}
	op := "reconcile company " + co.Key
	identity, err := c.identify(ctx, co)
	if err != nil {
		return r, fault.Wrap(op, err)
	}
	closed, err := c.closed(ctx, co)
	if err != nil {
		return r, fault.Wrap(op, err)
	}
	if r.Pull, err = c.takeIn(ctx, co, reading{}); err != nil {
		return r, fault.Wrap(op, err)
	}
	for account, err := range c.Store.Ledger(ctx, co.Source, co.ID, noDay) {
		if err != nil {
			return r, fault.Wrap(op, err)
		}
		for _, d := range account.Documents {
			if closed[d.ID] {
				r.Reopened = append(r.Reopened, d.ID)
			}
		}
	}
	if r.Lost, err = c.lostHolds(ctx, co); err != nil {
		return r, fault.Wrap(op, err)
	}
	now := c.Clock.Now()
	if err := c.Store.SetIdentity(ctx, co.Source, identity, by, now); err != nil {
		return r, fault.Wrap(op, err)
	}
	return r, fault.Wrap(op, c.Store.PutSetting(ctx, Replaced(co.Source), "", by, now))
}

// noDay lies after every day: nothing closed since then.
const noDay = ar.Day(1<<31 - 1)

// closed returns the documents that are closed as far as we know.
func (c *Cycle) closed(ctx context.Context, co *Company) (map[ar.DocumentID]bool, error) {
	ids := map[ar.DocumentID]bool{}
	for account, err := range c.Store.Ledger(ctx, co.Source, co.ID, 0) {
		if err != nil {
			return nil, err
		}
		for _, d := range account.Documents {
			if d.Open == 0 {
				ids[d.ID] = true
			}
		}
	}
	return ids, nil
}

// lostHolds gives up the placed holds that the ERP does not have any more.
func (c *Cycle) lostHolds(ctx context.Context, co *Company) ([]ar.HoldEntry, error) {
	lost := []ar.HoldEntry{}
	entries, err := c.Store.Holds(ctx, store.HoldFilter{
		Source: co.Source, Company: co.ID, States: []ar.EntryState{ar.EntryPlaced},
	})
	if err != nil {
		return nil, err
	}
	h := &holder{Cycle: c, company: co, moment: c.Today(co)}
	for _, e := range entries {
		if h.sameWay(e) != nil {
			continue // what this way reads says nothing of it
		}
		seen, err := co.Adapter.Hold(ctx, e.Account)
		if err != nil {
			return nil, err
		}
		if seen.Same(e.Written) {
			continue
		}
		e.Outcome = fmt.Sprintf("not in the ERP after it was restored or moved: it has %s", seen)
		if err := h.to(ctx, e, ar.EntryDrifted, e.Outcome); err != nil {
			return nil, err
		}
		lost = append(lost, e)
	}
	return lost, nil
}
