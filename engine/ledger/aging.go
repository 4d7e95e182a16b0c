package ledger

import "holdfast/engine/ar"

// Bucket is a span of days past due.
type Bucket int

// The aging buckets. A document due on the as-of day is current.
const (
	Current Bucket = iota
	D1To30
	D31To60
	D61To90
	D91Plus
)

// Buckets lists every bucket, youngest first.
var Buckets = []Bucket{Current, D1To30, D31To60, D61To90, D91Plus}

// String returns the bucket's name in reports: current, d1_30 and so on.
func (b Bucket) String() string {
	return [...]string{"current", "d1_30", "d31_60", "d61_90", "d91_plus"}[b]
}

// Title returns the bucket's name for a person.
func (b Bucket) Title() string {
	return [...]string{"Current", "1–30 days", "31–60 days", "61–90 days", "91+ days"}[b]
}

// BucketOf returns the bucket of a number of days past due.
func BucketOf(daysPastDue int) Bucket {
	switch {
	case daysPastDue <= 0:
		return Current
	case daysPastDue <= 30:
		return D1To30
	case daysPastDue <= 60:
		return D31To60
	case daysPastDue <= 90:
		return D61To90
	}
	return D91Plus
}

// Aging is what one account owes in one currency, in minor units, by days past
// the due day.
type Aging struct {
	Account     ar.AccountID
	Number      string
	Name        string
	Currency    ar.Currency
	InBucket    [5]int64 // by Bucket: positive open invoices and retentions; undated ones are current
	OtherDebits int64    // other positive amounts: debit memos, finance charges, opening balances, overdrawn receipts
	Unapplied   int64    // negative: open credit memos, receipts and prepayments, and any other negative amount
}

// Total returns the sum of all seven amounts: the account's balance.
func (a Aging) Total() int64 {
	total := a.OtherDebits + a.Unapplied
	for _, amount := range a.InBucket {
		total += amount
	}
	return total
}

// Add counts one document, as open on day, into its place. Its currency must
// be the row's.
func (a *Aging) Add(doc ar.Document, day ar.Day) {
	switch {
	case doc.Open < 0:
		a.Unapplied += doc.Open
	case doc.Kind == ar.Invoice || doc.Kind == ar.Retention:
		a.InBucket[BucketOf(doc.DaysPastDue(day))] += doc.Open
	default:
		a.OtherDebits += doc.Open
	}
}

// Aging returns one row per currency in which the account had anything open at
// the end of day, ordered by currency.
func (l AccountLedger) Aging(day ar.Day) []Aging {
	return Age(l.Customer, l.AsOf(day), day)
}

// Age sorts open documents of one customer, as open on day, into one row per
// currency, ordered by currency.
func Age(c ar.Customer, open []ar.Document, day ar.Day) []Aging {
	var rows []Aging
	var order ar.Balance
	for _, d := range open {
		order = order.Add(0, d.Currency)
	}
	for _, m := range order {
		row := Aging{Account: c.Account, Number: c.Number, Name: c.Name, Currency: m.Currency}
		for _, d := range open {
			if d.Currency == m.Currency {
				row.Add(d, day)
			}
		}
		rows = append(rows, row)
	}
	return rows
}
