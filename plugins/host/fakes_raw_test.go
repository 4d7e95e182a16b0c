package host

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/go-plugin"
	"google.golang.org/grpc"
	"google.golang.org/grpc/encoding"
	_ "google.golang.org/grpc/encoding/proto" // the codec that raw stands before
	"google.golang.org/grpc/mem"
	"google.golang.org/protobuf/encoding/protowire"

	"holdfast/plugins/proto"
)

// listenSilently takes connections on the socket it was given and says nothing.
func listenSilently() {
	l, err := net.Listen("unix", filepath.Join(os.Getenv(plugin.EnvUnixSocketDir), "s"))
	if err != nil {
		os.Exit(1)
	}
	fmt.Printf("1|1|unix|%s|grpc|\n", l.Addr())
	for {
		if _, err := l.Accept(); err != nil {
			os.Exit(1)
		}
	}
}

// serveLiar serves a channel that breaks the contract where the author's kit
// would keep it.
func serveLiar(name string) {
	plugin.Serve(&plugin.ServeConfig{
		HandshakeConfig: proto.Handshake(), Plugins: plugin.PluginSet{proto.PluginName: liarPlugin{name: name}},
		GRPCServer: func(opts []grpc.ServerOption) *grpc.Server {
			return grpc.NewServer(append(opts, grpc.ForceServerCodecV2(raw{encoding.GetCodecV2("proto")}))...)
		},
	})
}

type liarPlugin struct {
	plugin.NetRPCUnsupportedPlugin
	name string
}

// GRPCServer registers the channel with a Send and an Events that answer in
// bytes of their own.
func (p liarPlugin) GRPCServer(_ *plugin.GRPCBroker, s *grpc.Server) error {
	desc := proto.Channel_ServiceDesc
	desc.Methods = append([]grpc.MethodDesc(nil), desc.Methods...)
	for i := range desc.Methods {
		if desc.Methods[i].MethodName == "Send" {
			desc.Methods[i].Handler = liarSend
		}
	}
	desc.Streams = []grpc.StreamDesc{{StreamName: "Events", ServerStreams: true, Handler: liarEvents}}
	s.RegisterService(&desc, liar{name: p.name})
	return nil
}

// GRPCClient is not for this side.
func (liarPlugin) GRPCClient(context.Context, *plugin.GRPCBroker, *grpc.ClientConn) (any, error) {
	return nil, errors.ErrUnsupported
}

type liar struct {
	proto.UnimplementedChannelServer
	name string
}

func (l liar) Describe(context.Context, *proto.DescribeRequest) (*proto.DescribeResponse, error) {
	d := &proto.DescribeResponse{
		Name: l.name, Version: "1", Medium: "file", ContractVersion: proto.ContractVersion,
		Capabilities: &proto.Capabilities{Lookup: true, Events: true},
	}
	switch l.name {
	case "wrong-contract":
		d.ContractVersion = 2
	case "wrong-name":
		d.Name = "email"
	case "huge-schema":
		d.SettingsSchema = bytes.Repeat([]byte(" "), 2<<20)
		d.SettingsSchema[0] = '1'
	}
	return d, nil
}

func (l liar) Configure(context.Context, *proto.ConfigureRequest) (*proto.ConfigureResponse, error) {
	return &proto.ConfigureResponse{}, nil
}

// Lookup says of every key that it was accepted.
func (l liar) Lookup(context.Context, *proto.LookupRequest) (*proto.LookupResponse, error) {
	return &proto.LookupResponse{Outcome: &proto.Outcome{State: proto.State_STATE_ACCEPTED}}, nil
}

