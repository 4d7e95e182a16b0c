package ledger

import (
	"cmp"
	"slices"
	"strings"

	"holdfast/engine/ar"
)

// Cause is why an account's balance moved.
type Cause string

// The causes of a movement. An application within one account and currency
// moves nothing and is no movement.
const (
	Posted     Cause = "posted"     // the document itself
	Discount   Cause = "discount"   // taken with a receipt
	WriteOff   Cause = "write_off"  // given up with a receipt
	Transfer   Cause = "transfer"   // applied from or to another account or currency
	Adjustment Cause = "adjustment" // the document's open amount changed and no application says why
)

// Movement is one change of an account's balance, in minor units of the
// document's currency: positive where the customer owes more.
type Movement struct {
	Day      ar.Day
	Cause    Cause
	Document ar.Document
	Amount   int64
}

// History is an account's documents with everything that moved their open
// amounts, oldest first.
type History struct {
	entries []entry
}

// entry is one document with its events.
type entry struct {
	doc    ar.Document
	events []event
}

// event changes the open amount of one document. inner events are applications
// whose other side is in the same account and currency: they cancel out.
type event struct {
	day    ar.Day
	cause  Cause
	inner  bool
	amount int64
}

// History sorts out what moved each document and when. An application counts
// from the latest of its own day and the posting days of its two documents, so
// that no side moves before the other is there.
func (l AccountLedger) History() History {
	at := make(map[ar.DocumentID]int, len(l.Documents))
	h := History{entries: make([]entry, 0, len(l.Documents))}
	for _, d := range l.Documents {
		if d.Voided {
			continue
		}
		at[d.ID] = len(h.entries)
		h.entries = append(h.entries, entry{doc: d, events: []event{{day: PostingDay(d), cause: Posted, amount: d.Amount}}})
	}
	for _, a := range l.Applications {
		if !a.Reversed {
			h.apply(a, at)
		}
	}
	for i := range h.entries {
		h.entries[i].settle()
	}
	return h
}

// apply adds the events of one application to the documents that are here.
func (h History) apply(a ar.Application, at map[ar.DocumentID]int) {
	day := a.AppliedOn
	if day == 0 {
		day = a.PostedOn
	}
	i, hasDoc := at[a.Document]
	j, hasReceipt := at[a.Receipt]
	if hasDoc {
		day = max(day, PostingDay(h.entries[i].doc))
	}
	if hasReceipt {
		day = max(day, PostingDay(h.entries[j].doc))
	}
	inner := hasDoc && hasReceipt && h.entries[i].doc.Currency == h.entries[j].doc.Currency
	if hasDoc {
		h.entries[i].add(day, Transfer, inner, -a.Amount)
		h.entries[i].add(day, Discount, false, -a.Discount)
		h.entries[i].add(day, WriteOff, false, -a.WriteOff)
	}
	if hasReceipt && (inner || !hasDoc) {
		h.entries[j].add(day, Transfer, inner, a.Amount)
	}
}

// add appends an event that moves something.
func (e *entry) add(day ar.Day, cause Cause, inner bool, amount int64) {
	if amount != 0 {
		e.events = append(e.events, event{day: day, cause: cause, inner: inner, amount: amount})
	}
}

// settle makes the events end at what the ERP says is open now. What no
// application explains goes off on the closing day; where the document is
// still open the ERP does not say when, and the posting day stands for it. A
// document whose amount the preset does not read gets it from here.
func (e *entry) settle() {
	rest := baseOpen(e.doc)
	last := PostingDay(e.doc)
	for _, ev := range e.events {
		rest -= ev.amount
		last = max(last, ev.day)
	}
	if e.doc.Amount == 0 {
		e.events[0].amount = rest
		return
	}
	day := PostingDay(e.doc)
	switch {
	case e.doc.ClosedOn != 0:
		day = max(day, e.doc.ClosedOn)
	case e.doc.Open == 0:
		day = last
	}
	e.add(day, Adjustment, false, rest)
}

// openAt is the sum of the events up to the end of day.
func (e entry) openAt(day ar.Day) int64 {
	var open int64
	for _, ev := range e.events {
		if ev.day <= day {
			open += ev.amount
		}
	}
	return open
}

// OpenAt returns the open amount that doc had at the end of day, in minor
// units: what is open now, plus what was applied, discounted and written off
// later, plus the unexplained rest of a document that was closed later. It is
// 0 before the posting day and for a voided document. applications may be any;
// those of other documents are passed over.
func OpenAt(doc ar.Document, applications []ar.Application, day ar.Day) int64 {
	var mine []ar.Application
	for _, a := range applications {
		if a.Document == doc.ID || a.Receipt == doc.ID {
			mine = append(mine, a)
		}
	}
	h := AccountLedger{Documents: []ar.Document{doc}, Applications: mine}.History()
	if len(h.entries) == 0 {
		return 0
	}
	return h.entries[0].openAt(day)
}

// AsOf returns the documents open at the end of day, as AccountLedger.AsOf.
func (h History) AsOf(day ar.Day) []ar.Document {
	var docs []ar.Document
	for _, e := range h.entries {
		open := e.openAt(day)
		if open == 0 {
			continue
		}
		e.doc.Open = open
		docs = append(docs, e.doc)
	}
	SortDocuments(docs)
	return docs
}

// Balance returns the account's balance per currency at the end of day.
// Currencies that never moved by then are left out.
func (h History) Balance(day ar.Day) ar.Balance {
	var b ar.Balance
	for _, e := range h.entries {
		if PostingDay(e.doc) <= day {
			b = b.Add(e.openAt(day), e.doc.Currency)
		}
	}
	return b
}

// Movements returns what moved the balance from the start of first to the end
// of last, ordered by currency, day, number and cause.
func (h History) Movements(first, last ar.Day) []Movement {
	var moves []Movement
	for _, e := range h.entries {
		for _, ev := range e.events {
			if !ev.inner && ev.day >= first && ev.day <= last {
				moves = append(moves, Movement{Day: ev.day, Cause: ev.cause, Document: e.doc, Amount: ev.amount})
			}
		}
	}
	slices.SortStableFunc(moves, func(a, b Movement) int {
		return cmp.Or(
			strings.Compare(string(a.Document.Currency), string(b.Document.Currency)),
			cmp.Compare(a.Day, b.Day),
			strings.Compare(a.Document.Number, b.Document.Number),
			cmp.Compare(a.Document.Instalment, b.Document.Instalment),
			strings.Compare(string(a.Cause), string(b.Cause)))
	})
	return moves
}

// PostingDay returns the day from which a document counts: the day it was
// posted, else issued; zero where the ERP knows neither, and it then counts
// from ever.
func PostingDay(d ar.Document) ar.Day {
	if d.PostedOn != 0 {
		return d.PostedOn
	}
	return d.IssuedOn
}

// baseOpen is what is open now: nothing on a closed document.
func baseOpen(d ar.Document) int64 {
	if d.ClosedOn != 0 {
		return 0
	}
	return d.Open
}
