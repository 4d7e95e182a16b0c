package cli

import (
	"context"
	"time"

	"holdfast/engine/ar"
	"holdfast/engine/cycle"
	"holdfast/engine/fault"
	"holdfast/engine/outbox"
	"holdfast/engine/store"
)

type holdPlaceVerb struct {
	Customer string `arg:"" help:"Id, number or whole name of the customer."`
	Company  string `placeholder:"KEY" help:"Company; needed where the customer is in several."`
	Reason   string `required:"" placeholder:"TEXT" help:"Why; it stands in the journal."`
}

// Help says more than the line in the list of verbs.
func (v *holdPlaceVerb) Help() string {
	return "A hold that a person places is lifted by a person only. Where a hold is proposed already, this is the yes to it, and it " +
		"is lifted by its rule. Beside a running service, the service writes it with its next cycle."
}

// Run places a hold, or says yes to a proposed one.
func (v *holdPlaceVerb) Run(ctx context.Context, a *App) error {
	if v.Reason == "" {
		return usage("--reason is empty").WithCure("say in a few words why the customer is held")
	}
	w, err := a.holdWork(ctx, v.Company)
	if err != nil {
		return err
	}
	defer w.close()
	c, _, err := a.customerNamed(ctx, w.store, v.Customer, w.among)
	if err != nil {
		return err
	}
	if can := w.company(c.Account).Adapter.Capability(); !can.Writable {
		return fault.New(fault.Unsupported, "this ERP's preset writes no holds").WithCure(`see "holdfast preset show"`)
	}
	id, err := w.ask(ctx, c.Account, v.Reason)
	if err != nil {
		return err
	}
	carried := w.carryOut(ctx, []ar.AccountID{c.Account})
	entries, err := w.entries(ctx, []ar.AccountID{c.Account}, map[int64]bool{id: true})
	if err != nil {
		return err
	}
	if err := w.tellPlaced(ctx, c, entries); err != nil {
		return err
	}
	return carried
}

// ask journals that a person wants a hold, and returns the entry's id.
func (w *holdWork) ask(ctx context.Context, account ar.AccountID, reason string) (int64, error) {
	co := w.company(account)
	live, err := w.store.Holds(ctx, store.HoldFilter{Accounts: []ar.AccountID{account}, Mode: co.Mode, Live: true})
	if err != nil {
		return 0, err
	}
	if len(live) == 0 {
		none := ar.HoldState{Held: ar.NoRow}
		return w.put(ctx, ar.HoldEntry{
			Account: account, State: ar.EntryPlanned, Level: co.Adapter.Capability().Level, Previous: none, Written: none,
			Proposer: byPerson(), Reason: reason,
		}, "")
	}
	e := live[0]
	was := e.State
	switch was {
	case ar.EntryProposed:
		return e.ID, w.sayYes(ctx, co, e.ID)
	case ar.EntryShadow:
		e.State, e.Outcome = ar.EntryPlanned, "a person's yes: "+reason
		return w.put(ctx, e, was)
	}
	return 0, fault.New(fault.Conflict, "a hold of ours is %s on this customer already", was).
		WithCure(`see "holdfast hold list"`)
}

// sayYes says yes to a proposed hold, which may need that of another person too.
func (w *holdWork) sayYes(ctx context.Context, co *cycle.Company, id int64) error {
	_, err := w.store.SayYes(ctx, outbox.Word{
		Said: outbox.Said{By: person(), At: time.Now()}, Ref: outbox.Ref{Kind: outbox.RefHold, ID: id},
		Day: w.cycle.Today(co).Day, TwoAbove: co.Limits.TwoAbove,
	})
	return err
}

// tellPlaced says how the hold that was asked for stands.
func (w *holdWork) tellPlaced(ctx context.Context, c ar.Customer, entries []ar.HoldEntry) error {
	if w.JSON {
		return w.showHolds(ctx, w.store, w.among, entries)
	}
	for _, e := range entries {
		switch e.State {
		case ar.EntryPlaced:
			w.Say("%s is on hold since %s: the hold %s. Before, the ERP had %s.", c.Name, e.PlacedOn, e.Level, e.Previous)
		case ar.EntryShadow:
			w.Say(`The hold of %s is journalled only, not written to the ERP. To have holds written: mode = "live" in the config, and "holdfast hold enable".`, c.Name)
		case ar.EntryPlanned:
			when, err := w.pending(ctx)
			if err != nil {
				return err
			}
			w.Say("The hold of %s is asked for: %s.", c.Name, when)
		case ar.EntryProposed:
			w.Waits()
			w.Say("Your yes to the hold of %s is kept; another person must say yes too.", c.Name)
		default:
			w.Waits()
			w.Say("The hold of %s is %s: %s", c.Name, e.State, e.Outcome)
		}
	}
	return nil
}
