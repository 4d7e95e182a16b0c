package sequence_test

import (
	"fmt"
	"slices"
	"time"

	"pgregory.net/rapid"

	"holdfast/engine/ar"
	"holdfast/engine/intake"
	"holdfast/engine/sequence"
)

// life is one party lived day by day, with what reached the customer.
type life struct {
	t      *rapid.T
	book   *sequence.Book
	c      sequence.Case
	facts  int64
	done   map[sequence.Occasion]ar.Day
	spoken []arrived // what arrived in the mailbox, in order
	tasks  []sequence.Intent
	up     map[ar.Day]bool // days on which the program ran
	owed   map[ar.Day]bool // days on which anything was open
	log    []string
}

// arrived is one message in the customer's mailbox.
type arrived struct {
	on ar.Day
	in sequence.Intent
}

const lifeDays = 150

// lifeStart is a Monday.
var lifeStart = ar.MustDay("2026-01-05")

// draw makes a party of one or two accounts with up to five documents.
func draw(t *rapid.T, b *sequence.Book) *life {
	l := &life{t: t, book: b, done: map[sequence.Occasion]ar.Day{}, up: map[ar.Day]bool{}, owed: map[ar.Day]bool{}}
	l.c = caseOn(lifeStart.String())
	first := &l.c.Accounts[0]
	first.Documents = l.documents("d", rapid.IntRange(1, 4).Draw(t, "documents"), first.Customer.Account)
	first.LastReceipts = map[ar.DocumentID]ar.Day{}
	if rapid.Bool().Draw(t, "branch") {
		branch := *first
		branch.Customer.Account.Customer, branch.Customer.Number, branch.Contacts = "c2", "C2", nil
		branch.Documents = l.documents("e", 1, branch.Customer.Account)
		branch.LastReceipts = map[ar.DocumentID]ar.Day{}
		l.c.Accounts = append(l.c.Accounts, branch)
	}
	return l
}

func (l *life) documents(prefix string, n int, id ar.AccountID) []ar.Document {
	var docs []ar.Document
	for i := range n {
		d := invoice(fmt.Sprint(prefix, i), (lifeStart + ar.Day(rapid.IntRange(-50, 40).Draw(l.t, "due"))).String())
		d.Account = id
		d.Open = int64(rapid.IntRange(100, 300000).Draw(l.t, "open"))
		d.Amount = d.Open
		worth := d.Open
		if rapid.IntRange(0, 3).Draw(l.t, "euro") == 0 {
			d.Currency = "EUR"
		}
		d.BaseOpen = &worth
		docs = append(docs, d)
	}
	return docs
}

// happen lets the world move: money comes, cheques return, people tell things.
func (l *life) happen() {
	l.c.Accounts = slices.Clone(l.c.Accounts)
	a := &l.c.Accounts[rapid.IntRange(0, len(l.c.Accounts)-1).Draw(l.t, "account")]
	a.Documents = slices.Clone(a.Documents)
	d := &a.Documents[rapid.IntRange(0, len(a.Documents)-1).Draw(l.t, "which")]
	switch event := rapid.IntRange(0, 70).Draw(l.t, "event"); {
	case d.Open < 0:
	case event < len(ledgerEvents):
		ledgerEvents[event](l, a, d)
	case event-len(ledgerEvents) < len(toldEvents):
		f := intake.Fact{Account: a.Customer.Account, On: l.c.Today, At: l.c.Today.Time(time.UTC), By: "ann"}
		if toldEvents[event-len(ledgerEvents)](l, d, &f) {
			l.tell(f)
		}
	}
	for i := range a.Documents {
		worth := a.Documents[i].Open
		a.Documents[i].BaseOpen = &worth
	}
}

func (l *life) tell(f intake.Fact) {
	l.facts++
	f.ID = l.facts
	l.c.Facts = append(slices.Clone(l.c.Facts), f)
}

// ledgerEvents are what the ERP shows.
var ledgerEvents = []func(*life, *sequence.Account, *ar.Document){
	func(l *life, a *sequence.Account, d *ar.Document) { l.receive(a, d, d.Open) },
	func(l *life, a *sequence.Account, d *ar.Document) { l.receive(a, d, d.Open/2) },
	func(l *life, a *sequence.Account, d *ar.Document) { l.receive(a, d, d.Open-d.Open/70) }, // a small rest
	func(_ *life, _ *sequence.Account, d *ar.Document) { d.Disputed, d.DisputedAmount = true, 0 },
	func(_ *life, _ *sequence.Account, d *ar.Document) { d.Disputed, d.DisputedAmount = true, d.Open/3 },
	func(_ *life, _ *sequence.Account, d *ar.Document) { d.Disputed = false },
	func(_ *life, _ *sequence.Account, d *ar.Document) { d.Open = d.Amount }, // what was paid came back
	func(l *life, a *sequence.Account, d *ar.Document) {
		a.Documents = append(a.Documents, ar.Document{
			ID: ar.DocumentID(fmt.Sprint("credit", l.c.Today)), Account: a.Customer.Account, Number: "C", Kind: ar.CreditMemo,
			Currency: d.Currency, Amount: -d.Open / 2, Open: -d.Open / 2, IssuedOn: l.c.Today,
		})
	},
	func(l *life, a *sequence.Account, d *ar.Document) {
		next := invoice(fmt.Sprint("n", l.c.Today, a.Customer.Number), (l.c.Today + 20).String())
		next.Account, next.IssuedOn = a.Customer.Account, l.c.Today
		a.Documents = append(a.Documents, next)
	},
}

