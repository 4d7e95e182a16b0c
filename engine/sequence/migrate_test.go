package sequence_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"holdfast/engine/ar"
	"holdfast/engine/sequence"
	"holdfast/engine/steps"
)

// rungs writes a sequence of reminders from lines such as "a due + 3d" and
// "c every 7d after b 3".
func rungs(t testing.TB, lines ...string) *sequence.Sequence {
	t.Helper()
	var text strings.Builder
	text.WriteString("name = \"chase\"\nsubject = \"invoice\"\nrank = 50\npurpose = \"dunning\"\nenter = 'document.days_past_due >= 1'\n")
	for _, line := range lines {
		id, at, _ := strings.Cut(line, " ")
		var every, after string
		var times int
		if n, _ := fmt.Sscanf(at, "every %s after %s %d", &every, &after, &times); n == 3 {
			fmt.Fprintf(&text, "[[step]]\nid = %q\nevery = %q\nafter = %q\ntimes = %d\ndo = \"message\"\nchannel = [\"email\"]\ntemplate = \"past-due-1\"\n", id, every, after, times)
			continue
		}
		fmt.Fprintf(&text, "[[step]]\nid = %q\nat = %q\ndo = \"message\"\nchannel = [\"email\"]\ntemplate = \"past-due-1\"\n", id, at)
	}
	s, problems := sequence.Parse("chase.toml", []byte(text.String()), steps.All())
	if len(problems) > 0 {
		t.Fatalf("%s\n%v", text.String(), problems)
	}
	return s
}

// bookWith binds one sequence, with an earlier version of it.
func bookWith(t testing.TB, current *sequence.Sequence, earlier ...*sequence.Sequence) *sequence.Book {
	t.Helper()
	b, problems := sequence.NewBook([]*sequence.Sequence{current}, earlier, policy(), steps.All())
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return b
}

// liveOn lives a case for some days, everything accepted, and returns it with
// the occasions of each effect.
func liveOn(b *sequence.Book, c sequence.Case, days int) (sequence.Case, []string) {
	var log []string
	for range days {
		d := b.Decide(c)
		var outcomes []sequence.Outcome
		for _, in := range d.Intents {
			outcomes = append(outcomes, sequence.Outcome{Intent: in, Done: true, On: c.Today})
			for _, o := range in.Occasions {
				log = append(log, fmt.Sprintf("%s %s.%d", c.Today, o.Step, o.Repeat))
			}
		}
		c = c.After(d, outcomes)
		c.Today++
	}
	return c, log
}

func TestMigrateKeepsWhatWasDoneAndSendsNothingLate(t *testing.T) {
	before := []string{"a due + 3d", "b due + 10d", "c due + 20d", "d due + 30d"}
	for _, test := range []struct {
		name                        string
		to                          []string
		days                        int // lived under the version before, from the due day on
		kept, gone, dropped, passed string
		next, on                    string // what comes next now
		then                        string // what the next weeks bring
	}{
		{
			name: "the same steps at other days", to: []string{"a due + 3d", "b due + 10d", "c due + 25d", "d due + 40d"},
			days: 12, kept: "a b", next: "c", on: "2026-06-26", then: "2026-06-26 c.0, 2026-07-13 d.0",
		},
		{
			name: "a step added before the last one done", to: []string{"a due + 3d", "new due + 7d", "b due + 10d", "c due + 20d", "d due + 30d"},
			days: 12, kept: "a b", passed: "new", next: "c", on: "2026-06-21", then: "2026-06-22 c.0, 2026-07-02 d.0",
		},
		{
			name: "a step added after it", to: []string{"a due + 3d", "b due + 10d", "new due + 15d", "c due + 20d", "d due + 30d"},
			days: 12, kept: "a b", next: "new", on: "2026-06-16", then: "2026-06-16 new.0, 2026-06-22 c.0, 2026-07-02 d.0",
		},
		{
			name: "a step ahead removed", to: []string{"a due + 3d", "b due + 10d", "d due + 30d"},
			days: 12, kept: "a b", dropped: "c", next: "d", on: "2026-07-01", then: "2026-07-01 d.0",
		},
		{
			name: "a step done removed", to: []string{"a due + 3d", "c due + 20d", "d due + 30d"},
			days: 12, kept: "a", gone: "b", next: "c", on: "2026-06-21", then: "2026-06-22 c.0, 2026-07-02 d.0",
		},
		{
			name: "a step ahead renamed", to: []string{"a due + 3d", "b due + 10d", "gamma due + 20d", "d due + 30d"},
			days: 12, kept: "a b", dropped: "c", next: "gamma", on: "2026-06-21", then: "2026-06-22 gamma.0, 2026-07-02 d.0",
		},
		{
			name: "reordered: what was done last stands first now", to: []string{"b due + 3d", "a due + 10d", "c due + 20d"},
			days: 12, kept: "a b", dropped: "d", next: "c", on: "2026-06-28", then: "2026-06-29 c.0",
		},
		{
			name: "reordered: what was done last stands last now", to: []string{"c due + 3d", "d due + 5d", "a due + 6d", "b due + 10d"},
			days: 12, kept: "a b", passed: "c d", next: "",
		},
		{
			name: "nothing done yet", to: []string{"new due + 2d", "a due + 9d"},
			days: 2, dropped: "b c d", next: "new", on: "2026-06-03", then: "2026-06-03 new.0, 2026-06-10 a.0",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			old, now := rungs(t, before...), rungs(t, test.to...)
			c, _ := liveOn(bookWith(t, old), caseOn("2026-06-01", invoice("x", "2026-06-01")), test.days)
			b := bookWith(t, now, old)
			held := c.State
			after, moved := b.Migrate(c, "chase")
			if len(moved) != 1 {
				t.Fatalf("%d subjects were moved, want 1", len(moved))
			}
			m := moved[0]
			for what, pair := range map[string][2]string{
				"kept": {test.kept, strings.Join(m.Kept, " ")}, "gone": {test.gone, strings.Join(m.Gone, " ")},
				"dropped": {test.dropped, strings.Join(m.Dropped, " ")}, "passed": {test.passed, strings.Join(m.Passed, " ")},
				"next": {test.next, m.After.Step},
			} {
				if pair[0] != pair[1] {
					t.Errorf("%s is %q, want %q", what, pair[1], pair[0])
				}
			}
			if test.on != "" && m.After.On != ar.MustDay(test.on) {
				t.Errorf("the next step's day is %s, want %s", m.After.On, test.on)
			}
			p, was := after.State.Positions[0], held.Positions[0]
			if p.EnteredOn != was.EnteredOn || p.Episode != was.Episode || p.Hash != now.Hash || was.Hash != old.Hash {
				t.Errorf("the position went from %+v to %+v", was, p)
			}
			if _, log := liveOn(b, after, 60); strings.Join(log, ", ") != test.then {
				t.Errorf("then came %s\nwant      %s", strings.Join(log, ", "), test.then)
			}
			if _, again := b.Migrate(after, "chase"); again != nil {
				t.Errorf("a second move moved %v", again)
			}
		})
	}
}

