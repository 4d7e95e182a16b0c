package demoerp

import (
	"database/sql"
	"fmt"
	"math/rand/v2"

	"holdfast/engine/ar"
)

// intention is what one customer does on its day.
type intention struct{ act, customer, target string }

// act does all that was intended for the day. Payments of one customer on one
// day come as one receipt.
func (b *book) act(rng *rand.Rand, ev *Events) {
	due := b.dueIntentions()
	for i := 0; i < len(due) && b.err == nil; {
		n := due[i]
		switch n.act {
		case "pay", "short":
			j := i
			for j < len(due) && due[j].customer == n.customer && (due[j].act == "pay" || due[j].act == "short") {
				j++
			}
			b.remit(rng, n.customer, due[i:j], ev)
			i = j
			continue
		case "dispute":
			b.dispute(rng, n, ev)
		case "settle":
			b.settle(rng, n, ev)
		case "apply":
			b.applyOldest(n.customer, n.target)
		case "return":
			b.bounce(rng, n, ev)
		}
		i++
	}
}

// dueIntentions takes the day's intentions, those of one customer together and
// its payments first.
func (b *book) dueIntentions() []intention {
	var list []intention
	b.rows(`SELECT act, customer_id, target FROM intention WHERE due_on <= ?
		ORDER BY customer_id, act NOT IN ('pay', 'short'), due_on, seq`, []any{b.day.String()}, func(r *sql.Rows) error {
		var n intention
		err := r.Scan(&n.act, &n.customer, &n.target)
		list = append(list, n)
		return err
	})
	b.exec("DELETE FROM intention WHERE due_on <= ?", b.day.String())
	return list
}

// bounce takes a receipt back; the customer pays again some weeks later.
func (b *book) bounce(rng *rand.Rand, n intention, ev *Events) {
	owed := b.column("SELECT instalment_id FROM receipt_application WHERE receipt_no = ? AND reversed = 0 ORDER BY application_id", n.target)
	b.giveBack(n.target)
	ev.Returned++
	on := b.day + ar.Day(between(rng, 8, 30))
	for _, id := range owed {
		b.intend(on, "pay", n.customer, id)
	}
}

var disputeReasons = []string{"price", "quantity", "damaged goods", "not delivered", "wrong purchase order"}

// dispute contests a part or the whole of an instalment.
func (b *book) dispute(rng *rand.Rand, n intention, ev *Events) {
	i := b.instalment(n.target)
	if i.open <= 0 {
		return
	}
	contested := i.open
	if chance(rng, 70) {
		contested = max(1, i.open*int64(between(rng, 10, 60))/100)
	}
	b.exec("UPDATE invoice_instalment SET disputed_amount = ?, dispute_reason = ?, changed_at = ? WHERE instalment_id = ?",
		contested, disputeReasons[rng.IntN(len(disputeReasons))], b.stamp, n.target)
	b.intend(b.day+ar.Day(between(rng, 18, 45)), "settle", n.customer, n.target)
	ev.Disputes++
}

// settle ends a dispute: mostly with a credit memo, else the customer was wrong.
// The rest is paid soon after.
func (b *book) settle(rng *rand.Rand, n intention, ev *Events) {
	i := b.instalment(n.target)
	if i.disputed > 0 && chance(rng, 70) {
		b.credit(n, i)
		ev.CreditMemos++
	}
	b.exec("UPDATE invoice_instalment SET disputed_amount = 0, dispute_reason = '', changed_at = ? WHERE instalment_id = ?", b.stamp, n.target)
	b.intend(b.day+ar.Day(between(rng, 2, 12)), "pay", n.customer, n.target)
}

// credit grants the contested amount and applies it to its instalment.
func (b *book) credit(n intention, i instalment) {
	no := fmt.Sprintf("CM-%d", b.number("memo"))
	b.exec(`INSERT INTO credit_memo (memo_no, customer_id, instalment_id, issued_on, reason, currency, amount, unapplied, changed_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		no, n.customer, n.target, b.day.String(), i.reason, i.currency, i.disputed, i.disputed, b.stamp)
	b.apply(n.customer, nil, no, n.target, i.disputed)
}
