package store

import (
	"context"
	"database/sql"
	"math/big"

	"holdfast/engine/ar"
)

// Payer is a customer in one currency.
type Payer struct {
	Customer ar.CustomerID
	Currency ar.Currency
}

// Paid is how late a customer paid in one currency.
type Paid struct {
	Payer
	Documents int // that anything was paid on
	DaysLate  int // on average, weighted by amount; negative: before they were due
}

// PaidLate returns how late each customer of a company paid what was posted in a
// span of days, both included, in the order of customer and currency. Money is
// counted, credit memos are not.
func (s *Store) PaidLate(ctx context.Context, source ar.Source, id ar.CompanyID, from, to ar.Day) ([]Paid, error) {
	const op = "read how customers pay"
	c, err := findCompany(ctx, s.r, source, id)
	if err != nil {
		return nil, wrap(op, err)
	}
	var list []Paid
	var sum weighted
	last := ""
	rows, err := s.r.QueryContext(ctx, `SELECT d.customer_id, d.currency, d.id, d.due_on, a.applied_on, a.amount
		FROM document d JOIN application a ON a.company_no = d.company_no AND a.document_id = d.id
		WHERE d.company_no = ? AND d.due_on <> 0 AND d.amount > 0 AND d.voided = 0 AND a.reversed = 0 AND a.amount > 0
			AND CASE WHEN a.posted_on <> 0 THEN a.posted_on ELSE a.applied_on END BETWEEN ? AND ?
			AND NOT EXISTS (SELECT 1 FROM document r WHERE r.company_no = a.company_no AND r.id = a.receipt_id AND r.kind = ?)
		ORDER BY d.customer_id, d.currency, d.id`, c.no, int64(from), int64(to), string(ar.CreditMemo))
	err = each(rows, err, func(rows *sql.Rows) error {
		var p Payer
		var document string
		var due, on, amount int64
		if err := rows.Scan(&p.Customer, &p.Currency, &document, &due, &on, &amount); err != nil {
			return err
		}
		if len(list) == 0 || list[len(list)-1].Payer != p {
			sum.end(list)
			list, last = append(list, Paid{Payer: p}), ""
		}
		if document != last {
			list[len(list)-1].Documents++
			last = document
		}
		sum.add(amount, on-due)
		return nil
	})
	sum.end(list)
	return list, wrap(op, err)
}

// weighted is an average of days by amount, on its way.
type weighted struct{ product, weight big.Int }

func (w *weighted) add(amount, days int64) {
	w.product.Add(&w.product, new(big.Int).Mul(big.NewInt(amount), big.NewInt(days)))
	w.weight.Add(&w.weight, big.NewInt(amount))
}

// end gives the average, rounded down, to the last of list, and begins anew.
func (w *weighted) end(list []Paid) {
	if len(list) > 0 && w.weight.Sign() > 0 {
		list[len(list)-1].DaysLate = int(new(big.Int).Div(&w.product, &w.weight).Int64())
	}
	w.product.SetInt64(0)
	w.weight.SetInt64(0)
}
