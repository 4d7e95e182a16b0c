package sequence

import "holdfast/engine/ar"

// release lifts each hold of ours that nothing proposes any more. A hold that a
// person placed is lifted by a person.
func (v *View) release() []Intent {
	var intents []Intent
	for i := range v.Case.Holds {
		entry := &v.Case.Holds[i]
		if !v.liftable(entry) || v.proposed(entry) {
			continue
		}
		intents = append(intents, Intent{
			Kind: Release, Account: entry.Account, Entry: entry.ID, Reason: ReasonCause,
			Detail: "nothing that proposed the hold is open and overdue any more",
		})
	}
	return intents
}

// liftable reports whether an entry is one that a decision may end.
func (v *View) liftable(e *ar.HoldEntry) bool {
	switch e.State {
	case ar.EntryPlanned, ar.EntryProposed, ar.EntryPlaced, ar.EntryShadow:
		return !e.ByPerson()
	}
	return false
}

// proposed reports whether any step that asks for the hold on the entry's
// account still stands.
func (v *View) proposed(e *ar.HoldEntry) bool {
	waiting := e.State == ar.EntryPlanned || e.State == ar.EntryProposed
	for i := range v.State.Positions {
		p := &v.State.Positions[i]
		if p.Ended != "" || p.SettledOn != 0 || p.Subject.Customer != e.Account.Customer {
			continue
		}
		s := v.Book.version(p)
		if s == nil {
			return true // what placed it cannot be read any more: leave it to a person
		}
		for j := range s.Steps {
			if r := &s.Steps[j]; r.Do == "hold" && (waiting || p.did(r.ID, 0)) && v.asksForHold(p, s, r) {
				return true
			}
		}
	}
	return false
}

// asksForHold reports whether a hold step's subject is still overdue and asked
// for, and its condition true.
func (v *View) asksForHold(p *Position, s *Sequence, r *Rung) bool {
	item := v.byID[p.Subject.Document]
	if p.Subject.Kind == SubjectInvoice && (item == nil || item.Asked == 0 || item.late(v.Case.Today) <= 0) {
		return false
	}
	d := v.due(p, s)
	ok, err := r.when.holds(&v.machine, v.facts(&d))
	return ok || err != nil
}
