package sequence

import (
	"errors"
	"fmt"

	"holdfast/engine/ar"
)

// Decide says what to do next for one party, and why. It reads no clock, no
// disk and no network: the same Case gives the same Decision.
func (b *Book) Decide(c Case) Decision {
	v := b.view(&c)
	v.leave()
	raised := v.raise()
	v.enter()
	due := v.advance()
	intents := append(raised, v.plan(due)...)
	intents = append(intents, v.release()...)
	v.open(intents)
	v.uncovered()
	v.State.Verdicts = v.verdicts
	return Decision{Verdicts: v.verdicts, Intents: intents, State: v.State, Next: v.nextLook()}
}

// open puts the steps of tasks behind their subjects: a task is opened by the
// very commit that keeps the decision.
func (v *View) open(intents []Intent) {
	for _, in := range intents {
		if in.Kind == Task {
			v.State.MarkDone(in.Occasions, v.Case.Today, DoneTask, in.DueOn)
		}
	}
}

// plan hands what is due to each step kind in turn.
func (v *View) plan(due []Due) []Intent {
	var intents []Intent
	for _, step := range v.Book.steps {
		var mine []Due
		for _, d := range due {
			if d.Rung.Do == step.Kind() {
				mine = append(mine, d)
			}
		}
		if len(mine) > 0 {
			intents = append(intents, step.Plan(v, mine)...)
		}
	}
	return intents
}

// enter gives a position to each subject that a sequence takes and that has
// none running in it.
func (v *View) enter() {
	if v.blocked() == ReasonFlawed {
		return
	}
	for _, s := range v.Book.Sequences {
		if s.Subject == SubjectAccount {
			v.enterAccounts(s)
			continue
		}
		for _, item := range v.Items {
			subject := Subject{Kind: SubjectInvoice, Customer: item.Account.Customer.Account.Customer, Document: item.Doc.ID}
			if item.Standing != ReasonUndated {
				v.enterOne(s, subject, item, item.Account)
			}
		}
	}
}

func (v *View) enterAccounts(s *Sequence) {
	for i := range v.Case.Accounts {
		a := &v.Case.Accounts[i]
		v.enterOne(s, Subject{Kind: SubjectAccount, Customer: a.Customer.Account.Customer}, nil, a)
	}
}

func (v *View) enterOne(s *Sequence, subject Subject, item *Item, a *Account) {
	p := v.State.position(s.Name, subject)
	if p != nil && (p.Ended == "" || p.Ended == ReasonFinished) || !v.takes(s, item, a) {
		return
	}
	if p == nil {
		v.State.Positions = append(v.State.Positions, Position{
			Sequence: s.Name, Hash: s.Hash, Subject: subject, EnteredOn: v.Case.Today,
		})
		return
	}
	*p = Position{
		Sequence: s.Name, Hash: s.Hash, Subject: subject, EnteredOn: v.Case.Today, Episode: p.Episode + 1,
	}
}

// takes reports whether a sequence wants a subject now. One that abstains, such
// as for want of a rate, does not, and the document's verdict says so.
func (v *View) takes(s *Sequence, item *Item, a *Account) bool {
	facts := v.facts(item, a)
	for _, c := range []*condition{s.enter, s.segment} {
		ok, err := c.holds(&v.machine, s.Subject, facts)
		if err != nil && item != nil {
			v.abstains[item.Doc.ID] = fmt.Sprintf("%s: %v", s.Name, err)
		}
		if err != nil || !ok {
			return false
		}
	}
	return true
}

// advance finds the next step of every running position and returns those that
// are due today.
func (v *View) advance() []Due {
	var due []Due
	for i := range v.State.Positions {
		p := &v.State.Positions[i]
		if p.Ended != "" {
			continue
		}
		v.verdicts = append(v.verdicts, Verdict{Subject: p.Subject, Sequence: p.Sequence})
		d, verdict := v.nextStep(p)
		verdict.Subject, verdict.Sequence = p.Subject, p.Sequence
		if d.Rung != nil {
			verdict.Step = d.Rung.ID
		}
		v.verdicts[len(v.verdicts)-1] = verdict
		if verdict.Reason == ReasonDue {
			due = append(due, d)
		}
	}
	return due
}

