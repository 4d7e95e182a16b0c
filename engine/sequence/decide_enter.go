package sequence

import (
	"fmt"
	"slices"
	"time"

	"holdfast/engine/ar"
	"holdfast/engine/intake"
)

const (
	eventDays = 30 // so long an event can still begin a sequence
	monthDays = 10 // so long after its end a month can still be entered
)

// enter gives a position to each subject that a sequence takes and that has
// none running in it.
func (v *View) enter() {
	if v.flawed() {
		return
	}
	for _, s := range v.Book.Sequences {
		switch s.Subject {
		case SubjectInvoice:
			v.enterInvoices(s)
		case SubjectAccount:
			v.enterAccounts(s)
		case SubjectMonth:
			v.enterMonths(s)
		default:
			v.enterHeard(s)
		}
	}
}

func (v *View) enterInvoices(s *Sequence) {
	for _, item := range v.Items {
		if item.Standing != ReasonUndated && item.Standing != ReasonAway {
			subject := Subject{Kind: SubjectInvoice, Customer: item.Account.Customer.Account.Customer, Document: item.Doc.ID}
			v.enterOne(Due{Sequence: s, Item: item, Account: item.Account}, subject)
		}
	}
}

// enterAccounts enters every account, or every event of the sequence's code.
func (v *View) enterAccounts(s *Sequence) {
	if s.Event == "" {
		for i := range v.Case.Accounts {
			a := &v.Case.Accounts[i]
			if subject := (Subject{Kind: SubjectAccount, Customer: a.Customer.Account.Customer}); !s.chases() || v.late(subject.Customer) {
				v.enterOne(Due{Sequence: s, Account: a}, subject)
			}
		}
		return
	}
	for i := range v.heard {
		h := &v.heard[i]
		if h.Subject.Kind == SubjectAccount && h.Fact.Code == s.Event && v.Case.Today-h.Fact.On < eventDays {
			v.enterOne(Due{Sequence: s, Told: h, Account: v.account(h.Subject.Customer)}, h.Subject)
		}
	}
}

// chases reports whether a sequence wants money: it takes only accounts that are
// late, and lets them go once they owe nothing.
func (s *Sequence) chases() bool { return s.Purpose == Dunning || s.Purpose == Legal }

// late reports whether an account of the party is asked for anything overdue.
func (v *View) late(id ar.CustomerID) bool {
	return slices.ContainsFunc(v.Items, func(i *Item) bool {
		return i.Account.Customer.Account.Customer == id && i.Asked > 0 && i.DueOn < v.Case.Today
	})
}

// enterMonths enters each account's month: this one, and for some days the one
// before, unless we did not follow the party yet: the first day of all would send
// everybody an old statement.
func (v *View) enterMonths(s *Sequence) {
	today := v.Case.Today
	months := []ar.Day{today.MonthStart()}
	if before := today.MonthStart() - 1; today-before <= monthDays && v.followed(before) {
		months = append(months, before.MonthStart())
	}
	for i := range v.Case.Accounts {
		a := &v.Case.Accounts[i]
		for _, month := range months {
			subject := Subject{Kind: SubjectMonth, Customer: a.Customer.Account.Customer, Ref: month.Time(time.UTC).Format("2006-01")}
			v.enterOne(Due{Sequence: s, Account: a}, subject)
		}
	}
}

// followed reports whether the party was in any sequence on a day.
func (v *View) followed(day ar.Day) bool {
	return slices.ContainsFunc(v.State.Positions, func(p Position) bool { return p.EnteredOn <= day })
}

// enterHeard enters every open promise or dispute.
func (v *View) enterHeard(s *Sequence) {
	for i := range v.heard {
		h := &v.heard[i]
		if h.Subject.Kind != s.Subject || h.over() || h.Fact != nil && v.endOf(h.Fact.ID) != nil {
			continue
		}
		d := Due{Sequence: s, Told: h, Account: v.account(h.Subject.Customer)}
		if len(h.Items) == 1 {
			d.Item = h.Items[0]
		}
		v.enterOne(d, h.Subject)
	}
}

// over reports whether nothing more becomes of a promise or dispute.
func (h *Heard) over() bool { return h.State != ToldOpen && h.State != ToldWaiting }

// enterOne gives a subject a position where its sequence takes it. A subject
// enters once; a document or an account again after it was settled, and an
// account so long after its end as the sequence says.
func (v *View) enterOne(d Due, subject Subject) {
	s := d.Sequence
	p := v.State.position(s.Name, subject)
	if p != nil && !v.again(s, p) {
		return
	}
	d.Position = &Position{Sequence: s.Name, Hash: s.Hash, Subject: subject, EnteredOn: v.Case.Today}
	if !v.takes(&d) {
		return
	}
	if p == nil {
		d.Position.Episode = v.era(&d)
		v.State.Positions = append(v.State.Positions, *d.Position)
		return
	}
	d.Position.Episode = p.Episode + 1
	*p = *d.Position
}

