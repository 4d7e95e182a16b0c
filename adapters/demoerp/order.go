package demoerp

import (
	"database/sql"
	"fmt"
	"math/rand/v2"

	"holdfast/engine/ar"
)

// buyer is a customer that may order: active, and with room under its limit.
type buyer struct {
	id, currency string
	size, share  int64
}

// takeOrders lets every buyer order as often as it usually does. Who owes more
// than its limit is not sold to: the clerk at the counter knows it.
func (b *book) takeOrders(rng *rand.Rand, ev *Events) {
	var buyers []buyer
	b.rows(`SELECT c.customer_id, c.currency, v.order_size, v.order_share
		FROM customer AS c JOIN behaviour AS v ON v.customer_id = c.customer_id
			JOIN exchange_rate AS x ON x.currency = c.currency
		WHERE c.active = 1 AND (c.credit_limit IS NULL OR c.credit_limit > coalesce((
			SELECT sum(i.open_amount) FROM invoice_instalment AS i
			WHERE i.customer_id = c.customer_id AND i.open_amount <> 0), 0) * x.rate_e4 / 10000)
		ORDER BY c.customer_id`, nil, func(r *sql.Rows) error {
		var v buyer
		err := r.Scan(&v.id, &v.currency, &v.size, &v.share)
		buyers = append(buyers, v)
		return err
	})
	for _, v := range buyers {
		if rng.Int64N(1000) < v.share {
			b.order(v, v.size*int64(between(rng, 30, 260))/100, between(rng, 1, 5), fmt.Sprintf("PO-%05d", rng.IntN(100000)))
			ev.Orders++
		}
	}
}

// order enters one order, to ship some days later, and returns its number.
func (b *book) order(v buyer, amount int64, wait int, po string) string {
	no := fmt.Sprintf("SO-%d", b.number("order"))
	b.exec(`INSERT INTO sales_order (order_no, customer_id, ordered_on, ship_on, po_number, currency, amount, changed_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		no, v.id, b.day.String(), onBusinessDay(b.day+ar.Day(wait)).String(), po, v.currency, amount, b.stamp)
	return no
}
