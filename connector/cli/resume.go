package cli

import (
	"context"
	"time"

	"holdfast/engine/ar"
	"holdfast/engine/cycle"
	"holdfast/engine/fault"
	"holdfast/engine/store"
)

// resumeVerb lifts a stop.
type resumeVerb struct {
	ERPRestored bool `name:"erp-restored" xor:"erp" help:"The ERP's database was restored from an older copy: read it in full and reconcile first."`
	ERPMoved    bool `name:"erp-moved" xor:"erp" help:"The ERP's database moved to another server: read it in full and reconcile first."`
	Yes         bool `short:"y" help:"Do not ask."`
}

// Help says more than the line in the list of verbs.
func (v *resumeVerb) Help() string {
	return "After the ERP database was found to be another or an older one, one of the two flags is needed. What re-opened and which " +
		"holds of ours were lost is shown before anything leaves again."
}

// Run lifts a stop, after reconciling with the ERP where that is asked for.
func (v *resumeVerb) Run(ctx context.Context, a *App) error {
	if v.ERPRestored || v.ERPMoved {
		return v.reconcile(ctx, a)
	}
	st, err := a.FactStore(ctx)
	if err != nil {
		return err
	}
	defer st.Close()
	_, since, stopped, err := st.Stopped(ctx)
	if err != nil {
		return err
	}
	if !stopped {
		a.Say("Nothing is stopped.")
		return nil
	}
	if why, err := a.replaced(ctx, st); err != nil || why != "" {
		if err != nil {
			return err
		}
		return fault.New(fault.Replaced, "%s. A plain resume would act upon it", why).
			WithCure(`after a restore: "holdfast resume --erp-restored"; after a move: "holdfast resume --erp-moved"`)
	}
	if err := st.Resume(ctx, byPerson(), time.Now()); err != nil {
		return err
	}
	a.Say("Resumed: effects were stopped since %s.", since.Local().Format("2006-01-02 15:04"))
	return nil
}

// replaced says why a configured ERP is not the database that the state belongs
// to; "" where all are.
func (a *App) replaced(ctx context.Context, st *store.Store) (string, error) {
	cfg, err := a.Config()
	if err != nil {
		return "", err
	}
	for _, e := range cfg.ERP {
		if why, err := st.Setting(ctx, cycle.Replaced(e.Source())); err != nil || why != "" {
			return why, err
		}
	}
	return "", nil
}

// reconcile reads every ERP in full, shows what differs, and lifts the stop.
func (v *resumeVerb) reconcile(ctx context.Context, a *App) error {
	st, release, err := a.EffectStore(ctx)
	if err != nil {
		return err
	}
	defer release()
	c, done, err := a.Cycle(ctx, st, CycleOptions{})
	if err != nil {
		return err
	}
	defer done()
	c.Log = a.warnings()
	if err := v.keepStopped(ctx, st); err != nil {
		return err
	}
	found := []cycle.Rebound{}
	for _, co := range c.Companies {
		r, err := c.Rebind(ctx, co, byPerson())
		if err != nil {
			return failed(err)
		}
		found = append(found, r)
	}
	if err := a.writeUndo(ctx, st, c); err != nil {
		return failed(err)
	}
	if err := v.show(ctx, a, st, found); err != nil {
		return err
	}
	return v.lift(ctx, a, st)
}

// keepStopped makes sure that nothing leaves before a person saw what differs.
func (v *resumeVerb) keepStopped(ctx context.Context, st *store.Store) error {
	_, _, stopped, err := st.Stopped(ctx)
	if err != nil || stopped {
		return err
	}
	return st.Stop(ctx, "the ERP is being reconciled after a restore or a move", byPerson(), time.Now())
}

// show writes what differs.
func (v *resumeVerb) show(ctx context.Context, a *App, st *store.Store, found []cycle.Rebound) error {
	if a.JSON {
		return a.WriteJSON(found)
	}
	var ids []ar.AccountID
	for _, r := range found {
		for _, e := range r.Lost {
			ids = append(ids, e.Account)
		}
	}
	known, err := customers(ctx, st, ids)
	if err != nil {
		return err
	}
	for _, r := range found {
		a.Say("Company %s was read in full: %s, %d open again, %d gone from the ERP.", r.Company,
			count(r.Pull.Documents, "document"), len(r.Reopened), r.Pull.Vanished)
		for _, e := range r.Lost {
			a.Say("  Our hold on %s is lost: %s.", first(known[e.Account].Name, string(e.Account.Customer)), e.Outcome)
		}
		if v.ERPMoved && len(r.Reopened)+len(r.Lost)+r.Pull.Vanished > 0 {
			a.Say("  A move alone changes none of this. Was the database restored from an older copy?")
		}
	}
	return nil
}

// lift ends the stop, if a person says so.
func (v *resumeVerb) lift(ctx context.Context, a *App, st *store.Store) error {
	yes := v.Yes
	if !yes && isTerminal(a.In) {
		var err error
		if yes, err = a.Confirmed(false, "Let messages leave and holds be written again?"); err != nil {
			return err
		}
	}
	if !yes {
		a.Waits()
		a.note(`Still stopped. When this looks right: "holdfast resume"`)
		return nil
	}
	if err := st.Resume(ctx, byPerson(), time.Now()); err != nil {
		return err
	}
	a.note("Resumed.")
	return nil
}
