package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"holdfast/engine/ar"
)

// company is one row of the company table.
type company struct {
	ar.Company
	no     int64
	mark   ar.Mark
	readAt time.Time
	reads  int64
}

const companyColumns = `no, source, id, name, base_currency, time_zone, mark, read_at, reads`

func scanCompany(row interface{ Scan(...any) error }) (company, error) {
	var c company
	var readAt int64
	err := row.Scan(&c.no, &c.Source, &c.ID, &c.Name, &c.BaseCurrency, &c.TimeZone, &c.mark, &readAt, &c.reads)
	c.readAt = fromInstant(readAt)
	return c, err
}

// findCompany returns a company's row; its no is 0 where nothing is known of it.
func findCompany(ctx context.Context, q querier, source ar.Source, id ar.CompanyID) (company, error) {
	c, err := scanCompany(q.QueryRowContext(ctx,
		`SELECT `+companyColumns+` FROM company WHERE source = ? AND id = ?`, string(source), string(id)))
	if errors.Is(err, sql.ErrNoRows) {
		return company{Company: ar.Company{Source: source, ID: id}}, nil
	}
	return c, err
}

// ensureCompany is findCompany that adds the row where there is none.
func ensureCompany(ctx context.Context, tx *sql.Tx, source ar.Source, id ar.CompanyID) (company, error) {
	_, err := tx.ExecContext(ctx, `INSERT INTO company (source, id) VALUES (?, ?) ON CONFLICT DO NOTHING`,
		string(source), string(id))
	if err != nil {
		return company{}, err
	}
	return findCompany(ctx, tx, source, id)
}

// companies returns every company by its number.
func companies(ctx context.Context, q querier) (map[int64]company, error) {
	rows, err := q.QueryContext(ctx, `SELECT `+companyColumns+` FROM company`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	all := map[int64]company{}
	for rows.Next() {
		c, err := scanCompany(rows)
		if err != nil {
			return nil, err
		}
		all[c.no] = c
	}
	return all, rows.Err()
}

// dayAt returns the day of an instant in the company's zone, in UTC where the
// zone is not known.
func (c company) dayAt(t time.Time) ar.Day {
	loc, err := time.LoadLocation(c.TimeZone)
	if err != nil {
		loc = time.UTC
	}
	return ar.DayOf(t.In(loc))
}

// account names a customer of the company.
func (c company) account(id ar.CustomerID) ar.AccountID {
	return ar.AccountID{Source: c.Source, Company: c.ID, Customer: id}
}

// party names a payer of the company.
func (c company) party(payer ar.CustomerID) ar.PartyID {
	return ar.PartyID{Source: c.Source, Company: c.ID, Payer: payer}
}

// Mark returns how far a company has been read, and when that read ended; the
// zero Mark where it never was.
func (s *Store) Mark(ctx context.Context, source ar.Source, id ar.CompanyID) (ar.Mark, time.Time, error) {
	c, err := findCompany(ctx, s.r, source, id)
	return c.mark, c.readAt, wrap("read the mark of "+string(source)+"/"+string(id), err)
}

// Companies returns every company that was ever read, by source and id.
func (s *Store) Companies(ctx context.Context) ([]ar.Company, error) {
	rows, err := s.r.QueryContext(ctx, `SELECT `+companyColumns+` FROM company ORDER BY source, id`)
	if err != nil {
		return nil, wrap("list the companies", err)
	}
	defer rows.Close()
	var all []ar.Company
	for rows.Next() {
		c, err := scanCompany(rows)
		if err != nil {
			return nil, wrap("list the companies", err)
		}
		all = append(all, c.Company)
	}
	return all, wrap("list the companies", rows.Err())
}
