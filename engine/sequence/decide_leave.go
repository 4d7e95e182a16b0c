package sequence

import (
	"fmt"
	"slices"

	"holdfast/engine/ar"
)

// keepEnded is how many days an ended position is remembered, so that a
// document that opens again resumes where it stood.
const keepEnded = 180

// leave ends the positions whose subject is settled and wakes those whose
// subject is open again. Paid is an exit, always, at once.
func (v *View) leave() {
	kept := v.State.Positions[:0]
	for _, p := range v.State.Positions {
		open := v.owes(p.Subject)
		switch {
		case p.Ended == "" && !open:
			p.Ended, p.EndedOn = ReasonSettled, v.Case.Today
		case p.Ended == ReasonSettled && open && p.Subject.Kind == SubjectInvoice:
			p.Ended, p.EndedOn, p.Episode = "", 0, p.Episode+1
		}
		if p.Ended == "" || v.Case.Today-p.EndedOn < keepEnded {
			kept = append(kept, p)
		}
	}
	v.State.Positions = kept
	v.goals()
}

// owes reports whether a subject still owes.
func (v *View) owes(s Subject) bool {
	if s.Kind == SubjectInvoice {
		return v.byID[s.Document] != nil
	}
	return slices.ContainsFunc(v.Items, func(i *Item) bool { return i.Account.Customer.Account.Customer == s.Customer })
}

// goals ends positions whose sequence's own goal is reached.
func (v *View) goals() {
	for i := range v.State.Positions {
		p := &v.State.Positions[i]
		s := v.Book.version(p)
		if p.Ended != "" || s == nil || s.goal == nil {
			continue
		}
		facts := v.facts(v.byID[p.Subject.Document], v.account(p.Subject.Customer))
		if reached, err := s.goal.holds(&v.machine, s.Subject, facts); err == nil && reached {
			p.Ended, p.EndedOn = ReasonFinished, v.Case.Today
		}
	}
}

// cause is a task outside any sequence: who should look at what.
type cause struct {
	key     string
	reason  Reason
	account *Account
	item    *Item
	detail  string
	role    string
}

// raise gives each cause to a person once, and forgets those that have gone.
func (v *View) raise() []Intent {
	var intents []Intent
	var standing []Raised
	for _, c := range v.causes() {
		i := slices.IndexFunc(v.Case.State.Raised, func(r Raised) bool { return r.Key == c.key })
		if i >= 0 {
			standing = append(standing, v.Case.State.Raised[i])
			continue
		}
		standing = append(standing, Raised{Key: c.key, On: v.Case.Today})
		intents = append(intents, v.taskFor(c))
	}
	v.State.Raised = standing
	return intents
}

func (v *View) taskFor(c cause) Intent {
	in := Intent{
		Kind: Task, Account: c.account.Customer.Account, Reason: c.reason, Role: c.role, Detail: c.detail,
		Key:   fmt.Sprintf("%s|%s|%s", c.key, v.Case.Party, v.Case.Today),
		DueOn: v.Book.Policy.Business.AddBusinessDays(v.Case.Today, 2),
	}
	if c.item != nil {
		in.Lines = []Line{{Document: *c.item.Doc, Asked: c.item.Asked}}
	}
	return in
}

// causes lists what people must look at today.
func (v *View) causes() []cause {
	var out []cause
	for i := range v.Case.Accounts {
		a := &v.Case.Accounts[i]
		for _, f := range a.Flaws {
			out = append(out, cause{
				key: fmt.Sprintf("flaw|%s|%s|%s", f.Entity, f.ID, f.Field), reason: ReasonFlawed, account: a, role: "it",
				detail: fmt.Sprintf("%s %s: %s", f.Entity, f.ID, f.Reason),
			})
		}
	}
	for _, item := range v.Items {
		if item.Standing == ReasonUndated || item.Standing == ReasonDeduction {
			out = append(out, cause{
				key: fmt.Sprintf("%s|%s", item.Standing, item.Doc.ID), reason: item.Standing, account: item.Account,
				item: item, role: "collector", detail: item.Detail,
			})
		}
	}
	for i := range v.State.Positions {
		p := &v.State.Positions[i]
		item := v.byID[p.Subject.Document]
		if p.Ended == "" && p.Episode > 0 && p.Subject.Kind == SubjectInvoice && item != nil {
			out = append(out, cause{
				key: fmt.Sprintf("%s|%s|%d", ReasonReopened, item.Doc.ID, p.Episode), reason: ReasonReopened,
				account: item.Account, item: item, role: "collector", detail: "it was settled and is open again",
			})
		}
	}
	return slices.CompactFunc(out, func(x, y cause) bool { return x.key == y.key })
}

// uncovered gives a verdict to each overdue document that no sequence speaks
// for, so that none is without a state.
func (v *View) uncovered() {
	seen := map[ar.DocumentID]bool{}
	for _, verdict := range v.verdicts {
		seen[verdict.Subject.Document] = true
	}
	for _, item := range v.Items {
		if seen[item.Doc.ID] || item.Doc.DueOn >= v.Case.Today && item.Doc.DueOn != 0 {
			continue
		}
		reason, detail := item.Standing, item.Detail
		if blocked := v.blocked(); blocked != "" {
			reason = blocked
		}
		if reason == "" {
			reason = ReasonNoSequence
			if why := v.abstains[item.Doc.ID]; why != "" {
				reason, detail = ReasonAbstain, why
			}
		}
		subject := Subject{Kind: SubjectInvoice, Customer: item.Account.Customer.Account.Customer, Document: item.Doc.ID}
		v.verdicts = append(v.verdicts, Verdict{Subject: subject, Reason: reason, Detail: detail})
	}
}
