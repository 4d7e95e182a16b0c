package ledger

import (
	"testing"

	"holdfast/engine/ar"
)

func TestBucketOf(t *testing.T) {
	asOf := ar.MustDay("2026-03-31")
	for due, want := range map[string]Bucket{
		"2026-04-01": Current,
		"2026-03-31": Current,
		"2026-03-30": D1To30,
		"2026-03-01": D1To30,
		"2026-02-28": D31To60,
		"2026-01-30": D31To60,
		"2026-01-29": D61To90,
		"2025-12-31": D61To90,
		"2025-12-30": D91Plus,
		"":           Current,
	} {
		d := ar.Document{Kind: ar.Invoice, DueOn: ar.MustDay(due)}
		if got := BucketOf(d.DaysPastDue(asOf)); got != want {
			t.Errorf("due %q: %s, want %s", due, got, want)
		}
	}
}

func TestAgingPlacesEachKind(t *testing.T) {
	asOf := ar.MustDay("2026-03-31")
	due := ar.MustDay("2026-03-01")
	doc := func(kind ar.Kind, due ar.Day, cur ar.Currency, open int64) ar.Document {
		return ar.Document{ID: ar.DocumentID(kind), Kind: kind, DueOn: due, Currency: cur, Amount: open, Open: open}
	}
	l := AccountLedger{Customer: ar.Customer{Number: "7", Name: "Seven"}, Documents: []ar.Document{
		doc(ar.Invoice, due, "USD", 100),
		doc(ar.Retention, ar.MustDay("2025-10-01"), "USD", 200),
		doc(ar.DebitMemo, due, "USD", 300),
		doc(ar.FinanceCharge, due, "USD", 400),
		doc(ar.Opening, due, "USD", 500),
		doc(ar.CreditMemo, due, "USD", -10),
		doc(ar.Receipt, 0, "USD", -20),
		doc(ar.Prepayment, 0, "USD", -30),
		doc(ar.Invoice, due, "EUR", -5),
		{ID: "void", Kind: ar.Invoice, DueOn: due, Currency: "USD", Amount: 9, Open: 9, Voided: true},
	}}
	rows := l.Aging(asOf)
	if len(rows) != 2 || rows[0].Currency != "EUR" || rows[1].Currency != "USD" {
		t.Fatalf("rows by currency: %+v", rows)
	}
	usd := rows[1]
	if usd.InBucket != [5]int64{0, 100, 0, 0, 200} || usd.OtherDebits != 1200 || usd.Unapplied != -60 || usd.Total() != 1440 {
		t.Errorf("USD row: %+v, total %d", usd, usd.Total())
	}
	if rows[0].Unapplied != -5 || rows[0].Total() != -5 {
		t.Errorf("EUR row: %+v", rows[0])
	}
}

// The account of the next tests: an invoice of 100.00 paid in two parts with a
// discount, a receipt that came before its invoice, and a closed invoice that
// no application explains.
func sample() AccountLedger {
	day := ar.MustDay
	return AccountLedger{
		Documents: []ar.Document{
			{ID: "i1", Number: "1", Kind: ar.Invoice, IssuedOn: day("2026-01-10"), DueOn: day("2026-02-09"), Currency: "USD", Amount: 10000, ClosedOn: day("2026-03-05")},
			{ID: "r1", Number: "R1", Kind: ar.Receipt, PostedOn: day("2026-01-05"), Currency: "USD", Amount: -4000, ClosedOn: day("2026-01-10")},
			{ID: "r2", Number: "R2", Kind: ar.Receipt, PostedOn: day("2026-03-05"), Currency: "USD", Amount: -7000, Open: -1200},
			{ID: "i2", Number: "2", Kind: ar.Invoice, IssuedOn: day("2026-02-01"), DueOn: day("2026-03-03"), Currency: "USD", Amount: 500, ClosedOn: day("2026-03-10")},
		},
		Applications: []ar.Application{
			{ID: "a1", Receipt: "r1", Document: "i1", AppliedOn: day("2026-01-05"), Amount: 4000},
			{ID: "a2", Receipt: "r2", Document: "i1", AppliedOn: day("2026-03-05"), Amount: 5800, Discount: 200},
			{ID: "a3", Receipt: "r2", Document: "i1", AppliedOn: day("2026-03-04"), Amount: 999, Reversed: true},
		},
	}
}

