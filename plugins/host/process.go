package host

import (
	"context"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"

	"holdfast/engine/fault"
)

// process is a channel's subprocess with all that it starts itself: a
// go-plugin runner which kills the whole family.
type process struct {
	cfg    Config
	cmd    *exec.Cmd
	folder *runFolder
	dir    string // in that folder, where its socket must lie
	image  *image // while it is being started
	stdout io.ReadCloser
	stderr io.ReadCloser

	exited chan struct{} // closed when the process is gone

	mu     sync.Mutex
	family family
	reaped bool
	ended  bool // nobody wants it any more
}

// newProcess takes the environment that go-plugin has put together and adds
// nothing of the host's but what the system cannot do without.
func newProcess(cfg Config, spec *exec.Cmd, folder *runFolder, dir string) *process {
	cmd := exec.Command(cfg.Command[0], cfg.Command[1:]...)
	cmd.Env = append(spec.Env, systemEnv(dir)...)
	cmd.Dir = cfg.Dir
	return &process{cfg: cfg, cmd: cmd, folder: folder, dir: dir, exited: make(chan struct{})}
}

// Start verifies the executable and runs it, unless the instance has ended
// meanwhile.
func (p *process) Start(context.Context) error {
	im, err := verified(p.cfg)
	if err != nil {
		return err
	}
	defer im.close()
	p.image = im
	started := make(chan error)
	go p.watch(started)
	return <-started
}

// exec starts the process from the file that was verified.
func (p *process) exec() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.ended {
		return fault.New(fault.Transient, "channel %s: ended before it had started", p.cfg.Name)
	}
	release, err := p.image.pin(p.cmd, p.folder.path)
	if err != nil {
		return err
	}
	defer release()
	if p.stdout, err = p.cmd.StdoutPipe(); err != nil {
		return err
	}
	if p.stderr, err = p.cmd.StderrPipe(); err != nil {
		return err
	}
	seal()
	return p.cmd.Start()
}

// Wait reaps the process. It must not be called before its pipes are read to
// their end.
func (p *process) Wait(context.Context) error {
	err := p.reap()
	p.mu.Lock()
	defer p.mu.Unlock()
	p.reaped = true
	p.family.close()
	return err
}

// Kill ends the process and all that it has started; one that has not begun
// never does. It may come twice.
func (p *process) Kill(context.Context) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.ended = true
	if p.cmd.Process == nil || p.reaped {
		return nil
	}
	return p.family.kill(p.cmd.Process)
}

// Stdout is where the handshake is read.
func (p *process) Stdout() io.ReadCloser { return p.stdout }

// Stderr is what the channel has to say.
func (p *process) Stderr() io.ReadCloser { return p.stderr }

// Name is the path of the executable.
func (p *process) Name() string { return p.cfg.Command[0] }

// ID is the process id, or a word before there is one.
func (p *process) ID() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.cmd.Process == nil {
		return "not started"
	}
	return strconv.Itoa(p.cmd.Process.Pid)
}

// Diagnose adds to the error of a failed handshake.
func (p *process) Diagnose(context.Context) string {
	return fmt.Sprintf("%s did not answer as a channel does", p.cfg.Command[0])
}

// PluginToHost refuses an address that is not on this machine, or a socket
// outside the folder made for it.
func (p *process) PluginToHost(network, address string) (string, string, error) {
	switch network {
	case "unix":
		if filepath.Dir(filepath.Clean(address)) == filepath.Clean(p.dir) {
			return network, address, nil
		}
	case "tcp":
		host, _, err := net.SplitHostPort(address)
		if ip := net.ParseIP(host); err == nil && ip != nil && ip.IsLoopback() {
			return network, address, nil
		}
	}
	return "", "", fault.New(fault.Denied, "channel %s wants to be reached at the foreign address %s", p.cfg.Name, tidy(network+" "+address, nil)).
		WithCure("a channel listens on the socket folder it is given, or on loopback")
}

// HostToPlugin leaves addresses as they are.
func (p *process) HostToPlugin(network, address string) (string, string, error) {
	return network, address, nil
}

// runBase is the folder below which each life of a channel has its own. The path
// of a socket is limited to about 100 bytes, of which the names below need 62.
func runBase() string {
	if dir := os.TempDir(); len(dir) <= 40 {
		return dir
	}
	return shortTemp
}
