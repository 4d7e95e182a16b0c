package sdk

import (
	"context"
	"time"
)

// early ends ctx a little before its deadline, by 2 s or a quarter of what is
// left: an answer of the channel's is better than none, and past the deadline the
// host ends the process with whatever else it is doing.
func early(ctx context.Context) (context.Context, context.CancelFunc) {
	deadline, ok := ctx.Deadline()
	if !ok {
		return context.WithCancel(ctx)
	}
	left := time.Until(deadline)
	return context.WithDeadline(ctx, deadline.Add(-min(2*time.Second, left/4)))
}
