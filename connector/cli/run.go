package cli

import "context"

type runVerb struct{}

// Run is not there yet.
func (v *runVerb) Run(ctx context.Context, a *App) error { return nil }