// liarSend answers as the subject says.
func liarSend(_ any, _ context.Context, decode func(any) error, _ grpc.UnaryServerInterceptor) (any, error) {
	var r proto.SendRequest
	if err := decode(&r); err != nil {
		return nil, err
	}
	switch r.Message.Subject {
	case "state 99":
		return &proto.SendResponse{Outcome: &proto.Outcome{State: 99, Detail: "sent, of course"}}, nil
	case "no outcome":
		return &proto.SendResponse{}, nil
	case "invalid UTF-8":
		return answer(protowire.AppendString(protowire.AppendTag(nil, 3, protowire.BytesType), "\xff\xfe")), nil
	case "not protobuf":
		return bytesOf([]byte("\xff\xff\xff\xff")), nil
	case "512 MiB":
		return mem.BufferSlice(slices.Repeat(bytesOf(make([]byte, 1<<20)), 512)), nil
	}
	return &proto.SendResponse{Outcome: &proto.Outcome{State: proto.State_STATE_ACCEPTED, ProviderId: fmt.Sprint(os.Getpid())}}, nil
}

// answer wraps the bytes of an Outcome into those of a SendResponse.
func answer(outcome []byte) mem.BufferSlice {
	return bytesOf(protowire.AppendBytes(protowire.AppendTag(nil, 1, protowire.BytesType), outcome))
}

func bytesOf(b []byte) mem.BufferSlice { return mem.BufferSlice{mem.SliceBuffer(b)} }

// liarEvents streams as the cursor says.
func liarEvents(_ any, stream grpc.ServerStream) error {
	var r proto.EventsRequest
	if err := stream.RecvMsg(&r); err != nil {
		return err
	}
	event := func(n int) *proto.Event {
		return &proto.Event{Cursor: fmt.Sprint(n), Kind: proto.EventKind_EVENT_KIND_REPLIED, At: "2026-11-23T09:00:00Z"}
	}
	switch r.Cursor {
	case "endless":
		for n := 1; ; n++ {
			if err := stream.SendMsg(event(n)); err != nil {
				return err
			}
		}
	case "silent":
		<-stream.Context().Done()
		return nil
	case "invalid UTF-8":
		return stream.SendMsg(bytesOf(protowire.AppendString(protowire.AppendTag(nil, 8, protowire.BytesType), "\xff")))
	case "huge":
		e := event(1)
		e.Text = strings.Repeat("x", 8<<20)
		return stream.SendMsg(e)
	}
	return sendAll(stream, oddEvents(r.Cursor, event))
}

// oddEvents are events that are wrong in one way, with a right one behind them.
func oddEvents(cursor string, event func(int) *proto.Event) []*proto.Event {
	odd := event(1)
	switch cursor {
	case "bad time":
		odd.At = "yesterday"
	case "old time":
		odd.At = "0001-01-01T00:00:00Z"
	case "future":
		odd.At = time.Now().AddDate(10, 0, 0).Format(time.RFC3339)
	case "bad kind":
		odd.Kind = 4711
	case "no kind":
		odd.Kind = 0
	case "bad day":
		odd.Day = "2026-13-45"
	case "long text":
		odd.Text = "\x1b[2J first\nsecond " + strings.Repeat("é", 100_000)
	case "long words":
		odd.Key, odd.Address, odd.Subject = strings.Repeat("k", 5000), "a@b.example\r\nBcc: c", strings.Repeat("s", 5000)
	case "no cursor":
		odd.Cursor = ""
	case "long cursor":
		odd.Cursor = strings.Repeat("c", 5000)
	}
	return []*proto.Event{odd, event(2)}
}

func sendAll(stream grpc.ServerStream, events []*proto.Event) error {
	for _, e := range events {
		if err := stream.SendMsg(e); err != nil {
			return err
		}
	}
	return nil
}

// raw passes bytes as they are and all else to the usual codec.
type raw struct{ encoding.CodecV2 }

// Marshal writes one message.
func (c raw) Marshal(v any) (mem.BufferSlice, error) {
	if b, ok := v.(mem.BufferSlice); ok {
		return b, nil
	}
	return c.CodecV2.Marshal(v)
}
