package cycle_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode"

	"holdfast/engine"
	"holdfast/engine/intake"
	"holdfast/engine/outbox"
	"holdfast/engine/store"
)

// What is told is kept once with its message: told again, told after a failure
// half way, or told anew by a channel that has lost its memory.
func TestEventsAreKeptOnce(t *testing.T) {
	h := newEarshot(t)
	d := h.dunned()
	version := h.caseOf(d.Party).Version
	h.mail.tell(outbox.Event{Kind: outbox.Delivered, Key: d.Key, At: eventNoon}, outbox.Event{Kind: outbox.Printed, Key: d.Key, At: eventNoon.Add(-time.Hour)})
	if got := h.hear("box"); got.Taken != 2 || len(got.Companies) != 0 {
		t.Fatalf("heard %+v, want two that nothing follows from", got)
	}
	if got := h.caseOf(d.Party).Version; got != version {
		t.Error("a receipt made the party due")
	}
	if got := try(h.cycle.Store.Delivery(t.Context(), d.ID))(h.house); got.LastEvent != outbox.Delivered {
		t.Errorf("the message shows %q last, want what happened last", got.LastEvent)
	}
	h.mail.tell(outbox.Event{Kind: outbox.Replied, Key: d.Key, Address: d.Recipient, Text: "We will look into it."},
		outbox.Event{Kind: outbox.Replied, Key: d.Key, Address: d.Recipient, Text: "One more thing."})
	h.mail.cut, h.mail.fail = 1, errors.New("the channel died")
	if _, err := h.cycle.TakeEvents(t.Context(), "box"); err == nil || !strings.Contains(err.Error(), "the channel died") {
		t.Fatalf("a channel that died: %v", err)
	}
	h.mail.cut = 0
	h.hear("box")
	h.mail.forgot = true
	if got := h.hear("box"); got.Taken+got.Unmatched+got.Ignored != 0 {
		t.Errorf("of what was heard before %+v was taken again", got)
	}
	if n := len(h.facts(intake.Reply)); n != 2 {
		t.Errorf("%d replies are kept, want 2", n)
	}
	if got := h.events(store.EventFilter{Delivery: d.ID}); len(got) != 4 {
		t.Errorf("the message has %d events, want 4", len(got))
	}
	if heard := try(h.cycle.TakeEvents(t.Context(), "none"))(h.house); heard.Taken != 0 {
		t.Errorf("a channel that is not there told %+v", heard)
	}
}

// Ten thousand receipts are kept, a hundred in a transaction.
func TestTenThousandReceipts(t *testing.T) {
	h := newEarshot(t)
	d := h.dunned()
	for i := range 10_000 {
		h.mail.tell(outbox.Event{Kind: outbox.Opened, Key: d.Key, ProviderID: fmt.Sprint(i), At: eventNoon.Add(time.Duration(-i) * time.Second)})
	}
	if got := h.hear("box"); got.Taken != 10_000 {
		t.Fatalf("heard %+v", got)
	}
	if got := len(h.events(store.EventFilter{Delivery: d.ID})); got != 10_000 {
		t.Errorf("%d are kept", got)
	}
	if habits := h.caseOf(d.Party).Habits; len(habits) != 1 || habits[0].Events == 0 {
		t.Errorf("nothing was learned of them: %+v", habits)
	}
}

