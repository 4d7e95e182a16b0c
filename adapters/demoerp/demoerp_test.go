package demoerp

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
)

var today = ar.MustDay("2026-11-23") // a Monday

// small makes a small ERP and opens it.
func small(t *testing.T, seed uint64) *ERP {
	t.Helper()
	return create(t, Options{Seed: seed, Customers: 40, History: 150, Today: today})
}

func create(t *testing.T, opts Options) *ERP {
	t.Helper()
	path := filepath.Join(t.TempDir(), "demo #1 & 100%.db")
	if err := Create(t.Context(), path, opts); err != nil {
		t.Fatal(err)
	}
	erp, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := erp.Close(); err != nil {
			t.Error(err)
		}
	})
	return erp
}

// dump hashes every row of every table, in the order of their keys.
func dump(t *testing.T, e *ERP) string {
	t.Helper()
	h := sha256.New()
	for _, table := range strings.Fields(`setting company exchange_rate customer contact sales_order shipment invoice
		invoice_instalment receipt credit_memo receipt_application behaviour intention`) {
		rows, err := e.db.Query("SELECT * FROM " + table + " ORDER BY 1, 2")
		if err != nil {
			t.Fatal(err)
		}
		cols, err := rows.Columns()
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			vals, into := make([]any, len(cols)), make([]any, len(cols))
			for i := range vals {
				into[i] = &vals[i]
			}
			if err := rows.Scan(into...); err != nil {
				t.Fatal(err)
			}
			fmt.Fprintln(h, table, vals)
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
	}
	return fmt.Sprintf("%x", h.Sum(nil))
}

func TestSameSeedSameRows(t *testing.T) {
	a, b, c := small(t, 7), small(t, 7), small(t, 8)
	if dump(t, a) != dump(t, b) {
		t.Error("two ERPs of one seed differ")
	}
	if dump(t, a) == dump(t, c) {
		t.Error("two ERPs of two seeds are the same")
	}
	written := []ar.CustomerID{"C1002", "C1012", "C1003"}
	for d := today; d < today+20; d++ {
		ea, err := a.Live(t.Context(), d, written)
		if err != nil {
			t.Fatal(err)
		}
		eb, err := b.Live(t.Context(), d, []ar.CustomerID{"C1003", "C1012", "C1012", "C1002"})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(ea, eb); diff != "" {
			t.Fatalf("%s came out twice differently:\n%s", d, diff)
		}
	}
	if dump(t, a) != dump(t, b) {
		t.Error("two ERPs of one seed differ after the same days")
	}
	if _, err := a.Live(t.Context(), today+19, nil); !fault.Is(err, fault.Conflict) {
		t.Errorf("a day was lived twice: %v", err)
	}
}

// TestHistoryIsRealistic keeps the demo worth watching: all that dunning is
// about must be there.
func TestHistoryIsRealistic(t *testing.T) {
	e := create(t, Options{Seed: 1, Today: today})
	for _, c := range []struct {
		what, query string
		atLeast     int
	}{
		{"customers", "SELECT count(*) FROM customer", 300},
		{"invoices", "SELECT count(*) FROM invoice", 3000},
		{"currencies", "SELECT count(DISTINCT currency) FROM invoice", 2},
		{"profiles", "SELECT count(DISTINCT profile) FROM behaviour", 6},
		{"instalments after the first", "SELECT count(*) FROM invoice_instalment WHERE instalment > 1", 100},
		{"credit memos", "SELECT count(*) FROM credit_memo", 10},
		{"unapplied receipts", "SELECT count(*) FROM receipt WHERE unapplied > 0 AND returned = 0", 5},
		{"part-paid", "SELECT count(*) FROM invoice_instalment WHERE open_amount > 0 AND open_amount < amount", 5},
		{"returned receipts", "SELECT count(*) FROM receipt WHERE returned = 1", 3},
		{"disputed", "SELECT count(*) FROM invoice_instalment WHERE disputed_amount > 0", 5},
		{"customers 30 days late with 500.00 or more", `SELECT count(*) FROM (SELECT customer_id FROM invoice_instalment
			WHERE open_amount > 0 AND due_on < '2026-10-24' GROUP BY 1 HAVING sum(open_amount) >= 50000)`, 10},
		{"open orders", "SELECT count(*) FROM sales_order WHERE status = 'open'", 10},
		{"customers without e-mail", "SELECT count(DISTINCT customer_id) FROM contact WHERE email IS NULL", 2},
		{"inactive debtors", `SELECT count(*) FROM customer AS c WHERE active = 0 AND EXISTS (SELECT 1 FROM invoice_instalment AS i
			WHERE i.customer_id = c.customer_id AND i.open_amount > 0)`, 1},
		{"the deadbeat's overdue", "SELECT sum(open_amount) FROM invoice_instalment WHERE customer_id = 'C1012' AND due_on < '2026-10-24'", 50000},
		{"parents that pay for branches", "SELECT count(*) FROM (SELECT payer_id FROM customer GROUP BY 1 HAVING count(*) > 2)", 1},
	} {
		var n int
		if err := e.db.QueryRow(c.query).Scan(&n); err != nil {
			t.Fatal(c.what, err)
		}
		if n < c.atLeast {
			t.Errorf("%s: %d, want at least %d", c.what, n, c.atLeast)
		}
		t.Logf("%s: %d", c.what, n)
	}
	balanced(t, e)
	l, err := e.Balance(t.Context(), today)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("total %s, overdue %s, %d open", l.Total, l.Overdue, l.Open)
}