// nextStep walks a position past the steps that lapse or are passed over, to the
// first that is not done, and says whether that is due.
func (v *View) nextStep(p *Position) (Due, Verdict) {
	s := v.Book.version(p)
	if s == nil {
		return Due{}, Verdict{Reason: ReasonRebuilt, Detail: "version " + p.Hash}
	}
	d := Due{Position: p, Sequence: s, Item: v.byID[p.Subject.Document], Account: v.account(p.Subject.Customer)}
	for {
		d.Rung, d.Repeat = s.after(p)
		if d.Rung == nil {
			p.Ended, p.EndedOn = ReasonFinished, v.Case.Today
			return d, Verdict{Reason: ReasonFinished}
		}
		verdict, passed := v.judge(&d)
		if passed == "" {
			return d, verdict
		}
		p.Done = append(p.Done, Done{Step: d.Rung.ID, Repeat: d.Repeat, On: v.Case.Today, How: passed})
	}
}

// judge says whether one step is due today, or how it is passed over.
func (v *View) judge(d *Due) (verdict Verdict, passed How) {
	today := v.Case.Today
	d.On = v.dueOn(d)
	if last := d.Rung.Until.onDoc(d, v); last != 0 && today > last {
		return Verdict{}, DoneLapsed
	}
	if verdict, stop := v.standsStill(d); stop {
		return verdict, ""
	}
	if d.On > today {
		return Verdict{Reason: ReasonNotYet, On: d.On}, ""
	}
	ok, err := d.Rung.when.holds(&v.machine, d.Sequence.Subject, v.facts(d.Item, d.Account))
	switch {
	case errors.Is(err, errAbstain):
		return Verdict{Reason: ReasonAbstain, Detail: errAbstain.Error()}, ""
	case err != nil:
		return Verdict{Reason: ReasonAbstain, Detail: err.Error()}, ""
	case !ok && d.Rung.Waits:
		return Verdict{Reason: ReasonCondition, Detail: d.Rung.when.text}, ""
	case !ok:
		return Verdict{}, DoneSkipped
	}
	return Verdict{Reason: ReasonDue, On: d.On}, ""
}

// standsStill gives the reasons for which a position does not move whatever
// the day.
func (v *View) standsStill(d *Due) (Verdict, bool) {
	p := d.Position
	if reason := v.blocked(); reason == ReasonFlawed || reason != "" && d.Rung.Do != "statement" {
		return Verdict{Reason: reason}, true
	}
	if d.Item != nil && d.Item.Standing != "" {
		return Verdict{Reason: d.Item.Standing, Detail: d.Item.Detail}, true
	}
	if pending := v.pending(d.Occasion()); pending != nil {
		reason := ReasonPending
		if pending.State == "uncertain" {
			reason = ReasonUncertain
		}
		if pending.State == "waiting" {
			reason = ReasonApproval
		}
		return Verdict{Reason: reason, Detail: fmt.Sprintf("delivery %d", pending.Delivery)}, true
	}
	if p.NotBefore > v.Case.Today {
		return Verdict{Reason: ReasonAdopted, On: p.NotBefore}, true
	}
	if last := p.last(); last != nil && last.Until > v.Case.Today {
		return Verdict{Reason: ReasonTaskOpen, On: last.Until}, true
	}
	return Verdict{}, false
}

// blocked returns why nothing at all happens with this party, empty where
// nothing stands against it.
func (v *View) blocked() Reason {
	lead := &v.Lead().Customer
	for i := range v.Case.Accounts {
		if len(v.Case.Accounts[i].Flaws) > 0 {
			return ReasonFlawed
		}
	}
	if lead.DunningBlock || v.Book.Policy.DoNotDun[lead.Number] {
		return ReasonBlocked
	}
	return ""
}

func (v *View) pending(o Occasion) *Pending {
	for i := range v.Case.Pending {
		for _, have := range v.Case.Pending[i].Occasions {
			if have == o {
				return &v.Case.Pending[i]
			}
		}
	}
	return nil
}

func (v *View) account(id ar.CustomerID) *Account {
	for i := range v.Case.Accounts {
		if a := &v.Case.Accounts[i]; a.Customer.Account.Customer == id {
			return a
		}
	}
	return v.Lead()
}

// nextLook returns the next day to decide: tomorrow while anything is open,
// since a document may fall due and a condition may turn any day.
func (v *View) nextLook() ar.Day {
	running := len(v.Items) > 0 || len(v.Case.Holds) > 0
	for i := range v.State.Positions {
		running = running || v.State.Positions[i].Ended == ""
	}
	if !running {
		return 0
	}
	return v.Case.Today + 1
}
