package sequence

import (
	"slices"

	"holdfast/engine/ar"
	"holdfast/engine/intake"
)

const (
	keepEnded    = 180 // days an ended position is remembered, so that a document that opens again resumes where it stood
	keepTold     = 400 // days it is remembered what became of a promise
	farewellDays = 30  // days in which a settled subject may still have its last word
	monthLasts   = 45  // days after its end on which a month is over
)

// leave ends the positions whose subject is settled or whose sequence's goal is
// reached, and wakes those whose document is open again. Paid is an exit,
// always, at once; only a farewell may follow.
func (v *View) leave() {
	kept := v.State.Positions[:0]
	for i := range v.State.Positions {
		p := &v.State.Positions[i]
		s := v.Book.version(p)
		if p.Ended == "" {
			v.end(p, s)
		} else if p.Ended == ReasonSettled && p.Subject.Kind == SubjectInvoice && v.byID[p.Subject.Document] != nil {
			p.Ended, p.EndedOn, p.SettledOn, p.Episode = "", 0, 0, p.Episode+1
		}
		if p.Ended == "" || v.Case.Today-p.EndedOn < v.remembered(s) || v.mayReturn(p.Subject) {
			kept = append(kept, *p)
		}
	}
	v.State.Positions = kept
	v.State.Told = slices.DeleteFunc(v.State.Told, func(t Told) bool { return v.Case.Today-t.On >= keepTold })
}

// mayReturn reports whether a subject is still there to enter a sequence again,
// so that its position must be remembered: forgotten, it would begin anew and do
// for a second time what an occasion is done for once.
func (v *View) mayReturn(s Subject) bool {
	return s.Kind == SubjectAccount && s.Ref == "" || v.byID[s.Document] != nil
}

// remembered is how many days an ended position of a sequence is kept.
func (v *View) remembered(s *Sequence) ar.Day {
	if s == nil {
		return keepEnded
	}
	return max(keepEnded, ar.Day(s.Again.N+1))
}

// end ends a running position that has nothing left to do.
func (v *View) end(p *Position, s *Sequence) {
	reason := v.over(p, s)
	switch {
	case reason == "" && p.SettledOn != 0 && p.Subject.Kind == SubjectInvoice:
		p.SettledOn = 0
	case p.SettledOn != 0 && (reason == "" || v.Case.Today-p.SettledOn > farewellDays):
		p.Ended, p.EndedOn = ReasonSettled, v.Case.Today
	case reason == "" || p.SettledOn != 0:
	case v.hasFarewell(p, s):
		p.SettledOn = v.Case.Today
	default:
		p.Ended, p.EndedOn = reason, v.Case.Today
	}
}

// over says why a position has nothing left to do but its farewell, empty where
// it goes on.
func (v *View) over(p *Position, s *Sequence) Reason {
	if !v.stands(p, s) {
		return ReasonSettled
	}
	if s == nil || s.goal == nil {
		return ""
	}
	d := v.due(p, s)
	if reached, err := s.goal.holds(&v.machine, v.facts(&d)); err == nil && reached {
		return ReasonGoal
	}
	return ""
}

// stands reports whether the subject of a position still is one: it owes, it is
// in dispute, it is promised.
func (v *View) stands(p *Position, s *Sequence) bool {
	subject := p.Subject
	switch subject.Kind {
	case SubjectInvoice:
		return v.byID[subject.Document] != nil
	case SubjectMonth:
		return v.Case.Today-monthOf(subject).MonthEnd() <= monthLasts
	case SubjectDispute:
		h := v.toldOf(subject)
		return h != nil && !h.over()
	case SubjectPromise:
		h := v.toldOf(subject)
		return h != nil && h.State != ToldVoid && h.State != ToldKept && v.endOf(h.Fact.ID) == nil
	}
	return subject.Ref != "" || s != nil && !s.chases() || v.owes(subject.Customer)
}

// owes reports whether anything of an account is open.
func (v *View) owes(id ar.CustomerID) bool {
	return slices.ContainsFunc(v.Items, func(i *Item) bool { return i.Account.Customer.Account.Customer == id })
}

// hasFarewell reports whether a sequence has a last word for a position: a step
// that comes when the subject is settled, or when the hold that it placed is
// lifted.
func (v *View) hasFarewell(p *Position, s *Sequence) bool {
	if s == nil {
		return false
	}
	held := slices.ContainsFunc(p.Done, func(d Done) bool { return d.How == DoneHold })
	return slices.ContainsFunc(s.Steps, func(r Rung) bool {
		return r.At.Anchor == AnchorSettled || r.At.Anchor == AnchorReleased && held
	})
}

// uncovered gives a verdict to each overdue document that no sequence speaks
// for, so that none is without a state. That a sequence has come to its end
// today says less than how the document stands.
func (v *View) uncovered() {
	spoken, ended := map[ar.DocumentID]bool{}, map[ar.DocumentID]int{}
	for i, verdict := range v.verdicts {
		switch {
		case verdict.Subject.Kind != SubjectInvoice:
		case verdict.Reason == ReasonFinished || verdict.Reason == ReasonSettled:
			ended[verdict.Subject.Document] = i
		default:
			spoken[verdict.Subject.Document] = true
		}
	}
	for _, item := range v.Items {
		if spoken[item.Doc.ID] || item.Doc.DueOn >= v.Case.Today && item.Doc.DueOn != 0 {
			continue
		}
		i, ok := ended[item.Doc.ID]
		if !ok {
			i = len(v.verdicts)
			subject := Subject{Kind: SubjectInvoice, Customer: item.Account.Customer.Account.Customer, Document: item.Doc.ID}
			v.verdicts = append(v.verdicts, Verdict{Subject: subject})
		}
		v.verdicts[i].Reason, v.verdicts[i].Detail = v.unspoken(item)
	}
}

// unspoken says why no sequence speaks for a document.
func (v *View) unspoken(item *Item) (Reason, string) {
	if v.flawed() {
		return ReasonFlawed, ""
	}
	if reason, detail, _ := v.silent(); reason != "" {
		return reason, detail
	}
	if item.Standing != "" {
		return item.Standing, item.Detail
	}
	if why := v.abstains[item.Doc.ID]; why != "" {
		return ReasonAbstain, why
	}
	return v.ended(item)
}

// ended says how the sequences that spoke for a document ended, or that there
// was none.
func (v *View) ended(item *Item) (Reason, string) {
	for i := range v.State.Positions {
		p := &v.State.Positions[i]
		if p.Subject.Kind == SubjectInvoice && p.Subject.Document == item.Doc.ID && (p.Ended == ReasonFinished || p.Ended == ReasonDeclined) {
			return p.Ended, p.Sequence
		}
	}
	return ReasonNoSequence, ""
}

// collectionFailed reports whether somebody told that a direct debit failed.
func (v *View) collectionFailed(doc *ar.Document) bool {
	return slices.ContainsFunc(v.Case.Facts, func(f intake.Fact) bool {
		return f.Kind == intake.Event && f.Code == intake.CollectionFailed && f.Account == doc.Account && f.Covers(doc.ID)
	})
}
