package cli

import "context"

// serve is not there yet.
func (a *App) serve(ctx context.Context) error { return nil }
