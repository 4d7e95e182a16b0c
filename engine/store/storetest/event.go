package storetest

import (
	"fmt"
	"testing"
	"time"

	"holdfast/engine"
	"holdfast/engine/ar"
	"holdfast/engine/fault"
	"holdfast/engine/intake"
	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
)

// event is one of the file channel, with nothing that follows.
func event(cursor, hash string, kind outbox.EventKind) engine.TakenEvent {
	return engine.TakenEvent{
		Event: outbox.Event{Cursor: cursor, Kind: kind, Address: "ap@a.example", At: noon}, Hash: hash, State: engine.EventTaken,
		Mode: outbox.Live, Account: account("a"), Today: today, Medium: sequence.MediumEmail,
	}
}

// takeEvents keeps events of the file channel, and returns how many were new.
func takeEvents(t *testing.T, s Store, events ...engine.TakenEvent) int {
	t.Helper()
	taken, err := s.TakeEvents(t.Context(), "file", events, noon)
	if err != nil {
		t.Fatalf("take events: %v", err)
	}
	n := 0
	for _, fresh := range taken {
		if fresh {
			n++
		}
	}
	return n
}

// accepted sends one message for a step of document d1 and returns it.
func accepted(t *testing.T, s Store, step string) outbox.Delivery {
	t.Helper()
	m := move(only(t, s, "a"), outbox.Live, occasion("a", "d1", step))
	m.Deliveries[0].Tag = "HF-0123456789AB"
	commit(t, s, m)
	d := reserve(t, s, 1)[0]
	settle(t, s, d, outbox.Outcome{State: outbox.Accepted, ProviderID: "SM7"})
	return d
}

// A message is found by its key, its tag and the provider's name for it.
func testEventMatch(t *testing.T, s Store) {
	pull(t, s, true, small()...)
	d := accepted(t, s, "r1")
	for what, e := range map[string]outbox.Event{
		"key": {Key: d.Key}, "tag": {Tag: "hf-0123456789ab"}, "provider": {ProviderID: "SM7"}, "tag, the key being unknown": {Key: "lost", Tag: d.Tag},
	} {
		m, err := s.MatchEvent(t.Context(), "file", "h", e)
		if err != nil || m.Delivery.ID != d.ID || m.Known {
			t.Errorf("by its %s: message %d, known %v, %v", what, m.Delivery.ID, m.Known, err)
		}
	}
	m, err := s.MatchEvent(t.Context(), "other", "h", outbox.Event{Key: d.Key, ProviderID: "SM7"})
	if err != nil || m.Delivery.ID != 0 {
		t.Errorf("another channel names message %d, %v", m.Delivery.ID, err)
	}
	for address, want := range map[string]int64{"ap@a.example": d.ID, "ap@b.example": 0} {
		last, err := s.LastTo(t.Context(), party("a"), "file", address, noon.Add(-time.Hour))
		if err != nil || last.ID != want {
			t.Errorf("the last message to %s is %d, %v", address, last.ID, err)
		}
	}
	if last, err := s.LastTo(t.Context(), party("a"), "file", "ap@a.example", noon.Add(time.Hour)); err != nil || last.ID != 0 {
		t.Errorf("since later the last message is %d, %v", last.ID, err)
	}
}

