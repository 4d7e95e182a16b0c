package cli

import (
	"context"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
	"holdfast/engine/store"
)

type holdReleaseVerb struct {
	Customer string `arg:"" optional:"" help:"Id, number or whole name of the customer."`
	Ours     bool   `help:"Lift every hold of ours instead."`
	Company  string `placeholder:"KEY" help:"Only in this company."`
}

// Help says more than the line in the list of verbs.
func (v *holdReleaseVerb) Help() string {
	return "Only holds of ours are lifted, and only while nobody changed them since. Without a running service they are lifted at " +
		"once, else by the service with its next cycle. holds-undo.sql, beside the config, does the same by hand."
}

// Run releases holds of ours.
func (v *holdReleaseVerb) Run(ctx context.Context, a *App) error {
	if v.Ours == (v.Customer != "") {
		return usage("name one customer, or all holds by --ours").WithCure("see holdfast hold release --help")
	}
	w, err := a.holdWork(ctx, v.Company)
	if err != nil {
		return err
	}
	defer w.close()
	live, err := v.chosen(ctx, w)
	if err != nil {
		return err
	}
	ids, accounts := map[int64]bool{}, []ar.AccountID{}
	for _, e := range live {
		if err := w.letGo(ctx, e); err != nil {
			return err
		}
		ids[e.ID], accounts = true, append(accounts, e.Account)
	}
	carried := w.carryOut(ctx, accounts)
	entries, err := w.entries(ctx, accounts, ids)
	if err != nil {
		return err
	}
	if err := w.tellReleased(ctx, entries); err != nil {
		return err
	}
	return carried
}

// chosen lists the live entries that are to be released.
func (v *holdReleaseVerb) chosen(ctx context.Context, w *holdWork) ([]ar.HoldEntry, error) {
	if !v.Ours {
		c, _, err := w.customerNamed(ctx, w.store, v.Customer, w.among)
		if err != nil {
			return nil, err
		}
		live, err := w.store.Holds(ctx, store.HoldFilter{Accounts: []ar.AccountID{c.Account}, Live: true})
		if err == nil && len(live) == 0 {
			err = fault.New(fault.NotFound, "no hold of ours stands on %s", c.Name).
				WithCure("a hold that somebody else placed is lifted in the ERP")
		}
		return live, err
	}
	var all []ar.HoldEntry
	for _, p := range w.among {
		live, err := w.store.Holds(ctx, store.HoldFilter{Source: p.ERP.Source, Company: p.ERP.ID, Live: true})
		if err != nil {
			return nil, err
		}
		all = append(all, live...)
	}
	return all, nil
}

// letGo moves an entry on towards its end. One that is being written is left to
// the cycle, which settles it first.
func (w *holdWork) letGo(ctx context.Context, e ar.HoldEntry) error {
	was := e.State
	e.Outcome = "lifted by " + person()
	switch was {
	case ar.EntryPlaced:
		e.State = ar.EntryReleasing
	case ar.EntryShadow:
		e.State, e.ReleasedOn = ar.EntryReleased, w.cycle.Today(w.company(e.Account)).Day
	case ar.EntryPlanned, ar.EntryProposed:
		e.State = ar.EntryWithdrawn
	default:
		return nil
	}
	_, err := w.put(ctx, e, was)
	return err
}

// tellReleased says how each entry stands.
func (w *holdWork) tellReleased(ctx context.Context, entries []ar.HoldEntry) error {
	for _, e := range entries {
		if e.State == ar.EntryDrifted || e.State == ar.EntryPlacing || e.State == ar.EntryPlaced {
			w.Waits()
		}
	}
	if w.JSON {
		return w.showHolds(ctx, w.store, w.among, entries)
	}
	if len(entries) == 0 {
		w.Say("There is no hold of ours to lift.")
		return nil
	}
	var ids []ar.AccountID
	for _, e := range entries {
		ids = append(ids, e.Account)
	}
	known, err := customers(ctx, w.store, ids)
	if err != nil {
		return err
	}
	when, err := w.pending(ctx)
	if err != nil {
		return err
	}
	for _, e := range entries {
		w.Say("%s: %s", first(known[e.Account].Name, string(e.Account.Customer)), released(e, when))
	}
	return nil
}

// released says how a hold ended, or when it will.
func released(e ar.HoldEntry, when string) string {
	switch e.State {
	case ar.EntryReleased:
		if wasRead(e) {
			return "lifted; the ERP has " + e.Previous.String() + " again"
		}
		return "ended; it was journalled only"
	case ar.EntryWithdrawn:
		return "taken back before it was written"
	case ar.EntryReleasing:
		return "to be lifted: " + when
	case ar.EntryPlacing, ar.EntryPlaced:
		return "its writing was not finished yet; run this again after the next cycle"
	}
	return string(e.State) + ": " + e.Outcome
}