func (l *life) receive(a *sequence.Account, d *ar.Document, amount int64) {
	if d.Open == 0 {
		return
	}
	d.Open -= amount
	receipts := map[ar.DocumentID]ar.Day{}
	for id, on := range a.LastReceipts {
		receipts[id] = on
	}
	receipts[d.ID], a.LastPaidOn = l.c.Today, l.c.Today
	a.LastReceipts = receipts
	if a.FirstPaidOn == 0 {
		a.FirstPaidOn = l.c.Today
	}
}

// toldEvents are what people tell; false: there was nothing to tell.
var toldEvents = []func(*life, *ar.Document, *intake.Fact) bool{
	func(l *life, d *ar.Document, f *intake.Fact) bool {
		f.Kind, f.Day, f.Documents = intake.Promise, l.c.Today+10, covered(d)
		f.Amount, f.Unapplied = ar.Balance{{Minor: d.Open, Currency: d.Currency}}, l.unapplied()
		return d.Open > 0 && !l.promised(d)
	},
	func(l *life, d *ar.Document, f *intake.Fact) bool {
		f.Kind, f.Documents, f.Unapplied = intake.Plan, covered(d), l.unapplied()
		f.Parts = []intake.Part{
			{Day: l.c.Today + 7, Amount: ar.Money{Minor: d.Open / 2, Currency: d.Currency}},
			{Day: l.c.Today + 21, Amount: ar.Money{Minor: d.Open - d.Open/2, Currency: d.Currency}},
		}
		return d.Open > 1 && !l.promised(d)
	},
	func(_ *life, d *ar.Document, f *intake.Fact) bool {
		f.Kind, f.Documents, f.Code, f.Owner = intake.Dispute, covered(d), "price", "sales"
		return d.Open > 0
	},
	func(_ *life, d *ar.Document, f *intake.Fact) bool {
		f.Kind, f.Documents, f.Code = intake.Dispute, covered(d), "quantity"
		f.Documents[0].Amount = d.Open/4 + 1
		return d.Open > 4
	},
	func(l *life, _ *ar.Document, f *intake.Fact) bool {
		f.Kind, f.Code = intake.End, rapid.SampledFrom([]string{intake.Withdrawn, intake.Rejected, intake.Granted}).Draw(l.t, "end")
		for _, told := range l.c.Facts {
			if (told.Kind == intake.Promise || told.Kind == intake.Dispute) && told.Account == f.Account && !l.isEnded(told.ID) {
				f.Ref = told.ID
				if told.Kind == intake.Promise {
					f.Code = intake.Withdrawn
				}
			}
		}
		return f.Ref != 0
	},
	func(l *life, _ *ar.Document, f *intake.Fact) bool {
		f.Kind, f.Day, f.Code = intake.Pause, l.c.Today+ar.Day(rapid.IntRange(0, 15).Draw(l.t, "pause")), "holiday"
		return true
	},
	func(l *life, d *ar.Document, f *intake.Fact) bool {
		f.Kind, f.Day, f.Code, f.Documents = intake.Pause, l.c.Today+5, "checking", covered(d)
		return d.Open > 0
	},
	func(_ *life, _ *ar.Document, f *intake.Fact) bool {
		f.Kind, f.Text = intake.Reply, "we look into it"
		return true
	},
	func(l *life, _ *ar.Document, f *intake.Fact) bool { return l.answer(f) },
	func(l *life, _ *ar.Document, f *intake.Fact) bool { return l.answer(f) },
	func(l *life, _ *ar.Document, f *intake.Fact) bool {
		f.Kind, f.Code, f.Value = intake.Preference, intake.WantsPeople, rapid.SampledFrom([]string{"yes", "no"}).Draw(l.t, "people")
		return true
	},
	func(l *life, _ *ar.Document, f *intake.Fact) bool {
		f.Kind, f.Code, f.Value = intake.Preference, intake.PaysOn, rapid.SampledFrom([]string{"Thu", "15,last", "10"}).Draw(l.t, "pays on")
		return true
	},
	func(l *life, _ *ar.Document, f *intake.Fact) bool {
		f.Kind, f.Code, f.Value = intake.Preference, intake.DirectDebit, rapid.SampledFrom([]string{"yes", "no"}).Draw(l.t, "debit")
		return true
	},
	func(l *life, d *ar.Document, f *intake.Fact) bool {
		f.Kind, f.Code, f.Documents = intake.Classified, "short_pay", covered(d)
		return d.Open > 0 && d.Open < d.Amount
	},
	func(_ *life, d *ar.Document, f *intake.Fact) bool {
		f.Kind, f.Code, f.Documents = intake.Event, intake.CopyRequested, covered(d)
		return d.Open > 0
	},
	func(_ *life, _ *ar.Document, f *intake.Fact) bool {
		f.Kind, f.Channel, f.Address = intake.DoNotContact, "email", "ann@example.net"
		return true
	},
	func(l *life, _ *ar.Document, f *intake.Fact) bool {
		f.Kind, f.Code = intake.End, intake.Withdrawn
		for _, told := range l.c.Facts {
			if told.Kind == intake.DoNotContact && !l.isEnded(told.ID) {
				f.Ref = told.ID
			}
		}
		return f.Ref != 0
	},
}

