// Package intake is the one door for what people tell: promises, disputes,
// instalment plans, pauses, outcomes of calls, preferences. A fact never moves
// a sequence; the next decision sees it.
package intake

import (
	"time"

	"holdfast/engine/ar"
)

// Kind is what a fact says.
type Kind string

// The kinds of fact.
const (
	Promise      Kind = "promise"        // they will pay Amount by Day
	Plan         Kind = "plan"           // they will pay in Parts
	Dispute      Kind = "dispute"        // Documents, or an amount of each, are contested
	Pause        Kind = "pause"          // nothing automated until Day is over
	Note         Kind = "note"           // worth knowing, no effect
	Outcome      Kind = "outcome"        // how a task or call ended: Code, and Task where it closes one
	Reply        Kind = "reply"          // they wrote: automated steps pause until somebody answers
	Preference   Kind = "preference"     // Code is what is preferred, Value how
	Consent      Kind = "consent"        // Value given or revoked, for a channel or one address
	DoNotContact Kind = "do_not_contact" // not by Channel, not at Address; empty means any
	Accepted     Kind = "accepted"       // the customer's portal took these documents
	Event        Kind = "event"          // Code happened: sequences begin by it
	Returned     Kind = "returned"       // the agency or the lawyer gave Documents back; none: the account
	Classified   Kind = "classified"     // a suspected deduction was looked at: Code
	End          Kind = "end"            // ends the fact Ref: Code says how
)

// Fact is one thing that a person told. It is never changed: a later fact ends
// it. Fields that do not belong to its kind are zero.
type Fact struct {
	ID        int64        `json:"id"`
	Kind      Kind         `json:"kind"`
	Account   ar.AccountID `json:"account"`
	Documents []Covered    `json:"documents,omitempty"` // none: the whole account
	Day       ar.Day       `json:"day,omitempty"`       // promise: the day of payment; pause: its last day
	Amount    ar.Balance   `json:"amount,omitempty"`    // promise: what is promised, per currency
	Unapplied ar.Balance   `json:"unapplied,omitempty"` // credit that was on the account when a promise or plan was told
	Parts     []Part       `json:"parts,omitempty"`     // plan
	Code      string       `json:"code,omitempty"`
	Value     string       `json:"value,omitempty"`
	Text      string       `json:"text,omitempty"`
	Owner     string       `json:"owner,omitempty"` // dispute: who works on it, a role or a name
	Task      string       `json:"task,omitempty"`  // outcome: key of the task that it closes
	Ref       int64        `json:"ref,omitempty"`   // end: the fact that is over
	Channel   string       `json:"channel,omitempty"`
	Address   string       `json:"address,omitempty"` // lower case; a telephone as E.164 where it can be written so
	By        string       `json:"by"`
	On        ar.Day       `json:"on"` // the company's day on which it was told
	At        time.Time    `json:"at"`
	Key       string       `json:"key,omitempty"` // told once, however often it is handed in; empty: no such key
}

// Covered is one document that a fact speaks of.
type Covered struct {
	Document ar.DocumentID `json:"document"`
	Number   string        `json:"number"`
	Currency ar.Currency   `json:"currency"`
	Open     int64         `json:"open"`             // when the fact was told, minor units
	Amount   int64         `json:"amount,omitempty"` // of a dispute: how much of it is contested; 0: all
}

// Part is one instalment of a plan.
type Part struct {
	Day    ar.Day   `json:"day"`
	Amount ar.Money `json:"amount"`
}

// Covers reports whether a fact speaks of a document of its account; one that
// names no document speaks of all.
func (f *Fact) Covers(id ar.DocumentID) bool {
	if len(f.Documents) == 0 {
		return true
	}
	return f.covered(id) != nil
}

func (f *Fact) covered(id ar.DocumentID) *Covered {
	for i := range f.Documents {
		if f.Documents[i].Document == id {
			return &f.Documents[i]
		}
	}
	return nil
}

// Contested returns how much of a document a dispute contests, in minor units,
// never more than open; 0 where it does not speak of it.
func (f *Fact) Contested(id ar.DocumentID, open int64) int64 {
	if len(f.Documents) == 0 {
		return max(0, open)
	}
	c := f.covered(id)
	switch {
	case c == nil:
		return 0
	case c.Amount == 0:
		return max(0, open)
	}
	return max(0, min(open, c.Amount))
}

// Total returns what a promise or a plan up to and with its part promises, per
// currency. Parts count from 0; a promise has one.
func (f *Fact) Total(part int) ar.Balance {
	var sum ar.Balance
	if f.Kind == Promise {
		for _, m := range f.Amount {
			sum = sum.Add(m.Minor, m.Currency)
		}
		return sum
	}
	for _, p := range f.Parts[:part+1] {
		sum = sum.Add(p.Amount.Minor, p.Amount.Currency)
	}
	return sum
}
