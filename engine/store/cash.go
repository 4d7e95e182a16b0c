package store

import (
	"context"
	"database/sql"
	"time"

	"holdfast/engine/ar"
)

// SetCash keeps a person's word on how far the receipts of a bank account or
// source are posted.
func (s *Store) SetCash(ctx context.Context, cash ar.Freshness, by string, at time.Time) error {
	return s.write(ctx, "write how far cash is posted", func(tx *sql.Tx) error {
		c, err := ensureCompany(ctx, tx, cash.Source, cash.Company)
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO cash (company_no, name, origin, posted_through, told_by, changed_at)
			VALUES (?, ?, 'told', ?, ?, ?) ON CONFLICT (company_no, name, origin) DO UPDATE
			SET posted_through = excluded.posted_through, told_by = excluded.told_by, changed_at = excluded.changed_at`,
			c.no, cash.Name, int64(cash.PostedThrough), by, instant(at))
		if err != nil {
			return err
		}
		return journal(ctx, tx, note{at: at, actor: by, kind: "cash.posted",
			subject: string(cash.Source) + "/" + string(cash.Company) + "/" + cash.Name,
			body:    map[string]string{"through": cash.PostedThrough.String()}})
	})
}

// Cash returns how far each source of receipts is posted: the later of what the
// ERP says and what a person said, by name.
func (s *Store) Cash(ctx context.Context, source ar.Source, id ar.CompanyID) ([]ar.Freshness, error) {
	rows, err := s.r.QueryContext(ctx, `SELECT k.name, MAX(k.posted_through) FROM cash k JOIN company c ON c.no = k.company_no
		WHERE c.source = ? AND c.id = ? GROUP BY k.name ORDER BY k.name`, string(source), string(id))
	var all []ar.Freshness
	err = each(rows, err, func(rows *sql.Rows) error {
		f := ar.Freshness{Source: source, Company: id}
		err := rows.Scan(&f.Name, (*int32)(&f.PostedThrough))
		all = append(all, f)
		return err
	})
	return all, wrap("read how far cash is posted", err)
}
