package cli

import "context"

type adoptVerb struct{}

// Run is not there yet.
func (v *adoptVerb) Run(ctx context.Context, a *App) error { return nil }
