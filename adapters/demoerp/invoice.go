package demoerp

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"

	"holdfast/engine/ar"
)

// termsDays reads terms such as N30 (all in 30 days) or 3X30 (three instalments
// in 30, 60 and 90 days).
func termsDays(code string) []int {
	parts, step, many := strings.Cut(code, "X")
	if !many {
		parts, step = "1", strings.TrimPrefix(code, "N")
	}
	n, _ := strconv.Atoi(parts) // the codes are this package's own
	every, _ := strconv.Atoi(step)
	days := make([]int, n)
	for i := range days {
		days[i] = (i + 1) * every
	}
	return days
}

// invoice bills a shipped order and draws when each instalment will be paid.
func (b *book) invoice(rng *rand.Rand, s sale) {
	terms := "N30"
	b.row("SELECT terms_code FROM customer WHERE customer_id = ?", []any{s.customer}, &terms)
	no := fmt.Sprintf("INV-%d", b.number("invoice"))
	b.exec(`INSERT INTO invoice (invoice_no, customer_id, order_no, po_number, issued_on, currency, amount, changed_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?)`, no, s.customer, s.order, s.po, b.day.String(), s.currency, s.amount, b.stamp)
	days := termsDays(terms)
	for i, after := range days {
		part := s.amount / int64(len(days))
		if i == len(days)-1 {
			part = s.amount - part*int64(len(days)-1)
		}
		id, due := fmt.Sprintf("%s/%d", no, i+1), b.day+ar.Day(after)
		b.exec(`INSERT INTO invoice_instalment (instalment_id, invoice_no, customer_id, instalment, due_on, amount, open_amount, changed_at)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?)`, id, no, s.customer, i+1, due.String(), part, part, b.stamp)
		b.plan(rng, s.customer, id, due)
	}
}

// plan draws what the customer will do about one instalment.
func (b *book) plan(rng *rand.Rand, customer, instalment string, due ar.Day) {
	h := b.habits(customer)
	on := max(due+ar.Day(between(rng, h.from, h.to)), b.day+1)
	switch {
	case h.profile == never && !chance(rng, 35):
		// Only pressure brings this money.
	case h.profile == never:
		b.intend(due+ar.Day(between(rng, 90, 180)), "pay", customer, instalment)
	case h.profile == partial && chance(rng, 70):
		b.intend(on, "short", customer, instalment)
	case h.profile == disputer && chance(rng, 30):
		b.intend(b.day+ar.Day(between(rng, 5, 20)), "dispute", customer, instalment)
	default:
		b.intend(on, "pay", customer, instalment)
	}
}
