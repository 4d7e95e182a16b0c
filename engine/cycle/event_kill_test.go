package cycle_test

import (
	"bufio"
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"holdfast/adapters/demoerp"
	"holdfast/engine/cycle"
	"holdfast/engine/intake"
	"holdfast/engine/outbox"
	"holdfast/engine/store"
)

// listenerAt is set, to the house's folder and the key of a message, in the
// process that is to be killed while it hears.
const listenerAt = "HOLDFAST_TEST_LISTENER"

// rush tells of one message that it was opened again and again, and every
// thirtieth time that somebody answered it. A doomed one says when it is well
// under way, and never comes to its end.
type rush struct {
	mailbox
	key    outbox.Key
	doomed bool
}

const rushed = 3000

func (r *rush) Events(_ context.Context, cursor string, emit func(outbox.Event) error) error {
	from, _ := strconv.Atoi(cursor) // "" is the beginning
	for i := from; i < rushed; i++ {
		e := outbox.Event{Cursor: strconv.Itoa(i + 1), Kind: outbox.Opened, Key: r.key, ProviderID: strconv.Itoa(i), At: eventNoon.Add(time.Duration(-i) * time.Minute)}
		if i%30 == 29 {
			e.Kind, e.Text = outbox.Replied, fmt.Sprintf("answer %d", i)
		}
		if err := emit(e); err != nil {
			return err
		}
		if r.doomed && i-from == 150 {
			fmt.Println(listenerAt)
		}
		if r.doomed && i-from == 900 {
			select {}
		}
	}
	return nil
}

// A process that is killed while it hears has kept each event with all that
// follows from it or not at all: the next one loses none and doubles none.
func TestKilledWhileItHears(t *testing.T) {
	if at := os.Getenv(listenerAt); at != "" {
		hearUntilKilled(t, at)
	}
	h := newEarshot(t)
	d := h.dunned()
	for range 3 {
		h.killListener(d)
		if n := len(h.events(store.EventFilter{})); n < 100 || n >= rushed {
			t.Fatalf("%d events were kept by a process that was killed in the middle", n)
		}
	}
	h.cycle.Channels["box"] = cycle.Lane{Channel: &rush{key: d.Key}, InFlight: 1, Local: true}
	h.hear("box")
	if n := len(h.events(store.EventFilter{})); n != rushed {
		t.Errorf("%d events are kept of %d", n, rushed)
	}
	seen := map[string]bool{}
	for _, f := range h.facts(intake.Reply) {
		seen[f.Text] = true
	}
	if n := len(h.facts(intake.Reply)); n != rushed/30 || len(seen) != n {
		t.Errorf("%d replies of %d, %d of them different", n, rushed/30, len(seen))
	}
	if habits := h.caseOf(d.Party).Habits; len(habits) != 1 || habits[0].Events != rushed {
		t.Errorf("learned from %+v, want from each event once", habits)
	}
}

// killListener starts this test in a process of its own, and kills it while it
// hears.
func (h *earshot) killListener(d outbox.Delivery) {
	h.t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^TestKilledWhileItHears$")
	cmd.Env = append(os.Environ(), listenerAt+"="+h.dir+"|"+string(d.Key))
	out, err := cmd.StdoutPipe()
	h.must(err)
	h.must(cmd.Start())
	lines := bufio.NewScanner(out)
	ready := false
	for !ready && lines.Scan() {
		ready = strings.Contains(lines.Text(), listenerAt)
	}
	h.must(cmd.Process.Kill())
	_ = cmd.Wait() // it was killed
	if !ready {
		h.t.Fatal("the process to be killed ended by itself")
	}
}

// hearUntilKilled hears a rush of events.
func hearUntilKilled(t *testing.T, at string) {
	dir, key, _ := strings.Cut(at, "|")
	st, err := store.Open(t.Context(), filepath.Join(dir, "state"))
	if err != nil {
		t.Fatal(err)
	}
	co := &cycle.Company{Key: "1", Source: "main", ID: demoerp.CompanyID, Mode: outbox.Live, Book: book(t), Zone: time.UTC, Render: plain{}}
	c := &cycle.Cycle{
		Store: st, Companies: []*cycle.Company{co}, Log: slog.New(slog.DiscardHandler), Clock: &stillClock{eventNoon}, Watch: quiet{},
		Channels: map[string]cycle.Lane{"box": {Channel: &rush{key: outbox.Key(key), doomed: true}, InFlight: 1, Local: true}},
	}
	if _, err := c.TakeEvents(t.Context(), "box"); err != nil {
		t.Fatal(err)
	}
}
