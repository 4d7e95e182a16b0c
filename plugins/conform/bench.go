package conform

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"sync"
	"time"

	"holdfast/plugins/proto"
)

// bench is what the checks of one run share.
type bench struct {
	opts Options
	root string // temporary folder of the whole run
	id   string // part of each key, so that no two runs share one

	broken   string                  // why nothing but its start can be tried; empty: it starts
	starts   int                     // failed starts in a row
	about    *proto.DescribeResponse // nil until it has described itself
	schema   schema
	idle     *session         // started, not configured; nil while there is none
	live     *session         // configured; nil while there is none
	refused  string           // why the settings are not taken; empty: they are, or were not tried
	problems []*proto.Problem // that were answered to wrong settings

	first   *proto.SendRequest // an ordinary message that was accepted
	outcome *proto.Outcome     // the answer to it
	peak    int64              // most memory before large messages, in bytes

	late    *output   // written to standard output by a Go channel after the handshake
	outputs []*output // standard output of each process
	logs    []*output // standard error of each process
	folders int

	mu     sync.Mutex
	heard  []string // everything that the channel said in its answers
	size   int      // bytes of heard
	keys   int      // keys made
	handed int      // messages handed over
	given  map[string]bool
}

func newBench(o Options) (*bench, error) {
	if o.Patience <= 0 {
		o.Patience = 30 * time.Second
	}
	if o.Name == "" {
		o.Name = NameOf(o.Command[0])
	}
	id := make([]byte, 10)
	if _, err := rand.Read(id); err != nil {
		return nil, fmt.Errorf("draw the keys of this run: %w", err)
	}
	root, err := os.MkdirTemp(shortTemp(), "holdfast-kit-")
	if err != nil {
		return nil, fmt.Errorf("make a folder for the channel to work in: %w", err)
	}
	if root, err = filepath.EvalSymlinks(root); err != nil {
		return nil, fmt.Errorf("make a folder for the channel to work in: %w", err)
	}
	return &bench{opts: o, root: root, id: hex.EncodeToString(id), late: new(output), given: map[string]bool{}}, nil
}

// shortTemp is a folder whose path leaves room for that of a socket, which is
// limited to about 100 bytes.
func shortTemp() string {
	if dir := os.TempDir(); len(dir) <= 40 || runtime.GOOS == "windows" {
		return dir
	}
	return "/tmp"
}

func (b *bench) close() {
	for _, s := range []*session{b.idle, b.live} {
		if s != nil {
			s.end()
		}
	}
	_ = os.RemoveAll(b.root) // what cannot be removed lies in the system's temporary folder
}

// hear remembers what the channel said, for the checks that look for secrets.
func (b *bench) hear(words ...string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, w := range words {
		if b.size += len(w); w != "" && b.size < kept {
			b.heard = append(b.heard, w)
		}
	}
}

// count notes a key that is handed over.
func (b *bench) count(key string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.given[key] {
		b.given[key] = true
		b.handed++
	}
}

// key makes a new one, of 32 hex digits as all keys are.
func (b *bench) key() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.keys++
	return b.id + fmt.Sprintf("%012x", b.keys)
}

// folder makes a new work folder.
func (b *bench) folder() (string, error) {
	b.folders++
	dir := filepath.Join(b.root, "work", strconv.Itoa(b.folders))
	return dir, os.MkdirAll(dir, 0o700)
}

// fresh starts a process with a work folder of its own; the caller ends it.
func (b *bench) fresh(ctx context.Context) (*session, error) {
	dir, err := b.folder()
	if err != nil {
		return nil, err
	}
	return b.start(ctx, dir)
}

// unconfigured returns a process that was started and not configured.
func (b *bench) unconfigured(ctx context.Context) (*session, error) {
	if b.idle != nil {
		return b.idle, nil
	}
	s, err := b.fresh(ctx)
	if err == nil {
		b.idle = s
	}
	return s, err
}

// settingsJSON returns the settings that are tried as right ones.
func (b *bench) settingsJSON() []byte {
	if b.opts.Settings == nil {
		return []byte("{}")
	}
	return b.opts.Settings
}
