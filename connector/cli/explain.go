package cli

import "context"

type explainVerb struct{}

// Run is not there yet.
func (v *explainVerb) Run(ctx context.Context, a *App) error { return nil }
