package store

import (
	"context"
	"database/sql"
	"errors"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
)

// CountCustomers returns how many customers of a company are known.
func (s *Store) CountCustomers(ctx context.Context, source ar.Source, company ar.CompanyID) (int, error) {
	var n int
	err := s.r.QueryRowContext(ctx, `SELECT COUNT(*) FROM customer WHERE company_no = (SELECT no FROM company WHERE source = ? AND id = ?)`,
		string(source), string(company)).Scan(&n)
	return n, wrap("count customers", err)
}

// PartyOf returns the party that settles an account, fault.NotFound where the
// account is not known.
func (s *Store) PartyOf(ctx context.Context, id ar.AccountID) (ar.PartyID, error) {
	party := ar.PartyID{Source: id.Source, Company: id.Company}
	err := s.r.QueryRowContext(ctx, `SELECT payer FROM customer
		WHERE company_no = (SELECT no FROM company WHERE source = ? AND id = ?) AND id = ?`,
		string(id.Source), string(id.Company), string(id.Customer)).Scan(&party.Payer)
	if errors.Is(err, sql.ErrNoRows) {
		err = fault.New(fault.NotFound, "there is no customer %s", id)
	}
	return party, wrap("find the party of an account", err)
}
