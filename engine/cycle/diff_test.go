package cycle_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"holdfast/engine/ar"
	"holdfast/engine/cycle"
	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
	"holdfast/engine/steps"
	"holdfast/engine/store"
)

// edited is the shipped past-due as a site may change it: the second reminder
// later and with other words, a step before it, and the third reminder gone.
func edited(h *house) *sequence.Sequence {
	h.t.Helper()
	text := string(h.co.Book.Sequence("past-due").Source)
	for _, edit := range [][2]string{
		{`at       = "due + 10d"`, `at       = "due + 12d"`},
		{`template = "past-due-2"`, `template = "past-due-second"`},
		{"[[step]]\nid       = \"reminder-2\"", "[[step]]\nid = \"look\"\nat = \"due + 5d\"\ndo = \"task\"\ntext = \"Look at the account\"\nto = \"collector\"\n\n[[step]]\nid       = \"reminder-2\""},
		{"id       = \"reminder-3\"", "id       = \"reminder-three\""},
	} {
		if !strings.Contains(text, edit[0]) {
			h.t.Fatalf("the shipped file has no %q any more", edit[0])
		}
		text = strings.Replace(text, edit[0], edit[1], 1)
	}
	s, problems := sequence.Parse("past-due.toml", []byte(text), steps.All())
	if len(problems) > 0 {
		h.t.Fatal(problems)
	}
	return s
}

// lived is a house some weeks on, its ledger taken in.
func lived(t *testing.T, days int) *house {
	h := newHouse(t)
	for range days {
		h.run()
		h.today++
		try(h.erp.Live(t.Context(), h.today, nil))(h)
	}
	try(h.cycle.Pull(t.Context(), h.co, false, false))(h)
	return h
}

// at is every company's moment.
func (h *house) at(*cycle.Company) cycle.Moment { return h.moment() }

// foretold is what a diff says of its first day: what the plan before brings,
// with the differences.
func (h *house) foretold(before []cycle.PlanRow, d cycle.Differences) []string {
	list := onDay(before, h.today)
	line := func(row cycle.Difference, s *cycle.Side) string {
		return fmt.Sprintf("%s %s %s %s", row.Kind, row.CustomerID, s.Sequence, s.Step)
	}
	for _, row := range d.Rows {
		if row.Before != nil && row.Before.Day == h.today {
			i := slices.Index(list, line(row, row.Before))
			if i < 0 {
				h.t.Fatalf("the diff takes away what was not planned: %+v", row)
			}
			list = slices.Delete(list, i, i+1)
		}
		if row.After != nil && row.After.Day == h.today {
			list = append(list, line(row, row.After))
		}
	}
	slices.Sort(list)
	return list
}

func TestDiffForetellsTheFirstRunOfAChangedFile(t *testing.T) {
	t.Parallel()
	for _, migrate := range []string{"", "past-due"} {
		t.Run("migrate "+migrate, func(t *testing.T) {
			h := lived(t, 16)
			changed := try(cycle.With(h.cycle.Companies, edited(h)))(h)
			diff := try(h.cycle.Diff(t.Context(), h.cycle.Companies, changed, h.at, 30, migrate, cycle.Outlook{}))(h)
			if len(diff.Rows) < 10 || diff.Same < 10 {
				t.Fatalf("the change makes %d differences and leaves %d effects alone", len(diff.Rows), diff.Same)
			}
			want := h.foretold(h.plan(1), diff)
			if migrate != "" && slices.Equal(want, onDay(h.plan(1), h.today)) {
				t.Fatal("nothing differs on the first day: nothing is tested")
			}
			h.co.Book = changed[0].Book
			if migrate != "" {
				try(h.cycle.Migrate(t.Context(), h.co, h.moment(), migrate, "Ann", true))(h)
			}
			known := map[int64]bool{}
			h.brought(h.today, known)
			h.run()
			if d := cmp.Diff(want, h.brought(h.today, known)); d != "" {
				t.Errorf("the run differs from what the diff said (-diff +run):\n%s", d)
			}
		})
	}
}

func TestNoDifferenceWhereNothingChanged(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	try(h.cycle.Pull(t.Context(), h.co, false, false))(h)
	diff := try(h.cycle.Diff(t.Context(), h.cycle.Companies, h.cycle.Companies, h.at, 20, "", cycle.Outlook{}))(h)
	if len(diff.Rows) != 0 || diff.Same == 0 {
		t.Errorf("%d differences and %d alike, want none and some", len(diff.Rows), diff.Same)
	}
}

func TestMigrateMovesOnceAndIsJournalledByName(t *testing.T) {
	t.Parallel()
	h := lived(t, 12)
	h.readyReminder()
	h.co.Book = try(cycle.With(h.cycle.Companies, edited(h)))(h)[0].Book
	preview := try(h.cycle.Migrate(t.Context(), h.co, h.moment(), "past-due", "", false))(h)
	if len(preview) < 10 {
		t.Fatalf("only %d subjects are under way", len(preview))
	}
	written := try(h.cycle.Migrate(t.Context(), h.co, h.moment(), "past-due", "person:Ann", true))(h)
	if d := cmp.Diff(preview, written); d != "" {
		t.Errorf("what was written differs from the preview:\n%s", d)
	}
	if again := try(h.cycle.Migrate(t.Context(), h.co, h.moment(), "past-due", "person:Ann", true))(h); len(again) != 0 {
		t.Errorf("a second move moves %d subjects", len(again))
	}
	waiting, parties := 0, map[ar.PartyID]bool{}
	for _, r := range preview {
		waiting += r.Waiting
		parties[try(h.cycle.Store.PartyOf(t.Context(), ar.AccountID{Source: h.co.Source, Company: h.co.ID, Customer: r.CustomerID}))(h)] = true
	}
	dropped := try(h.cycle.Store.Deliveries(t.Context(), store.DeliveryFilter{States: []outbox.State{outbox.Superseded}}))(h)
	dropped = slices.DeleteFunc(dropped, func(d outbox.Delivery) bool { return d.Reason != sequence.ReasonRebuilt })
	if waiting == 0 || len(dropped) == 0 {
		t.Errorf("%d subjects wait for their message and %d messages are planned anew, want some", waiting, len(dropped))
	}
	if n := h.journalled("sequence.migrated", "person:Ann"); n != len(parties) {
		t.Errorf("the journal has %d entries, want one for each of %d parties", n, len(parties))
	}
}

// readyReminder lives on until a reminder is ready and has not left.
func (h *house) readyReminder() {
	h.t.Helper()
	for range 20 {
		try(h.cycle.Decide(h.t.Context(), h.co, h.moment()))(h)
		for _, d := range try(h.cycle.Store.Deliveries(h.t.Context(), store.DeliveryFilter{States: []outbox.State{outbox.Rendered}}))(h) {
			if d.Sequence == "past-due" {
				return
			}
		}
		h.run()
		h.today++
	}
	h.t.Fatal("no reminder is ever ready")
}

// journalled counts the journal's entries of a kind by an actor.
func (h *house) journalled(kind, actor string) int {
	h.t.Helper()
	n := 0
	for e, err := range h.cycle.Store.Audit(h.t.Context(), 1) {
		h.must(err)
		if e.Kind == kind && e.Actor == actor {
			n++
		}
	}
	return n
}
