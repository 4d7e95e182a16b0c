package store

import (
	"context"
	"database/sql"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"holdfast/engine/ar"
)

// ApplyFresh replaces what is open on the named accounts by recs, which were
// read at the instant at. A document that recs does not hold closes that day;
// contacts are replaced. Parties become due only where something differs.
func (s *Store) ApplyFresh(ctx context.Context, ids []ar.AccountID, recs []ar.Record, at time.Time) error {
	return s.write(ctx, "apply a fresh read", func(tx *sql.Tx) error {
		f := fresh{tx: tx, ids: ids, at: at, companies: map[ar.AccountID]company{}, seen: map[string]bool{}, changed: map[ar.AccountID]bool{}}
		return f.run(ctx, recs)
	})
}

// fresh is one read of some accounts being applied.
type fresh struct {
	tx        *sql.Tx
	ids       []ar.AccountID
	at        time.Time
	companies map[ar.AccountID]company // by account without its customer
	seen      map[string]bool          // rows that the read brought
	changed   map[ar.AccountID]bool
	payers    []payerOf // of the accounts before the read
}

type payerOf struct {
	company company
	payer   ar.CustomerID
	account ar.AccountID
}

func (f *fresh) run(ctx context.Context, recs []ar.Record) error {
	for _, id := range f.ids {
		if err := f.notePayer(ctx, id); err != nil {
			return err
		}
	}
	for _, rec := range recs {
		if err := f.apply(ctx, rec); err != nil {
			return err
		}
	}
	for _, id := range f.ids {
		if err := f.dropMissing(ctx, id); err != nil {
			return err
		}
	}
	return f.touch(ctx)
}

// company returns the company of an account, adding it where it is new.
func (f *fresh) company(ctx context.Context, id ar.AccountID) (company, error) {
	id.Customer = ""
	if c, ok := f.companies[id]; ok {
		return c, nil
	}
	c, err := ensureCompany(ctx, f.tx, id.Source, id.Company)
	f.companies[id] = c
	return c, err
}

func (f *fresh) notePayer(ctx context.Context, id ar.AccountID) error {
	c, err := f.company(ctx, id)
	if err != nil {
		return err
	}
	payers, err := column[ar.CustomerID](ctx, f.tx, `SELECT payer FROM customer WHERE company_no = ? AND id = ?`, c.no, string(id.Customer))
	for _, payer := range payers {
		f.payers = append(f.payers, payerOf{c, payer, id})
	}
	return err
}

// ownerOf returns the account of a record that a fresh read passes; false for
// all others.
func ownerOf(rec ar.Record) (ar.AccountID, bool) {
	switch r := rec.(type) {
	case *ar.Customer:
		return r.Account, true
	case *ar.Contact:
		return r.Account, true
	case *ar.Document:
		return r.Account, true
	case *ar.Application:
		return r.Account, true
	case *ar.Order:
		return r.Account, true
	case *ar.Flaw:
		return r.Account, true
	}
	return ar.AccountID{}, false
}

// apply keeps one record where it differs from what is kept.
func (f *fresh) apply(ctx context.Context, rec ar.Record) error {
	id, ok := ownerOf(rec)
	if !ok {
		return nil
	}
	c, err := f.company(ctx, id)
	if err != nil {
		return err
	}
	t, row, err := rowOf(rec)
	if err != nil {
		return err
	}
	if d, ok := rec.(*ar.Document); ok && d.Open == 0 && d.ClosedOn == 0 {
		row[slices.Index(t.columns, "closed_on")] = int64(c.dayAt(f.at))
	}
	if t.name == flawTable.name {
		return f.applyFlaw(ctx, c, id, row)
	}
	key := make([]any, len(t.match))
	for i, column := range t.match {
		key[i] = row[slices.Index(t.columns, column)]
	}
	f.seen[seenKey(t.name, c.no, key)] = true
	return f.replace(ctx, c, id, t, key, row)
}

