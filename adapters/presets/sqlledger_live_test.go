package presets_test

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"holdfast/adapters/adaptertest"
	"holdfast/engine/ar"
)

// sqlLedgerPackage names the folder that the Debian package sql-ledger was
// unpacked to.
const sqlLedgerPackage = "HOLDFAST_TEST_SQLLEDGER"

// The open items of a drawn life on the package's own tables equal, per document
// and per customer and currency, what the life itself knows, and in the company's
// currency what the entries on the receivable account add up to.
func TestSQLLedgerEqualsItsBooks(t *testing.T) {
	folder := packageFolder(t, sqlLedgerPackage, "sql-ledger", "usr/share/sql-ledger/sql")
	dsn := adaptertest.Postgres(t)
	for _, name := range []string{"Pg-tables.sql", "Pg-functions.sql", "Pg-indices.sql"} {
		psql(t, dsn, filepath.Join(folder, name), true)
	}
	l := &slLife{newLife(t, dsn, 20261122)}
	l.found()
	got := l.live(openPreset(t, "sql-ledger", "Harbor Pumps", dsn), l.step)
	l.equals(got)
	l.equalsLedger(got)
	explainedDocuments(t, got)
}

// slLife is a life in SQL-Ledger, written as its screens write it: amounts in
// the company's currency, each rounded, in floating point.
type slLife struct{ *life }

// found sets the company up: accounts 1 receivable, 2 bank, 3 discounts, 4
// sales, 5 exchange differences.
func (l *slLife) found() {
	l.exec(`INSERT INTO defaults VALUES ('company', 'Harbor Pumps'), ('precision', '2')`)
	l.exec(`INSERT INTO curr VALUES (1, 'USD', 2), (2, 'EUR', 2), (3, 'JPY', 0)`)
	l.exec(`INSERT INTO chart (id, accno, link) VALUES (1, '1200', 'AR'), (2, '1060', 'AR_paid:AP_paid'), (3, '4450', 'AR_discount'),
		(4, '4020', 'AR_amount'), (5, '4460', '')`)
	for c := 1; c <= 12; c++ {
		l.exec(`INSERT INTO customer (id, name, customernumber, curr) VALUES ($1, $2, $2, 'USD')`, c, fmt.Sprintf("Customer %d", c))
	}
}

func (l *slLife) step() {
	l.day += ar.Day(l.rng.IntN(2))
	switch n := l.rng.IntN(100); {
	case n < 38:
		l.invoice(l.draw(), l.rate(), true)
	case n < 44:
		i := l.draw()
		i.amount = -i.amount
		l.invoice(i, l.rate(), true)
	case n < 47:
		l.invoice(l.draw(), l.rate(), false)
	case n < 75:
		l.receive()
	case n < 82:
		l.deposit()
	case n < 88:
		l.settle(func(i *item) bool { return i.amount == 0 && i.open < 0 })
	default:
		l.settle(func(i *item) bool { return i.amount < 0 && i.open < 0 })
	}
}

// rate draws what the company's currency is worth: the euro between 1.05 and
// 1.2, the yen a two hundredth of it.
func (l *slLife) rate() map[ar.Currency]string {
	n := 500 + l.rng.IntN(1500)
	return map[ar.Currency]string{"USD": "1", "EUR": fmt.Sprintf("1.%04d", n), "JPY": fmt.Sprintf("0.00%04d", 6000+n)}
}

// invoice books a document. ar has its amount in the company's currency only,
// rounded, so an amount that the books cannot give back is not drawn.
func (l *slLife) invoice(i *item, rates map[ar.Currency]string, approved bool) {
	rate, digits := rates[i.currency], 2
	if i.currency == "JPY" {
		digits = 0
	}
	fc := ar.FormatAmount(i.amount, i.currency)
	if l.number(`SELECT count(*) WHERE round(round($1::text::numeric * $2::text::numeric, 2) / $2::text::numeric, $3) = $1::text::numeric`,
		fc, rate, digits) == 0 {
		return
	}
	id := l.number(`INSERT INTO ar (invnumber, customer_id, transdate, duedate, amount, netamount, paid, curr, approved, exchangerate)
		VALUES ($1, $2, $3::text::date, $3::text::date + 30, round($4::text::numeric * $5::text::numeric, 2), 0, 0, $6, $7, $5::text::float8)
		RETURNING id`, fmt.Sprintf("I-%d", l.next()), i.customer, i.day.String(), fc, rate, string(i.currency), approved)
	l.entry(id, 1, `-amount::numeric`, false, approved)
	l.entry(id, 4, `amount::numeric`, false, approved)
	if approved {
		i.id, i.open = fmt.Sprint(id), i.amount
		l.items = append(l.items, i)
	}
}

// entry books an amount, which is SQL over the document's row.
func (l *slLife) entry(id, account int, amount string, fx, approved bool) {
	l.exec(fmt.Sprintf(`INSERT INTO acc_trans (trans_id, chart_id, amount, transdate, fx_transaction, approved)
		SELECT id, $2, %s, $3::text::date, $4, $5 FROM ar WHERE id = $1`, amount), id, account, l.day.String(), fx, approved)
}

