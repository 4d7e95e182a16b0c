package statement

import (
	"slices"

	"holdfast/engine/ar"
	"holdfast/engine/ledger"
)

// Roll is how one currency's balance got from the opening to the closing of a
// month, in minor units. Invoiced holds invoices, debit memos, finance charges
// and retentions; Other holds opening balances, discounts, write-offs,
// transfers between accounts and the Unexplained, which it includes.
type Roll struct {
	Currency    ar.Currency
	Opening     int64
	Invoiced    int64
	Credited    int64 // negative
	Received    int64 // negative
	Other       int64
	Unexplained int64 // moved in the ERP without an application that says why
}

// Closing is the opening balance and all that moved it.
func (r Roll) Closing() int64 { return r.Opening + r.Invoiced + r.Credited + r.Received + r.Other }

// idle reports whether there is nothing to state.
func (r Roll) idle() bool { return r == Roll{Currency: r.Currency} }

// add counts one movement.
func (r *Roll) add(m ledger.Movement) {
	switch {
	case m.Cause == ledger.Adjustment:
		r.Other += m.Amount
		r.Unexplained += m.Amount
	case m.Cause != ledger.Posted || m.Document.Kind == ar.Opening:
		r.Other += m.Amount
	case m.Document.Kind == ar.CreditMemo:
		r.Credited += m.Amount
	case m.Document.Kind == ar.Receipt || m.Document.Kind == ar.Prepayment:
		r.Received += m.Amount
	default:
		r.Invoiced += m.Amount
	}
}

// section is one account's month in one currency.
type section struct {
	roll  Roll
	moves []ledger.Movement
	open  []ar.Document // at the month's end
	aging ledger.Aging
}

// sections splits an account's month by currency, ordered by currency.
// Currencies without an opening balance, a movement or an open document are
// left out.
func sections(account ledger.AccountLedger, first, last ar.Day) []section {
	h := account.History()
	opening, moves, open := h.Balance(first-1), h.Movements(first, last), h.AsOf(last)
	ages := ledger.Age(account.Customer, open, last)
	var out []section
	for _, cur := range currencies(opening, moves, open) {
		s := section{roll: Roll{Currency: cur, Opening: opening.In(cur)}, aging: ledger.Aging{Currency: cur}}
		for _, m := range moves {
			if m.Document.Currency == cur {
				s.roll.add(m)
				s.moves = append(s.moves, m)
			}
		}
		for _, d := range open {
			if d.Currency == cur {
				s.open = append(s.open, d)
			}
		}
		if i := slices.IndexFunc(ages, func(a ledger.Aging) bool { return a.Currency == cur }); i >= 0 {
			s.aging = ages[i]
		}
		if !s.roll.idle() || len(s.moves) > 0 || len(s.open) > 0 {
			out = append(out, s)
		}
	}
	return out
}

// currencies lists every currency that appears, sorted.
func currencies(opening ar.Balance, moves []ledger.Movement, open []ar.Document) []ar.Currency {
	var all ar.Balance
	for _, m := range opening {
		all = all.Add(0, m.Currency)
	}
	for _, m := range moves {
		all = all.Add(0, m.Document.Currency)
	}
	for _, d := range open {
		all = all.Add(0, d.Currency)
	}
	out := make([]ar.Currency, len(all))
	for i, m := range all {
		out[i] = m.Currency
	}
	return out
}

// causeWords say what moved the balance, for a person.
func causeWords(m ledger.Movement) string {
	switch m.Cause {
	case ledger.Discount:
		return "Discount"
	case ledger.WriteOff:
		return "Write-off"
	case ledger.Transfer:
		return "Transfer"
	case ledger.Adjustment:
		return "Adjustment"
	}
	return kindWords[m.Document.Kind]
}
