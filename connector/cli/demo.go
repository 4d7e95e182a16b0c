package cli

import "context"

type demoVerb struct{}

// Run is not there yet.
func (v *demoVerb) Run(ctx context.Context, a *App) error { return nil }
