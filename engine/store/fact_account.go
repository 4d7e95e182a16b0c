package store

import (
	"context"
	"database/sql"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
	"holdfast/engine/intake"
)

// IntakeAccount returns an account as intake looks at it, or fault.NotFound.
func (s *Store) IntakeAccount(ctx context.Context, id ar.AccountID) (intake.Account, error) {
	var a intake.Account
	err := s.read(ctx, "read the account "+id.String(), func(tx *sql.Tx) error {
		co, err := findCompany(ctx, tx, id.Source, id.Company)
		if err != nil {
			return err
		}
		a.Base = co.BaseCurrency
		if a.Customer, err = customerOf(ctx, tx, co, id.Customer); err != nil {
			return err
		}
		if err := openDocuments(ctx, tx, co, &a); err != nil {
			return err
		}
		if err := closedDocuments(ctx, tx, co, &a); err != nil {
			return err
		}
		return standingFacts(ctx, tx, co, &a)
	})
	return a, err
}

func customerOf(ctx context.Context, tx *sql.Tx, co company, id ar.CustomerID) (ar.Customer, error) {
	rows, err := tx.QueryContext(ctx, `SELECT `+customerTable.fields("")+` FROM customer WHERE company_no = ? AND id = ?`, co.no, string(id))
	var found []ar.Customer
	err = each(rows, err, func(rows *sql.Rows) error {
		v, err := scanCustomer(co, rows)
		found = append(found, v)
		return err
	})
	if err == nil && len(found) == 0 {
		err = fault.New(fault.NotFound, "there is no such customer")
	}
	if err != nil {
		return ar.Customer{}, err
	}
	return found[0], nil
}

func openDocuments(ctx context.Context, tx *sql.Tx, co company, a *intake.Account) error {
	scan := newDocumentScan(co)
	rows, err := tx.QueryContext(ctx, `SELECT `+documentTable.fields("")+` FROM document
		WHERE company_no = ? AND customer_id = ? AND voided = 0 AND open <> 0 ORDER BY id`, co.no, string(a.Customer.Account.Customer))
	return each(rows, err, func(rows *sql.Rows) error {
		d, err := scan.next(rows)
		a.Documents = append(a.Documents, d)
		return err
	})
}

func closedDocuments(ctx context.Context, tx *sql.Tx, co company, a *intake.Account) error {
	rows, err := tx.QueryContext(ctx, `SELECT id, number, closed_on FROM document
		WHERE company_no = ? AND customer_id = ? AND voided = 0 AND open = 0 ORDER BY id`, co.no, string(a.Customer.Account.Customer))
	return each(rows, err, func(rows *sql.Rows) error {
		var c intake.Closed
		err := rows.Scan(&c.ID, &c.Number, (*int32)(&c.On))
		a.Closed = append(a.Closed, c)
		return err
	})
}

// standingFacts reads what nothing has ended yet. What ends by itself stands
// until the day of the last read.
func standingFacts(ctx context.Context, tx *sql.Tx, co company, a *intake.Account) error {
	rows, err := tx.QueryContext(ctx, factFrom+`WHERE f.company_no = ? AND f.customer_id = ? AND f.kind <> 'end'
		AND (f.over_on IS NULL OR f.kind IN ('pause', 'reply', 'event', 'outcome') AND f.over_on > ?
			AND NOT EXISTS (SELECT 1 FROM fact e WHERE e.ref <> 0 AND e.ref = f.id)) ORDER BY f.id`,
		co.no, string(a.Customer.Account.Customer), int64(co.dayAt(co.readAt)))
	return each(rows, err, func(rows *sql.Rows) error {
		f, err := scanFact(rows)
		a.Facts = append(a.Facts, f.Fact)
		return err
	})
}
