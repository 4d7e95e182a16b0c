package work_test

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"holdfast/engine/cycle"
	"holdfast/engine/intake"
	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
	"holdfast/engine/store"
	"holdfast/engine/work"
	"holdfast/plugins/host"
	"holdfast/plugins/sdk"
)

// texts is a channel in a process of its own: it accepts everything, and tells
// STOP of the number that stands in the file "stop" of its folder.
type texts struct {
	sdk.Base
	dir string
}

func (c *texts) Describe() sdk.About {
	return sdk.About{Name: "texts", Version: "1.0.0", Medium: "sms", Events: true}
}

func (c *texts) Configure(_ context.Context, s sdk.Setup) ([]sdk.Problem, error) {
	c.dir = s.Dir
	return nil, nil
}

func (c *texts) Send(context.Context, sdk.Message) (sdk.Sent, error) {
	return sdk.Sent{State: sdk.Accepted}, nil
}

func (c *texts) Events(_ context.Context, cursor string, emit func(sdk.Event) error) error {
	number, err := os.ReadFile(filepath.Join(c.dir, "stop"))
	if errors.Is(err, fs.ErrNotExist) || cursor != "" {
		return nil
	}
	if err != nil {
		return err
	}
	return emit(sdk.Event{Cursor: "1", Kind: sdk.Replied, Address: string(number), At: time.Now(), Text: "stop"})
}

// A STOP that a channel's own process tells is in effect with the next tick, also
// for a text that waits already.
func TestAStopByTextIsInEffectSoon(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	policy := &h.cycle.Companies[0].Book.Policy
	policy.Channels = map[string]string{"sms": "texts"}
	for _, s := range h.cycle.Companies[0].Book.Sequences {
		for i := range s.Steps {
			s.Steps[i].Media = []string{sequence.MediumSMS}
		}
	}
	dir := t.TempDir()
	h.cycle.Channels = map[string]cycle.Lane{"texts": {Channel: launchTexts(t, dir), InFlight: 4}}
	h.must(h.cycle.Store.Stop(t.Context(), "let texts wait", "Ann", h.clock.Now()))
	w, err := work.New(work.Config{
		Cycle: h.cycle, DB: h.cycle.Store.DB(), Log: slog.New(slog.DiscardHandler), Channels: []string{"texts"},
		HearEvery: 500 * time.Millisecond, DeliverEvery: 500 * time.Millisecond,
		Companies: []work.Company{{Company: h.cycle.Companies[0], PullEvery: 24 * time.Hour, HeldEvery: 24 * time.Hour}},
		OnError:   func(kind work.Kind, _ string, err error) { t.Errorf("%s: %v", kind, err) },
	})
	h.must(err)
	h.must(work.Migrate(t.Context(), w.DB()))
	run(t, w)
	waiting := h.awaitDelivery(store.DeliveryFilter{Channel: "texts", States: []outbox.State{outbox.Rendered}})

	h.must(os.WriteFile(filepath.Join(dir, "stop"), []byte(waiting.Recipient), 0o600))
	await(t, h.watch, "texts replied")
	h.must(h.cycle.Store.Resume(t.Context(), "Ann", h.clock.Now()))
	kept := h.awaitDelivery(store.DeliveryFilter{IDs: []int64{waiting.ID}, States: []outbox.State{outbox.Superseded, outbox.Accepted}})
	if kept.State != outbox.Superseded || kept.Reason != sequence.ReasonConsent {
		t.Errorf("the text that waited is %s: %q", kept.State, kept.Reason)
	}
	stops, err := h.cycle.Store.Facts(t.Context(), store.FactFilter{Kinds: []intake.Kind{intake.DoNotContact}})
	h.must(err)
	if len(stops) == 0 || stops[0].Address != waiting.Recipient || stops[0].Channel != sequence.MediumSMS {
		t.Errorf("kept as %+v", stops)
	}
}

// launchTexts starts texts as a channel's process.
func launchTexts(t *testing.T, dir string) *host.Channel {
	t.Helper()
	self, err := host.Self()
	if err != nil {
		t.Fatal(err)
	}
	cfg := self.Own("texts")
	cfg.Dir = dir
	channel, err := host.Launch(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { channel.Close() })
	return channel
}

// awaitDelivery waits until there is a delivery whose hour has come, and returns
// the first.
func (h *house) awaitDelivery(f store.DeliveryFilter) outbox.Delivery {
	h.t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		found, err := h.cycle.Store.Deliveries(h.t.Context(), f)
		h.must(err)
		for _, d := range found {
			if !d.NotBefore.After(h.clock.Now()) {
				return d
			}
		}
	}
	h.t.Fatalf("no such delivery within %s: %+v", patience, f)
	return outbox.Delivery{}
}
