package host

import (
	"context"
	"sync/atomic"

	"google.golang.org/grpc/stats"
)

type handoverKey struct{}

// withHandover returns a context whose call sets the flag once its message is
// on its way to the channel. While the flag is down, nothing has left.
func withHandover(ctx context.Context) (context.Context, *atomic.Bool) {
	flag := new(atomic.Bool)
	return context.WithValue(ctx, handoverKey{}, flag), flag
}

// handover is the gRPC stats handler that sets the flag.
type handover struct{}

// TagRPC changes nothing.
func (handover) TagRPC(ctx context.Context, _ *stats.RPCTagInfo) context.Context { return ctx }

// HandleRPC sees the message go into the connection.
func (handover) HandleRPC(ctx context.Context, s stats.RPCStats) {
	if _, out := s.(*stats.OutPayload); !out {
		return
	}
	if flag, ok := ctx.Value(handoverKey{}).(*atomic.Bool); ok {
		flag.Store(true)
	}
}

// TagConn changes nothing.
func (handover) TagConn(ctx context.Context, _ *stats.ConnTagInfo) context.Context { return ctx }

// HandleConn is not needed.
func (handover) HandleConn(context.Context, stats.ConnStats) {}
