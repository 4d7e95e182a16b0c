package ledger

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"holdfast/engine/ar"
)

// drawHistory makes an account by living it: documents are posted, receipts
// are applied to what is open, some with discounts, and the open amounts and
// closing days are kept as an ERP would. It returns the account and the true
// balance per day and currency.
func drawHistory(t *rapid.T) (AccountLedger, map[ar.Day]ar.Balance, ar.Day, ar.Day) {
	first, last := ar.MustDay("2026-01-01"), ar.MustDay("2026-01-20")
	var l AccountLedger
	truth := map[ar.Day]ar.Balance{}
	var balance ar.Balance
	for day := first; day <= last; day++ {
		for range rapid.IntRange(0, 3).Draw(t, "documents") {
			d := drawDocument(t, len(l.Documents), day)
			l.Documents = append(l.Documents, d)
			balance = balance.Add(d.Amount, d.Currency)
		}
		for range rapid.IntRange(0, 2).Draw(t, "applications") {
			if a, ok := drawApplication(t, &l, day); ok {
				balance = balance.Add(-a.Discount-a.WriteOff, currencyOf(l, a.Document))
			}
		}
		truth[day] = append(ar.Balance(nil), balance...)
	}
	return l, truth, first, last
}

func drawDocument(t *rapid.T, n int, day ar.Day) ar.Document {
	kind := rapid.SampledFrom(ar.Kinds).Draw(t, "kind")
	d := ar.Document{
		ID: ar.DocumentID(fmt.Sprint(n)), Number: fmt.Sprint(n), Kind: kind, IssuedOn: day, PostedOn: day,
		DueOn:    day + ar.Day(rapid.IntRange(-5, 30).Draw(t, "terms")),
		Currency: rapid.SampledFrom([]ar.Currency{"USD", "EUR"}).Draw(t, "currency"),
		Amount:   rapid.Int64Range(1, 100000).Draw(t, "amount"),
	}
	if d.IsCredit() {
		d.Amount = -d.Amount
	}
	d.Open = d.Amount
	return d
}

func drawApplication(t *rapid.T, l *AccountLedger, day ar.Day) (ar.Application, bool) {
	if len(l.Documents) == 0 {
		return ar.Application{}, false
	}
	pick := rapid.IntRange(0, len(l.Documents)-1)
	r, d := &l.Documents[pick.Draw(t, "receipt")], &l.Documents[pick.Draw(t, "document")]
	if r.Open >= 0 || d.Open <= 0 || r.Currency != d.Currency {
		return ar.Application{}, false
	}
	a := ar.Application{Receipt: r.ID, Document: d.ID, AppliedOn: day, Amount: rapid.Int64Range(1, min(-r.Open, d.Open)).Draw(t, "applied")}
	if rest := d.Open - a.Amount; rest > 0 && rapid.Bool().Draw(t, "discounted") {
		a.Discount = rapid.Int64Range(0, rest).Draw(t, "discount")
		a.WriteOff = rest - a.Discount
	}
	r.Open += a.Amount
	d.Open -= a.Amount + a.Discount + a.WriteOff
	for _, doc := range []*ar.Document{r, d} {
		if doc.Open == 0 {
			doc.ClosedOn = day
		}
	}
	l.Applications = append(l.Applications, a)
	return a, true
}

func currencyOf(l AccountLedger, id ar.DocumentID) ar.Currency {
	for _, d := range l.Documents {
		if d.ID == id {
			return d.Currency
		}
	}
	return ""
}

// The past is rebuilt from today's open amounts: on every day the balance is
// what it was, the buckets add up to it, and between any two days it moves by
// what was posted, discounted and written off.
func TestHistoryIsRebuilt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l, truth, first, last := drawHistory(t)
		h := l.History()
		d0 := first + ar.Day(rapid.IntRange(0, 19).Draw(t, "d0"))
		d1 := d0 + ar.Day(rapid.IntRange(0, int(last-d0)).Draw(t, "d1"))
		for _, cur := range []ar.Currency{"USD", "EUR"} {
			if got, want := h.Balance(d1).In(cur), truth[d1].In(cur); got != want {
				t.Fatalf("balance in %s on %s: %d, was %d", cur, d1, got, want)
			}
			var moved, posted int64
			for _, m := range h.Movements(d0+1, d1) {
				if m.Document.Currency == cur {
					moved += m.Amount
				}
			}
			for _, d := range l.Documents {
				if day := PostingDay(d); day > d0 && day <= d1 && d.Currency == cur {
					posted += d.Amount
				}
			}
			for _, a := range l.Applications {
				if a.AppliedOn > d0 && a.AppliedOn <= d1 && currencyOf(l, a.Document) == cur {
					posted -= a.Discount + a.WriteOff
				}
			}
			diff := h.Balance(d1).In(cur) - h.Balance(d0).In(cur)
			if diff != moved || diff != posted {
				t.Fatalf("%s from %s to %s: balance moved %d, movements %d, posted %d", cur, d0, d1, diff, moved, posted)
			}
		}
		for _, row := range l.Aging(d1) {
			if row.Total() != h.Balance(d1).In(row.Currency) {
				t.Fatalf("buckets of %s add up to %d, balance is %d", row.Currency, row.Total(), h.Balance(d1).In(row.Currency))
			}
		}
	})
}
