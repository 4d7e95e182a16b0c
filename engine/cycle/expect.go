package cycle

import (
	"cmp"
	"context"
	"math/big"
	"slices"

	"holdfast/engine/ar"
	"holdfast/engine/sequence"
	"holdfast/engine/store"
)

// Expectation says what a plan takes to be paid.
type Expectation string

// The expectations, each with all of the one before.
const (
	ExpectNothing  Expectation = "none"
	ExpectPromises Expectation = "promises" // open promises and parts of plans, on their day
	ExpectHabit    Expectation = "habit"    // and other documents as late as the customer usually is
)

const (
	habitSpan = 365 // days of applications that a customer's habit is read from
	habitMin  = 3   // paid documents that make one
)

// assumptions are what the expectation takes for granted.
func (e Expectation) assumptions() []string {
	const paid = "open promises and parts of plans are paid in full on their day, those whose day has come on the second day of the plan"
	switch e {
	case ExpectPromises:
		return []string{paid, "nothing else comes in, and nothing new is invoiced"}
	case ExpectHabit:
		return []string{
			paid,
			"other documents are paid as late as the customer paid on average in the last 365 days, amount-weighted; of one who paid fewer than 3 in a currency nothing comes in",
			"what is later than that already, and what is disputed, is not paid", "nothing new is invoiced",
		}
	}
	return []string{"nothing is posted in the ERP in between"}
}

// hope is what is expected of one company's customers.
type hope struct {
	expect Expectation
	from   ar.Day // the plan's first day: what is in the ledger then is known
	late   map[store.Payer]int
}

// hopeFor learns what is expected of a company's customers.
func (w *forecast) hopeFor(ctx context.Context, co *Company, m Moment) (*hope, error) {
	h := &hope{expect: w.outlook.Expect, from: m.Day, late: map[store.Payer]int{}}
	if h.expect != ExpectHabit {
		return h, nil
	}
	paid, err := w.Store.PaidLate(ctx, co.Source, co.ID, m.Day-habitSpan, m.Day)
	for _, p := range paid {
		if p.Documents >= habitMin {
			h.late[p.Payer] = p.DaysLate
		}
	}
	return h, err
}

// expected is an amount that is taken to be paid on a document.
type expected struct {
	document ar.DocumentID
	on       ar.Day
	amount   int64
}

// of lists what is expected of a party, the earliest first.
func (h *hope) of(co *Company, cs sequence.Case) []expected {
	if h.expect != ExpectPromises && h.expect != ExpectHabit {
		return nil
	}
	list, promised := h.promised(co.Book.Heard(cs))
	if h.expect == ExpectHabit {
		list = append(list, h.habitual(cs, promised)...)
	}
	slices.SortStableFunc(list, func(x, y expected) int {
		return cmp.Or(cmp.Compare(x.on, y.on), cmp.Compare(x.document, y.document))
	})
	return list
}

// promised spreads each open promise over its documents, the oldest due first,
// and names the documents that a promise covers.
func (h *hope) promised(heard []sequence.Heard) ([]expected, map[ar.DocumentID]bool) {
	var list []expected
	covered, left := map[ar.DocumentID]bool{}, map[ar.DocumentID]int64{}
	given := map[int64]ar.Balance{} // by earlier parts of a plan
	for i := range heard {
		p := &heard[i]
		if p.Subject.Kind != sequence.SubjectPromise || p.State != sequence.ToldOpen {
			continue
		}
		for _, m := range p.Left {
			amount := m.Minor - given[p.Fact.ID].In(m.Currency)
			given[p.Fact.ID] = given[p.Fact.ID].Add(max(0, amount), m.Currency)
			for _, item := range p.Items {
				doc := item.Doc
				if doc.Currency != m.Currency {
					continue
				}
				if !covered[doc.ID] {
					covered[doc.ID], left[doc.ID] = true, doc.Open
				}
				if part := min(amount, left[doc.ID]); part > 0 {
					list = append(list, expected{doc.ID, max(p.Day, h.from+1), part})
					amount, left[doc.ID] = amount-part, left[doc.ID]-part
				}
			}
		}
	}
	return list, covered
}

// habitual takes the documents that no promise covers to be paid as late as the
// customer usually is.
func (h *hope) habitual(cs sequence.Case, promised map[ar.DocumentID]bool) []expected {
	var list []expected
	for i := range cs.Accounts {
		for j := range cs.Accounts[i].Documents {
			doc := &cs.Accounts[i].Documents[j]
			days, known := h.late[store.Payer{Customer: doc.Account.Customer, Currency: doc.Currency}]
			on := doc.DueOn + ar.Day(days)
			if amount := doc.Open - doc.DisputedOpen(); known && !promised[doc.ID] && doc.DueOn != 0 && on > h.from && amount > 0 {
				list = append(list, expected{doc.ID, on, amount})
			}
		}
	}
	return list
}

// receive shows a case with what is expected to be in by its day.
func receive(cs sequence.Case, list []expected) sequence.Case {
	for _, e := range list {
		if e.on > cs.Today {
			break
		}
		for i := range cs.Accounts {
			cs.Accounts[i] = paidOn(cs.Accounts[i], e)
		}
	}
	return cs
}

// paidOn is an account once an expected amount is in.
func paidOn(a sequence.Account, e expected) sequence.Account {
	at := slices.IndexFunc(a.Documents, func(d ar.Document) bool { return d.ID == e.document })
	if at < 0 {
		return a
	}
	if a.FirstPaidOn == 0 {
		a.FirstPaidOn = e.on
	}
	a.LastPaidOn = max(a.LastPaidOn, e.on)
	a.Documents = slices.Clone(a.Documents)
	doc := &a.Documents[at]
	left := max(0, doc.Open-e.amount)
	if doc.BaseOpen != nil {
		base := new(big.Int).Mul(big.NewInt(*doc.BaseOpen), big.NewInt(left))
		worth := base.Quo(base, big.NewInt(doc.Open)).Int64()
		doc.BaseOpen = &worth
	}
	if doc.Open = left; left == 0 {
		a.Documents = slices.Delete(a.Documents, at, at+1)
		return a
	}
	receipts := map[ar.DocumentID]ar.Day{e.document: e.on}
	for id, on := range a.LastReceipts {
		if id != e.document {
			receipts[id] = on
		}
	}
	a.LastReceipts = receipts
	return a
}
