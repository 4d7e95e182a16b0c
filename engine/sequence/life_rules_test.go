package sequence_test

import (
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"holdfast/engine/ar"
	"holdfast/engine/calendar"
	"holdfast/engine/intake"
	"holdfast/engine/sequence"
)

// TestLivesKeepTheRules lives drawn parties under the whole library and holds
// the rules that are no file's business against what reached the customer.
func TestLivesKeepTheRules(t *testing.T) {
	b := bookOf(t, policy())
	rapid.Check(t, func(t *rapid.T) {
		l := draw(t, b)
		l.live()
		l.checkPositions()
		l.checkStatements()
	})
}

// TestTheSameCaseGivesTheSameDecision decides every day of a life twice.
func TestTheSameCaseGivesTheSameDecision(t *testing.T) {
	b, again := bookOf(t, policy()), bookOf(t, policy())
	rapid.Check(t, func(t *rapid.T) {
		l := draw(t, b)
		for range 40 {
			l.happen()
			one, two := b.Decide(l.c), again.Decide(l.c)
			if !reflect.DeepEqual(one, two) {
				t.Fatalf("%s: one decision\n%+v\nthe other\n%+v", l.c.Today, one, two)
			}
			l.day()
			l.c.Today++
		}
	})
}

// arrive checks one effect against the case it was decided on, and keeps it.
func (l *life) arrive(c sequence.Case, in sequence.Intent) {
	for _, o := range in.Occasions {
		if on, twice := l.done[o]; twice {
			l.t.Fatalf("%s: %s was done on %s already", c.Today, o.Key(), on)
		}
		l.done[o] = c.Today
	}
	switch in.Kind {
	case sequence.Task:
		l.tasks = append(l.tasks, in)
	case sequence.Message:
		l.checkMessage(c, in)
		l.spoken = append(l.spoken, arrived{c.Today, in})
	case sequence.Hold:
		l.checkHold(c, in)
	}
}

func (l *life) checkMessage(c sequence.Case, in sequence.Intent) {
	l.checkDay(c, in)
	l.checkPeople(c, in)
	l.checkAsked(c, in)
	if in.Purpose != sequence.Dunning && in.Purpose != sequence.Legal {
		return
	}
	for _, o := range in.Occasions {
		if o.Subject.Kind == sequence.SubjectInvoice {
			l.checkChased(c, in, o)
		}
	}
}

// checkDay holds gap, one message a day and business days.
func (l *life) checkDay(c sequence.Case, in sequence.Intent) {
	if !policy().Business.IsBusinessDay(c.Today) {
		l.t.Fatalf("%s is no business day", c.Today)
	}
	for _, s := range l.spoken {
		if s.on == c.Today {
			l.t.Fatalf("%s: %s/%s on the day of %s/%s", c.Today, in.Sequence, in.Step, s.in.Sequence, s.in.Step)
		}
	}
	if in.Purpose == sequence.Response {
		return
	}
	gaps := map[sequence.Purpose]ar.Day{sequence.Courtesy: 1, sequence.Dunning: 3, sequence.Legal: 3, sequence.Statement: 1}
	for _, s := range l.spoken {
		if s.in.Purpose != sequence.Response && c.Today-s.on < gaps[in.Purpose] {
			l.t.Fatalf("%s: %s/%s %d days after %s/%s", c.Today, in.Sequence, in.Step, c.Today-s.on, s.in.Sequence, s.in.Step)
		}
	}
}

// checkPeople holds white glove, opt-out, pause and reply.
func (l *life) checkPeople(c sequence.Case, in sequence.Intent) {
	people := false
	for _, f := range c.Facts {
		switch {
		case f.Account != c.Accounts[0].Customer.Account:
		case f.Kind == intake.Preference && f.Code == intake.WantsPeople:
			people = f.Value == "yes"
		case f.Kind == intake.Pause && len(f.Documents) == 0 && c.Today <= f.Day && in.Purpose != sequence.Response && in.Purpose != sequence.Statement:
			l.t.Fatalf("%s: %s during the pause until %s", c.Today, in.Sequence, f.Day)
		}
		if f.Kind == intake.DoNotContact && !l.isEnded(f.ID) && in.Medium == "email" {
			l.t.Fatalf("%s: %s/%s to an address that is not to be contacted", c.Today, in.Sequence, in.Step)
		}
	}
	if people && in.Purpose != sequence.Statement {
		l.t.Fatalf("%s: %s/%s to a party that only people speak to", c.Today, in.Sequence, in.Step)
	}
}

