package conform

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"sync/atomic"
	"time"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"
	"github.com/hashicorp/go-plugin/runner"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/emptypb"

	"holdfast/plugins/proto"
)

// startWithin bounds the time to the first connection, as the host does.
const startWithin = 20 * time.Second

// callWithin bounds every call but Send: 10 s where Patience is as always.
func (b *bench) callWithin() time.Duration { return b.opts.Patience / 3 }

// endWithin bounds the time to end when asked: 2 s where Patience is as always.
func (b *bench) endWithin() time.Duration { return b.opts.Patience / 15 }

// session is one life of the channel's process.
type session struct {
	bench  *bench
	folder string // its work folder
	plug   *plugin.Client
	proc   *process
	conn   *grpc.ClientConn
	client proto.ChannelClient
	log    *output     // standard error
	hung   atomic.Bool // a call was not answered
	ended  bool        // on purpose
}

// start runs the executable until it can be spoken to. The caller ends it.
func (b *bench) start(ctx context.Context, folder string) (*session, error) {
	s := &session{bench: b, folder: folder, log: new(output)}
	var proc atomic.Pointer[process]
	s.plug = plugin.NewClient(b.clientConfig(s, &proc))
	type result struct {
		conn plugin.ClientProtocol
		err  error
	}
	done := make(chan result, 1)
	go func() {
		conn, err := s.plug.Client()
		done <- result{conn, err}
	}()
	var r result
	select {
	case r = <-done:
	case <-time.After(startWithin):
		r.err = fmt.Errorf("it was not ready within %s", startWithin)
	case <-ctx.Done():
		r.err = ctx.Err()
	}
	s.proc = proc.Load()
	if s.proc != nil {
		b.outputs = append(b.outputs, s.proc.said)
	}
	b.logs = append(b.logs, s.log)
	return s.use(r.conn, r.err)
}

// use takes the connection, or ends what was started.
func (s *session) use(protocol plugin.ClientProtocol, err error) (*session, error) {
	if err == nil {
		var raw any
		if raw, err = protocol.Dispense(proto.PluginName); err == nil {
			s.conn = raw.(*grpc.ClientConn)
			s.client = proto.NewChannelClient(s.conn)
			return s, nil
		}
	}
	s.drop()
	return s, err
}

func (b *bench) clientConfig(s *session, proc *atomic.Pointer[process]) *plugin.ClientConfig {
	return &plugin.ClientConfig{
		HandshakeConfig:  proto.Handshake(),
		Plugins:          plugin.PluginSet{proto.PluginName: half{}},
		AllowedProtocols: []plugin.Protocol{plugin.ProtocolGRPC},
		AutoMTLS:         true,
		SkipHostEnv:      true,
		StartTimeout:     2 * startWithin, // ours comes first
		UnixSocketConfig: &plugin.UnixSocketConfig{TempDir: b.root},
		Logger:           hclog.NewNullLogger(),
		Stderr:           s.log, SyncStdout: b.late, SyncStderr: s.log,
		GRPCDialOptions: []grpc.DialOption{
			grpc.WithDefaultCallOptions(grpc.MaxCallRecvMsgSize(proto.MaxAnswer), grpc.MaxCallSendMsgSize(2*proto.MaxSend)),
		},
		RunnerFunc: func(_ hclog.Logger, spec *exec.Cmd, dir string) (runner.Runner, error) {
			p, err := newProcess(b.opts, spec.Env, s.folder, dir)
			if err != nil {
				return nil, err
			}
			proc.Store(p)
			return p, nil
		},
	}
}

// half is the channel as go-plugin sees it: the calling half.
type half struct{ plugin.NetRPCUnsupportedPlugin }

// GRPCServer is the channel's half, which this package does not have.
func (half) GRPCServer(*plugin.GRPCBroker, *grpc.Server) error {
	return errors.New("the kit has no server")
}

// GRPCClient returns the connection itself.
func (half) GRPCClient(_ context.Context, _ *plugin.GRPCBroker, conn *grpc.ClientConn) (any, error) {
	return conn, nil
}

// gone reports whether the process has ended.
func (s *session) gone() bool {
	if s.proc == nil {
		return true
	}
	select {
	case <-s.proc.exited:
		return true
	default:
		return false
	}
}

// kill ends the process at once, as a power cut would.
func (s *session) kill() {
	s.ended = true
	if s.proc == nil {
		return
	}
	if err := s.proc.Kill(context.Background()); err != nil {
		s.bench.hear("kill: " + err.Error())
	}
}

// end asks the process to leave, kills it where it does not, and clears up. It
// may come twice, and to nil.
func (s *session) end() {
	if s == nil {
		return
	}
	s.ended = true
	if s.conn != nil && !s.gone() && !s.shutdown(context.Background()) {
		s.kill()
	}
	s.plug.Kill()
}

// drop ends the process at once and clears up. It may come twice, and to nil.
func (s *session) drop() {
	if s != nil {
		s.kill()
		s.plug.Kill()
	}
}

// shutdown asks the process to end as go-plugin does, and reports whether it
// ended by itself in time.
func (s *session) shutdown(ctx context.Context) bool {
	s.ended = true
	ctx, cancel := context.WithTimeout(ctx, s.bench.endWithin())
	defer cancel()
	err := s.conn.Invoke(ctx, "/plugin.GRPCController/Shutdown", new(emptypb.Empty), new(emptypb.Empty))
	if status.Code(err) == codes.Unimplemented {
		return false
	}
	return s.wait(ctx) // the answer may be lost with the connection: that the process ends counts
}

// wait waits for the process to end.
func (s *session) wait(ctx context.Context) bool {
	select {
	case <-s.proc.exited:
		return true
	case <-ctx.Done():
		return false
	}
}

// lastWords returns the end of what the channel wrote to standard error.
func (s *session) lastWords() string {
	const most = 200
	text := oneLine(s.log.String())
	if runes := []rune(text); len(runes) > most {
		text = "…" + string(runes[len(runes)-most:])
	}
	if text == "" {
		return "it wrote nothing to standard error"
	}
	return "standard error: " + text
}
