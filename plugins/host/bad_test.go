package host

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"holdfast/engine/fault"
	"holdfast/engine/outbox"
)

const soon = 500 * time.Millisecond // a deadline for what hangs

// A channel that does not start as it must is refused, and nothing is left.
func TestLaunchRefuses(t *testing.T) {
	cases := map[string]struct {
		kind      fault.Kind
		says      string
		deadlines Deadlines
	}{
		"dies-in-start":      {fault.Transient, "start channel", Deadlines{}},
		"sleeps-in-start":    {fault.Transient, "not ready", Deadlines{Start: soon}},
		"silent-listener":    {fault.Transient, "not ready", Deadlines{Start: soon}},
		"babbles-in-start":   {fault.Transient, "Unrecognized remote plugin message", Deadlines{}},
		"foreign-address":    {fault.Denied, "192.0.2.1", Deadlines{}},
		"foreign-socket":     {fault.Denied, "elsewhere.sock", Deadlines{}},
		"wrong-cookie":       {fault.Transient, "start channel", Deadlines{}},
		"wrong-contract":     {fault.Unsupported, "version 2", Deadlines{}},
		"wrong-name":         {fault.Invalid, `"email"`, Deadlines{}},
		"hangs-in-describe":  {fault.Transient, "describe", Deadlines{Configure: soon}},
		"hangs-in-configure": {fault.Transient, "settings", Deadlines{Configure: 2 * time.Second}},
		"dies-in-configure":  {fault.Transient, "settings", Deadlines{}},
		"bad-settings":       {fault.Invalid, "dir is [secret] and wrong; mend it", Deadlines{}},
		"bad-schema":         {fault.Invalid, "schema of its settings is wrong", Deadlines{}},
		"huge-schema":        {fault.Invalid, "schema of its settings is wrong", Deadlines{}},
	}
	for name, want := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cfg := config(t, name)
			cfg.Secrets = []string{"s3cret"}
			cfg.Deadlines = want.deadlines
			cfg.Deadlines.Kill = time.Second
			c, err := Launch(t.Context(), cfg)
			if err == nil {
				_ = c.Close()
				t.Fatal("launched")
			}
			if !fault.Is(err, want.kind) || !strings.Contains(err.Error(), want.says) || len(err.Error()) > 2000 {
				t.Errorf("%s: %.3000v", fault.KindOf(err), err)
			}
			var settings *SettingsError
			if errors.As(err, &settings) != (name == "bad-settings") {
				t.Errorf("settings error: %v", settings)
			}
		})
	}
}

// Whatever a channel does to a message, the host says truly how far it came,
// ends a process that broke its promise, and sends the next message.
func TestBadSends(t *testing.T) {
	cases := map[string]struct {
		channel string
		state   outbox.State // of the message; with uncertain there may be an error
		dies    bool         // the process is ended, or has ended itself
		cut     Deadlines
	}{
		"die":           {"good", outbox.Uncertain, true, Deadlines{}},
		"hang":          {"good", outbox.Uncertain, true, Deadlines{Send: soon}},
		"error":         {"good", outbox.Uncertain, false, Deadlines{}},
		"huge":          {"good", outbox.Uncertain, false, Deadlines{}},
		"flood":         {"good", outbox.Accepted, false, Deadlines{}},
		"state 99":      {"liar", outbox.Uncertain, false, Deadlines{}},
		"no outcome":    {"liar", outbox.Uncertain, false, Deadlines{}},
		"invalid UTF-8": {"liar", outbox.Uncertain, false, Deadlines{}},
		"not protobuf":  {"liar", outbox.Uncertain, false, Deadlines{}},
		"512 MiB":       {"liar", outbox.Uncertain, false, Deadlines{}},
	}
	for subject, want := range cases {
		t.Run(subject, func(t *testing.T) {
			t.Parallel()
			cfg := config(t, want.channel)
			cfg.Deadlines = want.cut
			cfg.Deadlines.Kill = time.Second
			c := launch(t, cfg)
			before := send(t, c, "hello", outbox.Accepted)
			sent, err := c.Send(t.Context(), message(subject))
			if sent.State != want.state && !(err != nil && want.state == outbox.Uncertain) {
				t.Errorf("%s (%s), %v; want %s", sent.State, sent.Detail, err, want.state)
			}
			if err != nil && !fault.Is(err, fault.Uncertain) {
				t.Errorf("%s: %v", fault.KindOf(err), err)
			}
			after := send(t, c, "hello", outbox.Accepted)
			if died := before.ProviderID != after.ProviderID; died != want.dies {
				t.Errorf("another process: %v", died)
			}
			if want.dies {
				gone(t, before.ProviderID)
			}
		})
	}
}

