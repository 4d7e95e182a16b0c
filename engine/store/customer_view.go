package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"maps"
	"slices"

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

// AccountsOf returns the accounts of a company that some documents belong to,
// sorted by their customer. Documents that are not known have none.
func (s *Store) AccountsOf(ctx context.Context, source ar.Source, company ar.CompanyID, documents []ar.DocumentID) ([]ar.AccountID, error) {
	found := map[ar.AccountID]bool{}
	for some := range slices.Chunk(documents, documentsAtOnce) {
		args := []any{string(source), string(company)}
		rows, err := s.r.QueryContext(ctx, `SELECT DISTINCT customer_id FROM document
			WHERE company_no = (SELECT no FROM company WHERE source = ? AND id = ?) AND id IN (`+placeholders(len(some))+`)`,
			append(args, anys(some, func(id ar.DocumentID) any { return string(id) })...)...)
		err = each(rows, err, func(rows *sql.Rows) error {
			id := ar.AccountID{Source: source, Company: company}
			err := rows.Scan(&id.Customer)
			found[id] = true
			return err
		})
		if err != nil {
			return nil, wrap("find the accounts of documents", err)
		}
	}
	return slices.SortedFunc(maps.Keys(found), func(a, b ar.AccountID) int { return cmp.Compare(a.Customer, b.Customer) }), nil
}

// documentsAtOnce is how many documents are asked for in one query.
const documentsAtOnce = 500
