package sdk

import (
	"context"
	"errors"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"
	"google.golang.org/grpc"

	"holdfast/plugins/proto"
)

// Serve runs a channel until its host ends it; call it from main. Started by
// hand it prints what it is and exits.
func Serve(c Channel) {
	plugin.Serve(&plugin.ServeConfig{
		HandshakeConfig: proto.Handshake(),
		Plugins:         plugin.PluginSet{proto.PluginName: Plugin{Channel: c}},
		GRPCServer:      NewServer,
		Logger:          hclog.New(&hclog.LoggerOptions{Level: hclog.Error}),
	})
}

// NewServer returns a gRPC server that takes messages as large as the contract
// allows.
func NewServer(opts []grpc.ServerOption) *grpc.Server {
	return grpc.NewServer(append(opts, grpc.MaxRecvMsgSize(proto.MaxSend))...)
}

// Plugin is the channel as go-plugin sees it: the serving half.
type Plugin struct {
	plugin.NetRPCUnsupportedPlugin
	Channel Channel
}

// GRPCServer registers the channel.
func (p Plugin) GRPCServer(_ *plugin.GRPCBroker, s *grpc.Server) error {
	proto.RegisterChannelServer(s, server{channel: p.Channel})
	return nil
}

// GRPCClient is the host's half, which this package does not have.
func (Plugin) GRPCClient(context.Context, *plugin.GRPCBroker, *grpc.ClientConn) (any, error) {
	return nil, errors.New("a channel's own side has no client")
}
