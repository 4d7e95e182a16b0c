// Package worklist makes each collector's work of a day: what is open, ordered
// by what it is worth, as a workbook that is filled in and read back.
package worklist

import (
	"holdfast/engine/ar"
	"holdfast/engine/sequence"
)

// Task is something open that only a person can do, as a worklist needs it.
// Account is zero where it belongs to the company and to no customer.
type Task struct {
	ID        int64
	Key       string // unique within the company
	Party     ar.PartyID
	Account   ar.AccountID
	Script    string // empty: none
	Text      string // what to do; empty: as the script says
	Role      string // whose it is: "collector", or another role's or person's name
	Why       string // in words
	Documents []ar.DocumentID
	DueOn     ar.Day
	Outcomes  []string // the codes that it can end with
	Yes       bool     // asks for a yes or a no
}

// Options say for whom and for which day worklists are made.
type Options struct {
	Company string // its configured key
	Name    string // its name, for people
	Base    ar.Currency
	Day     ar.Day
	Contact []string // roles of contacts, best first
	Sign    []byte   // seals the rows' keys; nil: a checksum only
	Letter  bool     // US Letter paper; A4 otherwise
	// Say writes a task's script for its customer, "" where it has none. c is nil
	// where the task is of no customer. nil: no script has a text.
	Say func(t *Task, c *sequence.Case) string
}

// List is the work of one collector. Its rows stand in the order in which they
// should be worked.
type List struct {
	Options   `json:"-"`
	Collector string `json:"collector"`
	Rows      []Row  `json:"rows"`
}

// Row is one task with what a person must know to do it. What is not known is
// zero.
type Row struct {
	Place     int          `json:"place"`   // from 1
	Because   string       `json:"because"` // why it stands there
	Task      int64        `json:"task"`
	Key       string       `json:"key"` // of the task
	Customer  string       `json:"customer"`
	Number    string       `json:"customer_number"`
	Contact   string       `json:"contact"`
	Phone     string       `json:"phone"`
	Do        string       `json:"what_to_do"`
	Why       string       `json:"why"`
	Script    string       `json:"script"`
	Overdue   ar.Balance   `json:"overdue"`   // undisputed, per currency
	Documents []Document   `json:"documents"` // open ones; the task's own where it names some
	All       []Document   `json:"-"`         // whatever is open on the account
	Last      *LastContact `json:"last_contact"`
	Promise   *Promise     `json:"promise"`
	DueOn     ar.Day       `json:"due_on"`
	Outcomes  []string     `json:"outcomes"`
	Say       string       `json:"-"` // the text of the script
	Account   ar.AccountID `json:"-"`
	rank      rank
}

// Document is one open document of a row.
type Document struct {
	ID       ar.DocumentID `json:"id"`
	Number   string        `json:"number"`
	Kind     ar.Kind       `json:"kind"`
	IssuedOn ar.Day        `json:"issued_on"`
	DueOn    ar.Day        `json:"due_on"`
	Late     int           `json:"days_past_due"` // 0 where it is not late
	Amount   ar.Money      `json:"amount"`
	Open     ar.Money      `json:"open"`
	Disputed ar.Money      `json:"disputed"`
	PO       string        `json:"po_number"`
	base     *int64        // Open in base currency; nil where not known
}

// LastContact is when the customer and we last heard of each other.
type LastContact struct {
	On      ar.Day `json:"on"`
	How     string `json:"how"`     // "call", "reply", "email" ...
	Outcome string `json:"outcome"` // a code, or what was said; empty: sent
}

// Promise is the newest promise to pay, or the part of a plan that is next.
type Promise struct {
	Day    ar.Day             `json:"day"`
	Amount ar.Balance         `json:"amount"`
	State  sequence.ToldState `json:"state"`
}

// broken reports whether the promise was not kept, or in part only.
func (p *Promise) broken() bool {
	return p != nil && (p.State == sequence.ToldBroken || p.State == sequence.ToldPartly)
}
