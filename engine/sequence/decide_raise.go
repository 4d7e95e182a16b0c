package sequence

import (
	"fmt"
	"slices"
	"strings"

	"holdfast/engine/intake"
)

// cause is a task outside any sequence: who should look at what.
type cause struct {
	key     string
	reason  Reason
	account *Account
	item    *Item
	detail  string
	role    string
}

// keepRaised is how many days a task that a step raised once is not raised
// again.
const keepRaised = 60

// raise gives each cause to a person once, and forgets those that have gone.
func (v *View) raise() []Intent {
	var intents []Intent
	var standing []Raised
	for _, r := range v.Case.State.Raised {
		if r.Stays && v.Case.Today-r.On < keepRaised || v.asks(r.Key) {
			standing = append(standing, r)
		}
	}
	for _, c := range v.causes() {
		i := slices.IndexFunc(v.Case.State.Raised, func(r Raised) bool { return r.Key == c.key })
		if i >= 0 {
			standing = append(standing, v.Case.State.Raised[i])
			continue
		}
		standing = append(standing, Raised{Key: c.key, On: v.Case.Today})
		intents = append(intents, v.taskOf(c))
	}
	v.State.Raised = standing
	return intents
}

// asks reports whether a key is that of a question to which a running position
// still waits for the answer: it is asked once.
func (v *View) asks(key string) bool {
	return strings.HasSuffix(key, yesSuffix) && slices.ContainsFunc(v.State.Positions, func(p Position) bool {
		return p.Ended == "" && strings.HasPrefix(key, p.Sequence+"|"+p.Subject.String()+"|")
	})
}

func (v *View) taskOf(c cause) Intent {
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
		if role := v.looksAt(item); role != "" {
			out = append(out, cause{
				key: fmt.Sprintf("%s|%s", item.Standing, item.Doc.ID), reason: item.Standing, account: item.Account,
				item: item, role: role, detail: item.Detail,
			})
		}
	}
	out = append(append(append(out, v.reopenings()...), v.broken()...), append(v.unanswered(), v.creditsLate()...)...)
	return slices.CompactFunc(out, func(x, y cause) bool { return x.key == y.key })
}

// looksAt returns who must look at a document as it stands, empty where nobody
// must.
func (v *View) looksAt(item *Item) string {
	switch item.Standing {
	case ReasonUndated, ReasonDeduction:
		return "collector"
	case ReasonMissingPO, ReasonNotAccepted:
		return "billing"
	case ReasonDirectDebit:
		if item.late(v.Case.Today) > debitPatience {
			return "cash application"
		}
	}
	return ""
}

// reopenings are the documents that were settled and are open again.
func (v *View) reopenings() []cause {
	var out []cause
	for i := range v.State.Positions {
		p := &v.State.Positions[i]
		item := v.byID[p.Subject.Document]
		if p.Ended == "" && p.reopened() && p.Subject.Kind == SubjectInvoice && item != nil {
			out = append(out, cause{
				key: fmt.Sprintf("%s|%s|%d", ReasonReopened, item.Doc.ID, p.Episode), reason: ReasonReopened,
				account: item.Account, item: item, role: "collector", detail: "it was settled and is open again",
			})
		}
	}
	return out
}

// brokenDays is how many days a broken promise stays a cause to call.
const brokenDays = 30

// broken are the promises that were not kept, unless a sequence of promises
// deals with them.
func (v *View) broken() []cause {
	var out []cause
	for i := range v.heard {
		h := &v.heard[i]
		t := v.told(h)
		if t == nil || t.As != ToldBroken && t.As != ToldPartly || v.Case.Today-t.On >= brokenDays || v.runs(h.Subject) {
			continue
		}
		out = append(out, cause{
			key: fmt.Sprintf("%s|%s", ReasonBroken, h.Subject.Ref), reason: ReasonBroken, account: v.account(h.Subject.Customer),
			role: "collector", detail: fmt.Sprintf("promised for %s, still to come: %s", h.Day, h.Left),
		})
	}
	return out
}

func (v *View) told(h *Heard) *Told {
	if h.Subject.Kind != SubjectPromise {
		return nil
	}
	return v.State.told(h.Fact.ID, h.Part)
}

// runs reports whether any sequence has or had a position for a subject.
func (v *View) runs(s Subject) bool {
	return slices.ContainsFunc(v.State.Positions, func(p Position) bool { return p.Subject == s })
}

// unanswered are the replies that nobody has dealt with: first to the collector,
// and once the pause is over to the deputy.
func (v *View) unanswered() []cause {
	var out []cause
	for i := range v.Case.Facts {
		f := &v.Case.Facts[i]
		if f.Kind != intake.Reply || v.endOf(f.ID) != nil || v.Case.Today-f.On >= brokenDays {
			continue
		}
		role := "collector"
		if v.Case.Today > v.replyPause(f) {
			role = "deputy"
		}
		out = append(out, cause{
			key: fmt.Sprintf("%s|%d|%s", ReasonReplied, f.ID, role), reason: ReasonReplied, account: v.account(f.Account.Customer),
			role: role, detail: fmt.Sprintf("wrote on %s: %s", f.On, f.Text),
		})
	}
	return out
}

// creditsLate are the disputes whose credit was granted and is not in the ledger
// in time.
func (v *View) creditsLate() []cause {
	p := &v.Book.Policy
	var out []cause
	for i := range v.heard {
		h := &v.heard[i]
		if h.State != ToldWaiting || p.CreditWait.N == 0 {
			continue
		}
		if end := v.endOf(h.Fact.ID); end != nil && p.CreditWait.Passed(end.On, v.Case.Today, p.Business) {
			out = append(out, cause{
				key: fmt.Sprintf("%s|%d", ReasonCreditLate, h.Fact.ID), reason: ReasonCreditLate, account: v.account(h.Subject.Customer),
				role: "billing", detail: fmt.Sprintf("granted on %s, and the ledger does not show it", end.On),
			})
		}
	}
	return out
}
