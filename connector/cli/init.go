package cli

import "context"

type initVerb struct{}

// Run is not there yet.
func (v *initVerb) Run(ctx context.Context, a *App) error { return nil }
