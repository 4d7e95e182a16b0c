package conform

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
)

// process is a channel's process: a go-plugin runner that starts it with no
// environment of ours, watches its first line, and ends it with all that it
// has started.
type process struct {
	cmd    *exec.Cmd
	dir    string // where its socket must lie
	stdout io.ReadCloser
	stderr io.ReadCloser
	said   *output // what it writes to standard output

	exited chan struct{} // closed when it is gone

	mu     sync.Mutex
	reaped bool
	left   []string // processes of its group that outlived it
}

// newProcess prepares a process that works in folder and has its sockets in dir.
func newProcess(o Options, env []string, folder, dir string) (*process, error) {
	cmd := exec.Command(o.Command[0], o.Command[1:]...)
	cmd.Env = append(append(env, o.Env...), "TMPDIR="+dir, "TEMP="+dir, "TMP="+dir)
	cmd.Dir = folder
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	stderr, err := cmd.StderrPipe()
	if err != nil {
		return nil, err
	}
	said := new(output)
	return &process{
		cmd: cmd, dir: dir, said: said, exited: make(chan struct{}),
		stdout: heard{Reader: io.TeeReader(stdout, said), Closer: stdout}, stderr: stderr,
	}, nil
}

// heard is a pipe of which a copy is kept.
type heard struct {
	io.Reader
	io.Closer
}

// Start runs the executable.
func (p *process) Start(context.Context) error {
	started := make(chan error)
	go p.watch(started)
	return <-started
}

// Wait reaps the process. It must not be called before its pipes are read to
// their end.
func (p *process) Wait(context.Context) error {
	err := p.reap()
	p.mu.Lock()
	defer p.mu.Unlock()
	p.reaped = true
	return err
}

// Kill ends the process and all of its group at once. It may come twice.
func (p *process) Kill(context.Context) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.cmd.Process == nil || p.reaped {
		return nil
	}
	return killGroup(p.cmd.Process)
}

// Stdout is where the handshake is read.
func (p *process) Stdout() io.ReadCloser { return p.stdout }

// Stderr is what the channel has to say.
func (p *process) Stderr() io.ReadCloser { return p.stderr }

// Name is the path of the executable.
func (p *process) Name() string { return p.cmd.Path }

// ID is the process id, or a word before there is one.
func (p *process) ID() string {
	if pid := p.pid(); pid != 0 {
		return strconv.Itoa(pid)
	}
	return "not started"
}

func (p *process) pid() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.cmd.Process == nil {
		return 0
	}
	return p.cmd.Process.Pid
}

// Diagnose adds to the error of a failed handshake.
func (p *process) Diagnose(context.Context) string { return "" }

// PluginToHost refuses an address that is not on this machine, or a socket
// outside the folder made for it.
func (p *process) PluginToHost(network, address string) (string, string, error) {
	if err := near(p.dir, network, address); err != nil {
		return "", "", err
	}
	return network, address, nil
}

// HostToPlugin leaves addresses as they are.
func (p *process) HostToPlugin(network, address string) (string, string, error) {
	return network, address, nil
}

// near refuses an address outside this machine, or outside the folder of sockets.
func near(dir, network, address string) error {
	switch network {
	case "unix":
		if filepath.Dir(filepath.Clean(address)) == filepath.Clean(dir) {
			return nil
		}
	case "tcp":
		host, _, err := net.SplitHostPort(address)
		if ip := net.ParseIP(host); err == nil && ip != nil && ip.IsLoopback() {
			return nil
		}
	default:
		return errors.New("the network is " + strconv.Quote(network) + ", neither unix nor tcp")
	}
	return fmt.Errorf("it wants to be reached at %s %s", network, address)
}
