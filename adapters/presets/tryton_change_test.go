package presets_test

import (
	"context"
	"testing"

	"holdfast/adapters/adaptertest"
	"holdfast/engine/ar"
	"holdfast/engine/fault"
)

// bookPayment books 100.00 against the invoice of a document, as Tryton's
// wizard does: a posted move with a receivable line, linked to the invoice. The
// invoice's own rows are not touched.
const bookPayment = `
WITH due AS (
	SELECT i.id AS invoice, l.account, l.party, m.period, m.journal
	FROM account_invoice i
	JOIN account_move_line l ON l.move = i.move AND l.account = i.account
	JOIN account_move m ON m.id = i.move
	WHERE i.company = 1 AND i.number = 'R26/14125' LIMIT 1
), move AS (
	INSERT INTO account_move (company, date, journal, number, period, post_number, state, create_date, create_uid)
	SELECT 1, date '2026-11-21', journal, '9999', period, '9999', 'posted', now() AT TIME ZONE 'UTC', 1 FROM due
	RETURNING id
), line AS (
	INSERT INTO account_move_line (account, party, debit, credit, move, state, create_date, create_uid)
	SELECT due.account, due.party, 0, 100, move.id, 'valid', now() AT TIME ZONE 'UTC', 1 FROM due, move
	RETURNING id
)
INSERT INTO "account_invoice-account_move_line" (invoice, line, create_date, create_uid)
SELECT due.invoice, line.id, now() AT TIME ZONE 'UTC', 1 FROM due, line`

// ageStamps puts the stamps of the dump, all of one quarter of an hour, far
// behind the overlap of the mark, but for one line.
const ageStamps = `
UPDATE account_move SET create_date = create_date - interval '9 days', write_date = write_date - interval '9 days';
UPDATE account_move_line SET create_date = create_date - interval '9 days', write_date = write_date - interval '9 days';
UPDATE account_invoice SET create_date = create_date - interval '9 days', write_date = write_date - interval '9 days';
UPDATE account_move_reconciliation SET create_date = create_date - interval '9 days';
UPDATE "account_invoice-account_move_line" SET create_date = create_date - interval '9 days';
UPDATE account_move_line SET write_date = create_date + interval '8 days' WHERE id = 252`

// A payment that leaves the invoice's own rows alone is seen by the next
// incremental pull, by a fresh read and by a confirming read.
func TestTrytonSeesAPaymentThatIsOnlyLinked(t *testing.T) {
	dsn := restoreTryton(t)
	adaptertest.Exec(t, dsn, ageStamps)
	ctx, erp := context.Background(), openTryton(t, dsn, "1")
	before, mark := pulled(t, erp)
	invoice := byNumber(before.documents, "R26/14125")
	adaptertest.Exec(t, dsn, bookPayment)

	after := &ledger{customers: map[ar.CustomerID]*ar.Customer{}}
	if _, err := erp.Pull(ctx, mark, after.take); err != nil {
		t.Fatal(err)
	}
	want := invoice.Open - 10000
	if got := byNumber(after.documents, "R26/14125"); got == nil || got.Open != want {
		t.Errorf("the incremental pull brought %+v, want open %d", got, want)
	}
	if n := len(after.documents); n >= len(before.documents) {
		t.Errorf("the incremental pull brought all %d documents", n)
	}
	if got := byNumber(after.documents, "9999"); got == nil || got.Kind != ar.Receipt || got.Open != 0 {
		t.Errorf("the payment came as %+v, want a receipt with nothing open", got)
	}
	if got := len(after.applications); got == 0 {
		t.Error("the payment came without its application")
	}

	fresh := &ledger{customers: map[ar.CustomerID]*ar.Customer{}}
	if err := erp.Fresh(ctx, []ar.AccountID{invoice.Account}, fresh.take); err != nil {
		t.Fatal(err)
	}
	if got := byNumber(fresh.documents, "R26/14125"); got == nil || got.Open != want {
		t.Errorf("the fresh read brought %+v, want open %d", got, want)
	}
	sure := &ledger{}
	if err := erp.Confirm(ctx, []ar.DocumentID{invoice.ID, "-1"}, sure.take); err != nil {
		t.Fatal(err)
	}
	if len(sure.documents) != 1 || sure.documents[0].Open != want {
		t.Errorf("the confirming read brought %+v, want one document with open %d", sure.documents, want)
	}
}

// Put back to an older copy of itself, the database is not what we read.
func TestTrytonNoticesAnOlderCopy(t *testing.T) {
	dsn := restoreTryton(t)
	_, before := pulled(t, openTryton(t, dsn, "1"))
	adaptertest.Exec(t, dsn, bookPayment)
	_, mark := pulled(t, openTryton(t, dsn, "1"))
	if mark == before {
		t.Fatal("the mark did not move")
	}
	older := openTryton(t, restoreTryton(t), "1")
	next, err := older.Pull(context.Background(), mark, func(ar.Record) error { return nil })
	if !fault.Is(err, fault.Replaced) || next != "" {
		t.Errorf("got mark %q and %v, want no mark and a word that the ERP was replaced", next, err)
	}
}

func byNumber(docs []*ar.Document, number string) *ar.Document {
	for _, d := range docs {
		if d.Number == number {
			return d
		}
	}
	return nil
}
