package cli

import "context"

type checkVerb struct{}

// Run is not there yet.
func (v *checkVerb) Run(ctx context.Context, a *App) error { return nil }