// eras counts episodes apart: an ended position is forgotten after keepEnded
// days, and what enters again later must not meet the occasions of that time.
const eras = 1000

// era is the first episode of a document that enters now, by how old it is.
func (v *View) era(d *Due) int {
	if d.Item == nil {
		return 0
	}
	return eras * (max(0, d.Item.Doc.DaysPastDue(v.Case.Today)) / keepEnded)
}

// reopened reports whether the document was settled before and is open again.
func (p *Position) reopened() bool { return p.Episode%eras > 0 }

// again reports whether a subject that had a position may enter anew.
func (v *View) again(s *Sequence, p *Position) bool {
	switch {
	case p.Ended == "":
		return false
	case s.Again.N > 0:
		return s.Again.Passed(p.EndedOn, v.Case.Today, nil)
	case p.Subject.Kind == SubjectInvoice:
		return p.Ended == ReasonSettled || p.Ended == ReasonGoal
	case p.Subject.Kind == SubjectAccount && p.Subject.Ref == "":
		return (p.Ended == ReasonSettled || p.Ended == ReasonGoal) && p.EndedOn < v.Case.Today
	}
	return false
}

// takes reports whether a sequence wants a subject now. One that abstains, such
// as for want of a rate, does not, and the document's verdict says so.
func (v *View) takes(d *Due) bool {
	facts := v.facts(d)
	for _, c := range []*condition{d.Sequence.enter, d.Sequence.segment} {
		ok, err := c.holds(&v.machine, facts)
		if err != nil && d.Item != nil {
			v.abstains[d.Item.Doc.ID] = fmt.Sprintf("%s: %v", d.Sequence.Name, err)
		}
		if err != nil || !ok {
			return false
		}
	}
	return true
}

// learn puts what people told about a position's tasks behind it, and follows
// the branch that a task not done in time opens.
func (v *View) learn(p *Position) {
	s := v.Book.version(p)
	for i := range p.Done {
		done := &p.Done[i]
		if done.How != DoneTask || done.Result != "" {
			continue
		}
		if answer := v.answer(p.taskKey(done)); answer != nil {
			done.Result, done.Until = answer.Code, min(done.Until, answer.On)
		}
	}
	if s != nil {
		v.branch(p, s)
	}
}

// branch follows what the last step opens: the way on that it names, or that of
// a task which nobody did in time.
func (v *View) branch(p *Position, s *Sequence) {
	last := p.last()
	if last == nil || !last.How.effect() || last.Until > v.Case.Today {
		return
	}
	r := s.rung(last.Step)
	if r == nil {
		return
	}
	to := r.Next
	if last.How == DoneTask && last.Result == "" {
		if r.Otherwise == "wait" {
			last.Until = v.Case.Today + 1
			return
		}
		last.Result = notDone
		if r.Otherwise != "" && r.Otherwise != "next" {
			to = r.Otherwise
		}
	}
	if to != "" {
		p.jump(s, r, to, v.Case.Today)
	}
}

// notDone is the outcome of a task that nobody did in time.
const notDone = "not_done"

// answer returns how a task ended, nil while nobody told.
func (v *View) answer(key string) *intake.Fact {
	for i := range v.Case.Facts {
		if f := &v.Case.Facts[i]; f.Kind == intake.Outcome && f.Task == key {
			return f
		}
	}
	return nil
}

// taskKey is the key of the task that a step gave.
func (p *Position) taskKey(done *Done) string {
	if done.Task != "" {
		return done.Task
	}
	return Occasion{Sequence: p.Sequence, Subject: p.Subject, Step: done.Step, Repeat: done.Repeat, Episode: p.Episode}.Key()
}

// pass puts a step behind a position that had no effect.
func (p *Position) pass(r *Rung, repeat int, how How, on ar.Day) {
	p.Done = append(p.Done, Done{Step: r.ID, Repeat: repeat, On: on, How: how})
}

// jump passes over all steps between one and a later one.
func (p *Position) jump(s *Sequence, from *Rung, to string, on ar.Day) {
	for i := from.Index + 1; i < len(s.Steps) && s.Steps[i].ID != to; i++ {
		r := &s.Steps[i]
		for n := range r.repeats() {
			if !p.did(r.ID, n) {
				p.pass(r, n, DoneSkipped, on)
			}
		}
	}
}

// repeats is how often a step comes.
func (r *Rung) repeats() int {
	if r.Every.N > 0 {
		return r.Times
	}
	return 1
}