// answer tells how one of the open tasks ended.
func (l *life) answer(f *intake.Fact) bool {
	if len(l.tasks) == 0 {
		return false
	}
	i := rapid.IntRange(0, len(l.tasks)-1).Draw(l.t, "task")
	in := l.tasks[i]
	l.tasks = slices.Delete(l.tasks, i, i+1)
	codes := in.Outcomes
	if codes == nil {
		codes = []string{intake.Reached, intake.NoAnswer, intake.Done}
	}
	f.Kind, f.Account, f.Task, f.Code = intake.Outcome, in.Account, in.Key, rapid.SampledFrom(codes).Draw(l.t, "outcome")
	return true
}

func covered(d *ar.Document) []intake.Covered {
	return []intake.Covered{{Document: d.ID, Number: d.Number, Currency: d.Currency, Open: d.Open}}
}

func (l *life) unapplied() ar.Balance {
	var sum ar.Balance
	for _, a := range l.c.Accounts {
		for _, d := range a.Documents {
			if d.Open < 0 {
				sum = sum.Add(-d.Open, d.Currency)
			}
		}
	}
	return sum
}

func (l *life) isEnded(id int64) bool {
	return slices.ContainsFunc(l.c.Facts, func(f intake.Fact) bool { return f.Kind == intake.End && f.Ref == id })
}

// promised reports whether a promise or plan that speaks of a document may still
// be open: a second one would be refused when it is told.
func (l *life) promised(d *ar.Document) bool {
	return slices.ContainsFunc(l.c.Facts, func(f intake.Fact) bool {
		return (f.Kind == intake.Promise || f.Kind == intake.Plan) && f.Covers(d.ID) && !l.isEnded(f.ID) && l.c.Today-f.On < 40
	})
}

// live decides and carries out lifeDays days; now and then the program is down,
// or a message is not accepted.
func (l *life) live() {
	for range lifeDays {
		l.happen()
		today := l.c.Today
		l.owed[today] = len(l.open()) > 0
		if rapid.IntRange(0, 9).Draw(l.t, "up") > 0 {
			l.up[today] = true
			l.day()
		}
		l.c.Today++
		l.c.DataDay = l.c.Today
	}
}

func (l *life) day() {
	l.c.NewHolds = 5
	before := l.c
	d := l.book.Decide(l.c)
	before.State.Told = d.State.Told
	l.checkStates(d)
	var outcomes []sequence.Outcome
	for _, in := range d.Intents {
		l.log = append(l.log, fmt.Sprintf("%s %s %s/%s %v %s", l.c.Today, in.Kind, in.Sequence, in.Step, in.Documents(), in.Asked))
		done := !in.Approve || rapid.Bool().Draw(l.t, "approved")
		if in.Kind == sequence.Message && rapid.IntRange(0, 9).Draw(l.t, "accepted") == 0 {
			continue // refused: it is planned anew
		}
		if done {
			l.arrive(before, in)
		}
		outcomes = append(outcomes, sequence.Outcome{Intent: in, Done: done, On: l.c.Today})
	}
	l.c = l.c.After(d, outcomes)
	l.c.Pending = nil // what waited for a yes got a no
	l.c.Holds = slices.DeleteFunc(l.c.Holds, func(e ar.HoldEntry) bool { return e.State == ar.EntryProposed })
}

func (l *life) open() []ar.Document {
	var docs []ar.Document
	for _, a := range l.c.Accounts {
		for _, d := range a.Documents {
			if d.Open > 0 {
				docs = append(docs, d)
			}
		}
	}
	return docs
}
