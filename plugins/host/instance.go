package host

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"slices"
	"sync"
	"sync/atomic"
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
	secret [][]string // where in the settings secrets stand, by the schema
	folder *runFolder
	lines  *lineLog
	plug   *plugin.Client
	proc   atomic.Pointer[process] // nil until go-plugin has asked for it
	conn   *grpc.ClientConn
	client proto.ChannelClient
	since  time.Time // when it was started
	ended  atomic.Bool
	stop   func() // ends it; may be called again
}

// start runs the program until it is ready to send. On an error nothing of it
// is left.
func start(ctx context.Context, cfg Config) (*instance, error) {
	if cfg.Dir != "" {
		if err := os.MkdirAll(cfg.Dir, 0o700); err != nil {
			return nil, fault.New(fault.Invalid, "channel %s: make its folder: %w", cfg.Name, err)
		}
	}
	inst, err := begin(ctx, cfg)
	if err != nil {
		return nil, err
	}
	if err := inst.prepare(ctx); err != nil {
		inst.stop()
		return nil, err
	}
	return inst, nil
}

// begin runs the program until it can be asked something.
func begin(ctx context.Context, cfg Config) (*instance, error) {
	folder, err := newRunFolder(runBase())
	if err != nil {
		return nil, err
	}
	inst := &instance{cfg: cfg, folder: folder, since: time.Now(), lines: newLineLog(cfg.Logger.With("channel", cfg.Name), cfg.Secrets)}
	inst.stop = sync.OnceFunc(inst.end)
	inst.plug = plugin.NewClient(inst.clientConfig())
	if err := inst.connect(ctx); err != nil {
		inst.kill() // it never spoke, so there is nothing to end in order
		inst.stop()
		return nil, err
	}
	return inst, nil
}

func (i *instance) clientConfig() *plugin.ClientConfig {
	return &plugin.ClientConfig{
		HandshakeConfig:  proto.Handshake(),
		Plugins:          plugin.PluginSet{proto.PluginName: half{}},
		AllowedProtocols: []plugin.Protocol{plugin.ProtocolGRPC},
		AutoMTLS:         true,
		SkipHostEnv:      true,
		StartTimeout:     2 * i.cfg.Deadlines.Start, // ours comes first
		UnixSocketConfig: &plugin.UnixSocketConfig{TempDir: i.folder.path},
		Logger:           hclog.NewNullLogger(),
		Stderr:           i.lines.stream(), SyncStdout: i.lines.stream(), SyncStderr: i.lines.stream(),
		GRPCDialOptions: []grpc.DialOption{
			grpc.WithDefaultCallOptions(grpc.MaxCallRecvMsgSize(proto.MaxAnswer), grpc.MaxCallSendMsgSize(2*proto.MaxSend)),
			grpc.WithStatsHandler(handover{}),
		},
		RunnerFunc: i.runner,
	}
}

// runner makes the process, on go-plugin's call.
func (i *instance) runner(_ hclog.Logger, spec *exec.Cmd, dir string) (runner.Runner, error) {
	p := newProcess(i.cfg, spec, i.folder, dir)
	i.proc.Store(p)
	if i.ended.Load() {
		return nil, fault.New(fault.Transient, "channel %s: ended before it had started", i.cfg.Name)
	}
	return p, nil
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
	if k := fault.KindOf(err); err != nil && k != fault.Unknown {
		return fault.New(k, "start channel %s: %w", i.cfg.Name, err) // ours, with its cure
	}
	if err != nil {
		return fault.New(fault.Transient, "start channel %s: %s", i.cfg.Name, i.tidy(err.Error())).
			WithCure("see the log for what it says")
	}
	raw, err := protocol.Dispense(proto.PluginName)
	if err != nil {
		return fault.New(fault.Unsupported, "start channel %s: %w", i.cfg.Name, err)
	}
	i.conn = raw.(*grpc.ClientConn)
	i.client = proto.NewChannelClient(i.conn)
	return nil
}

// prepare asks the channel what it is, holds its settings against its own
// schema, and hands them over. Values that the schema calls secrets are hidden
// from then on.
func (i *instance) prepare(ctx context.Context) error {
	about, err := describe(ctx, i.cfg, i.client)
	if err != nil {
		return err
	}
	i.about = about
	schema, err := schemaOf(i.cfg.Name, about.Schema)
	if err != nil {
		return err
	}
	secrets, err := settled(i.cfg, schema)
	i.secret = places(secrets)
	i.cfg.Secrets = longestFirst(append(slices.Clip(i.cfg.Secrets), texts(secrets)...))
	i.lines.hide(i.cfg.Secrets)
	if err != nil {
		return err
	}
	return configure(ctx, i.cfg, i.client)
}

// tidy makes this channel's words fit to be kept.
func (i *instance) tidy(text string) string { return tidy(text, i.cfg.Secrets) }

// gone reports whether this life has ended.
func (i *instance) gone() bool {
	select {
	case <-i.proc.Load().exited:
		return true
	default:
		state := i.conn.GetState()
		return state == connectivity.TransientFailure || state == connectivity.Shutdown
	}
}

// end asks the process to leave, kills it with all its children when the
// deadline has passed, and removes what it has left.
func (i *instance) end() {
	i.ended.Store(true)
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
	if err := i.folder.remove(); err != nil {
		i.cfg.Logger.Error("remove what a channel has left", "channel", i.cfg.Name, "error", err)
	}
}

// kill ends the process at once.
func (i *instance) kill() {
	p := i.proc.Load()
	if p == nil {
		return
	}
	if err := p.Kill(context.Background()); err != nil {
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
