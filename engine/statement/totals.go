package statement

import (
	"encoding/json"
	"slices"
	"strings"

	"holdfast/engine/ar"
)

// Totals is a company's month in one currency, in minor units.
type Totals struct {
	Roll
	OpenItems int64         // sum of the open documents at the month's end
	Aging     [places]int64 // the five buckets, other debits, unapplied
	Control   *int64        // the ledger's control account, nil where not known
}

// Aged returns the sum of the aging line.
func (t Totals) Aged() int64 {
	var sum int64
	for _, amount := range t.Aging {
		sum += amount
	}
	return sum
}

// Ties reports whether the month adds up: opening and movements give what the
// open documents sum to, the aging shows the same, and so does the control
// account where it is known.
func (t Totals) Ties() bool {
	return t.Closing() == t.OpenItems && t.Aged() == t.OpenItems && (t.Control == nil || *t.Control == t.OpenItems)
}

// MarshalJSON writes every amount as a decimal text in the currency.
func (t Totals) MarshalJSON() ([]byte, error) {
	text := func(minor int64) string { return ar.FormatAmount(minor, t.Currency) }
	var control *string
	if t.Control != nil {
		c := text(*t.Control)
		control = &c
	}
	return json.Marshal(struct {
		Currency    ar.Currency `json:"currency"`
		Opening     string      `json:"opening"`
		Invoiced    string      `json:"invoiced"`
		Credited    string      `json:"credited"`
		Received    string      `json:"received"`
		Other       string      `json:"other"`
		Unexplained string      `json:"unexplained"`
		Closing     string      `json:"closing"`
		OpenItems   string      `json:"open_items"`
		Aged        string      `json:"aged"`
		Control     *string     `json:"control,omitempty"`
		Ties        bool        `json:"ties"`
	}{
		t.Currency, text(t.Opening), text(t.Invoiced), text(t.Credited), text(t.Received), text(t.Other),
		text(t.Unexplained), text(t.Closing()), text(t.OpenItems), text(t.Aged()), control, t.Ties(),
	})
}

// sums keeps Totals per currency, ordered by currency.
type sums []Totals

// add counts one account's month in one currency.
func (s *sums) add(part section) {
	t := s.of(part.roll.Currency)
	t.Opening += part.roll.Opening
	t.Invoiced += part.roll.Invoiced
	t.Credited += part.roll.Credited
	t.Received += part.roll.Received
	t.Other += part.roll.Other
	t.Unexplained += part.roll.Unexplained
	for _, d := range part.open {
		t.OpenItems += d.Open
	}
	for i, amount := range amounts(part.aging) {
		t.Aging[i] += amount
	}
}

// of returns the totals of a currency, new ones at first.
func (s *sums) of(cur ar.Currency) *Totals {
	i, ok := slices.BinarySearchFunc(*s, cur, func(t Totals, c ar.Currency) int {
		return strings.Compare(string(t.Currency), string(c))
	})
	if !ok {
		*s = slices.Insert(*s, i, Totals{Roll: Roll{Currency: cur}})
	}
	return &(*s)[i]
}

// control fills in the control account's balances. A currency that only the
// control account has comes in too.
func (s *sums) control(balance ar.Balance) {
	for _, m := range balance {
		s.of(m.Currency).Control = &m.Minor
	}
}

// tie reports whether every currency ties.
func (s sums) tie() bool {
	return !slices.ContainsFunc(s, func(t Totals) bool { return !t.Ties() })
}
