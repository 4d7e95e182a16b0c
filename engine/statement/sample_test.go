package statement

import (
	"fmt"
	"iter"

	"holdfast/engine/ar"
	"holdfast/engine/ledger"
)

var seller = Seller{
	Name:    "Harbour & Sons Chandlery, Inc.",
	Address: []string{"14 Quay Street", "Portland, ME 04101"},
	Phone:   "+1 207 555 0100",
	Email:   "receivables@harbour.example",
}

var october = ar.MustDay("2026-10-15")

// sample is an account with two currencies, a dispute, a credit memo, a part
// payment with discount, an unexplained closing and a text that looks like a
// formula.
func sample() ledger.AccountLedger {
	day := ar.MustDay
	id := ar.AccountID{Source: "erp", Company: "1", Customer: "77"}
	doc := func(number string, kind ar.Kind, issued, due string, cur ar.Currency, amount, open int64) ar.Document {
		return ar.Document{
			ID: ar.DocumentID(number), Account: id, Number: number, Kind: kind, IssuedOn: day(issued), PostedOn: day(issued),
			DueOn: day(due), Currency: cur, Amount: amount, Open: open,
		}
	}
	docs := []ar.Document{
		doc("INV-1001", ar.Invoice, "2026-06-20", "2026-07-20", "USD", 1250000, 1250000),
		doc("INV-1007", ar.Invoice, "2026-08-03", "2026-09-02", "USD", 431950, 231950),
		doc("INV-1012", ar.Invoice, "2026-09-14", "2026-10-14", "USD", 98000, 98000),
		doc("INV-1020", ar.Invoice, "2026-10-05", "2026-11-04", "USD", 756025, 756025),
		doc("INV-1021", ar.Invoice, "2026-09-10", "2026-10-10", "USD", 50000, 0),
		doc("INV-1022", ar.Invoice, "2026-09-11", "2026-10-11", "USD", 70000, 0),
		doc("CM-0031", ar.CreditMemo, "2026-10-12", "", "USD", -12500, -12500),
		doc("R-5501", ar.Receipt, "2026-10-08", "", "USD", -249000, 0),
		doc("FC-9", ar.FinanceCharge, "2026-10-31", "2026-10-31", "USD", 2500, 2500),
		doc("INV-2001", ar.Invoice, "2026-10-02", "2026-10-31", "EUR", 88000, 88000),
		doc("INV-3001", ar.Invoice, "2026-11-02", "2026-12-01", "EUR", 1000, 1000),
	}
	docs[0].Disputed, docs[0].DisputedAmount = true, 40000
	docs[0].PONumber = "=HYPERLINK(\"http://bad.example\")"
	docs[1].PONumber = "PO 88-4471"
	docs[3].PONumber = "@SUM(A1)"
	docs[4].ClosedOn, docs[5].ClosedOn, docs[7].ClosedOn = day("2026-10-08"), day("2026-10-20"), day("2026-10-08")
	return ledger.AccountLedger{
		Customer:  ar.Customer{Account: id, Number: "C-0077", Name: "=Østfold Marine \x01& Co", Address: ar.Address{City: "Boston"}},
		Documents: docs,
		Applications: []ar.Application{
			{Account: id, ID: "1", Receipt: "R-5501", Document: "INV-1007", AppliedOn: day("2026-10-08"), Amount: 200000},
			{Account: id, ID: "2", Receipt: "R-5501", Document: "INV-1021", AppliedOn: day("2026-10-08"), Amount: 49000, Discount: 1000},
		},
	}
}

// company is n accounts, each with some documents, in the order of numbers.
func company(n, documents int) iter.Seq2[ledger.AccountLedger, error] {
	return func(yield func(ledger.AccountLedger, error) bool) {
		for i := range n {
			if !yield(account(i, documents), nil) {
				return
			}
		}
	}
}

func account(i, documents int) ledger.AccountLedger {
	id := ar.AccountID{Source: "erp", Company: "1", Customer: ar.CustomerID(fmt.Sprint(i))}
	l := ledger.AccountLedger{Customer: ar.Customer{Account: id, Number: fmt.Sprintf("%06d", i), Name: fmt.Sprintf("Customer %d Ltd", i)}}
	first := ar.MustDay("2026-07-01")
	for j := range documents {
		issued := first + ar.Day((i*7+j*11)%120)
		amount := int64(1000 + (i*7919+j*104729)%900000)
		l.Documents = append(l.Documents, ar.Document{
			ID: ar.DocumentID(fmt.Sprintf("%d-%d", i, j)), Account: id, Number: fmt.Sprintf("INV-%06d-%d", i, j), Kind: ar.Invoice,
			IssuedOn: issued, PostedOn: issued, DueOn: issued + 30, Currency: []ar.Currency{"USD", "EUR", "JPY"}[(i+j)%3],
			Amount: amount, Open: amount, PONumber: fmt.Sprintf("PO-%d", j),
		})
	}
	return l
}
