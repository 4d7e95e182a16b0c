package store

import (
	"context"
	"fmt"
	"strings"

	"holdfast/engine/ar"
)

// swapRest takes contacts, applications and orders in and drops those that a
// full read did not bring, or that the ERP reported gone. A full read leaves
// applications of closed documents: they are history.
func (w *swap) swapRest(ctx context.Context) error {
	rest := []struct {
		table  table
		entity string
		gone   string
	}{
		{contactTable, "contacts", `company_no = ?`},
		{orderTable, "orders", `company_no = ?`},
		{applicationTable, "applications", fmt.Sprintf(
			`company_no = ? AND document_id IN (SELECT id FROM document WHERE company_no = %d AND open <> 0)`, w.company.no)},
	}
	for _, r := range rest {
		first, err := w.take(ctx, r.table)
		if err != nil {
			return err
		}
		if r.table.name == applicationTable.name {
			if err := w.notePaid(ctx, first); err != nil {
				return err
			}
		}
		if first || !w.full && !w.told {
			continue
		}
		key := strings.Join(r.table.match, ", ")
		gone := r.gone
		if !w.full {
			gone = `company_no = ? AND id IN (SELECT id FROM staged.gone WHERE entity = '` + r.entity + `')`
		}
		gone += ` AND (` + key + `) NOT IN (SELECT ` + key + ` FROM staged.` + r.table.name + `)
			AND id NOT IN (SELECT id FROM staged.flaw WHERE entity = '` + r.entity + `')`
		if err := w.touchCustomers(ctx, `SELECT DISTINCT customer_id FROM `+r.table.name+` WHERE `+gone, w.company.no); err != nil {
			return err
		}
		if r.table.name == applicationTable.name {
			if err := w.noteUnpaid(ctx, `SELECT DISTINCT document_id FROM application WHERE `+gone, w.company.no); err != nil {
				return err
			}
		}
		n, err := w.exec(ctx, `DELETE FROM `+r.table.name+` WHERE `+gone, w.company.no)
		if err != nil {
			return err
		}
		w.report.Changed += n
	}
	return nil
}

// A flaw is mended when its row was read again and is not flawed any more. A
// full read mends every flaw that it does not bring, but for a customer still
// missing (see nameOrphans).
const (
	unflawed = `company_no = ? AND (customer_id, entity, id, field) NOT IN (SELECT customer_id, entity, id, field FROM staged.flaw)`
	mended   = unflawed + ` AND NOT (entity = 'customers' AND field = 'id' AND id NOT IN (SELECT id FROM staged.customer))`
	reread   = unflawed + ` AND (
		entity = 'documents' AND id IN (SELECT id FROM staged.document)
		OR entity = 'customers' AND id IN (SELECT id FROM staged.customer)
		OR entity = 'contacts' AND (customer_id, id) IN (SELECT customer_id, id FROM staged.contact)
		OR entity = 'applications' AND id IN (SELECT id FROM staged.application)
		OR entity = 'orders' AND (customer_id, id) IN (SELECT customer_id, id FROM staged.sales_order))`
)

// swapFlaws drops the flaws that were mended and takes the staged ones in.
func (w *swap) swapFlaws(ctx context.Context) error {
	gone := reread
	if w.full {
		gone = mended
	}
	if err := w.touchCustomers(ctx, `SELECT DISTINCT customer_id FROM flaw WHERE `+gone, w.company.no); err != nil {
		return err
	}
	if _, err := w.exec(ctx, `DELETE FROM flaw WHERE `+gone, w.company.no); err != nil {
		return err
	}
	if err := w.touchCustomers(ctx, `SELECT DISTINCT customer_id FROM (
		SELECT customer_id, entity, id, field, reason FROM staged.flaw
		EXCEPT SELECT customer_id, entity, id, field, reason FROM flaw WHERE company_no = ?)`, w.company.no); err != nil {
		return err
	}
	_, err := w.exec(ctx, `INSERT INTO flaw (company_no, customer_id, entity, id, field, reason)
		SELECT ?, customer_id, entity, id, field, reason FROM staged.flaw WHERE true
		ON CONFLICT (company_no, customer_id, entity, id, field) DO UPDATE SET reason = excluded.reason`, w.company.no)
	return err
}

func (w *swap) swapCash(ctx context.Context) error {
	_, err := w.exec(ctx, `INSERT INTO cash (company_no, name, origin, posted_through, changed_at)
		SELECT ?, name, 'pulled', posted_through, ? FROM staged.cash WHERE true
		ON CONFLICT (company_no, name, origin) DO UPDATE
		SET posted_through = excluded.posted_through, changed_at = excluded.changed_at`, w.company.no, instant(w.at))
	return err
}

// nameOrphans gives customers that have documents but no row of their own a
// bare row and a flaw, so that no debt is out of sight.
func (w *swap) nameOrphans(ctx context.Context) error {
	ids, err := column[ar.CustomerID](ctx, w.tx, `SELECT t.id FROM temp.touched_customer t
		WHERE NOT EXISTS (SELECT 1 FROM customer c WHERE c.company_no = ? AND c.id = t.id)
		AND EXISTS (SELECT 1 FROM document d WHERE d.company_no = ? AND d.customer_id = t.id) ORDER BY t.id`,
		w.company.no, w.company.no)
	if err != nil {
		return err
	}
	for _, id := range ids {
		row, err := customerRow(&ar.Customer{Account: w.company.account(id), Name: string(id), Payer: id, Active: true})
		if err != nil {
			return err
		}
		row[len(row)-1] = int64(0)
		if _, err := w.exec(ctx, customerTable.insert(), append([]any{w.company.no}, row...)...); err != nil {
			return err
		}
		_, err = w.exec(ctx, `INSERT INTO flaw (company_no, customer_id, entity, id, field, reason)
			VALUES (?, ?, 'customers', ?, 'id', ?) ON CONFLICT DO NOTHING`, w.company.no, string(id), string(id),
			"the ERP has documents of this customer but passed no customer row; look whether customers.sql leaves it out")
		if err != nil {
			return err
		}
		w.report.Flaws++
	}
	return nil
}

// column returns the one column of a query, whole.
func column[T any](ctx context.Context, q querier, query string, args ...any) ([]T, error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []T
	for rows.Next() {
		var v T
		if err := rows.Scan(&v); err != nil {
			return nil, err
		}
		all = append(all, v)
	}
	return all, rows.Err()
}
