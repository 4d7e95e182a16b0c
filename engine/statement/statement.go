// Package statement writes account statements and the month-end workbooks in
// Excel: one per customer, one for all, and a sheet on which they tie out.
package statement

import (
	"holdfast/engine/ar"
	"holdfast/engine/ledger"
)

// Seller is who sends a statement. Address is one line per entry; all but Name
// may be empty.
type Seller struct {
	Name    string
	Address []string
	Phone   string
	Email   string
	Letter  bool // prints on US Letter instead of A4
}

// Statement is one account's month. Month may be any day of it.
type Statement struct {
	Seller  Seller
	Account ledger.AccountLedger
	Month   ar.Day
}

// first and last day of the month.
func (s Statement) first() ar.Day { return s.Month.MonthStart() }
func (s Statement) last() ar.Day  { return s.Month.MonthEnd() }

// kindWords name the kinds of document for a person.
var kindWords = map[ar.Kind]string{
	ar.Invoice:       "Invoice",
	ar.DebitMemo:     "Debit memo",
	ar.CreditMemo:    "Credit memo",
	ar.FinanceCharge: "Finance charge",
	ar.Receipt:       "Receipt",
	ar.Prepayment:    "Prepayment",
	ar.Retention:     "Retention",
	ar.Opening:       "Opening balance",
}

// places are the columns of an aging line, in order: the five buckets, then
// these two.
const (
	placeOtherDebits = 5
	placeUnapplied   = 6
	places           = 7
)

// placeTitles name the places of an aging line.
func placeTitles() [places]string {
	var out [places]string
	for _, b := range ledger.Buckets {
		out[b] = b.Title()
	}
	out[placeOtherDebits] = "Other debits"
	out[placeUnapplied] = "Unapplied"
	return out
}

// placeOf says where an open document stands in an aging line.
func placeOf(d ar.Document, day ar.Day) int {
	row := ledger.Aging{Currency: d.Currency}
	row.Add(d, day)
	for i, amount := range amounts(row) {
		if amount != 0 {
			return i
		}
	}
	return placeUnapplied
}

// amounts lists an aging line by place.
func amounts(a ledger.Aging) [places]int64 {
	var out [places]int64
	copy(out[:], a.InBucket[:])
	out[placeOtherDebits], out[placeUnapplied] = a.OtherDebits, a.Unapplied
	return out
}
