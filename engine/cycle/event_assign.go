package cycle

import (
	"context"

	"holdfast/engine"
	"holdfast/engine/ar"
	"holdfast/engine/fault"
	"holdfast/engine/intake"
	"holdfast/engine/store"
)

// AssignEvent gives what fitted no account to one, on the word of by, and returns
// the facts that follow from it. It returns fault.NotFound where there is no such
// event or the company is not configured, fault.Conflict where the event does not
// wait to be assigned any more.
func (c *Cycle) AssignEvent(ctx context.Context, id int64, account ar.AccountID, by string) ([]intake.Fact, error) {
	found, err := c.Store.Events(ctx, store.EventFilter{IDs: []int64{id}})
	if err != nil {
		return nil, err
	}
	co := c.company(account.Source, account.Company)
	if len(found) == 0 || co == nil {
		return nil, fault.New(fault.NotFound, "there is no reply %d to be assigned to %s", id, account).WithCure("see holdfast reply unmatched")
	}
	e := &found[0].TakenEvent
	e.State, e.Why, e.Account, e.Mode, e.Today = engine.EventTaken, "", account, co.Mode, c.Today(co).Day
	h := &hearing{listener: &listener{Cycle: c, channel: found[0].Channel}, e: e, co: co}
	e.Medium = h.medium()
	err = h.follow(ctx)
	if refused(err) { // what cannot be kept as what it is can be read all the same
		e.Facts, e.Tasks, e.Restart, e.Habit = nil, nil, false, ""
		err = h.reply(err.Error())
	}
	if err != nil {
		return nil, fault.Wrap("assign a reply", err)
	}
	return e.Facts, c.Store.AssignEvent(ctx, id, *e, by, c.Clock.Now())
}
