// Package plugintest holds the checks that every channel passes, through the
// real wire: gRPC over a pipe in one process.
package plugintest

import (
	"context"
	"net"
	"testing"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/test/bufconn"

	"holdfast/plugins/proto"
	"holdfast/plugins/sdk"
)

// Wire serves a channel in this process and returns a client of it, with the
// host's bounds on sizes. Both end with the test.
func Wire(t testing.TB, c sdk.Channel) proto.ChannelClient {
	t.Helper()
	pipe := bufconn.Listen(1 << 20)
	server := sdk.NewServer(nil)
	if err := (sdk.Plugin{Channel: c}).GRPCServer(nil, server); err != nil {
		t.Fatal(err)
	}
	go func() { _ = server.Serve(pipe) }()
	conn, err := grpc.NewClient("passthrough:pipe",
		grpc.WithContextDialer(func(ctx context.Context, _ string) (net.Conn, error) { return pipe.DialContext(ctx) }),
		grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithDefaultCallOptions(grpc.MaxCallRecvMsgSize(proto.MaxAnswer), grpc.MaxCallSendMsgSize(proto.MaxSend)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = conn.Close()
		server.Stop()
	})
	return proto.NewChannelClient(conn)
}

// Configured serves a channel and hands it settings that must be right.
func Configured(t testing.TB, c sdk.Channel, settings string) proto.ChannelClient {
	t.Helper()
	client := Wire(t, c)
	answer, err := client.Configure(t.Context(), &proto.ConfigureRequest{Settings: []byte(settings), WorkFolder: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range answer.Problems {
		t.Fatalf("setting %q %s; %s", p.Key, p.Text, p.Cure)
	}
	return client
}
