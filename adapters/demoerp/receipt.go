package demoerp

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"strconv"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
)

// instalment is what a payer looks at.
type instalment struct {
	id, currency, reason string
	open, disputed       int64
}

// share is one amount set against one instalment.
type share struct {
	instalment string
	amount     int64
}

// instalment reads one instalment; an unknown one has nothing open.
func (b *book) instalment(id string) instalment {
	if found := b.instalments("i.instalment_id = ?", id); len(found) > 0 {
		return found[0]
	}
	return instalment{id: id}
}

// instalments reads instalments; where is trusted SQL of this package.
func (b *book) instalments(where string, args ...any) []instalment {
	var list []instalment
	b.rows(`SELECT i.instalment_id, v.currency, i.dispute_reason, i.open_amount, i.disputed_amount
		FROM invoice_instalment AS i JOIN invoice AS v ON v.invoice_no = i.invoice_no
		WHERE `+where, args, func(r *sql.Rows) error {
		var i instalment
		err := r.Scan(&i.id, &i.currency, &i.reason, &i.open, &i.disputed)
		list = append(list, i)
		return err
	})
	return list
}

// remit pays what a customer means to pay today in one receipt. Now and then
// the remittance advice is missing and the cash stays unapplied for some days,
// or the customer pays a little too much.
func (b *book) remit(rng *rand.Rand, customer string, intentions []intention, ev *Events) {
	var shares []share
	var total int64
	var currency string
	for _, n := range intentions {
		i := b.instalment(n.target)
		amount := i.open - i.disputed
		if amount <= 0 {
			continue
		}
		if n.act == "short" {
			amount = max(1, amount*int64(between(rng, 40, 90))/100)
			b.intend(b.day+ar.Day(between(rng, 20, 70)), "pay", customer, n.target)
		}
		shares, total, currency = append(shares, share{n.target, amount}), total+amount, i.currency
	}
	if total == 0 {
		return
	}
	var extra int64
	if chance(rng, 1) {
		extra = int64(between(rng, 500, 20000))
	}
	no := b.receive(customer, currency, total+extra)
	ev.Receipts++
	ev.Received = ev.Received.Add(total+extra, ar.Currency(currency))
	if rng.IntN(1000) < 4 {
		b.intend(b.day+ar.Day(between(rng, 4, 8)), "return", customer, no)
	}
	if chance(rng, 4) {
		b.intend(b.day+ar.Day(between(rng, 3, 9)), "apply", customer, no)
		return
	}
	b.applyAll(customer, no, shares)
}

// receive books money in, all of it unapplied, and returns its number.
func (b *book) receive(customer, currency string, amount int64) string {
	n := b.number("receipt")
	no := fmt.Sprintf("RC-%d", n)
	b.exec(`INSERT INTO receipt (receipt_no, customer_id, received_on, currency, amount, unapplied, bank_reference, changed_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		no, customer, b.day.String(), currency, amount, amount, fmt.Sprintf("LOCKBOX %08d", n*7919%100000000), b.stamp)
	return no
}

func (b *book) applyAll(customer, receipt string, shares []share) {
	for _, s := range shares {
		b.apply(customer, receipt, nil, s.instalment, s.amount)
	}
}

// apply sets a receipt or a credit memo, whichever is not nil, against an
// instalment; the ERP's trigger moves the open amounts.
func (b *book) apply(customer string, receipt, memo any, instalment string, amount int64) {
	b.exec(`INSERT INTO receipt_application (application_id, customer_id, receipt_no, memo_no, instalment_id, applied_on, amount, changed_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		fmt.Sprintf("AP-%d", b.number("application")), customer, receipt, memo, instalment, b.day.String(), amount, b.stamp)
}

// applyOldest sets what is left of a receipt against the oldest debt.
func (b *book) applyOldest(customer, receipt string) {
	left := b.unapplied(receipt)
	for _, i := range b.instalments("i.customer_id = ? AND i.open_amount > i.disputed_amount AND i.open_amount <> 0 ORDER BY i.due_on, i.instalment_id", customer) {
		if amount := min(left, i.open-i.disputed); amount > 0 {
			b.apply(customer, receipt, nil, i.id, amount)
			left -= amount
		}
	}
}

func (b *book) unapplied(receipt string) int64 {
	text := "0"
	b.row("SELECT unapplied FROM receipt WHERE receipt_no = ? AND returned = 0", []any{receipt}, &text)
	n, err := strconv.ParseInt(text, 10, 64)
	if b.err == nil {
		b.err = err
	}
	return n
}

// Pay settles all that a customer owes and that fell due before day, disputed
// or not, in one receipt of that day. It returns fault.NotFound where nothing
// is overdue.
func (e *ERP) Pay(ctx context.Context, customer ar.CustomerID, day ar.Day) error {
	return e.inTx(ctx, "pay for "+string(customer), func(b *book) error {
		b.begin(day)
		var shares []share
		var total int64
		var currency string
		for _, i := range b.instalments("i.customer_id = ? AND i.due_on < ? AND i.open_amount <> 0 ORDER BY i.due_on, i.instalment_id",
			string(customer), day.String()) {
			shares, total, currency = append(shares, share{i.id, i.open}), total+i.open, i.currency
		}
		if total == 0 && b.err == nil {
			return fault.New(fault.NotFound, "customer %s has nothing overdue on %s", customer, day)
		}
		b.applyAll(string(customer), b.receive(string(customer), currency, total), shares)
		return b.end()
	})
}

// Return plays the bank taking a receipt back: its applications are reversed,
// and what it had paid is owed again.
func (e *ERP) Return(ctx context.Context, receipt string, day ar.Day) error {
	return e.inTx(ctx, "return "+receipt, func(b *book) error {
		b.begin(day)
		if !b.giveBack(receipt) && b.err == nil {
			return fault.New(fault.NotFound, "the demo ERP has no receipt %s", receipt)
		}
		return b.end()
	})
}

// giveBack reverses a receipt; false: there is none of this number.
func (b *book) giveBack(receipt string) bool {
	b.exec("UPDATE receipt_application SET reversed = 1, changed_at = ? WHERE receipt_no = ? AND reversed = 0", b.stamp, receipt)
	return b.exec("UPDATE receipt SET returned = 1, closed_on = ?, changed_at = ? WHERE receipt_no = ?", b.day.String(), b.stamp, receipt) == 1
}

// column reads one column of text.
func (b *book) column(query string, args ...any) []string {
	var list []string
	b.rows(query, args, func(r *sql.Rows) error {
		var s string
		err := r.Scan(&s)
		list = append(list, s)
		return err
	})
	return list
}
