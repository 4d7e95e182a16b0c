package cli

import "context"

type planVerb struct{}

// Run is not there yet.
func (v *planVerb) Run(ctx context.Context, a *App) error { return nil }
