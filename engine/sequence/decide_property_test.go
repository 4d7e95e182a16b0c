package sequence_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"holdfast/engine/ar"
	"holdfast/engine/calendar"
	"holdfast/engine/sequence"
)

// life is one drawn ledger as it is lived through, with all that was done.
type life struct {
	t       *rapid.T
	book    *sequence.Book
	c       sequence.Case
	sent    map[sequence.Occasion]ar.Day
	days    map[ar.Day]int // messages
	warned  map[ar.DocumentID]ar.Day
	lastOf  map[ar.DocumentID]ar.Day // of its last step in past-due
	reopens map[ar.DocumentID]bool
}

// TestNobodyIsDunnedAgainstTheRules lives drawn ledgers through drawn payments,
// disputes, returns, refusals and downtime, and looks at what reaches the
// customer.
func TestNobodyIsDunnedAgainstTheRules(t *testing.T) {
	bk := book(t, policy())
	rapid.Check(t, func(t *rapid.T) {
		l := draw(t, bk)
		for range 150 {
			l.happen()
			if rapid.IntRange(0, 9).Draw(t, "up") > 0 {
				l.day()
			}
			l.c.Today++
		}
	})
}

func draw(t *rapid.T, b *sequence.Book) *life {
	start := ar.MustDay("2026-01-05")
	var docs []ar.Document
	for i := range rapid.IntRange(1, 5).Draw(t, "documents") {
		d := invoice(fmt.Sprint("d", i), (start + ar.Day(rapid.IntRange(-60, 40).Draw(t, "due"))).String())
		d.Open = int64(rapid.IntRange(100, 300000).Draw(t, "open"))
		d.Amount = d.Open
		if rapid.Bool().Draw(t, "euro") {
			d.Currency = "EUR"
		}
		docs = append(docs, d)
	}
	return &life{
		t: t, book: b, c: caseOn(start.String(), docs...), sent: map[sequence.Occasion]ar.Day{}, days: map[ar.Day]int{},
		warned: map[ar.DocumentID]ar.Day{}, lastOf: map[ar.DocumentID]ar.Day{}, reopens: map[ar.DocumentID]bool{},
	}
}

// happen lets the ERP's world move.
func (l *life) happen() {
	docs := append([]ar.Document(nil), l.c.Accounts[0].Documents...)
	l.c.Accounts = []sequence.Account{l.c.Accounts[0]}
	d := &docs[rapid.IntRange(0, len(docs)-1).Draw(l.t, "which")]
	switch rapid.IntRange(0, 60).Draw(l.t, "event") {
	case 0:
		d.Open = 0
	case 1:
		d.Disputed, d.DisputedAmount = true, 0
	case 2:
		d.Disputed = false
	case 3:
		if d.Open == 0 { // the cheque came back
			d.Open = d.Amount
			l.reopens[d.ID] = true
		}
	case 4:
		d.Open = min(d.Open, d.Amount/2+1)
	}
	l.c.Accounts[0].Documents = docs
}

// day decides and carries out one day; now and then a message is refused.
func (l *life) day() {
	l.c.NewHolds = 5
	d := l.book.Decide(l.c)
	var outcomes []sequence.Outcome
	for _, in := range d.Intents {
		ok := in.Kind != sequence.Message || rapid.IntRange(0, 9).Draw(l.t, "accepted") > 0
		if ok {
			l.check(in)
			outcomes = append(outcomes, sequence.Outcome{Intent: in, Done: !in.Approve, On: l.c.Today})
		}
	}
	l.c = l.c.After(d, outcomes)
}

func (l *life) check(in sequence.Intent) {
	today := l.c.Today
	for _, o := range in.Occasions {
		if on, twice := l.sent[o]; twice {
			l.t.Fatalf("%s: %s was done on %s and again on %s", in.Kind, o.Key(), on, today)
		}
		l.sent[o] = today
		doc := l.document(o.Subject.Document)
		if doc.Open <= 0 {
			l.t.Fatalf("%s %s for the settled document %s", today, in.Kind, doc.ID)
		}
		if doc.DisputedOpen() == doc.Open {
			l.t.Fatalf("%s %s for the disputed document %s", today, in.Kind, doc.ID)
		}
	}
	switch in.Kind {
	case sequence.Message:
		l.checkMessage(in)
	case sequence.Hold:
		l.checkHold(in)
	}
}

func (l *life) checkMessage(in sequence.Intent) {
	today := l.c.Today
	if l.days[today]++; l.days[today] > 1 {
		l.t.Fatalf("%s: two messages to one party", today)
	}
	if in.Purpose == sequence.Dunning {
		for ago := ar.Day(1); ago < 3; ago++ {
			if l.days[today-ago] > 0 {
				l.t.Fatalf("%s: a reminder %d days after the last message", today, ago)
			}
		}
	}
	if !policy().Business.IsBusinessDay(today) {
		l.t.Fatalf("%s is no business day", today)
	}
	for _, m := range in.Asked {
		if m.Minor <= 0 || m.Minor > l.overdueOrCovered(in, m.Currency) {
			l.t.Fatalf("%s: asked for %s", today, m)
		}
	}
	for _, o := range in.Occasions {
		doc := o.Subject.Document
		if o.Step == "warn-hold" {
			l.warned[doc] = today
		}
		if o.Sequence != "past-due" || l.reopens[doc] {
			continue
		}
		if last := l.lastOf[doc]; last != 0 && today-last < 4 {
			l.t.Fatalf("%s: %s only %d days after the last step of %s", today, o.Step, today-last, doc)
		}
		l.lastOf[doc] = today
	}
}

// overdueOrCovered sums what may be asked for in a currency.
func (l *life) overdueOrCovered(in sequence.Intent, cur ar.Currency) int64 {
	var sum int64
	for _, line := range in.Lines {
		if line.Document.Currency == cur {
			sum += line.Document.Open
		}
	}
	return sum
}

func (l *life) checkHold(in sequence.Intent) {
	for _, o := range in.Occasions {
		warned := l.warned[o.Subject.Document]
		ago := calendar.Span{N: 5, Business: true}
		if warned == 0 || !ago.Passed(warned, l.c.Today, policy().Business) {
			l.t.Fatalf("%s: hold for %s, warned on %q", l.c.Today, o.Subject, warned)
		}
	}
}

func (l *life) document(id ar.DocumentID) ar.Document {
	for _, d := range l.c.Accounts[0].Documents {
		if d.ID == id {
			return d
		}
	}
	return ar.Document{ID: id}
}
