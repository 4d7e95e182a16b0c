package ledger

import "holdfast/engine/ar"

// Open returns the sum of all open amounts, credits included.
func Open(docs []ar.Document) ar.Balance {
	return sum(docs, func(d ar.Document) int64 { return d.Open })
}

// Overdue returns the sum of what is past due on day: positive amounts only,
// disputed ones included.
func Overdue(docs []ar.Document, day ar.Day) ar.Balance {
	return sum(docs, func(d ar.Document) int64 {
		if d.Open <= 0 || d.IsCredit() || d.DaysPastDue(day) <= 0 {
			return 0
		}
		return d.Open
	})
}

// Disputed returns the sum of what is in dispute.
func Disputed(docs []ar.Document) ar.Balance {
	return sum(docs, func(d ar.Document) int64 { return d.DisputedOpen() })
}

// Unapplied returns the sum of all negative open amounts: credit memos,
// receipts and prepayments that are not applied yet.
func Unapplied(docs []ar.Document) ar.Balance {
	return sum(docs, func(d ar.Document) int64 { return min(d.Open, 0) })
}

// sum adds part of each document per currency; documents whose part is 0 do
// not bring their currency in.
func sum(docs []ar.Document, part func(ar.Document) int64) ar.Balance {
	var b ar.Balance
	for _, d := range docs {
		if amount := part(d); amount != 0 {
			b = b.Add(amount, d.Currency)
		}
	}
	return b
}