func seenKey(table string, no int64, key []any) string {
	parts := []string{table, strconv.FormatInt(no, 10)}
	for _, k := range key {
		parts = append(parts, k.(string))
	}
	return strings.Join(parts, "\x00")
}

// replace puts row in the place of the one with the same key, if it differs.
func (f *fresh) replace(ctx context.Context, c company, id ar.AccountID, t table, key, row []any) error {
	where := ` WHERE company_no = ? AND (` + strings.Join(t.match, ", ") + `) = (` + placeholders(len(key)) + `)`
	args := append([]any{c.no}, key...)
	kept, err := f.keptRow(ctx, `SELECT hash, `+t.owner+` FROM `+t.name+where, args)
	if err != nil {
		return err
	}
	if kept.found && kept.hash == row[len(row)-1] {
		return nil
	}
	if kept.found {
		f.changed[c.account(kept.owner)] = true
		if _, err := f.tx.ExecContext(ctx, `DELETE FROM `+t.name+where, args...); err != nil {
			return err
		}
	}
	f.changed[id] = true
	if _, err = f.tx.ExecContext(ctx, t.insert(), append([]any{c.no}, row...)...); err != nil {
		return err
	}
	switch t.name {
	case customerTable.name:
		return beginLife(ctx, f.tx, c.no, id.Customer, c.dayAt(f.at))
	case applicationTable.name:
		return f.countPaid(ctx, c, row[0])
	}
	return nil
}

// countPaid reads the receipts of a document's customer anew.
func (f *fresh) countPaid(ctx context.Context, c company, document any) error {
	_, err := f.tx.ExecContext(ctx, countPaid+`IN (SELECT customer_id FROM document WHERE company_no = ? AND id = ?)`, c.no, c.no, c.no, document)
	return err
}

type keptRow struct {
	found bool
	hash  int64
	owner ar.CustomerID
}

func (f *fresh) keptRow(ctx context.Context, query string, args []any) (keptRow, error) {
	var k keptRow
	rows, err := f.tx.QueryContext(ctx, query, args...)
	if err != nil {
		return k, err
	}
	defer rows.Close()
	if rows.Next() {
		k.found = true
		if err := rows.Scan(&k.hash, &k.owner); err != nil {
			return k, err
		}
	}
	return k, rows.Err()
}

func (f *fresh) applyFlaw(ctx context.Context, c company, id ar.AccountID, row []any) error {
	f.seen[seenKey("flaw", c.no, row[:4])] = true
	if row[1] == "documents" { // what stood before in the store stays
		f.seen[seenKey(documentTable.name, c.no, row[2:3])] = true
	}
	result, err := f.tx.ExecContext(ctx, `INSERT INTO flaw (company_no, customer_id, entity, id, field, reason)
		VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (company_no, customer_id, entity, id, field)
		DO UPDATE SET reason = excluded.reason WHERE reason <> excluded.reason`, append([]any{c.no}, row...)...)
	if err != nil {
		return err
	}
	if n, err := result.RowsAffected(); err != nil || n == 0 {
		return err
	}
	f.changed[id] = true
	return nil
}

// touch makes the parties due whose accounts differ, old payers too.
func (f *fresh) touch(ctx context.Context) error {
	if len(f.changed) == 0 {
		return nil
	}
	for id := range maps.Clone(f.changed) {
		if err := f.notePayer(ctx, id); err != nil {
			return err
		}
	}
	type party struct {
		no    int64
		payer ar.CustomerID
	}
	done := map[party]bool{}
	for _, p := range f.payers {
		key := party{p.company.no, p.payer}
		if done[key] || !f.changed[p.account] {
			continue
		}
		done[key] = true
		if err := touchParty(ctx, f.tx, p.company.no, p.payer); err != nil {
			return err
		}
	}
	for _, c := range f.companies {
		if _, err := f.tx.ExecContext(ctx, `UPDATE company SET reads = reads + 1 WHERE no = ?`, c.no); err != nil {
			return err
		}
	}
	return nil
}
