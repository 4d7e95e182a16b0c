package intake

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
)

// Horizon is how many days ahead a promise or a pause may reach.
const Horizon = 366

// Teller is who tells something, and when.
type Teller struct {
	By  string    // a person
	On  ar.Day    // the company's day
	At  time.Time // the instant
	Key string    // what is told under one key is told once; empty: no such key
}

// Account is one account as intake looks at it: what a person tells is checked
// against it. Its methods return the fact to be kept, or fault.Invalid,
// fault.NotFound or fault.Conflict with what is wrong and how to mend it. What
// was told before under the same key is returned as it was.
type Account struct {
	Customer  ar.Customer
	Documents []ar.Document // open ones, credits too
	Closed    []Closed      // the others, so that they can be told from unknown ones
	Facts     []Fact        // that stand
	Base      ar.Currency   // the company's, for amounts that name none
}

// Closed is a document that is not open any more.
type Closed struct {
	ID     ar.DocumentID
	Number string
	On     ar.Day // zero where not known
}

// begin starts a fact of the account. done says that it was told before, and
// is to be returned as it is.
func (a *Account) begin(t Teller, kind Kind) (f Fact, done bool, err error) {
	if t.Key != "" {
		if i := slices.IndexFunc(a.Facts, func(f Fact) bool { return f.Key == t.Key }); i >= 0 {
			return a.Facts[i], true, nil
		}
	}
	f, err = t.fact(kind)
	f.Account = a.Customer.Account
	return f, false, err
}

// fact starts a fact of a teller.
func (t Teller) fact(kind Kind) (Fact, error) {
	switch {
	case strings.TrimSpace(t.By) == "":
		return Fact{}, fault.New(fault.Invalid, "nobody is named who tells this").WithCure("say who it was")
	case t.On == 0:
		return Fact{}, fault.New(fault.Invalid, "there is no day on which this was told")
	}
	return Fact{Kind: kind, By: strings.TrimSpace(t.By), On: t.On, At: t.At, Key: t.Key}, nil
}

// cover is how a document stands in a fact.
func cover(d *ar.Document) Covered {
	return Covered{Document: d.ID, Number: d.Number, Currency: d.Currency, Open: d.Open}
}

func covers(documents []*ar.Document) []Covered {
	list := make([]Covered, len(documents))
	for i, d := range documents {
		list[i] = cover(d)
	}
	return list
}

// unapplied returns the credit that is on the account, positive, per currency.
func (a *Account) unapplied() ar.Balance {
	var sum ar.Balance
	for i := range a.Documents {
		if d := &a.Documents[i]; d.Open < 0 {
			sum = sum.Add(-d.Open, d.Currency)
		}
	}
	return sum
}

// debts finds the documents named, by number or id; none named are all that
// are owed. A credit owes nothing and is refused.
func (a *Account) debts(names []string) ([]*ar.Document, error) {
	if len(names) == 0 {
		var all []*ar.Document
		for i := range a.Documents {
			if a.Documents[i].Open > 0 {
				all = append(all, &a.Documents[i])
			}
		}
		if len(all) == 0 {
			return nil, fault.New(fault.Invalid, "customer %s owes nothing: no document is open", a.name())
		}
		return all, nil
	}
	found, err := a.find(names)
	if err != nil {
		return nil, err
	}
	for _, d := range found {
		if d.Open < 0 {
			return nil, fault.New(fault.Invalid, "document %s of customer %s is a credit of %s: nothing is owed on it", d.Number, a.name(),
				ar.Money{Minor: -d.Open, Currency: d.Currency}).WithCure("leave it out")
		}
	}
	return found, nil
}

// find returns the open documents named, by id, else by number: every
// instalment of it. Each comes once.
func (a *Account) find(names []string) ([]*ar.Document, error) {
	var found []*ar.Document
	for _, name := range names {
		some, err := a.named(name)
		if err != nil {
			return nil, err
		}
		for _, d := range some {
			if !slices.Contains(found, d) {
				found = append(found, d)
			}
		}
	}
	return found, nil
}

// named returns the open documents of one name, the earliest due first.
func (a *Account) named(name string) ([]*ar.Document, error) {
	name = strings.TrimSpace(name)
	var found []*ar.Document
	for i := range a.Documents {
		switch d := &a.Documents[i]; {
		case string(d.ID) == name:
			return []*ar.Document{d}, nil
		case strings.EqualFold(d.Number, name):
			found = append(found, d)
		}
	}
	if len(found) == 0 {
		return nil, a.unknown(name)
	}
	slices.SortStableFunc(found, func(x, y *ar.Document) int {
		return cmp.Or(cmp.Compare(x.DueOn, y.DueOn), cmp.Compare(x.Instalment, y.Instalment))
	})
	return found, nil
}

// unknown says of a name why no open document has it.
func (a *Account) unknown(name string) error {
	for _, c := range a.Closed {
		if string(c.ID) == name || strings.EqualFold(c.Number, name) {
			return fault.New(fault.Invalid, "document %s of customer %s is not open: it was closed%s", name, a.name(), onDay(c.On)).
				WithCure("the ledger shows it as paid or credited; nothing needs to be told of it")
		}
	}
	err := fault.New(fault.NotFound, "customer %s has no document %q", a.name(), name)
	if near := a.nearest(name); len(near) > 0 {
		return err.WithCure("open are: %s", strings.Join(near, ", "))
	}
	return err.WithCure("nothing is open on the account")
}

func onDay(day ar.Day) string {
	if day == 0 {
		return ""
	}
	return " on " + day.String()
}

// nearest lists the open numbers that look most like a name, at most five.
func (a *Account) nearest(name string) []string {
	var numbers []string
	for i := range a.Documents {
		if n := a.Documents[i].Number; !slices.Contains(numbers, n) {
			numbers = append(numbers, n)
		}
	}
	name = strings.ToLower(name)
	slices.SortStableFunc(numbers, func(x, y string) int {
		return cmp.Or(cmp.Compare(distance(name, strings.ToLower(x)), distance(name, strings.ToLower(y))), cmp.Compare(x, y))
	})
	return numbers[:min(5, len(numbers))]
}

// distance counts the bytes to be put in, left out or changed to make b of a.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, diagonal+1)
		}
	}
	return row[len(b)]
}

// name is how an error calls the customer.
func (a *Account) name() string {
	c := &a.Customer
	return fmt.Sprintf("%s (%s)", cmp.Or(c.Number, string(c.Account.Customer)), c.Name)
}

// ahead refuses a day before the telling or too far after it; what says whose
// day it is.
func ahead(what string, day, on ar.Day) error {
	switch {
	case day == 0:
		return fault.New(fault.Invalid, "there is no %s", what).WithCure("write one as %s", on+7)
	case day < on:
		return fault.New(fault.Invalid, "the %s %s is in the past: it is told on %s", what, day, on).WithCure("give a day that is still to come")
	case day > on+Horizon:
		return fault.New(fault.Invalid, "the %s %s is %d days away, more than %d", what, day, day-on, Horizon).WithCure("look at the year")
	}
	return nil
}