// balanced compares the open amounts that the ERP keeps with the applications.
func balanced(t *testing.T, e *ERP) {
	t.Helper()
	var bad int
	err := e.db.QueryRow(`SELECT
		(SELECT count(*) FROM invoice_instalment AS i WHERE open_amount < 0 OR disputed_amount > open_amount
			OR (open_amount = 0) <> (closed_on IS NOT NULL) OR open_amount <> amount - coalesce((SELECT sum(a.amount)
				FROM receipt_application AS a WHERE a.instalment_id = i.instalment_id AND a.reversed = 0), 0))
		+ (SELECT count(*) FROM receipt AS r WHERE (unapplied = 0 OR returned = 1) <> (closed_on IS NOT NULL) OR unapplied <> amount - coalesce((SELECT sum(a.amount)
				FROM receipt_application AS a WHERE a.receipt_no = r.receipt_no AND a.reversed = 0), 0))
		+ (SELECT count(*) FROM credit_memo AS m WHERE unapplied <> amount - coalesce((SELECT sum(a.amount)
				FROM receipt_application AS a WHERE a.memo_no = m.memo_no AND a.reversed = 0), 0))
		+ (SELECT count(*) FROM invoice AS v WHERE amount <> (SELECT sum(i.amount) FROM invoice_instalment AS i WHERE i.invoice_no = v.invoice_no))`).Scan(&bad)
	if err != nil {
		t.Fatal(err)
	}
	if bad != 0 {
		t.Errorf("%d rows do not follow from their applications", bad)
	}
}

func TestLifeKeepsTheLedgerBalanced(t *testing.T) {
	e := small(t, 3)
	var shipped, receipts int
	for d := today; d < today+40; d++ {
		ev, err := e.Live(t.Context(), d, nil)
		if err != nil {
			t.Fatal(err)
		}
		if !businessDay(d) && (ev.Orders > 0 || ev.Receipts > 0 || ev.Shipments > 0) {
			t.Errorf("business on %s", d)
		}
		shipped, receipts = shipped+ev.Shipments, receipts+ev.Receipts
	}
	if shipped == 0 || receipts == 0 {
		t.Errorf("40 days brought %d shipments and %d receipts", shipped, receipts)
	}
	balanced(t, e)
}

// TestPressureBringsMoney plays the same days with and without reminders and
// holds: dunning must show.
func TestPressureBringsMoney(t *testing.T) {
	overdue := func(written []ar.CustomerID, hold bool) int64 {
		e := create(t, Options{Seed: 5, Customers: 80, History: 250, Today: today})
		if hold {
			if _, err := e.db.Exec("UPDATE customer SET credit_hold = 'Y'"); err != nil {
				t.Fatal(err)
			}
		}
		for d := today; d < today+15; d++ {
			if _, err := e.Live(t.Context(), d, written); err != nil {
				t.Fatal(err)
			}
		}
		l, err := e.Balance(t.Context(), today)
		if err != nil {
			t.Fatal(err)
		}
		return l.Overdue.In("USD")
	}
	var all []ar.CustomerID
	for n := range 80 {
		all = append(all, ar.CustomerID(fmt.Sprintf("C%d", 1001+n)))
	}
	left, reminded, held := overdue(nil, false), overdue(all, false), overdue(nil, true)
	if reminded > left*3/4 || held > left/2 {
		t.Errorf("overdue after 15 days: %d left alone, %d reminded, %d on hold", left, reminded, held)
	}
}

func setHold(t *testing.T, e *ERP, id, value string) {
	t.Helper()
	res, err := e.db.Exec("UPDATE customer SET credit_hold = ? WHERE customer_id = ?", value, id)
	if err != nil {
		t.Fatal(err)
	}
	if n, _ := res.RowsAffected(); n != 1 {
		t.Fatalf("hold of %s changed %d rows", id, n)
	}
}

func count(t *testing.T, e *ERP, query string, args ...any) int {
	t.Helper()
	var n sql.NullInt64
	if err := e.db.QueryRow(query, args...).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return int(n.Int64)
}

// TestMessageToThePayerCoversItsBranches: one letter to the parent, and the
// branches' money comes with it.
func TestMessageToThePayerCoversItsBranches(t *testing.T) {
	const branches = "SELECT sum(open_amount) FROM invoice_instalment WHERE customer_id IN ('C1007', 'C1008') AND due_on < '2026-11-23'"
	a, b := create(t, Options{Seed: 5, Customers: 20, Today: today}), create(t, Options{Seed: 5, Customers: 20, Today: today})
	for d := today; d < today+12; d++ {
		if _, err := a.Live(t.Context(), d, nil); err != nil {
			t.Fatal(err)
		}
		if _, err := b.Live(t.Context(), d, []ar.CustomerID{"C1006"}); err != nil {
			t.Fatal(err)
		}
	}
	if alone, written := count(t, a, branches), count(t, b, branches); alone == 0 || written >= alone {
		t.Errorf("the branches owe %d after letters to their payer, %d without", written, alone)
	}
}

