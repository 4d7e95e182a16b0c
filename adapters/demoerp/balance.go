package demoerp

import (
	"context"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
)

// Ledger is what the ERP's customers owe, summed from amounts and applications
// alone, not from the open amounts that the ERP keeps.
type Ledger struct {
	Total     ar.Balance // invoices less credit memos and unapplied receipts
	Overdue   ar.Balance // instalments that fell due before the day
	Customers map[ar.CustomerID]ar.Balance
	Open      int // documents that are not settled
}

const ledgerSQL = `
WITH applied AS (SELECT instalment_id, receipt_no, memo_no, amount FROM receipt_application WHERE reversed = 0),
document (customer_id, currency, due_on, open) AS (
	SELECT i.customer_id, v.currency, i.due_on,
		i.amount - coalesce((SELECT sum(a.amount) FROM applied AS a WHERE a.instalment_id = i.instalment_id), 0)
	FROM invoice_instalment AS i JOIN invoice AS v USING (invoice_no)
	UNION ALL
	SELECT r.customer_id, r.currency, NULL,
		coalesce((SELECT sum(a.amount) FROM applied AS a WHERE a.receipt_no = r.receipt_no), 0) - r.amount
	FROM receipt AS r WHERE r.returned = 0
	UNION ALL
	SELECT m.customer_id, m.currency, NULL,
		coalesce((SELECT sum(a.amount) FROM receipt_application AS a WHERE a.memo_no = m.memo_no AND a.reversed = 0), 0) - m.amount
	FROM credit_memo AS m)
SELECT customer_id, currency, sum(open), sum(CASE WHEN due_on < ? THEN open ELSE 0 END), count(*)
FROM document WHERE open <> 0 GROUP BY customer_id, currency ORDER BY customer_id, currency`

// Balance sums the ledger as it stands now; day says what counts as overdue.
func (e *ERP) Balance(ctx context.Context, day ar.Day) (Ledger, error) {
	l := Ledger{Customers: map[ar.CustomerID]ar.Balance{}}
	rows, err := e.db.QueryContext(ctx, ledgerSQL, day.String())
	if err != nil {
		return l, fault.Wrap("sum the demo ledger", err)
	}
	defer rows.Close() // rows.Err says all there is
	for rows.Next() {
		var id ar.CustomerID
		var cur ar.Currency
		var open, overdue int64
		var n int
		if err := rows.Scan(&id, &cur, &open, &overdue, &n); err != nil {
			return l, fault.Wrap("sum the demo ledger", err)
		}
		l.Total, l.Overdue = l.Total.Add(open, cur), l.Overdue.Add(overdue, cur)
		l.Customers[id] = l.Customers[id].Add(open, cur)
		l.Open += n
	}
	return l, fault.Wrap("sum the demo ledger", rows.Err())
}
