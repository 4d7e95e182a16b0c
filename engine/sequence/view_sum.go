package sequence

import (
	"math/big"

	"holdfast/engine/ar"
)

// tally sums amounts per currency, with what they are worth in the company's
// base currency at the ERP's rate.
type tally struct {
	sum     ar.Balance
	base    ar.Money
	unknown bool // the ERP gives no rate for a part
}

// tally begins a sum.
func (v *View) tally() *tally {
	return &tally{base: ar.Money{Currency: v.Case.Company.BaseCurrency}}
}

// add adds a part of what is open of a document, in minor units.
func (t *tally) add(doc *ar.Document, part int64) {
	switch {
	case doc.BaseOpen == nil:
		t.amount(part, doc.Currency)
		return
	case part == doc.Open:
		t.base.Minor += *doc.BaseOpen
	default:
		t.base.Minor += share(*doc.BaseOpen, part, doc.Open)
	}
	t.sum = t.sum.Add(part, doc.Currency)
}

// amount adds an amount whose worth is known only in the base currency itself.
func (t *tally) amount(minor int64, cur ar.Currency) {
	t.sum = t.sum.Add(minor, cur)
	if cur == t.base.Currency {
		t.base.Minor += minor
	} else if minor != 0 {
		t.unknown = true
	}
}

// as is a balance with what the tally is worth, less what another one is.
func (t *tally) as(balance ar.Balance, less *tally) Sum {
	base := t.base
	base.Minor -= less.base.Minor
	return Sum{Balance: balance, Base: base, BaseKnown: !t.unknown && !less.unknown}
}

// share returns amount * part / whole, rounded towards zero, whatever the size of
// the product.
func share(amount, part, whole int64) int64 {
	product := new(big.Int).Mul(big.NewInt(amount), big.NewInt(part))
	return product.Quo(product, big.NewInt(whole)).Int64()
}

// sum works out what the party owes, and what else conditions see of it.
func (v *View) sum() {
	none, open, overdue, late, credits := v.tally(), v.tally(), v.tally(), v.tally(), v.tally()
	s := &v.sums
	s.DueIn = always
	for _, item := range v.Items {
		open.add(item.Doc, item.Doc.Open)
		if item.Asked > 0 && item.DueOn < v.Case.Today {
			overdue.add(item.Doc, item.Asked)
			s.DaysPastDue = max(s.DaysPastDue, item.late(v.Case.Today))
		}
		switch due := item.Doc.DueOn; {
		case due == 0:
		case due < v.Case.Today:
			late.add(item.Doc, item.Doc.Open)
		default:
			s.DueIn = min(s.DueIn, int(due-v.Case.Today))
		}
	}
	v.eachCredit(func(doc *ar.Document) { credits.add(doc, doc.Open) })
	credits.base.Minor = -credits.base.Minor
	v.Overdue = overdue.sum
	s.Overdue, s.Unapplied = overdue.as(v.Net(nil), credits), credits.as(v.Credits, none)
	s.Open, s.Late = open.as(open.sum, none), late.as(late.sum, none)
	v.sumParty()
}

// eachCredit passes every open credit of the party.
func (v *View) eachCredit(pass func(*ar.Document)) {
	for i := range v.Case.Accounts {
		for j := range v.Case.Accounts[i].Documents {
			if doc := &v.Case.Accounts[i].Documents[j]; doc.Open < 0 {
				pass(doc)
			}
		}
	}
}

// sumParty works out what conditions see of the party besides its debts.
func (v *View) sumParty() {
	s := &v.sums
	s.DaysUnpaid = always
	for i := range v.Case.Accounts {
		a := &v.Case.Accounts[i]
		s.Reachable = s.Reachable || v.reachable(a)
		if a.LastPaidOn != 0 {
			s.DaysUnpaid = min(s.DaysUnpaid, int(v.Case.Today-a.LastPaidOn))
		}
	}
	for i := range v.Case.Holds {
		state := v.Case.Holds[i].State
		s.Held = s.Held || state == ar.EntryPlaced || state == ar.EntryShadow
	}
	for _, t := range v.State.Told {
		if (t.As == ToldBroken || t.As == ToldPartly) && v.Case.Today-t.On < 365 {
			s.Broken++
		}
	}
	s.Reminders = v.reminders()
	v.expose()
}

// expose works out the exposure and how much of the credit limits it uses: open
// documents and open orders that are not prepaid, less unapplied credit.
func (v *View) expose() {
	exposed := v.tally()
	limits, limited := int64(0), false
	for i := range v.Case.Accounts {
		a := &v.Case.Accounts[i]
		for j := range a.Documents {
			exposed.add(&a.Documents[j], a.Documents[j].Open)
		}
		for _, o := range a.Orders {
			if !o.Prepaid {
				exposed.amount(o.Amount, o.Currency)
			}
		}
		if limit := v.limit(a); limit != nil {
			limits, limited = limits+*limit, true
		}
	}
	v.sums.Exposure = exposed.as(exposed.sum, v.tally())
	if limited && v.sums.Exposure.BaseKnown && exposed.base.Minor > 0 {
		v.sums.LimitUsed = percent(exposed.base.Minor, limits)
	}
}
