package demoerp

import (
	"context"
	"math/rand/v2"
	"slices"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
)

// Events is what happened in the ERP on one day.
type Events struct {
	Day         ar.Day
	Orders      int
	Shipments   int             // each with its invoice
	Refused     []ar.CustomerID // wanted to ship, the hold refused; once per order
	Receipts    int
	Returned    int // receipts of earlier days that the bank took back
	CreditMemos int
	Disputes    int // newly raised
	Invoiced    ar.Balance
	Received    ar.Balance
}

// Live lets one day pass: who was written to since the day before, and who is
// on hold, pays sooner; orders are taken, goods leave unless the hold refuses
// them, invoices go out. On a day without business nothing happens. It returns
// fault.Conflict for a day that has passed already. The same seed, day and
// rows give the same day.
func (e *ERP) Live(ctx context.Context, day ar.Day, written []ar.CustomerID) (Events, error) {
	var ev Events
	err := e.inTx(ctx, "live "+day.String(), func(b *book) error {
		if last := b.livedThrough(); day <= last {
			return fault.New(fault.Conflict, "the demo ERP has lived through %s already", last).WithCure("go on with the day after it")
		}
		ev = b.live(day, e.rng(day), written)
		b.lived(day)
		return b.end()
	})
	return ev, err
}

func (b *book) lived(day ar.Day) { b.set("lived_through", day.String()) }

func (b *book) livedThrough() ar.Day {
	day, err := ar.ParseDay(b.setting("lived_through", ""))
	if b.err == nil {
		b.err = err
	}
	return day
}

// live plays one day; a day without business leaves no trace.
func (b *book) live(day ar.Day, rng *rand.Rand, written []ar.CustomerID) Events {
	ev := Events{Day: day}
	if !businessDay(day) {
		return ev
	}
	b.begin(day)
	b.press(rng, written)
	b.act(rng, &ev)
	b.shipDue(rng, &ev)
	b.takeOrders(rng, &ev)
	return ev
}

// press makes those who were written to, for all that they pay for, and those
// on hold pay sooner.
func (b *book) press(rng *rand.Rand, written []ar.CustomerID) {
	written = slices.Compact(slices.Sorted(slices.Values(written)))
	for _, id := range written {
		if chance(rng, b.habits(string(id)).heeds) {
			on := b.day + ar.Day(between(rng, 1, 7))
			for _, account := range b.column("SELECT customer_id FROM customer WHERE customer_id = ? OR payer_id = ? ORDER BY customer_id", string(id), string(id)) {
				b.hasten(account, on)
			}
		}
	}
	for _, id := range b.column("SELECT customer_id FROM customer WHERE credit_hold = 'Y' ORDER BY customer_id") {
		if chance(rng, b.habits(id).yields) {
			b.hasten(id, b.day+ar.Day(between(rng, 1, 2)))
		}
	}
}

// hasten makes a customer mean to pay all that is overdue on a day, unless it
// means to sooner.
func (b *book) hasten(customer string, on ar.Day) {
	on = onBusinessDay(on)
	overdue := b.column(`SELECT instalment_id FROM invoice_instalment AS i
		WHERE customer_id = ? AND due_on < ? AND open_amount > disputed_amount AND open_amount <> 0
		  AND NOT EXISTS (SELECT 1 FROM intention AS n WHERE n.customer_id = i.customer_id
			AND n.act = 'pay' AND n.target = i.instalment_id AND n.due_on <= ?)
		ORDER BY due_on, instalment_id`, customer, b.day.String(), on.String())
	for _, id := range overdue {
		b.exec("DELETE FROM intention WHERE customer_id = ? AND act IN ('pay', 'short') AND target = ?", customer, id)
		b.intend(on, "pay", customer, id)
	}
}

// intend notes what a customer will do on a day.
func (b *book) intend(on ar.Day, act, customer, target string) {
	b.exec("INSERT INTO intention (due_on, seq, act, customer_id, target) VALUES (?, ?, ?, ?, ?)",
		onBusinessDay(on).String(), b.number("intention"), act, customer, target)
}

func (b *book) habits(customer string) habits {
	p := string(punctual)
	b.row("SELECT profile FROM behaviour WHERE customer_id = ?", []any{customer}, &p)
	return habitsOf(profile(p))
}
