package sdk

import (
	"context"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"holdfast/plugins/proto"
)

// server answers gRPC calls with a Channel.
type server struct {
	proto.UnimplementedChannelServer
	channel Channel
}

func (s server) Describe(context.Context, *proto.DescribeRequest) (*proto.DescribeResponse, error) {
	a := s.channel.Describe()
	return &proto.DescribeResponse{
		Name: a.Name, Version: a.Version, Medium: a.Medium,
		ContractVersion: proto.ContractVersion,
		Capabilities:    &proto.Capabilities{Repeatable: a.Repeatable, Lookup: a.Lookup, Events: a.Events},
		SettingsSchema:  a.Schema,
	}, nil
}

func (s server) Configure(ctx context.Context, r *proto.ConfigureRequest) (*proto.ConfigureResponse, error) {
	problems, err := s.channel.Configure(ctx, Setup{
		Settings: r.Settings, Dir: r.WorkFolder, Proxy: r.Proxy, NoProxy: r.NoProxy, CAFile: r.CaFile,
	})
	if err != nil {
		return nil, status.Error(codes.FailedPrecondition, err.Error())
	}
	answer := new(proto.ConfigureResponse)
	for _, p := range problems {
		answer.Problems = append(answer.Problems, &proto.Problem{Key: p.Key, Text: p.Text, Cure: p.Cure})
	}
	return answer, nil
}

func (s server) Send(ctx context.Context, r *proto.SendRequest) (*proto.SendResponse, error) {
	m, err := MessageOf(r)
	if err != nil {
		return nil, status.Error(codes.InvalidArgument, err.Error())
	}
	ctx, cancel := early(ctx)
	defer cancel()
	sent, err := s.channel.Send(ctx, m)
	if err != nil {
		return nil, status.Error(codes.Unknown, err.Error())
	}
	return &proto.SendResponse{Outcome: outcomeOf(sent)}, nil
}

func (s server) Lookup(ctx context.Context, r *proto.LookupRequest) (*proto.LookupResponse, error) {
	handed, err := time.Parse(time.RFC3339Nano, r.HandedAt)
	if err != nil {
		handed = time.Time{} // an older host does not say: the beginning of time
	}
	ctx, cancel := early(ctx)
	defer cancel()
	sent, err := s.channel.Lookup(ctx, r.Key, handed)
	if err != nil {
		return nil, status.Error(codes.Unknown, err.Error())
	}
	return &proto.LookupResponse{Outcome: outcomeOf(sent)}, nil
}

func (s server) Events(r *proto.EventsRequest, stream proto.Channel_EventsServer) error {
	return s.channel.Events(stream.Context(), r.Cursor, func(e Event) error {
		return stream.Send(&proto.Event{
			Cursor: e.Cursor, Kind: proto.EventKind(e.Kind), Key: e.Key, Address: e.Address,
			At: e.At.Format(time.RFC3339Nano), ProviderId: e.ProviderID, Detail: e.Detail, Text: e.Text,
			Subject: e.Subject, Tag: e.Tag, Code: e.Code, Day: e.Day,
		})
	})
}

func (s server) Health(ctx context.Context, _ *proto.HealthRequest) (*proto.HealthResponse, error) {
	ctx, cancel := early(ctx)
	defer cancel()
	if err := s.channel.Health(ctx); err != nil {
		return &proto.HealthResponse{Detail: err.Error()}, nil
	}
	return &proto.HealthResponse{Ok: true}, nil
}

// MessageOf reads a message as it comes over the wire. It fails where its date
// cannot be read.
func MessageOf(r *proto.SendRequest) (Message, error) {
	m := r.GetMessage()
	date, err := time.Parse(time.RFC3339Nano, m.GetDate())
	if err != nil {
		return Message{}, err
	}
	msg := Message{
		Key: r.GetKey(), From: mailboxOf(m.GetFrom()), ReplyTo: m.GetReplyTo(),
		To: mailboxesOf(m.GetTo()), Cc: mailboxesOf(m.GetCc()),
		Subject: m.GetSubject(), Text: m.GetText(), HTML: m.GetHtml(),
		Date: date, Language: m.GetLanguage(), Reference: m.GetReference(), Postal: m.GetPostal(),
		Tag: m.GetTag(), Thread: m.GetThread(), Unsubscribe: m.GetUnsubscribe(), Purpose: m.GetPurpose(),
		Letter: letterOf(m.GetLetter()), Call: callOf(m.GetCall()), Card: cardOf(m.GetCard()),
	}
	for _, a := range m.GetAttachments() {
		msg.Attachments = append(msg.Attachments, Attachment{
			Name: a.GetName(), Type: a.GetType(), Data: a.GetData(), ContentID: a.GetContentId(),
		})
	}
	return msg, nil
}

func mailboxOf(m *proto.Mailbox) Mailbox {
	return Mailbox{Name: m.GetName(), Address: m.GetAddress()}
}

func mailboxesOf(list []*proto.Mailbox) []Mailbox {
	var boxes []Mailbox
	for _, m := range list {
		boxes = append(boxes, mailboxOf(m))
	}
	return boxes
}

func outcomeOf(s Sent) *proto.Outcome {
	states := map[State]proto.State{
		Accepted: proto.State_STATE_ACCEPTED, Refused: proto.State_STATE_REFUSED, Retry: proto.State_STATE_RETRY,
	}
	state, ok := states[s.State]
	if !ok {
		state = proto.State_STATE_UNCERTAIN
	}
	return &proto.Outcome{
		State: state, ProviderId: s.ProviderID, Detail: s.Detail, RetryAfterMs: s.RetryAfter.Milliseconds(),
		WholeChannel: s.WholeChannel,
	}
}
