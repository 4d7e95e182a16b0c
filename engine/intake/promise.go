package intake

import (
	"fmt"
	"slices"
	"strings"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
)

// Promise is told when a customer says that it will pay the documents named, or
// all that it owes, by a day. A nil amount is all that is open of them. Every
// instalment of a number is meant.
func (a *Account) Promise(t Teller, documents []string, day ar.Day, amount *ar.Money) (Fact, error) {
	f, done, err := a.begin(t, Promise)
	if done || err != nil {
		return f, err
	}
	debts, err := a.debts(documents)
	if err != nil {
		return Fact{}, err
	}
	if err := ahead("promised day", day, t.On); err != nil {
		return Fact{}, err
	}
	if amount != nil {
		if debts, err = a.payable(debts, len(documents) > 0, *amount); err != nil {
			return Fact{}, err
		}
		f.Amount = f.Amount.Add(amount.Minor, amount.Currency)
	} else {
		f.Amount = owed(debts)
	}
	if err := a.overlap(debts); err != nil {
		return Fact{}, err
	}
	f.Documents, f.Day, f.Unapplied = covers(debts), day, a.unapplied()
	return f, nil
}

// Plan is told when a customer agrees to pay the documents named, or all that
// it owes, in parts. They must add up to what is open of them, or to what of it
// is not disputed, in one currency.
func (a *Account) Plan(t Teller, documents []string, parts []Part) (Fact, error) {
	f, done, err := a.begin(t, Plan)
	if done || err != nil {
		return f, err
	}
	debts, err := a.debts(documents)
	if err != nil {
		return Fact{}, err
	}
	if err := checkParts(parts, t.On); err != nil {
		return Fact{}, err
	}
	if debts, err = a.inCurrency(debts, len(documents) > 0, parts[0].Amount.Currency); err != nil {
		return Fact{}, err
	}
	if err := a.overlap(debts); err != nil {
		return Fact{}, err
	}
	if err := a.addUp(debts, parts); err != nil {
		return Fact{}, err
	}
	f.Documents, f.Parts, f.Unapplied = covers(debts), slices.Clone(parts), a.unapplied()
	return f, nil
}

// checkParts looks at the parts of a plan by themselves.
func checkParts(parts []Part, on ar.Day) error {
	if len(parts) < 2 {
		return fault.New(fault.Invalid, "a plan has at least two parts, this one has %d", len(parts)).WithCure("tell it as a promise")
	}
	currency, before := parts[0].Amount.Currency, on
	for i, p := range parts {
		if err := ahead(fmt.Sprintf("day of part %d", i+1), p.Day, before); err != nil && (i == 0 || p.Day == 0 || p.Day > before) {
			return err
		}
		switch {
		case i > 0 && p.Day <= before:
			return fault.New(fault.Invalid, "part %d is due on %s, not after part %d on %s", i+1, p.Day, i, before).
				WithCure("write the parts in the order of their days, one a day")
		case p.Amount.Currency != currency:
			return fault.New(fault.Invalid, "part 1 is in %s and part %d in %s: a plan has one currency", currency, i+1, p.Amount.Currency).
				WithCure("tell a plan for each currency")
		case p.Amount.Minor <= 0:
			return fault.New(fault.Invalid, "part %d is %s: a part is more than nothing", i+1, p.Amount)
		}
		before = p.Day
	}
	return nil
}

// addUp refuses parts whose sum is not what is to be paid.
func (a *Account) addUp(debts []*ar.Document, parts []Part) error {
	sum, open, free := int64(0), int64(0), int64(0)
	for _, p := range parts {
		sum += p.Amount.Minor
	}
	for _, d := range debts {
		open += d.Open
		free += d.Open - min(d.Open, max(d.DisputedOpen(), a.contested(d)))
	}
	if sum == open || sum == free {
		return nil
	}
	money := func(minor int64) ar.Money { return ar.Money{Minor: minor, Currency: parts[0].Amount.Currency} }
	word, by := "more", sum-open
	if sum < open {
		word, by = "less", open-sum
	}
	return fault.New(fault.Invalid, "the %d parts add up to %s, %s %s than the %s open on %s", len(parts), money(sum), money(by), word,
		money(open), numbers(debts)).WithCure("mend the amounts, or name the documents that the plan is for")
}

// payable checks a promised amount against what is open.
func (a *Account) payable(debts []*ar.Document, named bool, amount ar.Money) ([]*ar.Document, error) {
	if amount.Minor <= 0 {
		return nil, fault.New(fault.Invalid, "the promised amount is %s: a promise is of more than nothing", amount)
	}
	debts, err := a.inCurrency(debts, named, amount.Currency)
	if err != nil {
		return nil, err
	}
	if open := owed(debts).In(amount.Currency); amount.Minor > open {
		return nil, fault.New(fault.Invalid, "%s is promised, but only %s is open on %s", amount,
			ar.Money{Minor: open, Currency: amount.Currency}, numbers(debts)).
			WithCure("promise no more than is open, or name the further documents")
	}
	return debts, nil
}

// inCurrency narrows documents that nobody named to a currency. Where they were
// named all must be in it.
func (a *Account) inCurrency(debts []*ar.Document, named bool, currency ar.Currency) ([]*ar.Document, error) {
	var same []*ar.Document
	for _, d := range debts {
		if d.Currency == currency {
			same = append(same, d)
			continue
		}
		if named {
			return nil, fault.New(fault.Invalid, "the amount is in %s, but document %s is in %s", currency, d.Number, d.Currency).
				WithCure("give the amount in %s, and tell each currency by itself", d.Currency)
		}
	}
	if len(same) == 0 {
		return nil, fault.New(fault.Invalid, "the amount is in %s, but customer %s owes %s", currency, a.name(), owed(debts))
	}
	return same, nil
}

// overlap refuses documents that a standing promise or plan covers already: a
// receipt would count for both.
func (a *Account) overlap(debts []*ar.Document) error {
	for i := range a.Facts {
		f := &a.Facts[i]
		if f.Kind != Promise && f.Kind != Plan {
			continue
		}
		for _, d := range debts {
			if !f.Covers(d.ID) {
				continue
			}
			return fault.New(fault.Conflict, "document %s is covered by %s already: an overlapping %s would count one receipt twice",
				d.Number, f.describe(), f.Kind).WithCure("end fact %d first, or leave the document out", f.ID)
		}
	}
	return nil
}

// describe says in words what a promise or a plan is.
func (f *Fact) describe() string {
	told := fmt.Sprintf("told on %s by %s", f.On, strings.TrimPrefix(f.By, ar.ProposedBy("")))
	if f.Kind == Plan {
		return fmt.Sprintf("plan %d (%d parts until %s, %s)", f.ID, len(f.Parts), f.Parts[len(f.Parts)-1].Day, told)
	}
	return fmt.Sprintf("promise %d (%s by %s, %s)", f.ID, f.Amount, f.Day, told)
}

// owed adds up what is open, per currency.
func owed(debts []*ar.Document) ar.Balance {
	var sum ar.Balance
	for _, d := range debts {
		sum = sum.Add(d.Open, d.Currency)
	}
	return sum
}

// numbers names documents in an error, at most five.
func numbers(debts []*ar.Document) string {
	var names []string
	for _, d := range debts {
		if !slices.Contains(names, d.Number) {
			names = append(names, d.Number)
		}
	}
	if n := len(names); n > 5 {
		return fmt.Sprintf("%s and %d more", strings.Join(names[:5], ", "), n-5)
	}
	return strings.Join(names, ", ")
}
