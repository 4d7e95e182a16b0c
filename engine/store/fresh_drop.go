package store

import (
	"context"
	"database/sql"

	"holdfast/engine/ar"
)

// dropMissing closes the documents and drops the contacts and flaws of an
// account that the read did not bring.
func (f *fresh) dropMissing(ctx context.Context, id ar.AccountID) error {
	c, err := f.company(ctx, id)
	if err != nil {
		return err
	}
	if err := f.closeDocuments(ctx, c, id); err != nil {
		return err
	}
	if err := f.dropContacts(ctx, c, id); err != nil {
		return err
	}
	return f.dropFlaws(ctx, c, id)
}

func (f *fresh) closeDocuments(ctx context.Context, c company, id ar.AccountID) error {
	kept, err := column[string](ctx, f.tx, `SELECT id FROM document WHERE company_no = ? AND customer_id = ? AND open <> 0`,
		c.no, string(id.Customer))
	if err != nil {
		return err
	}
	for _, doc := range kept {
		if f.seen[seenKey(documentTable.name, c.no, []any{doc})] {
			continue
		}
		f.changed[id] = true
		_, err := f.tx.ExecContext(ctx, `UPDATE document SET `+closed+` WHERE company_no = ? AND customer_id = ? AND id = ?`,
			int64(c.dayAt(f.at)), c.no, string(id.Customer), doc)
		if err != nil {
			return err
		}
	}
	return nil
}

func (f *fresh) dropContacts(ctx context.Context, c company, id ar.AccountID) error {
	kept, err := column[string](ctx, f.tx, `SELECT id FROM contact WHERE company_no = ? AND customer_id = ?`, c.no, string(id.Customer))
	if err != nil {
		return err
	}
	for _, contact := range kept {
		if f.seen[seenKey(contactTable.name, c.no, []any{string(id.Customer), contact})] {
			continue
		}
		f.changed[id] = true
		_, err := f.tx.ExecContext(ctx, `DELETE FROM contact WHERE company_no = ? AND customer_id = ? AND id = ?`,
			c.no, string(id.Customer), contact)
		if err != nil {
			return err
		}
	}
	return nil
}

// dropFlaws drops what was mended of the rows that a fresh read looks at. The
// flaw of a customer that is still missing stays.
func (f *fresh) dropFlaws(ctx context.Context, c company, id ar.AccountID) error {
	rows, err := f.tx.QueryContext(ctx, `SELECT customer_id, entity, id, field FROM flaw
		WHERE company_no = ? AND customer_id = ? AND entity IN ('customers', 'contacts', 'documents')`, c.no, string(id.Customer))
	var gone [][]any
	err = each(rows, err, func(rows *sql.Rows) error {
		var customer, entity, row, field string
		if err := rows.Scan(&customer, &entity, &row, &field); err != nil {
			return err
		}
		key := []any{customer, entity, row, field}
		missing := entity == "customers" && !f.seen[seenKey(customerTable.name, c.no, []any{row})]
		if !missing && !f.seen[seenKey(flawTable.name, c.no, key)] {
			gone = append(gone, key)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, key := range gone {
		f.changed[id] = true
		_, err := f.tx.ExecContext(ctx, `DELETE FROM flaw WHERE company_no = ? AND (customer_id, entity, id, field) = (?, ?, ?, ?)`,
			append([]any{c.no}, key...)...)
		if err != nil {
			return err
		}
	}
	return nil
}