// An answer of 512 MiB costs the host next to nothing.
func TestHugeAnswerTakesNoMemory(t *testing.T) {
	c := launch(t, config(t, "liar"))
	send(t, c, "hello", outbox.Accepted)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	err := uncertain(t, c, "512 MiB")
	runtime.ReadMemStats(&after)
	if n := after.TotalAlloc - before.TotalAlloc; n > 64<<20 {
		t.Errorf("%d MiB were taken", n>>20)
	}
	if !strings.Contains(err.Error(), "larger than max") {
		t.Errorf("%v", err)
	}
}

// A channel that exits whenever it likes: what is said to have been accepted
// was, once; what is said not to have left did not.
func TestErraticChannel(t *testing.T) {
	cfg := config(t, "good")
	c := launch(t, cfg)
	states := map[string]outbox.State{}
	for n := range 40 {
		m := message("erratic")
		m.Key = outbox.Key(strings.Repeat("k", n+1))
		sent, err := c.Send(t.Context(), m)
		if err != nil {
			sent.State = outbox.Uncertain
		}
		states[string(m.Key)] = sent.State
		if n%2 == 1 {
			c.breaker.worked() // else it would rest for most of them
		}
	}
	left, err := os.ReadFile(filepath.Join(cfg.Dir, "sent"))
	must(t, err)
	times, seen := map[string]int{}, map[outbox.State]int{}
	for key := range strings.FieldsSeq(string(left)) {
		times[key]++
	}
	for key, state := range states {
		seen[state]++
		if n := times[key]; n > 1 || state == outbox.Accepted && n != 1 || state == outbox.Retry && n != 0 {
			t.Errorf("a message that is %s left %d times", state, n)
		}
	}
	if seen[outbox.Accepted] == 0 || seen[outbox.Uncertain] == 0 {
		t.Errorf("too tame: %v", seen)
	}
}

// Calls that hang end at their deadline, and the next message is sent.
func TestHungCalls(t *testing.T) {
	cases := map[string]struct {
		channel string
		call    func(*Channel) error
		fails   bool
	}{
		"lookup": {"good", func(c *Channel) error { _, err := c.Lookup(t.Context(), "hang", time.Now()); return err }, true},
		"health": {"hangs-in-health", func(c *Channel) error { return c.Health(t.Context()) }, true},
		"events": {"good", func(c *Channel) error { return c.Events(t.Context(), "hang", func(outbox.Event) error { return nil }) }, false},
		"silent": {"liar", func(c *Channel) error {
			return c.Events(t.Context(), "silent", func(outbox.Event) error { return nil })
		}, false},
	}
	for name, want := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cfg := config(t, want.channel)
			cfg.Deadlines = Deadlines{Lookup: soon, Ping: soon, Events: soon, Kill: time.Second}
			c := launch(t, cfg)
			before := send(t, c, "hello", outbox.Accepted)
			if err := want.call(c); (err != nil) != want.fails {
				t.Errorf("%v", err)
			}
			if after := send(t, c, "hello", outbox.Accepted); (before.ProviderID != after.ProviderID) != want.fails {
				t.Error("a channel that waits for events is none that hangs")
			}
		})
	}
}

// A channel that does not leave when it is asked to, nor at SIGTERM, is killed.
func TestChannelThatStaysIsKilled(t *testing.T) {
	cfg := config(t, "stays")
	cfg.Deadlines.Kill = soon
	c := launch(t, cfg)
	sent := send(t, c, "hello", outbox.Accepted)
	must(t, c.Close())
	gone(t, sent.ProviderID)
}

// Of two lies the host cannot know better: a channel that says "accepted" is
// believed, in Send as in Lookup. The author's kit finds such a channel.
func TestLookupIsBelieved(t *testing.T) {
	c := launch(t, config(t, "liar"))
	if sent, err := c.Lookup(t.Context(), "never sent", time.Now()); err != nil || sent.State != outbox.Accepted {
		t.Errorf("%v, %v", sent, err)
	}
}

func TestIllChannelSaysWhy(t *testing.T) {
	c := launch(t, config(t, "ill"))
	if err := c.Health(t.Context()); !fault.Is(err, fault.Transient) || !strings.Contains(err.Error(), "no credit left") {
		t.Errorf("%v", err)
	}
}
