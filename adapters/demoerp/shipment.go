package demoerp

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"hash/fnv"
	"math/rand/v2"

	"modernc.org/sqlite"
	sqlitelib "modernc.org/sqlite/lib"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
)

// ErrRefused is what the ERP's own trigger says when goods are to leave for a
// customer on credit hold.
var ErrRefused = errors.New("the customer is on credit hold: no goods may leave")

// sale is an order on its way out.
type sale struct {
	order, customer, po, currency string
	amount                        int64
}

// Ship plays the warehouse: it ships the customer's oldest open order, or a new
// one where none is open, on the last day lived. It returns fault.Denied around
// ErrRefused while the customer is on hold, and fault.NotFound for a stranger.
func (e *ERP) Ship(ctx context.Context, customer ar.CustomerID) error {
	return e.inTx(ctx, "ship to "+string(customer), func(b *book) error {
		b.begin(b.livedThrough())
		s, err := b.nextSale(string(customer))
		if err != nil {
			return err
		}
		h := fnv.New64a()
		_, _ = h.Write([]byte(s.order)) // a hash never fails
		rng := rand.New(rand.NewPCG(e.seed, h.Sum64()))
		if shipped := b.ship(rng, s); !shipped && b.err == nil {
			return fault.New(fault.Denied, "order %s: %w", s.order, ErrRefused)
		}
		return b.end()
	})
}

// nextSale finds the oldest open order of a customer or takes a new one.
func (b *book) nextSale(customer string) (sale, error) {
	if open := b.sales("customer_id = ? ORDER BY ship_on, order_no LIMIT 1", customer); len(open) > 0 {
		return open[0], b.err
	}
	var v buyer
	b.rows(`SELECT c.customer_id, c.currency, v.order_size FROM customer AS c
		JOIN behaviour AS v ON v.customer_id = c.customer_id WHERE c.customer_id = ?`,
		[]any{customer}, func(r *sql.Rows) error { return r.Scan(&v.id, &v.currency, &v.size) })
	if b.err == nil && v.id == "" {
		return sale{}, fault.New(fault.NotFound, "the demo ERP has no customer %s", customer)
	}
	no := b.order(v, v.size, 0, "PO-COUNTER")
	return sale{order: no, customer: v.id, po: "PO-COUNTER", currency: v.currency, amount: v.size}, b.err
}

// sales reads open orders; where is trusted SQL of this package.
func (b *book) sales(where string, args ...any) []sale {
	var list []sale
	b.rows("SELECT order_no, customer_id, po_number, currency, amount FROM sales_order WHERE status = 'open' AND "+where,
		args, func(r *sql.Rows) error {
			var s sale
			err := r.Scan(&s.order, &s.customer, &s.po, &s.currency, &s.amount)
			list = append(list, s)
			return err
		})
	return list
}

// shipDue ships what is due to leave; what the hold refuses waits for the next day.
func (b *book) shipDue(rng *rand.Rand, ev *Events) {
	for _, s := range b.sales("ship_on <= ? ORDER BY ship_on, order_no", b.day.String()) {
		if b.ship(rng, s) {
			ev.Shipments++
			ev.Invoiced = ev.Invoiced.Add(s.amount, ar.Currency(s.currency))
		} else if b.err == nil {
			ev.Refused = append(ev.Refused, ar.CustomerID(s.customer))
		}
	}
}

// ship lets the goods of one order leave and invoices them; false: refused.
func (b *book) ship(rng *rand.Rand, s sale) bool {
	b.exec("INSERT INTO shipment (shipment_no, order_no, customer_id, shipped_on, changed_at) VALUES (?, ?, ?, ?, ?)",
		fmt.Sprintf("SH-%d", b.number("shipment")), s.order, s.customer, b.day.String(), b.stamp)
	if refused(b.err) {
		b.err = nil // a refused statement leaves the transaction as it was
		return false
	}
	b.exec("UPDATE sales_order SET status = 'shipped', changed_at = ? WHERE order_no = ?", b.stamp, s.order)
	b.invoice(rng, s)
	return b.err == nil
}

func refused(err error) bool {
	var e *sqlite.Error
	return errors.As(err, &e) && e.Code() == sqlitelib.SQLITE_CONSTRAINT_TRIGGER
}
