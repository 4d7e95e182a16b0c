// Package proto is the contract between Holdfast and its channels: the gRPC
// service of channel.proto, and the handshake by which both sides know each
// other.
package proto

import "github.com/hashicorp/go-plugin"

//go:generate protoc --go_out=. --go_opt=paths=source_relative --go-grpc_out=. --go-grpc_opt=paths=source_relative channel.proto

// ContractVersion is the version of channel.proto. A channel that describes
// itself with another one is refused.
const ContractVersion = 1

// PluginName is the name under which a channel serves its one service.
const PluginName = "channel"

// MaxSend and MaxAnswer bound one message in bytes: what the host hands over,
// and what it takes back.
const (
	MaxSend   = 64 << 20
	MaxAnswer = 4 << 20
)

// Handshake is what both sides must agree on before anything is said. The
// cookie is no secret: it keeps a person from starting a channel by hand.
func Handshake() plugin.HandshakeConfig {
	return plugin.HandshakeConfig{
		ProtocolVersion:  1,
		MagicCookieKey:   "HOLDFAST_CHANNEL",
		MagicCookieValue: "6d0f8a1c2b7e4f53",
	}
}
