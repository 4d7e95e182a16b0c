package conform

import (
	"context"
	"errors"
	"io"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"holdfast/plugins/proto"
)

// manyEvents bounds how many events are read in one call.
const manyEvents = 10_000

// bounded makes one call within d. A call without an answer marks the session:
// its process is killed before the next check, as the host would.
func bounded[A any](ctx context.Context, s *session, d time.Duration, f func(context.Context) (A, error)) (A, error) {
	ctx, cancel := context.WithTimeout(ctx, d)
	defer cancel()
	answer, err := f(ctx)
	if code := status.Code(err); code == codes.DeadlineExceeded || code == codes.Unavailable {
		s.hung.Store(true)
	}
	return answer, err
}

func (s *session) describe(ctx context.Context) (*proto.DescribeResponse, error) {
	return bounded(ctx, s, s.bench.callWithin(), func(ctx context.Context) (*proto.DescribeResponse, error) {
		return s.client.Describe(ctx, new(proto.DescribeRequest))
	})
}

func (s *session) configure(ctx context.Context, settings []byte) ([]*proto.Problem, error) {
	answer, err := bounded(ctx, s, s.bench.callWithin(), func(ctx context.Context) (*proto.ConfigureResponse, error) {
		return s.client.Configure(ctx, &proto.ConfigureRequest{Settings: settings, WorkFolder: s.folder})
	})
	for _, p := range answer.GetProblems() {
		s.bench.hear(p.Key, p.Text, p.Cure)
	}
	return answer.GetProblems(), err
}

// send hands a message over. Its outcome is never nil where err is.
func (s *session) send(ctx context.Context, r *proto.SendRequest) (*proto.Outcome, error) {
	s.bench.count(r.Key)
	answer, err := bounded(ctx, s, s.bench.opts.Patience, func(ctx context.Context) (*proto.SendResponse, error) {
		return s.client.Send(ctx, r)
	})
	s.bench.hear(answer.GetOutcome().GetProviderId(), answer.GetOutcome().GetDetail())
	if err == nil && answer.Outcome == nil {
		err = errors.New("the answer has no outcome")
	}
	return answer.GetOutcome(), err
}

func (s *session) lookup(ctx context.Context, key, handed string) (*proto.Outcome, error) {
	answer, err := bounded(ctx, s, s.bench.callWithin(), func(ctx context.Context) (*proto.LookupResponse, error) {
		return s.client.Lookup(ctx, &proto.LookupRequest{Key: key, HandedAt: handed})
	})
	s.bench.hear(answer.GetOutcome().GetProviderId(), answer.GetOutcome().GetDetail())
	if err == nil && answer.Outcome == nil {
		err = errors.New("the answer has no outcome")
	}
	return answer.GetOutcome(), err
}

func (s *session) health(ctx context.Context) (*proto.HealthResponse, error) {
	answer, err := bounded(ctx, s, s.bench.callWithin(), func(ctx context.Context) (*proto.HealthResponse, error) {
		return s.client.Health(ctx, new(proto.HealthRequest))
	})
	s.bench.hear(answer.GetDetail())
	return answer, err
}

// events reads what came after a cursor, until the stream ends or nothing more
// comes for a second; ended says which.
func (s *session) events(ctx context.Context, cursor string) (list []*proto.Event, ended bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, s.bench.callWithin())
	defer cancel()
	stream, err := s.client.Events(ctx, &proto.EventsRequest{Cursor: cursor})
	if err != nil {
		return nil, false, err
	}
	quiet := time.AfterFunc(time.Second*2, cancel)
	defer quiet.Stop()
	for len(list) < manyEvents {
		e, err := stream.Recv()
		switch {
		case errors.Is(err, io.EOF):
			return list, true, nil
		case status.Code(err) == codes.Canceled && ctx.Err() != nil:
			return list, false, nil
		case err != nil:
			return list, false, err
		}
		quiet.Reset(time.Second)
		s.bench.hear(e.Detail)
		list = append(list, e)
	}
	return list, false, nil
}
