package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"holdfast/connector/config"
	"holdfast/engine/ar"
	"holdfast/engine/audit"
	"holdfast/engine/calendar"
	"holdfast/engine/cycle"
	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
	"holdfast/engine/store"
)

// newBoard is the board of one company over a box.
func newBoard(t *testing.T, about ...string) (*board, *postbox) {
	t.Helper()
	p, box := newPost(t, outbox.Live, false)
	p.place.ERP = ar.Company{Source: "main", ID: "1", Name: "Harbour & Sons"}
	p.place.Sender = config.Sender{From: "ar@example.com"}
	n := &config.Notice{Channel: "team", About: about}
	return &board{App: &App{Err: io.Discard, logger: &lazyLog{}}, store: p.store, lanes: map[string]cycle.Lane{"team": {Channel: box}}, place: p.place, notice: n}, box
}

// opens gives a task of the company to a person.
func (b *board) opens(t *testing.T, key string) {
	t.Helper()
	err := b.store.AddTask(t.Context(), store.Task{
		Key: key, Mode: b.place.Mode, Party: ar.PartyID{Source: "main", Company: "1"}, Script: "", Role: "cash application",
		Reason: sequence.ReasonCashBehind, Detail: "bank is posted through Friday", OpenedOn: 20000, DueOn: 20000,
	}, time.Now())
	if err != nil {
		t.Fatal(err)
	}
}

// looks lets the board look, as a service does that was just started.
func (b *board) looks(t *testing.T) {
	t.Helper()
	if _, err := b.look(t.Context(), 0, time.Now()); err != nil {
		t.Fatal(err)
	}
}

func keysOf(list []outbox.Message) []string {
	var keys []string
	for _, m := range list {
		keys = append(keys, string(m.Key))
	}
	return keys
}

// TestNoticesBeginWithWhatIsNew: a new board shows nothing old, each thing once,
// over restarts.
func TestNoticesBeginWithWhatIsNew(t *testing.T) {
	b, box := newBoard(t)
	b.opens(t, "old")
	b.looks(t)
	if len(box.sent) != 0 {
		t.Fatalf("shown at the start: %q", keysOf(box.sent))
	}
	b.opens(t, "new")
	if err := b.store.Stop(t.Context(), "the ERP is being restored", "person:dana", time.Now()); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		b.looks(t)
	}
	if len(box.sent) != 2 || box.sent[0].Key != "task-1-2" || box.sent[1].Subject != "Everything is stopped" {
		t.Fatalf("shown: %q", keysOf(box.sent))
	}
	task, stop := box.sent[0], box.sent[1]
	if task.Text != "bank is posted through Friday" || !slices.Contains(task.Card.Fields, outbox.Field{Name: "For", Value: "cash application"}) {
		t.Errorf("%+v, %+v", task, task.Card)
	}
	if stop.Text != "the ERP is being restored" || !slices.ContainsFunc(stop.Card.Fields, func(f outbox.Field) bool { return strings.Contains(f.Value, "dana") }) {
		t.Errorf("%+v, %+v", stop, stop.Card)
	}
}

// TestNoticeThatWasNotTaken comes again under its key, and nothing before it.
func TestNoticeThatWasNotTaken(t *testing.T) {
	b, box := newBoard(t)
	b.looks(t)
	b.opens(t, "a")
	b.looks(t)
	b.opens(t, "b")
	b.opens(t, "c")
	for _, trouble := range []struct {
		answer outbox.State
		err    error
	}{{outbox.Retry, nil}, {outbox.Accepted, errors.New("the plugin died")}} {
		box.answer, box.err = trouble.answer, trouble.err
		if _, err := b.look(t.Context(), 0, time.Now()); err == nil {
			t.Errorf("%+v: no error", trouble)
		}
	}
	box.answer, box.err = outbox.Accepted, nil
	b.looks(t)
	if want := []string{"task-1-1", "task-1-2", "task-1-2", "task-1-2", "task-1-3"}; !slices.Equal(keysOf(box.sent), want) {
		t.Errorf("handed over %q, want %q", keysOf(box.sent), want)
	}
	for _, state := range []outbox.State{outbox.Refused, outbox.Uncertain} { // said in the log, and not again
		box.answer = state
		b.opens(t, string(state))
		b.looks(t)
		b.looks(t)
	}
	if len(box.sent) != 7 {
		t.Errorf("handed over %q", keysOf(box.sent))
	}
}

func TestManyNoticesAreCounted(t *testing.T) {
	b, box := newBoard(t)
	b.looks(t)
	for i := range 47 {
		b.opens(t, fmt.Sprint(i))
	}
	b.looks(t)
	b.looks(t)
	if len(box.sent) != cardsAtOnce+1 || box.sent[cardsAtOnce].Subject != "And 37 more" {
		t.Fatalf("%d cards, last: %q", len(box.sent), box.sent[len(box.sent)-1].Subject)
	}
	if !slices.Contains(box.sent[cardsAtOnce].Card.Fields, outbox.Field{Name: "task", Value: "37"}) {
		t.Errorf("%+v", box.sent[cardsAtOnce].Card)
	}
}

func TestClosedTaskIsNotShown(t *testing.T) {
	b, box := newBoard(t)
	b.looks(t)
	b.opens(t, "a")
	if err := b.store.CloseTask(t.Context(), 1, "done", "person:dana", time.Now()); err != nil {
		t.Fatal(err)
	}
	b.looks(t)
	if len(box.sent) != 0 {
		t.Errorf("shown: %q", keysOf(box.sent))
	}
}