// An event is kept once, whatever its cursor, with all that follows from it or
// with nothing.
func testEventOnce(t *testing.T, s Store) {
	pull(t, s, true, small()...)
	d := accepted(t, s, "r1")
	e := event("1", "h1", outbox.Replied)
	e.Delivery, e.Habit = d.ID, engine.ContactReplied
	reply := told("a", intake.Reply)
	reply.Text, reply.Key = "will look", "event:file:h1:reply"
	e.Facts = []intake.Fact{reply}
	want(t, "new", takeEvents(t, s, e), 1)
	e.Cursor = "77"
	want(t, "again under another cursor", takeEvents(t, s, e, event("78", "h2", outbox.Delivered)), 1)
	cursor, err := s.EventCursor(t.Context(), "file")
	if err != nil || cursor != "78" {
		t.Fatalf("heard up to %q, %v", cursor, err)
	}
	if m, err := s.MatchEvent(t.Context(), "file", "h1", e.Event); err != nil || !m.Known {
		t.Fatalf("known %v, %v", m.Known, err)
	}
	want(t, "facts", len(only(t, s, "a").Facts), 1)

	bad, good := event("80", "h4", outbox.Replied), event("79", "h3", outbox.Delivered)
	stranger := told("nobody", intake.Reply)
	bad.Facts = []intake.Fact{stranger}
	if _, err := s.TakeEvents(t.Context(), "file", []engine.TakenEvent{good, bad}, noon); !fault.Is(err, fault.NotFound) {
		t.Fatalf("a fact of nobody: %v", err)
	}
	if m, err := s.MatchEvent(t.Context(), "file", "h3", good.Event); err != nil || m.Known {
		t.Fatalf("kept beside one that was not: %v, %v", m.Known, err)
	}
	if cursor, err = s.EventCursor(t.Context(), "file"); err != nil || cursor != "78" {
		t.Fatalf("heard up to %q, %v", cursor, err)
	}
}

// A message that came back was not sent: its step is due again, its touch counts
// for nothing, and its address is left alone.
func testEventBounce(t *testing.T, s Store) {
	pull(t, s, true, small()...)
	d := accepted(t, s, "r1")
	want(t, "touched", len(only(t, s, "a").Touches), 1)
	e := event("1", "h1", outbox.BouncedHard)
	e.Delivery, e.Bounce, e.Proves = d.ID, true, true
	e.Tasks = []sequence.Intent{{Kind: sequence.Task, Account: account("a"), Key: "dead", Reason: sequence.ReasonBounced, Role: "collector", DueOn: today + 1}}
	want(t, "new", takeEvents(t, s, e), 1)
	c := only(t, s, "a")
	want(t, "not done", len(c.State.Positions[0].Done), 0)
	want(t, "no touch", len(c.Touches), 0)
	want(t, "refused", c.State.Refused, []sequence.Refused{{Address: "ap@a.example", On: today}})
	want(t, "due at once", payers(cases(t, s, due())), []string{"a", "b"})
	again := accepted(t, s, "r1") // its occasion is free
	e = event("1b", "h1b", outbox.BouncedHard)
	e.Delivery, e.Bounce = d.ID, true
	want(t, "new", takeEvents(t, s, e), 1)
	want(t, "told once more, what was sent since stays", only(t, s, "a").State.Positions[0].Done, []sequence.Done{{Step: "r1", On: today, How: sequence.DoneSent}})
	want(t, "and its touch", len(only(t, s, "a").Touches), 1)
	accepted(t, s, "r2")
	e = event("2", "h2", outbox.BouncedHard)
	e.Delivery, e.Bounce = again.ID, true
	want(t, "new", takeEvents(t, s, e), 1)
	want(t, "behind the subject", only(t, s, "a").State.Positions[0].Done, []sequence.Done{
		{Step: "r1", On: today, How: sequence.DoneBounced}, {Step: "r2", On: today, How: sequence.DoneSent},
	})
	refused(t, s, move(only(t, s, "a"), outbox.Live, occasion("a", "d1", "r1")))
}

// An event about a message of unknown fate shows that it left.
func testEventProves(t *testing.T, s Store) {
	pull(t, s, true, small()...)
	commit(t, s, move(only(t, s, "a"), outbox.Live, occasion("a", "d1", "r1")))
	d := reserve(t, s, 1)[0]
	settle(t, s, d, outbox.Outcome{State: outbox.Uncertain, Reason: sequence.ReasonUncertain})
	want(t, "not done", len(only(t, s, "a").State.Positions[0].Done), 0)
	e := event("1", "h1", outbox.Delivered)
	e.Delivery, e.Proves = d.ID, true
	want(t, "new", takeEvents(t, s, e), 1)
	c := only(t, s, "a")
	want(t, "done", c.State.Positions[0].Done, []sequence.Done{{Step: "r1", On: today, How: sequence.DoneSent}})
	want(t, "nothing waits", len(c.Pending), 0)
}