func TestMigrateACadenceCountsItsRepetitions(t *testing.T) {
	old := rungs(t, "a due + 3d", "c every 7d after a 4")
	c, log := liveOn(bookWith(t, old), caseOn("2026-06-01", invoice("x", "2026-06-01")), 20)
	if len(log) != 3 {
		t.Fatalf("lived %v, want the reminder and two of its repetitions", log)
	}
	now := rungs(t, "a due + 3d", "c every 14d after a 3")
	b := bookWith(t, now, old)
	after, moved := b.Migrate(c, "chase")
	if len(moved) != 1 || len(moved[0].Passed) != 0 {
		t.Fatalf("moved %+v", moved)
	}
	if _, log := liveOn(b, after, 90); strings.Join(log, ", ") != "2026-07-02 c.2" {
		t.Errorf("then came %v, want the third and last, 14 days after the second", log)
	}
}

func TestMigrateReachesASubjectWhoseVersionIsGone(t *testing.T) {
	old, now := rungs(t, "a due + 3d", "b due + 10d"), rungs(t, "a due + 3d", "b due + 12d")
	c, _ := liveOn(bookWith(t, old), caseOn("2026-06-01", invoice("x", "2026-06-01")), 5)
	b := bookWith(t, now)
	after, moved := b.Migrate(c, "chase")
	if len(moved) != 1 || moved[0].Before.Reason != sequence.ReasonRebuilt || moved[0].Dropped != nil {
		t.Fatalf("moved %+v", moved)
	}
	if _, log := liveOn(b, after, 20); len(log) != 1 {
		t.Errorf("then came %v, want the second reminder alone", log)
	}
}

// However a file is changed, nothing that a customer got comes to him again,
// and nothing older than it comes after it.
func TestMigratedSubjectsGetNothingTwice(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		old := rungs(t, drawRungs(rt, "old")...)
		now := rungs(t, drawRungs(rt, "new")...)
		c, had := liveOn(bookWith(t, old), caseOn("2026-06-01", invoice("x", "2026-06-01")), rapid.IntRange(2, 60).Draw(rt, "days"))
		b := bookWith(t, now, old)
		last := -1
		for _, line := range had {
			id, _, _ := strings.Cut(line[len("2026-06-01 "):], ".")
			last = max(last, slices.IndexFunc(now.Steps, func(r sequence.Rung) bool { return r.ID == id }))
		}
		after, _ := b.Migrate(c, "chase")
		_, got := liveOn(b, after, 120)
		for _, line := range got {
			what := line[len("2026-06-01 "):]
			if slices.ContainsFunc(had, func(h string) bool { return strings.HasSuffix(h, " "+what) }) {
				rt.Errorf("%s came before already: %v", line, had)
			}
			id, _, _ := strings.Cut(what, ".")
			if at := slices.IndexFunc(now.Steps, func(r sequence.Rung) bool { return r.ID == id }); at < last {
				rt.Errorf("%s lies before what was done already: %v", line, had)
			}
		}
	})
}

// drawRungs draws two to six steps from a few ids, in any order, the last one
// perhaps a cadence.
func drawRungs(t *rapid.T, label string) []string {
	ids := rapid.Permutation([]string{"a", "b", "c", "d", "e", "f"}).Draw(t, label)
	ids = ids[:rapid.IntRange(2, 6).Draw(t, label+" steps")]
	var lines []string
	at := 0
	for i, id := range ids {
		at += rapid.IntRange(1, 9).Draw(t, label+" offset")
		if i == len(ids)-1 && rapid.Bool().Draw(t, label+" cadence") {
			lines = append(lines, fmt.Sprintf("%s every %dd after %s %d", id, rapid.IntRange(4, 9).Draw(t, label+" every"), ids[i-1], rapid.IntRange(1, 3).Draw(t, label+" times")))
			continue
		}
		lines = append(lines, fmt.Sprintf("%s due + %dd", id, at))
	}
	return lines
}