// What cannot be taken is kept with why, and never keeps the next waiting.
func TestEventsThatCannotBeTakenAreKept(t *testing.T) {
	h := newEarshot(t)
	d := h.dunned()
	odd := strings.Repeat("x\x00\xff", 5000)
	h.mail.tell(
		outbox.Event{Kind: "teleported", Key: d.Key},
		outbox.Event{Kind: outbox.Delivered, Key: "of nobody"},
		outbox.Event{Kind: outbox.CallOutcome, Key: d.Key, Code: "hung_up_in_anger"},
		outbox.Event{Kind: outbox.Replied, Address: "\x1b[2Jstranger\u0085@example.com", Text: odd, Subject: odd, Detail: odd},
	)
	h.mail.events = append(h.mail.events, outbox.Event{Kind: outbox.Delivered, Key: d.Key}) // it happened at no time
	h.mail.tell(outbox.Event{Kind: outbox.Delivered, Key: d.Key})
	got := h.hear("box")
	if got.Taken != 1 || got.Unmatched != 2 || got.Ignored != 3 {
		t.Errorf("heard %+v, want 1 taken, 2 for a person, 3 ignored", got)
	}
	for i, want := range []struct {
		state engine.EventState
		why   string
	}{
		{engine.EventIgnored, `knows no "teleported"`}, {engine.EventIgnored, "no message of ours"}, {engine.EventUnmatched, "choose from: reached"},
		{engine.EventUnmatched, "no account"}, {engine.EventIgnored, "when it happened"}, {engine.EventTaken, ""},
	} {
		e := h.events(store.EventFilter{})[i]
		if e.State != want.state || !strings.Contains(e.Why, want.why) {
			t.Errorf("event %d is %s: %q, want %s: ...%s...", i+1, e.State, e.Why, want.state, want.why)
		}
		if strings.ContainsFunc(e.Address, unicode.IsControl) {
			t.Errorf("event %d is from %q", i+1, e.Address)
		}
		if len([]rune(e.Text)) > 4000 || strings.ContainsRune(e.Text, '\uFFFD') != (e.Text != "") {
			t.Errorf("event %d keeps %d characters of its text", i+1, len([]rune(e.Text)))
		}
	}
}

// Testers answer too: what comes of a message that was not sent in earnest is
// kept with it, and nothing follows.
func TestWhatTestersAnswerIsNotTold(t *testing.T) {
	h := newEarshot(t)
	h.co.Mode, h.co.TestAddress = outbox.Test, "tester@seller.example"
	d := h.dunned()
	h.mail.tell(outbox.Event{Kind: outbox.BouncedHard, Key: d.Key}, outbox.Event{Kind: outbox.OptedOut, Key: d.Key},
		outbox.Event{Kind: outbox.Replied, Key: d.Key, Address: "tester@seller.example", Text: "PROMISE 2026-04-01"},
		outbox.Event{Kind: outbox.CallOutcome, Key: d.Key, Code: intake.CallBack}, outbox.Event{Kind: outbox.Opened, Key: d.Key})
	if got := h.hear("box"); got.Taken != 5 || len(got.Companies) != 0 {
		t.Fatalf("heard %+v", got)
	}
	c := h.caseOf(d.Party)
	if n := len(h.facts()); n != 0 || len(c.State.Refused)+len(c.Habits) != 0 {
		t.Errorf("%d facts, refused %v, habits %v followed", n, c.State.Refused, c.Habits)
	}
	if events := h.events(store.EventFilter{Delivery: d.ID}); len(events) != 5 || !strings.Contains(events[0].Why, "mode test") {
		t.Errorf("kept with the message: %+v", events)
	}
}

// A run of today hears its channels before it decides; one of another day does
// not.
func TestARunHearsItsChannels(t *testing.T) {
	h := newEarshot(t)
	d := h.dunned()
	h.mail.tell(outbox.Event{Kind: outbox.Replied, Address: "stranger@example.com", Text: "who are you?"}, outbox.Event{Kind: outbox.Delivered, Key: d.Key})
	if r := h.run(); len(r.Heard) != 0 {
		t.Errorf("a virtual day heard %+v", r.Heard)
	}
	r := try(h.cycle.Run(t.Context(), h.cycle.Today))(h.house)
	if got := r.Heard["box"]; got.Taken != 1 || got.Unmatched != 1 || len(r.Heard) != 1 {
		t.Errorf("heard %+v", r.Heard)
	}
	if !r.NeedsPerson() {
		t.Error("nobody is asked whose the reply is")
	}
	h.mail.tell(outbox.Event{Kind: outbox.Opened, Key: d.Key})
	h.mail.cut, h.mail.fail = 1, errors.New("the channel died")
	h.mail.events = append(h.mail.events, h.mail.events[0])
	if r, err := h.cycle.Run(t.Context(), h.cycle.Today); err == nil || r.Heard["box"].Taken != 1 || len(r.Companies) != 1 {
		t.Errorf("a channel that fails is named and keeps nothing else back: %+v, %v", r, err)
	}
}