// What is told of a message whose outcome is not written down yet counts once it
// is.
func testEventEarly(t *testing.T, s Store) {
	pull(t, s, true, small()...)
	for i, kind := range []outbox.EventKind{outbox.Delivered, outbox.BouncedHard, outbox.BouncedHard} {
		step := fmt.Sprintf("r%d", i+1)
		commit(t, s, move(only(t, s, "a"), outbox.Live, occasion("a", "d1", step)))
		d := reserve(t, s, 1)[0]
		if err := s.Hand(t.Context(), []int64{d.ID}, nil, noon); err != nil {
			t.Fatal(err)
		}
		e := event(step, step, kind)
		e.Delivery, e.Proves, e.Bounce = d.ID, true, kind == outbox.BouncedHard && i == 1
		if i == 2 {
			e.Address = "copy@elsewhere.example"
		}
		want(t, "new", takeEvents(t, s, e), 1)
		o := outbox.Outcome{ID: d.ID, State: outbox.Retry, Reason: sequence.ReasonUncertain, RetryAt: noon.Add(time.Minute), At: noon, Day: today}
		if err := s.Hand(t.Context(), nil, []outbox.Outcome{o}, noon); err != nil {
			t.Fatal(err)
		}
	}
	c := only(t, s, "a")
	want(t, "the second came back, of the others none or a copy", c.State.Positions[0].Done, []sequence.Done{
		{Step: "r1", On: today, How: sequence.DoneSent}, {Step: "r3", On: today, How: sequence.DoneSent},
	})
	want(t, "refused", c.State.Refused, []sequence.Refused{{Address: "ap@a.example", On: today}})
	want(t, "nothing waits", len(c.Pending), 0)
	want(t, "touches", len(c.Touches), 2)
}

// Addresses are found however they are written, with who pays for whom.
func testContactsAt(t *testing.T, s Store) {
	number := contact("a2", "")
	number.Mobile, number.Address.Country = "+1 (212) 555-0100 ext. 34", "US"
	other := contact("b", "Ap@A.Example ")
	pull(t, s, true, append(small(), number, other)...)
	for address, want := range map[string][]string{
		"ap@a.example": {"a", "b"}, "+12125550100": {"a2"}, "+12125550101": nil, "none@a.example": nil, "12": nil,
	} {
		found, err := s.ContactsAt(t.Context(), address)
		var ids []string
		for _, p := range found {
			ids = append(ids, string(p.Account.Customer))
		}
		if err != nil || fmt.Sprint(ids) != fmt.Sprint(want) {
			t.Errorf("%s is of %v, %v; want %v", address, ids, err, want)
		}
	}
	found, err := s.ContactsAt(t.Context(), "+12125550100")
	if err != nil || len(found) != 1 || found[0].Party != party("a") || found[0].Address.Country != "US" {
		t.Errorf("the number's owner is %+v, %v", found, err)
	}
}

// Soft bounces count from the last time that an address took something.
func testSoftBounces(t *testing.T, s Store) {
	pull(t, s, true, small()...)
	count := func(since ar.Day) int {
		t.Helper()
		n, err := s.SoftBounces(t.Context(), "ap@a.example", since.Time(time.UTC))
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	at := func(hash string, kind outbox.EventKind, days int) engine.TakenEvent {
		e := event(hash, hash, kind)
		e.At = noon.AddDate(0, 0, days)
		return e
	}
	takeEvents(t, s, at("a", outbox.BouncedSoft, -40), at("b", outbox.BouncedSoft, -20), at("c", outbox.BouncedSoft, -10))
	want(t, "in 30 days", count(today-30), 2)
	want(t, "in 50 days", count(today-50), 3)
	takeEvents(t, s, at("d", outbox.Opened, -15))
	want(t, "since it was opened", count(today-50), 1)
}