func TestHoldStopsShipments(t *testing.T) {
	e := small(t, 3)
	const shipments = "SELECT count(*) FROM shipment WHERE customer_id = 'C1002'"
	before := count(t, e, shipments)
	setHold(t, e, "C1002", "Y")
	if v := count(t, e, "SELECT hold_version FROM customer WHERE customer_id = 'C1002'"); v != 2 {
		t.Errorf("the hold's version is %d after one change, want 2", v)
	}
	err := e.Ship(t.Context(), "C1002")
	if !errors.Is(err, ErrRefused) || !fault.Is(err, fault.Denied) {
		t.Errorf("goods left for a customer on hold: %v", err)
	}
	if n := count(t, e, shipments); n != before {
		t.Errorf("%d shipments, %d before the hold", n, before)
	}
	setHold(t, e, "C1002", "N")
	if err := e.Ship(t.Context(), "C1002"); err != nil {
		t.Error(err)
	}
	if n := count(t, e, shipments); n != before+1 {
		t.Errorf("%d shipments after release, want %d", n, before+1)
	}
	balanced(t, e)
	if err := e.Ship(t.Context(), "nobody"); !fault.Is(err, fault.NotFound) {
		t.Errorf("shipped to nobody: %v", err)
	}
}

func TestLiveReportsRefusedShipments(t *testing.T) {
	e := small(t, 3)
	if _, err := e.db.Exec("UPDATE customer SET credit_hold = 'Y'"); err != nil {
		t.Fatal(err)
	}
	ev, err := e.Live(t.Context(), today, nil)
	if err != nil {
		t.Fatal(err)
	}
	if ev.Shipments != 0 || len(ev.Refused) == 0 {
		t.Errorf("everyone is on hold: %d shipped, %d refused", ev.Shipments, len(ev.Refused))
	}
	balanced(t, e)
}

func TestPayAndReturn(t *testing.T) {
	e, ctx := small(t, 3), context.Background()
	id := Deadbeat
	owed := count(t, e, "SELECT sum(open_amount) FROM invoice_instalment WHERE customer_id = ? AND due_on < ?", string(id), today.String())
	if owed == 0 {
		t.Fatal("the customer who never pays owes nothing")
	}
	stamp := "SELECT count(*) FROM receipt WHERE changed_at <= (SELECT max(changed_at) FROM sales_order)"
	before := count(t, e, stamp)
	if err := e.Pay(ctx, id, today); err != nil {
		t.Fatal(err)
	}
	if after := count(t, e, stamp); after != before {
		t.Error("the receipt is stamped no later than what was there before")
	}
	l, err := e.Balance(ctx, today)
	if err != nil {
		t.Fatal(err)
	}
	if n := count(t, e, "SELECT sum(open_amount) FROM invoice_instalment WHERE customer_id = ? AND due_on < ?", string(id), today.String()); n != 0 {
		t.Errorf("%d still overdue", n)
	}
	if err := e.Pay(ctx, id, today); !fault.Is(err, fault.NotFound) {
		t.Errorf("paid twice: %v", err)
	}
	var receipt string
	if err := e.db.QueryRow("SELECT receipt_no FROM receipt WHERE customer_id = ? ORDER BY changed_at DESC", string(id)).Scan(&receipt); err != nil {
		t.Fatal(err)
	}
	if err := e.Return(ctx, receipt, today+3); err != nil {
		t.Fatal(err)
	}
	back, err := e.Balance(ctx, today)
	if err != nil {
		t.Fatal(err)
	}
	if got := back.Overdue.In("USD") - l.Overdue.In("USD"); got != int64(owed) {
		t.Errorf("the returned receipt brought back %d, want %d", got, owed)
	}
	balanced(t, e)
}

func TestCreateRefuses(t *testing.T) {
	path := filepath.Join(t.TempDir(), "demo.db")
	if err := Create(t.Context(), path, Options{}); !fault.Is(err, fault.Invalid) {
		t.Errorf("made an ERP without a day: %v", err)
	}
	if _, err := Open(path); !fault.Is(err, fault.NotFound) {
		t.Errorf("opened nothing: %v", err)
	}
	opts := Options{Seed: 1, Customers: 3, History: 20, Today: today}
	if err := Create(t.Context(), filepath.Join(path, "deeper.db"), opts); err == nil {
		t.Error("made an ERP in a folder that is not there")
	}
	if err := Create(t.Context(), path, opts); err != nil {
		t.Fatal(err)
	}
	if err := Create(t.Context(), path, opts); !fault.Is(err, fault.Conflict) {
		t.Errorf("wrote over an ERP: %v", err)
	}
}
