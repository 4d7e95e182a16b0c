package cli

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"holdfast/connector/config"
	"holdfast/engine/ar"
	"holdfast/engine/calendar"
	"holdfast/engine/cycle"
	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
	"holdfast/engine/store"
	"holdfast/engine/worklist"
)

// postbox is a channel that answers as it is told and keeps what it got.
type postbox struct {
	sent   []outbox.Message
	answer outbox.State
	err    error
}

func (b *postbox) Send(_ context.Context, m outbox.Message) (outbox.Sent, error) {
	b.sent = append(b.sent, m)
	return outbox.Sent{State: b.answer, Detail: "says the box"}, b.err
}

func (b *postbox) Lookup(context.Context, outbox.Key, time.Time) (outbox.Sent, error) {
	return outbox.Sent{State: outbox.Uncertain}, nil
}

func (b *postbox) Repeatable() bool { return true }

// newPost is a post of one company whose e-mail goes into a box.
func newPost(t *testing.T, mode outbox.Mode, local bool) (*post, *postbox) {
	t.Helper()
	st, err := store.Open(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { st.Close() })
	box := &postbox{answer: outbox.Accepted}
	co := &config.Company{
		Key: "1", Mode: mode, TestAddress: "test@example.com", Channels: map[string]string{sequence.MediumEmail: "mail", "letter": "files"},
		Collector: []config.Collector{{Name: "Dana", Email: "dana@example.com"}},
	}
	return &post{
		App: &App{}, store: st, lanes: map[string]cycle.Lane{"mail": {Channel: box, Local: local}}, place: place{Company: co, Zone: time.UTC},
	}, box
}

func listOf(collector string, day ar.Day) *worklist.List {
	return &worklist.List{Options: worklist.Options{Company: "1", Name: "House", Base: "USD", Day: day}, Collector: collector}
}

func TestWorklistGoesOnceADay(t *testing.T) {
	p, box := newPost(t, outbox.Live, false)
	today := p.place.today()
	for range 2 {
		if to, not, err := p.send(t.Context(), listOf("dana", today)); to != "dana@example.com" || not != "" || err != nil {
			t.Fatalf("sent to %q, not: %q, %v", to, not, err)
		}
	}
	if len(box.sent) != 1 || box.sent[0].To[0].Address != "dana@example.com" || len(box.sent[0].Attachments) != 1 {
		t.Errorf("the box got %d messages", len(box.sent))
	}
}

func TestWorklistThatDidNotGoIsTriedUnderTheSameKey(t *testing.T) {
	p, box := newPost(t, outbox.Live, false)
	today := p.place.today()
	box.err = errors.New("the plugin died")
	if to, not, err := p.send(t.Context(), listOf("Dana", today)); to != "" || !strings.Contains(not, "is not known") || err != nil {
		t.Errorf("sent to %q, not: %q, %v", to, not, err)
	}
	box.err = nil
	if to, _, _ := p.send(t.Context(), listOf("Dana", today)); to == "" || len(box.sent) != 2 || box.sent[0].Key != box.sent[1].Key {
		t.Errorf("tried %d times, sent to %q", len(box.sent), to)
	}
}

func TestRefusedAddressIsLeftAloneUntilItIsMended(t *testing.T) {
	p, box := newPost(t, outbox.Live, false)
	today := p.place.today()
	box.answer = outbox.Refused
	for range 2 {
		if _, not, _ := p.send(t.Context(), listOf("Dana", today)); !strings.Contains(not, "refused dana@example.com") {
			t.Errorf("not: %q", not)
		}
	}
	if len(box.sent) != 1 {
		t.Errorf("tried %d times", len(box.sent))
	}
	box.answer, p.place.Collector[0].Email = outbox.Accepted, "new@example.com"
	if to, not, _ := p.send(t.Context(), listOf("Dana", today)); to != "new@example.com" {
		t.Errorf("sent to %q, not: %q", to, not)
	}
}

func TestModesOfWorklists(t *testing.T) {
	for _, c := range []struct {
		mode  outbox.Mode
		local bool
		other bool // a file channel beside it
		day   ar.Day
		to    string
	}{
		{mode: outbox.Live, to: "dana@example.com"},
		{mode: outbox.Test, to: "test@example.com"},
		{mode: outbox.Observe, local: true, to: "dana@example.com"},
		{mode: outbox.Observe, other: true, to: "dana@example.com"},
		{mode: outbox.Observe},
		{mode: outbox.Live, day: 1},
		{mode: outbox.Live, day: 1, local: true, to: "dana@example.com"},
	} {
		p, box := newPost(t, c.mode, c.local)
		files := &postbox{answer: outbox.Accepted}
		if c.other {
			p.lanes["files"] = cycle.Lane{Channel: files, Local: true}
		}
		to, not, err := p.send(t.Context(), listOf("Dana", p.place.today()-c.day))
		if err != nil || (to == "") == (not == "") {
			t.Errorf("%+v: sent to %q, not: %q, %v", c, to, not, err)
		}
		got := ""
		if all := append(box.sent, files.sent...); len(all) > 0 {
			got = all[0].To[0].Address
		}
		if got != c.to || c.other && len(box.sent) > 0 {
			t.Errorf("%+v: went to %q", c, got)
		}
	}
}

func TestWorkingDayBegins(t *testing.T) {
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	hours, err := calendar.ParseWindow("Mon-Fri 08:00-17:00")
	if err != nil {
		t.Fatal(err)
	}
	m := morning{cycle: &cycle.Cycle{Companies: []*cycle.Company{
		{Key: "1", Zone: zone, Book: &sequence.Book{Policy: sequence.Policy{Hours: hours, Business: calendar.NewCountries()["US"]}}},
	}}}
	p := place{Company: &config.Company{Key: "1"}}
	for at, want := range map[string]bool{
		"2026-11-23 07:59": false, "2026-11-23 08:00": true, "2026-11-23 16:59": true, "2026-11-23 17:00": false,
		"2026-11-21 10:00": false, // Saturday
		"2026-11-26 10:00": false, // Thanksgiving
	} {
		now, err := time.ParseInLocation("2006-01-02 15:04", at, zone)
		if err != nil {
			t.Fatal(err)
		}
		if day, begun := m.working(p, now.UTC()); begun != want || day.String() != at[:10] {
			t.Errorf("%s: day %s, at work %v, want %v", at, day, begun, want)
		}
	}
	if _, begun := m.working(place{Company: &config.Company{Key: "gone"}}, time.Now()); begun {
		t.Error("a company that is not there is at work")
	}
}
