package cli

import (
	"context"
	"time"
)

// stopVerb turns every effect off.
type stopVerb struct {
	Reason string `help:"Why, for those who find it stopped."`
}

// Help says more than the line in the list of verbs.
func (v *stopVerb) Help() string {
	return "Works beside a running service, at once: what is on its way is finished, nothing new leaves. Reading and deciding go on."
}

// Run stops.
func (v *stopVerb) Run(ctx context.Context, a *App) error {
	st, err := a.FactStore(ctx)
	if err != nil {
		return err
	}
	defer st.Close()
	if err := st.Stop(ctx, v.Reason, byPerson(), time.Now()); err != nil {
		return err
	}
	a.Say(`Stopped: nothing is sent, and no hold is written or lifted, until "holdfast resume".`)
	return nil
}