// checkAsked works out on its own what may be asked for, per currency.
func (l *life) checkAsked(c sequence.Case, in sequence.Intent) {
	if in.Purpose != sequence.Dunning && in.Purpose != sequence.Legal {
		return
	}
	if len(in.Asked) == 0 {
		l.t.Fatalf("%s: %s/%s asks for nothing", c.Today, in.Sequence, in.Step)
	}
	most := map[ar.Currency]int64{}
	for _, a := range c.Accounts {
		for _, d := range a.Documents {
			switch {
			case d.Open < 0:
				most[d.Currency] += d.Open
			case d.DueOn < c.Today || accelerated(c, d) || slices.ContainsFunc(in.Occasions, func(o sequence.Occasion) bool { return o.Subject.Document == d.ID }):
				most[d.Currency] += d.Open - d.DisputedOpen()
			}
		}
	}
	for _, m := range in.Asked {
		if m.Minor <= 0 || m.Minor > most[m.Currency] {
			l.t.Fatalf("%s: asked for %s, and %d is overdue, undisputed and not covered", c.Today, m, most[m.Currency])
		}
		for _, floor := range policy().FloorAccount {
			if m.Currency == floor.Currency && m.Minor < floor.Minor {
				l.t.Fatalf("%s: asked for %s, under the floor", c.Today, m)
			}
		}
	}
}

// accelerated reports whether a document is due at once since its plan was broken.
func accelerated(c sequence.Case, d ar.Document) bool {
	return slices.ContainsFunc(c.Facts, func(f intake.Fact) bool {
		return f.Kind == intake.Plan && f.Account == d.Account && f.Covers(d.ID) &&
			slices.ContainsFunc(c.State.Told, func(t sequence.Told) bool { return t.Fact == f.ID && t.As == sequence.ToldBroken })
	})
}

// checkChased holds what must not be chased at all.
func (l *life) checkChased(c sequence.Case, in sequence.Intent, o sequence.Occasion) {
	for _, a := range c.Accounts {
		for _, d := range a.Documents {
			if d.ID == o.Subject.Document {
				l.checkDocument(c, a, d, o)
				return
			}
		}
	}
	l.t.Fatalf("%s: %s for a document that is not there", c.Today, o.Key())
}

func (l *life) checkDocument(c sequence.Case, a sequence.Account, d ar.Document, o sequence.Occasion) {
	told := int64(0)
	for _, f := range c.Facts {
		if f.Account != d.Account || !f.Covers(d.ID) {
			continue
		}
		switch {
		case f.Kind == intake.Dispute && !l.isEnded(f.ID) && l.standing(c, f):
			told += f.Contested(d.ID, d.Open)
		case f.Kind == intake.Promise && !l.isEnded(f.ID) && c.Today <= f.Day && l.standing(c, f):
			l.t.Fatalf("%s: %s, promised for %s", c.Today, o.Key(), f.Day)
		case f.Kind == intake.Pause && len(f.Documents) > 0 && c.Today <= f.Day:
			l.t.Fatalf("%s: %s, paused until %s", c.Today, o.Key(), f.Day)
		}
	}
	classified := slices.ContainsFunc(c.Facts, func(f intake.Fact) bool { return f.Kind == intake.Classified && f.Covers(d.ID) })
	rest := d.Open - max(told, d.DisputedOpen())
	last := a.LastReceipts[d.ID]
	switch {
	case d.Open <= 0:
		l.t.Fatalf("%s: %s is settled", c.Today, o.Key())
	case rest <= 0:
		l.t.Fatalf("%s: %s is in dispute", c.Today, o.Key())
	case d.Currency == "USD" && rest < 500:
		l.t.Fatalf("%s: %s is under the floor with %d", c.Today, o.Key(), rest)
	case !classified && last != 0 && d.Open < d.Amount && (c.Today-last < 3 || d.Open*100 <= d.Amount*2):
		l.t.Fatalf("%s: %s, of which part was paid on %s, was not asked about first", c.Today, o.Key(), last)
	}
}

// standing reports whether the ledger has not shown the end of a promise or a dispute
// yet.
func (l *life) standing(c sequence.Case, f intake.Fact) bool {
	state := slices.IndexFunc(c.State.Told, func(t sequence.Told) bool { return t.Fact == f.ID })
	return state < 0
}

func (l *life) checkHold(c sequence.Case, in sequence.Intent) {
	ago := calendar.Span{N: 5, Business: true}
	for _, o := range in.Occasions {
		warned := ar.Day(0)
		for _, s := range l.spoken {
			for _, w := range s.in.Occasions {
				if w.Subject == o.Subject && w.Episode == o.Episode && w.Step == "warn-hold" && s.in.Template == "hold-warning" {
					warned = s.on
				}
			}
		}
		if warned == 0 || !ago.Passed(warned, c.Today, policy().Business) {
			l.t.Fatalf("%s: hold for %s, warned on %q", c.Today, o.Subject, warned)
		}
	}
}

