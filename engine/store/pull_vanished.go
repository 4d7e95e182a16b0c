package store

import (
	"context"
	"database/sql"

	"holdfast/engine/ar"
)

// stillStaged is true of a kept document d that the pull brought, or whose row
// it could not read: what stood before stays.
const stillStaged = `(EXISTS (SELECT 1 FROM staged.document s WHERE s.id = d.id)
	OR EXISTS (SELECT 1 FROM staged.flaw f WHERE f.entity = 'documents' AND f.id = d.id)
	OR EXISTS (SELECT 1 FROM staged.flaw f WHERE f.entity = 'documents' AND f.id = '' AND f.customer_id = d.customer_id))`

// vanishing selects the kept open documents d that a full pull did not bring,
// or that the ERP reported gone to an incremental one.
func (p *pull) vanishing() string {
	where := `d.company_no = ? AND d.open <> 0 AND NOT ` + stillStaged
	if p.full {
		return where
	}
	return where + ` AND d.id IN (SELECT id FROM staged.gone WHERE entity = 'documents')`
}

// Vanished returns the open documents that a full pull did not bring; of an
// incremental one those that the ERP itself reported gone.
func (p *pull) Vanished(ctx context.Context) ([]ar.DocumentID, error) {
	const op = "look for vanished documents"
	if err := p.usable(); err != nil {
		return nil, wrap(op, err)
	}
	if told, err := p.reported(ctx); err != nil || !p.full && !told {
		return nil, wrap(op, err)
	}
	empty, err := isEmpty(ctx, p.s.r, documentTable, p.company.no)
	if err != nil || empty {
		return nil, wrap(op, err)
	}
	if err := p.index(ctx); err != nil {
		return nil, wrap(op, err)
	}
	var ids []ar.DocumentID
	err = p.attached(ctx, p.s.r, func(conn *sql.Conn) error {
		rows, err := conn.QueryContext(ctx, `SELECT d.id FROM document d WHERE `+p.vanishing(), p.company.no)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var id ar.DocumentID
			if err := rows.Scan(&id); err != nil {
				return err
			}
			ids = append(ids, id)
		}
		return rows.Err()
	})
	return ids, wrap(op, err)
}

// reported says whether the ERP named rows that it no longer has.
func (p *pull) reported(ctx context.Context) (bool, error) {
	var any bool
	err := p.stage.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM gone)`).Scan(&any)
	return any, err
}

// isEmpty reports whether a company has no row in a table.
func isEmpty(ctx context.Context, q querier, t table, no int64) (bool, error) {
	var found bool
	err := q.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM `+t.name+` WHERE company_no = ?)`, no).Scan(&found)
	return !found, err
}