// TestNoticesOfTheirKindAtTheirTime, by the channel that the mode allows.
func TestNoticesOfTheirKindAtTheirTime(t *testing.T) {
	window, err := calendar.ParseWindow("Mon-Fri 08:00-17:00")
	if err != nil {
		t.Fatal(err)
	}
	sunday, monday := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC), time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		about []string
		mode  outbox.Mode
		local bool
		at    time.Time
		shown int
	}{
		"all, on Monday":               {nil, outbox.Live, false, monday, 2},
		"in mode test":                 {nil, outbox.Test, false, monday, 2},
		"on Sunday":                    {nil, outbox.Live, false, sunday, 0},
		"stops alone":                  {[]string{"stop"}, outbox.Live, false, monday, 1},
		"holds alone":                  {[]string{"hold"}, outbox.Live, false, monday, 0},
		"observe, to another machine":  {nil, outbox.Observe, false, monday, 0},
		"observe, to files of its own": {nil, outbox.Observe, true, monday, 2},
	} {
		b, box := newBoard(t, c.about...)
		b.looks(t)
		b.notice.Window, b.place.Mode = window, c.mode
		b.lanes["team"] = cycle.Lane{Channel: box, Local: c.local}
		b.opens(t, "a")
		if err := b.store.Resume(t.Context(), "person:dana", time.Now()); err != nil {
			t.Fatal(err)
		}
		passed, err := b.look(t.Context(), 0, c.at)
		if err != nil || len(box.sent) != c.shown {
			t.Errorf("%s: shown %q, %v", name, keysOf(box.sent), err)
		}
		if name != "on Sunday" {
			continue
		}
		if _, err := b.look(t.Context(), passed, monday); err != nil || len(box.sent) != 2 {
			t.Errorf("what waited since Sunday: %q, %v", keysOf(box.sent), err)
		}
	}
}

func TestWhichEntriesAreNotices(t *testing.T) {
	b, _ := newBoard(t)
	hold, err := json.Marshal(ar.HoldEntry{ID: 7, Reason: "90 days late", Outcome: "the ERP holds X"})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ kind, subject, body, about, subjectOfCard string }{
		{"hold.conflict", "main/1/C-7", string(hold), "hold", "Hold not written: the ERP holds another value"},
		{"hold.placed", "main/1/C/7", string(hold), "hold", "Hold placed"},
		{"hold.proposed", "main/1/C-7", string(hold), "approve", "A hold waits for a yes"},
		{"delivery.waiting", "main/1/C-7", `{"id": 5, "mode": "live", "reason": "approval"}`, "approve", "A message waits for a yes"},
		{"volume.alarm", "main/1/", `{"ref": {"kind": "v", "id": 1}, "messages": 80, "usual": 50}`, "volume", "More would leave today than usual, so nothing leaves"},
		{"channel.paused", "mail", `{"reason": "authentication failed"}`, "channel", "Nothing can leave by channel mail"},
		{"channel.resumed", "mail", `null`, "channel", "Messages leave by channel mail again"},
		{"channel.paused", "another's", `{"reason": "x"}`, "", ""},
		{"resume", "all", `null`, "stop", "The stop was taken back"},
		{"hold.shadow", "main/1/C-7", string(hold), "", ""},
		{"hold.placed", "main/10/C-7", string(hold), "", ""},
		{"hold.placed", "other/1/C-7", string(hold), "", ""},
		{"delivery.waiting", "main/1/C-7", `{"mode": "test"}`, "", ""},
		{"delivery.accepted", "main/1/C-7", `{"mode": "live"}`, "", ""},
		{"setting.changed", "notice:1/team", `{"value": "7"}`, "", ""},
	} {
		n, ok := noticeOf(audit.Entry{Seq: 9, Kind: c.kind, Subject: c.subject, Actor: "cycle", Body: json.RawMessage(c.body)}, b.place)
		if ok != (c.about != "") || ok && n.about != c.about {
			t.Errorf("%s of %s: %v, %q", c.kind, c.subject, ok, n.about)
		}
		if !ok {
			continue
		}
		m := n.card(b.place, nil, ar.Customer{Number: "C-7", Name: "Østfold"})
		if m.Key != "notice-1-9" || m.Subject != c.subjectOfCard || m.Text == "" {
			t.Errorf("%s: %+v", c.kind, m)
		}
		withCustomer := slices.Contains(m.Card.Fields, outbox.Field{Name: "Customer", Value: "C-7 Østfold"})
		if withCustomer != strings.Contains(c.subject, "C") {
			t.Errorf("%s: %+v", c.kind, m.Card)
		}
	}
}

func TestWhatTasksAreAbout(t *testing.T) {
	for about, task := range map[string]store.Task{
		"call": {Script: "call-past-due", Reason: sequence.ReasonDue}, "approve": {Script: "credit-review", Yes: true},
		"dispute": {Reason: sequence.ReasonDisputed}, "promise": {Reason: sequence.ReasonBroken}, "reply": {Reason: sequence.ReasonReplied}, "task": {Reason: sequence.ReasonCashBehind},
	} {
		if got := aboutTask(&task); got != about || !slices.Contains(config.Abouts, got) {
			t.Errorf("%+v is about %q, want %q", task, got, about)
		}
	}
	for _, about := range noticed {
		if about != "" && !slices.Contains(config.Abouts, about) {
			t.Errorf("nobody can ask for notices about %q", about)
		}
	}
}
