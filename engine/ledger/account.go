// Package ledger turns the records of an account into open amounts, movements,
// balances and aging, as of any day. It only computes: no clock, no store.
package ledger

import (
	"slices"
	"strings"

	"holdfast/engine/ar"
)

// AccountLedger is one account with its documents, open and closed, and every
// application that touches one of them. Voided documents and reversed
// applications may be among them; they count for nothing.
type AccountLedger struct {
	Customer     ar.Customer
	Documents    []ar.Document
	Applications []ar.Application
}

// AsOf returns the documents that are open at the end of day, with Open as it
// was then, ordered by currency, due day, number and instalment.
func (l AccountLedger) AsOf(day ar.Day) []ar.Document {
	return l.History().AsOf(day)
}

// SortDocuments orders documents by currency, due day (undated last), number,
// instalment and id.
func SortDocuments(docs []ar.Document) {
	slices.SortFunc(docs, func(a, b ar.Document) int {
		if c := strings.Compare(string(a.Currency), string(b.Currency)); c != 0 {
			return c
		}
		if c := compareDue(a.DueOn, b.DueOn); c != 0 {
			return c
		}
		if c := strings.Compare(a.Number, b.Number); c != 0 {
			return c
		}
		if a.Instalment != b.Instalment {
			return a.Instalment - b.Instalment
		}
		return strings.Compare(string(a.ID), string(b.ID))
	})
}

// compareDue orders due days, undated documents last.
func compareDue(a, b ar.Day) int {
	switch {
	case a == b:
		return 0
	case a == 0:
		return 1
	case b == 0:
		return -1
	}
	return int(a - b)
}