func TestOpenAt(t *testing.T) {
	l := sample()
	for _, c := range []struct {
		doc  int
		day  string
		want int64
	}{
		{0, "2026-01-09", 0}, {0, "2026-01-10", 6000}, {0, "2026-03-04", 6000}, {0, "2026-03-05", 0},
		{2, "2026-03-04", 0}, {2, "2026-03-05", -1200}, {2, "2026-06-01", -1200},
		{3, "2026-01-31", 0}, {3, "2026-02-01", 500}, {3, "2026-03-09", 500}, {3, "2026-03-10", 0},
	} {
		if got := OpenAt(l.Documents[c.doc], l.Applications, ar.MustDay(c.day)); got != c.want {
			t.Errorf("%s on %s: %d, want %d", l.Documents[c.doc].ID, c.day, got, c.want)
		}
	}
}

func TestApplicationWaitsForBothSides(t *testing.T) {
	h := sample().History()
	if got := h.Balance(ar.MustDay("2026-01-09")).In("USD"); got != -4000 {
		t.Errorf("a receipt applied ahead of its invoice stays unapplied until then: %d", got)
	}
	if got := h.Balance(ar.MustDay("2026-01-10")).In("USD"); got != 6000 {
		t.Errorf("invoice less the receipt: %d", got)
	}
}

func TestMovements(t *testing.T) {
	moves := sample().History().Movements(ar.MustDay("2026-03-01"), ar.MustDay("2026-03-31"))
	var got []Movement
	for _, m := range moves {
		got = append(got, Movement{Day: m.Day, Cause: m.Cause, Amount: m.Amount})
	}
	want := []Movement{
		{Day: ar.MustDay("2026-03-05"), Cause: Discount, Amount: -200},
		{Day: ar.MustDay("2026-03-05"), Cause: Posted, Amount: -7000},
		{Day: ar.MustDay("2026-03-10"), Cause: Adjustment, Amount: -500},
	}
	if len(got) != len(want) {
		t.Fatalf("movements %+v", got)
	}
	for i := range want {
		if got[i].Day != want[i].Day || got[i].Cause != want[i].Cause || got[i].Amount != want[i].Amount {
			t.Errorf("movement %d: %+v, want %+v", i, got[i], want[i])
		}
	}
}

func TestTransferToAnotherAccount(t *testing.T) {
	day := ar.MustDay("2026-02-01")
	l := AccountLedger{
		Documents:    []ar.Document{{ID: "r", Kind: ar.Receipt, PostedOn: day, Currency: "USD", Amount: -100, ClosedOn: day + 3}},
		Applications: []ar.Application{{Receipt: "r", Document: "elsewhere", AppliedOn: day + 3, Amount: 100}},
	}
	moves := l.History().Movements(day+1, day+9)
	if len(moves) != 1 || moves[0].Cause != Transfer || moves[0].Amount != 100 {
		t.Errorf("movements %+v", moves)
	}
}

func TestUnknownAmountIsWhatWasOpen(t *testing.T) {
	day := ar.MustDay("2026-02-01")
	l := AccountLedger{Documents: []ar.Document{{ID: "i", Kind: ar.Invoice, IssuedOn: day, Currency: "USD", Open: 70}}}
	moves := l.History().Movements(day, day)
	if len(moves) != 1 || moves[0].Cause != Posted || moves[0].Amount != 70 {
		t.Errorf("movements %+v", moves)
	}
}

func TestBalances(t *testing.T) {
	day := ar.MustDay("2026-03-31")
	docs := []ar.Document{
		{Kind: ar.Invoice, DueOn: day - 1, Currency: "USD", Open: 100, Disputed: true, DisputedAmount: 40},
		{Kind: ar.Invoice, DueOn: day, Currency: "USD", Open: 7},
		{Kind: ar.DebitMemo, DueOn: day - 9, Currency: "EUR", Open: 30},
		{Kind: ar.CreditMemo, DueOn: day - 9, Currency: "USD", Open: -25},
	}
	for what, got := range map[string]string{
		"30.00 EUR and 100.00 USD": scaled(Overdue(docs, day)),
		"40.00 USD":                scaled(Disputed(docs)),
		"-25.00 USD":               scaled(Unapplied(docs)),
		"30.00 EUR and 82.00 USD":  scaled(Open(docs)),
	} {
		if got != what {
			t.Errorf("%s, want %s", got, what)
		}
	}
}

// scaled writes a balance of small test figures as if they were whole units.
func scaled(b ar.Balance) string {
	var out ar.Balance
	for _, m := range b {
		out = out.Add(m.Minor*100, m.Currency)
	}
	return out.String()
}