// alarms are verdicts that leave an overdue document without a state.
var alarms = []sequence.Reason{sequence.ReasonNoSequence, sequence.ReasonFinished, sequence.ReasonRebuilt, ""}

// checkStates holds that every overdue document is in a state.
func (l *life) checkStates(d sequence.Decision) {
	for _, doc := range l.open() {
		if doc.DueOn >= l.c.Today {
			continue
		}
		state := sequence.Reason("")
		for _, v := range d.Verdicts {
			if v.Reason == sequence.ReasonDeclined && !l.goesOn(d, v.Subject) {
				v.Reason = ""
			}
			if v.Subject.Kind == sequence.SubjectInvoice && v.Subject.Document == doc.ID && (state == "" || slices.Contains(alarms, state)) {
				state = v.Reason
			}
		}
		if slices.Contains(alarms, state) {
			l.t.Fatalf("%s: the overdue document %s is in no state: %q", l.c.Today, doc.ID, state)
		}
	}
}

// goesOn reports whether a subject still runs in a sequence.
func (l *life) goesOn(d sequence.Decision, s sequence.Subject) bool {
	return slices.ContainsFunc(d.State.Positions, func(p sequence.Position) bool { return p.Subject == s && p.Ended == "" })
}

// checkPositions holds that no step was skipped or repeated and that the spacing
// of the file was kept, whatever came in between.
func (l *life) checkPositions() {
	for i := range l.c.State.Positions {
		p := &l.c.State.Positions[i]
		s := l.book.Sequence(p.Sequence)
		at := -1
		var last *sequence.Done
		for j := range p.Done {
			d := &p.Done[j]
			r := slices.IndexFunc(s.Steps, func(r sequence.Rung) bool { return r.ID == d.Step })
			if r != at && r != at+1 && p.SettledOn == 0 && p.Ended != sequence.ReasonSettled && p.Ended != sequence.ReasonGoal {
				l.t.Fatalf("%s of %s came after step %d of %s", d.Step, p.Subject, at, p.Sequence)
			}
			at = r
			if effect(d.How) {
				l.checkSpacing(p, s, last, d)
				last = d
			}
		}
	}
}

func effect(h sequence.How) bool {
	return h == sequence.DoneSent || h == sequence.DoneTask || h == sequence.DoneHold
}

// checkSpacing works out on its own how many days two steps of past-due must lie
// apart.
func (l *life) checkSpacing(p *sequence.Position, s *sequence.Sequence, before, now *sequence.Done) {
	if p.Sequence != "past-due" || before == nil {
		return
	}
	offset := map[string]ar.Day{"reminder-1": 3, "reminder-2": 10, "call": 14, "reminder-3": 18, "reminder-4": 25, "final": 105, "agency": 120}
	want := offset[now.Step] - offset[before.Step]
	if now.Step == "cadence" {
		want = 14
	}
	if offset[before.Step] == 0 {
		want = 0
	}
	if now.On-before.On < want {
		l.t.Fatalf("%s: %s on %s, only %d days after %s", p.Subject, now.Step, now.On, now.On-before.On, before.Step)
	}
}

// checkStatements holds that a month's statement was sent by its last day,
// unless nobody could be written to or nothing was open.
func (l *life) checkStatements() {
	if slices.ContainsFunc(l.c.Facts, func(f intake.Fact) bool { return f.Kind == intake.DoNotContact }) {
		return
	}
	for month := lifeStart.MonthEnd(); month+10 < lifeStart+lifeDays; month = (month + 1).MonthEnd() {
		due, ran := true, 0
		for day := month - 3; day <= month+10; day++ {
			due = due && l.owed[day]
			if day > month && l.up[day] && policy().Business.IsBusinessDay(day) {
				ran++
			}
		}
		if !due || ran < 4 { // each attempt is refused now and then
			continue
		}
		name := month.Time(time.UTC).Format("2006-01")
		if !slices.ContainsFunc(l.spoken, func(s arrived) bool { return s.in.Purpose == sequence.Statement && s.in.Month == name }) && !l.refusedAll(month) {
			l.t.Fatalf("no statement of %s by %s", name, month+10)
		}
	}
}

// refusedAll reports whether a statement was tried and refused on every day.
func (l *life) refusedAll(month ar.Day) bool {
	tried := 0
	for _, line := range l.log {
		for day := month + 1; day <= month+10; day++ {
			if len(line) > 10 && line[:10] == day.String() && line[11:] != "" && containsStatement(line) {
				tried++
			}
		}
	}
	return tried >= 4
}

func containsStatement(line string) bool {
	return len(line) > 40 && slices.Contains([]string{line[11:18]}, "message") && fmt.Sprint(line[19:38]) == "month-end/statement"
}