// apply takes part of an item as paid, as the payment screen does: the
// receivable at the document's rate, rounded; the bank in the payment's currency.
func (l *slLife) apply(i *item, part, discount int64) {
	id, number := idOf(i), l.next()
	amount := ar.FormatAmount(part, i.currency)
	own := fmt.Sprintf("round(%s * COALESCE(exchangerate::numeric, 1), 2)", amount)
	l.entry(id, 1, own, false, true)
	l.exec(`INSERT INTO acc_trans (trans_id, chart_id, amount, transdate, source, fx_transaction, id)
		VALUES ($1, 2, -$2::text::numeric, $3::text::date, $4, false, $5)`, id, amount, l.day.String(), fmt.Sprintf("S-%d", number), number)
	l.entry(id, 2, amount+" - "+own, true, true)
	paid := own
	if discount != 0 {
		less := fmt.Sprintf("round(%s * COALESCE(exchangerate::numeric, 1), 2)", ar.FormatAmount(discount, i.currency))
		l.entry(id, 1, less, false, true)
		l.entry(id, 3, "-"+ar.FormatAmount(discount, i.currency), false, true)
		paid += " + " + less
	}
	l.exec(fmt.Sprintf(`UPDATE ar SET paid = round(paid::numeric + %s, 2), datepaid = $2::text::date WHERE id = $1`, paid), id, l.day.String())
	i.open -= part + discount
}

// receive pays an invoice, or a part of it, now and then less a discount.
func (l *slLife) receive() {
	i := l.pick(invoiceOpen)
	if i == nil {
		return
	}
	part, discount := l.part(i.open), int64(0)
	if l.rng.IntN(5) == 0 {
		discount = part / 50
	}
	l.apply(i, part-discount, discount)
}

// deposit takes money on account: a row of ar without an amount. In dollars or,
// with the rate of its day on file, in euro.
func (l *slLife) deposit() {
	i := l.draw()
	rate := l.rate()[i.currency]
	if i.currency == "JPY" {
		return
	}
	i.open, i.amount = -i.amount, 0
	money := ar.FormatAmount(-i.open, i.currency)
	if i.currency == "EUR" {
		if l.number(`SELECT count(*) FROM exchangerate WHERE transdate = $1::text::date`, l.day.String()) > 0 {
			return
		}
		l.exec(`INSERT INTO exchangerate VALUES ('EUR', $1::text::date, $2::text::float8)`, l.day.String(), rate)
	}
	id := l.number(`INSERT INTO ar (invnumber, customer_id, transdate, datepaid, duedate, amount, netamount, paid, curr)
		VALUES ($1, $2, $3::text::date, $3::text::date, $3::text::date, 0, 0, round($4::text::numeric * $5::text::numeric, 2), $6) RETURNING id`,
		fmt.Sprintf("D-%d", l.next()), i.customer, i.day.String(), money, rate, string(i.currency))
	i.id = fmt.Sprint(id)
	l.items = append(l.items, i)
	l.entry(id, 1, "paid::numeric", false, true)
	l.entry(id, 2, "-"+money, false, true)
	l.entry(id, 2, money+" - paid::numeric", true, true)
}

// settle pays an invoice with a credit note or a deposit: one screen, two rows.
func (l *slLife) settle(fits func(*item) bool) {
	credit := l.pick(func(i *item) bool { return fits(i) && (i.amount != 0 || i.currency == "USD") })
	if credit == nil {
		return
	}
	invoice := l.pick(func(i *item) bool {
		return invoiceOpen(i) && i.customer == credit.customer && i.currency == credit.currency
	})
	if invoice == nil {
		return
	}
	part := l.part(min(-credit.open, invoice.open))
	l.apply(invoice, part, 0)
	l.apply(credit, -part, 0)
}

// equalsLedger compares what is open in the company's currency with the entries
// on the receivable account. Cents that only rounding left are no open item.
func (l *slLife) equalsLedger(got *ledger) {
	l.t.Helper()
	want, have, settled := map[string]string{}, map[string]string{}, map[string]bool{}
	for _, d := range got.documents {
		settled[string(d.ID)] = d.Open == 0
		if d.BaseOpen != nil && *d.BaseOpen != 0 {
			have[string(d.ID)] = ar.FormatAmount(*d.BaseOpen, "USD")
		}
	}
	rows, err := l.conn.Query(context.Background(), `SELECT a.id::text, round(-sum(t.amount)::numeric, 2)::text, abs(sum(t.amount)) < 0.05
		FROM ar AS a JOIN acc_trans AS t ON t.trans_id = a.id AND t.chart_id = 1 WHERE a.approved
		GROUP BY a.id HAVING round(sum(t.amount)::numeric, 2) <> 0`)
	if err != nil {
		l.t.Fatal(err)
	}
	for rows.Next() {
		var id, open string
		var crumb bool
		if err := rows.Scan(&id, &open, &crumb); err != nil {
			l.t.Fatal(err)
		}
		if !crumb || !settled[id] {
			want[id] = open
		}
	}
	if err := rows.Err(); err != nil {
		l.t.Fatal(err)
	}
	if diff := cmp.Diff(want, have); diff != "" {
		l.t.Errorf("open in the company's currency (-entries +pull):\n%s", diff)
	}
}

// explainedDocuments: the amount of an invoice or credit note less what was
// applied is open.
func explainedDocuments(t *testing.T, l *ledger) {
	t.Helper()
	applied := map[ar.DocumentID]int64{}
	for _, a := range l.applications {
		applied[a.Document] += a.Amount + a.Discount
	}
	for _, d := range l.documents {
		if d.Kind != ar.Receipt && d.Amount-applied[d.ID] != d.Open {
			t.Errorf("%s: %d less %d is not %d", d.ID, d.Amount, applied[d.ID], d.Open)
		}
	}
	if len(l.applications) < 50 {
		t.Errorf("only %d applications", len(l.applications))
	}
}
