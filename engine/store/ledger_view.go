package store

import (
	"context"
	"database/sql"
	"iter"
	"slices"
	"strings"

	"holdfast/engine/ar"
	"holdfast/engine/ledger"
)

// AccountLedger is one customer with its documents, open or closed lately, and
// every application that touches one of them.
type AccountLedger = ledger.AccountLedger

// ledgersAtOnce is how many accounts one read transaction takes in.
const ledgersAtOnce = 200

// Customers passes every customer of a company, by number.
func (s *Store) Customers(ctx context.Context, source ar.Source, id ar.CompanyID) iter.Seq2[ar.Customer, error] {
	return func(yield func(ar.Customer, error) bool) {
		const op = "read customers"
		c, err := findCompany(ctx, s.r, source, id)
		if err != nil {
			yield(ar.Customer{}, wrap(op, err))
			return
		}
		rows, err := s.r.QueryContext(ctx, `SELECT `+customerTable.fields("")+` FROM customer WHERE company_no = ? ORDER BY number, id`, c.no)
		if err != nil {
			yield(ar.Customer{}, wrap(op, err))
			return
		}
		defer rows.Close()
		for rows.Next() {
			v, err := scanCustomer(c, rows)
			if !yield(v, wrap(op, err)) || err != nil {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(ar.Customer{}, wrap(op, err))
		}
	}
}

// FindCustomer returns every customer whose id, number or name is text, the
// name whatever its case. An empty company looks in all.
func (s *Store) FindCustomer(ctx context.Context, text string, id ar.CompanyID) ([]ar.Customer, error) {
	const op = "find a customer"
	known, err := companies(ctx, s.r)
	if err != nil {
		return nil, wrap(op, err)
	}
	var found []ar.Customer
	for _, c := range known {
		if id != "" && c.ID != id {
			continue
		}
		rows, err := s.r.QueryContext(ctx, `SELECT `+customerTable.fields("")+` FROM customer
			WHERE company_no = ? AND (id = ? OR number = ? OR lower(name) = lower(?))`, c.no, text, text, text)
		err = each(rows, err, func(rows *sql.Rows) error {
			v, err := scanCustomer(c, rows)
			found = append(found, v)
			return err
		})
		if err != nil {
			return nil, wrap(op, err)
		}
	}
	slices.SortFunc(found, func(a, b ar.Customer) int { return strings.Compare(a.Account.String(), b.Account.String()) })
	return found, nil
}

// Ledger passes every customer of a company, by number, with the documents
// that are open, or closed on or after since, and their applications. Voided
// documents are left out.
func (s *Store) Ledger(ctx context.Context, source ar.Source, id ar.CompanyID, since ar.Day) iter.Seq2[AccountLedger, error] {
	return func(yield func(AccountLedger, error) bool) {
		const op = "read the ledger"
		c, err := findCompany(ctx, s.r, source, id)
		if err != nil {
			yield(AccountLedger{}, wrap(op, err))
			return
		}
		ids, err := column[string](ctx, s.r, `SELECT id FROM customer WHERE company_no = ? ORDER BY number, id`, c.no)
		if err != nil {
			yield(AccountLedger{}, wrap(op, err))
			return
		}
		for chunk := range slices.Chunk(ids, ledgersAtOnce) {
			b := newLedgerBatch(c, since, chunk)
			if err := s.read(ctx, op, func(tx *sql.Tx) error { return b.read(ctx, tx) }); err != nil {
				yield(AccountLedger{}, err)
				return
			}
			for _, id := range chunk {
				if !yield(*b.byID[ar.CustomerID(id)], nil) {
					return
				}
			}
		}
	}
}

// ledgerBatch gathers the ledgers of some accounts.
type ledgerBatch struct {
	company company
	since   ar.Day
	ids     []any
	byID    map[ar.CustomerID]*AccountLedger
	owner   map[ar.DocumentID]*AccountLedger
}

func newLedgerBatch(c company, since ar.Day, ids []string) *ledgerBatch {
	b := &ledgerBatch{company: c, since: since, ids: []any{c.no}, byID: map[ar.CustomerID]*AccountLedger{}, owner: map[ar.DocumentID]*AccountLedger{}}
	for _, id := range ids {
		b.ids = append(b.ids, id)
		b.byID[ar.CustomerID(id)] = &AccountLedger{}
	}
	return b
}

func (b *ledgerBatch) read(ctx context.Context, tx *sql.Tx) error {
	in := ` IN (` + placeholders(len(b.ids)-1) + `)`
	rows, err := tx.QueryContext(ctx, `SELECT `+customerTable.fields("")+` FROM customer WHERE company_no = ? AND id`+in, b.ids...)
	err = each(rows, err, func(rows *sql.Rows) error {
		v, err := scanCustomer(b.company, rows)
		if err == nil {
			b.byID[v.Account.Customer].Customer = v
		}
		return err
	})
	if err != nil {
		return err
	}
	if err := b.readDocuments(ctx, tx, in); err != nil {
		return err
	}
	return b.readApplications(ctx, tx)
}

func (b *ledgerBatch) readDocuments(ctx context.Context, tx *sql.Tx, in string) error {
	scan := newDocumentScan(b.company)
	rows, err := tx.QueryContext(ctx, `SELECT `+documentTable.fields("")+` FROM document
		WHERE company_no = ? AND customer_id`+in+` AND voided = 0 AND (open <> 0 OR closed_on >= ?) ORDER BY customer_id, id`,
		append(b.ids[:len(b.ids):len(b.ids)], int64(b.since))...)
	return each(rows, err, func(rows *sql.Rows) error {
		d, err := scan.next(rows)
		if err == nil {
			l := b.byID[d.Account.Customer]
			l.Documents = append(l.Documents, d)
			b.owner[d.ID] = l
		}
		return err
	})
}

// readApplications reads every application that touches one of the batch's
// documents, from either side; each ledger gets it once.
func (b *ledgerBatch) readApplications(ctx context.Context, tx *sql.Tx) error {
	ids := []any{b.company.no}
	for id := range b.owner {
		ids = append(ids, string(id))
	}
	for from := 1; from < len(ids); from += receiptsAtOnce {
		some := append([]any{ids[0]}, ids[from:min(from+receiptsAtOnce, len(ids))]...)
		for _, side := range []string{"document_id", "receipt_id"} {
			rows, err := tx.QueryContext(ctx, `SELECT `+applicationTable.fields("")+` FROM application
				WHERE company_no = ? AND `+side+` IN (`+placeholders(len(some)-1)+`)`, some...)
			err = each(rows, err, func(rows *sql.Rows) error { return b.keepApplication(rows, side) })
			if err != nil {
				return err
			}
		}
	}
	for _, l := range b.byID {
		slices.SortFunc(l.Applications, func(x, y ar.Application) int {
			return strings.Compare(string(x.Document)+"\x00"+x.ID, string(y.Document)+"\x00"+y.ID)
		})
	}
	return nil
}

// keepApplication gives an application to the ledger of the side it was found
// by; the receipt's side only where the document is another ledger's.
func (b *ledgerBatch) keepApplication(rows *sql.Rows, side string) error {
	v, err := scanApplication(b.company, rows)
	if err != nil {
		return err
	}
	l := b.owner[v.Document]
	if side == "receipt_id" {
		if l == b.owner[v.Receipt] {
			return nil
		}
		l = b.owner[v.Receipt]
	}
	l.Applications = append(l.Applications, v)
	return nil
}
