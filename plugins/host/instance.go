package host

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"sync"
	"time"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"
	"github.com/hashicorp/go-plugin/runner"
	"google.golang.org/grpc"
	"google.golang.org/grpc/connectivity"

	"holdfast/engine/fault"
	"holdfast/plugins/proto"
)

// instance is one life of a channel's process: started, described, configured.
type instance struct {
	cfg    Config
	about  About
	plug   *plugin.Client
	proc   *process
	conn   *grpc.ClientConn
	client proto.ChannelClient
	stop   func()
}

// start runs the program until it is ready to send. On an error nothing of it
// is left.
func start(ctx context.Context, cfg Config) (*instance, error) {
	if cfg.Dir != "" {
		if err := os.MkdirAll(cfg.Dir, 0o700); err != nil {
			return nil, fault.New(fault.Invalid, "channel %s: make its folder: %w", cfg.Name, err)
		}
	}
	inst := &instance{cfg: cfg}
	inst.stop = sync.OnceFunc(inst.end)
	inst.plug = plugin.NewClient(inst.clientConfig())
	if err := inst.connect(ctx); err != nil {
		inst.stop()
		return nil, err
	}
	if err := inst.prepare(ctx); err != nil {
		inst.stop()
		return nil, err
	}
	return inst, nil
}

func (i *instance) clientConfig() *plugin.ClientConfig {
	lines := newLineLog(i.cfg.Logger.With("channel", i.cfg.Name), i.cfg.Secrets)
	return &plugin.ClientConfig{
		HandshakeConfig:  proto.Handshake(),
		Plugins:          plugin.PluginSet{proto.PluginName: half{}},
		AllowedProtocols: []plugin.Protocol{plugin.ProtocolGRPC},
		AutoMTLS:         true,
		SkipHostEnv:      true,
		StartTimeout:     2 * i.cfg.Deadlines.Start, // ours comes first
		UnixSocketConfig: &plugin.UnixSocketConfig{TempDir: socketBase()},
		Logger:           hclog.NewNullLogger(),
		Stderr:           lines, SyncStdout: lines, SyncStderr: lines,
		GRPCDialOptions: []grpc.DialOption{
			grpc.WithDefaultCallOptions(grpc.MaxCallRecvMsgSize(proto.MaxAnswer), grpc.MaxCallSendMsgSize(2*proto.MaxSend)),
			grpc.WithStatsHandler(handover{}),
		},
		RunnerFunc: func(_ hclog.Logger, spec *exec.Cmd, dir string) (runner.Runner, error) {
			p, err := newProcess(i.cfg, spec, dir)
			if err != nil {
				_ = os.RemoveAll(dir)
				return nil, err
			}
			i.proc = p
			return p, nil
		},
	}
}

// connect starts the process and opens the connection, all within the
// deadline: go-plugin itself waits without end for a process that listens but
// does not speak.
func (i *instance) connect(ctx context.Context) error {
	type result struct {
		conn plugin.ClientProtocol
		err  error
	}
	done := make(chan result, 1)
	go func() {
		conn, err := i.plug.Client()
		done <- result{conn, err}
	}()
	timer := time.NewTimer(i.cfg.Deadlines.Start)
	defer timer.Stop()
	select {
	case r := <-done:
		return i.use(r.conn, r.err)
	case <-timer.C:
		return fault.New(fault.Transient, "channel %s was not ready within %s", i.cfg.Name, i.cfg.Deadlines.Start)
	case <-ctx.Done():
		return fault.New(fault.Transient, "start channel %s: %w", i.cfg.Name, ctx.Err())
	}
}

func (i *instance) use(protocol plugin.ClientProtocol, err error) error {
	if err != nil {
		kind := fault.Transient
		if k := fault.KindOf(err); k != fault.Unknown {
			kind = k
		}
		return fault.New(kind, "start channel %s: %w", i.cfg.Name, err)
	}
	raw, err := protocol.Dispense(proto.PluginName)
	if err != nil {
		return fault.New(fault.Unsupported, "start channel %s: %w", i.cfg.Name, err)
	}
	i.conn = raw.(*grpc.ClientConn)
	i.client = proto.NewChannelClient(i.conn)
	return nil
}

func (i *instance) prepare(ctx context.Context) error {
	about, err := describe(ctx, i.cfg, i.client)
	if err != nil {
		return err
	}
	i.about = about
	return configure(ctx, i.cfg, i.client)
}

// gone reports whether this life has ended.
func (i *instance) gone() bool {
	select {
	case <-i.proc.exited:
		return true
	default:
		state := i.conn.GetState()
		return state == connectivity.TransientFailure || state == connectivity.Shutdown
	}
}

// end asks the process to leave, and kills it with all its children when the
// deadline has passed.
func (i *instance) end() {
	done := make(chan struct{})
	go func() {
		i.plug.Kill()
		close(done)
	}()
	select {
	case <-done:
	case <-time.After(i.cfg.Deadlines.Kill):
		i.kill()
		select {
		case <-done:
		case <-time.After(i.cfg.Deadlines.Kill):
			i.cfg.Logger.Error("a channel does not end, even killed", "channel", i.cfg.Name)
		}
	}
}

// kill ends the process at once.
func (i *instance) kill() {
	if i.proc == nil {
		return
	}
	if err := i.proc.Kill(context.Background()); err != nil {
		i.cfg.Logger.Error("kill a channel", "channel", i.cfg.Name, "error", err)
	}
}

// half is the channel as go-plugin sees it: the calling half.
type half struct{ plugin.NetRPCUnsupportedPlugin }

// GRPCServer is the channel's half, which this package does not have.
func (half) GRPCServer(*plugin.GRPCBroker, *grpc.Server) error {
	return errors.New("the host has no server")
}

// GRPCClient returns the connection itself.
func (half) GRPCClient(_ context.Context, _ *plugin.GRPCBroker, conn *grpc.ClientConn) (any, error) {
	return conn, nil
}
