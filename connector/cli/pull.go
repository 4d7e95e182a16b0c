package cli

import "context"

type pullVerb struct{}

// Run is not there yet.
func (v *pullVerb) Run(ctx context.Context, a *App) error { return nil }
