package sequence

import (
	"errors"
	"fmt"
	"slices"

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
			v.State.markTask(&in, v.Case.Today)
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
		v.learn(p)
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

// due returns what a position is about, its step left out.
func (v *View) due(p *Position, s *Sequence) Due {
	return Due{Position: p, Sequence: s, Item: v.byID[p.Subject.Document], Told: v.toldOf(p.Subject), Account: v.account(p.Subject.Customer)}
}

// nextStep walks a position past the steps that lapse or are passed over, to the
// first that is not done, and says whether that is due.
func (v *View) nextStep(p *Position) (Due, Verdict) {
	s := v.Book.version(p)
	if s == nil {
		return Due{}, Verdict{Reason: ReasonRebuilt, Detail: "version " + p.Hash}
	}
	d := v.due(p, s)
	for {
		d.Rung, d.Repeat = s.after(p)
		if d.Rung == nil && p.waits(v.Case.Today) {
			return d, Verdict{Reason: ReasonTaskOpen, On: p.last().Until}
		}
		if d.Rung == nil {
			p.Ended, p.EndedOn = p.end(), v.Case.Today
			return d, Verdict{Reason: p.Ended}
		}
		verdict, passed := v.judge(&d)
		if passed == "" {
			return d, verdict
		}
		p.pass(d.Rung, d.Repeat, passed, v.Case.Today)
		if passed == DoneSkipped && d.Rung.Else != "" {
			p.jump(s, d.Rung, d.Rung.Else, v.Case.Today)
		}
	}
}

// judge says whether one step is due today, or how it is passed over.
func (v *View) judge(d *Due) (verdict Verdict, passed How) {
	today := v.Case.Today
	var known bool
	d.On, known = v.dueOn(d)
	if last := d.Rung.Until.day(d, v); last != 0 && today > last {
		return Verdict{}, DoneLapsed
	}
	if verdict, stop := v.standsStill(d); stop {
		return verdict, ""
	}
	switch {
	case !known:
		return Verdict{Reason: ReasonNotYet, Detail: "waits for: " + d.Rung.At.String()}, ""
	case d.On > today:
		return Verdict{Reason: ReasonNotYet, On: d.On}, ""
	case d.From.After(v.Case.Now) && !v.Case.Now.IsZero():
		return Verdict{Reason: ReasonNotYet, On: d.On, Detail: "from " + d.From.Format("15:04")}, ""
	}
	ok, err := d.Rung.when.holds(&v.machine, v.facts(d))
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
	if reason, detail, on := v.blocked(d); reason != "" {
		return Verdict{Reason: reason, Detail: detail, On: on}, true
	}
	if p.Subject.Kind == SubjectInvoice && d.Item != nil && d.Item.Standing != "" {
		return Verdict{Reason: d.Item.Standing, Detail: d.Item.Detail}, true
	}
	if d.contested() {
		return Verdict{Reason: ReasonDisputed, Detail: "all that was promised is in dispute"}, true
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
	if last := p.last(); p.waits(v.Case.Today) {
		return Verdict{Reason: ReasonTaskOpen, On: last.Until}, true
	}
	return Verdict{}, false
}

// contested reports whether a step would remind of a promise of which everything
// is in dispute now, or no longer ours to collect.
func (d *Due) contested() bool {
	if d.Position.Subject.Kind != SubjectPromise || d.Told == nil || len(d.Told.Items) == 0 || d.Purpose() == Response {
		return false
	}
	return !slices.ContainsFunc(d.Told.Items, func(i *Item) bool { return i.Standing != ReasonDisputed && i.Standing != ReasonAway })
}

// blocked returns why nothing of this kind happens with the party, with the day
// it ends where that is known; empty where nothing stands against it. What only
// our own people do, and answers to the customer, go on during a pause.
func (v *View) blocked(d *Due) (Reason, string, ar.Day) {
	if v.flawed() {
		return ReasonFlawed, "", 0
	}
	if d.Rung.Do == "statement" || d.inside() || d.Purpose() == Response {
		return "", "", 0
	}
	return v.silent()
}

// inside reports whether a step concerns our own people alone.
func (d *Due) inside() bool {
	switch d.Rung.Do {
	case "task", "approve", "wait", "release":
		return d.Purpose() != Dunning && d.Purpose() != Legal
	}
	return false
}

// silent returns why nothing goes to the party of our own accord.
func (v *View) silent() (Reason, string, ar.Day) {
	lead := v.Lead()
	t := v.terms(lead)
	switch {
	case lead.Customer.DunningBlock || v.Book.Policy.DoNotDun[lead.Customer.Number]:
		return ReasonBlocked, "", 0
	case t.pause != nil:
		return ReasonPaused, fmt.Sprintf("until %s: %s", t.pause.Day, t.pause.Code), t.pause.Day + 1
	case t.reply != nil:
		return ReasonReplied, fmt.Sprintf("on %s", t.reply.On), v.replyPause(t.reply) + 1
	}
	return "", "", 0
}

// flawed reports whether a row of the party cannot be read.
func (v *View) flawed() bool {
	return slices.ContainsFunc(v.Case.Accounts, func(a Account) bool { return len(a.Flaws) > 0 })
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

// nextLook returns the next day to decide: tomorrow while anything is open or
// unanswered, since a document may fall due and a condition may turn any day; else the day
// that the next step waits for.
func (v *View) nextLook() ar.Day {
	tomorrow := v.Case.Today + 1
	if len(v.Items) > 0 || len(v.heard) > 0 || len(v.unanswered()) > 0 || slices.ContainsFunc(v.Case.Holds, func(e ar.HoldEntry) bool { return e.State.Live() }) {
		return tomorrow
	}
	next := ar.Day(0)
	for _, verdict := range v.verdicts {
		switch {
		case verdict.Reason == ReasonFinished || verdict.Reason == ReasonGoal || verdict.Reason == ReasonSettled:
		case verdict.Reason != ReasonNotYet || verdict.On <= tomorrow:
			return tomorrow
		case next == 0 || verdict.On < next:
			next = verdict.On
		}
	}
	if v.youngest() && (next == 0 || next > tomorrow) {
		return tomorrow
	}
	return next
}

// youngDays is how long a customer counts as new: so long it is looked at every
// day, though nothing of it may be open.
const youngDays = 120

// youngest reports whether the party has an account that is new.
func (v *View) youngest() bool {
	return slices.ContainsFunc(v.Case.Accounts, func(a Account) bool { return a.SeenOn != 0 && v.Case.Today-a.SeenOn < youngDays })
}
