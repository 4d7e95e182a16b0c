package store

import (
	"context"
	"database/sql"

	"holdfast/engine/ar"
)

// isReceipt is true of an application s of money that came in: not reversed, and
// of no credit. What the state does not know is taken to be a receipt.
const isReceipt = `s.reversed = 0 AND s.amount > 0 AND s.applied_on > 0 AND NOT EXISTS (SELECT 1 FROM document r
	WHERE r.company_no = ? AND r.id = s.receipt_id AND r.kind NOT IN ('receipt', 'prepayment'))`

// notePaid notes what the applications taken in say of their customers: the
// days of new ones count by themselves, of those that changed all are read again.
func (w *swap) notePaid(ctx context.Context, first bool) error {
	if first {
		_, err := w.exec(ctx, paidFrom(`application s`, `s.company_no = ?`), w.company.no, w.company.no, w.company.no)
		return err
	}
	_, err := w.exec(ctx, paidByNew(), w.company.no, w.company.no)
	if err != nil {
		return err
	}
	return w.noteUnpaid(ctx, `SELECT k.document_id FROM temp.differing x CROSS JOIN staged.application k
		WHERE k.n = x.n AND x.kept_customer IS NOT NULL`)
}

// paidByNew adds up the applications that were not there before.
func paidByNew() string {
	return paidFrom(`temp.differing x CROSS JOIN staged.application s`, `s.n = x.n AND x.kept_customer IS NULL`)
}

// paidFrom adds up applications s by the customer of their document.
func paidFrom(from, where string) string {
	return `INSERT INTO temp.paid (customer_id, first_on, last_on)
		SELECT COALESCE(d.customer_id, s.customer_id), MIN(s.applied_on), MAX(s.applied_on) FROM ` + from + `
		LEFT JOIN document d ON d.company_no = ? AND d.id = s.document_id
		WHERE ` + where + ` AND ` + isReceipt + ` GROUP BY 1`
}

// noteUnpaid notes the customers whose receipts are to be read again: those of
// the documents that a query returns.
func (w *swap) noteUnpaid(ctx context.Context, documents string, args ...any) error {
	_, err := w.exec(ctx, `INSERT INTO temp.unpaid (customer_id) SELECT DISTINCT d.customer_id FROM (`+documents+`) g
		CROSS JOIN document d WHERE d.company_no = ? AND d.id = g.document_id ON CONFLICT DO NOTHING`, append(args, w.company.no)...)
	return err
}

// keepLives keeps since when each customer is known, and when it paid.
func (w *swap) keepLives(ctx context.Context) error {
	seen := w.day
	if w.first {
		seen = 0
	}
	_, err := w.exec(ctx, `INSERT INTO customer_life (company_no, customer_id, seen_on, first_paid_on, last_paid_on)
		SELECT c.company_no, c.id, ?, 0, 0 FROM temp.touched_customer t CROSS JOIN customer c
		WHERE c.company_no = ? AND c.id = t.id ON CONFLICT DO NOTHING`, int64(seen), w.company.no)
	if err != nil {
		return err
	}
	_, err = w.exec(ctx, `INSERT INTO customer_life (company_no, customer_id, seen_on, first_paid_on, last_paid_on)
		SELECT ?, p.customer_id, ?, p.first_on, p.last_on FROM temp.paid p WHERE true ON CONFLICT (company_no, customer_id) DO UPDATE
		SET first_paid_on = CASE WHEN first_paid_on BETWEEN 1 AND excluded.first_paid_on THEN first_paid_on ELSE excluded.first_paid_on END,
			last_paid_on = CASE WHEN last_paid_on > excluded.last_paid_on THEN last_paid_on ELSE excluded.last_paid_on END`,
		w.company.no, int64(seen))
	if err != nil {
		return err
	}
	_, err = w.exec(ctx, countPaid+`IN (SELECT customer_id FROM temp.unpaid)`, w.company.no, w.company.no)
	return err
}

// countPaid reads the receipts of customers anew, from all their documents.
const countPaid = `UPDATE customer_life SET (first_paid_on, last_paid_on) = (
		SELECT COALESCE(MIN(s.applied_on), 0), COALESCE(MAX(s.applied_on), 0) FROM document d CROSS JOIN application s
		WHERE d.company_no = customer_life.company_no AND d.customer_id = customer_life.customer_id
		AND s.company_no = d.company_no AND s.document_id = d.id AND ` + isReceipt + `)
	WHERE company_no = ? AND customer_id `

// beginLife keeps the day on which a fresh read first brought a customer.
func beginLife(ctx context.Context, tx *sql.Tx, no int64, id ar.CustomerID, day ar.Day) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO customer_life (company_no, customer_id, seen_on, first_paid_on, last_paid_on)
		VALUES (?, ?, ?, 0, 0) ON CONFLICT DO NOTHING`, no, string(id), int64(day))
	return err
}
