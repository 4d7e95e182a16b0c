package presets_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"holdfast/adapters/adaptertest"
	"holdfast/engine/ar"
	"holdfast/engine/fault"
)

// The sweep holds each open order of a customer that nobody holds yet, and puts
// back what was there: a letter, or nothing at all. Another person's hold is not
// even listed.
func TestXTupleSweepsOpenOrders(t *testing.T) {
	m := miniature(t, "xtuple")
	ctx := context.Background()
	id := ar.AccountID{Source: "erp", Company: "Harbor Pumps", Customer: "1"}
	before := map[string]string{"1": "N", "2": "S", "3": "N", "4": "NULL"}
	orders, err := m.erp.OrderHolds(ctx, id)
	if err != nil || len(orders) != 2 {
		t.Fatalf("%+v, %v; want the orders 1 and 4", orders, err)
	}
	placed := map[string]ar.HoldState{}
	for _, o := range orders {
		state, err := m.erp.SetOrderHold(ctx, id, o, ar.Hold{Placed: true})
		if err != nil {
			t.Fatalf("order %s: %v", o.Order, err)
		}
		placed[o.Order] = state
		if _, err := m.erp.SetOrderHold(ctx, id, o, ar.Hold{Placed: true}); !fault.Is(err, fault.Conflict) {
			t.Errorf("a second placing on order %s: %v, want a conflict", o.Order, err)
		}
	}
	if diff := cmp.Diff(map[string]string{"1": "C", "2": "S", "3": "N", "4": "C"}, orderHolds(t, m.bench)); diff != "" {
		t.Errorf("after placing (-want +got):\n%s", diff)
	}
	for _, o := range orders {
		held := ar.OrderHold{Order: o.Order, State: placed[o.Order]}
		if _, err := m.erp.SetOrderHold(ctx, id, held, ar.Hold{Restore: o.State}); err != nil {
			t.Errorf("order %s: %v", o.Order, err)
		}
	}
	if diff := cmp.Diff(before, orderHolds(t, m.bench)); diff != "" {
		t.Errorf("after putting back (-want +got):\n%s", diff)
	}
}

// orderHolds reads the holds of all orders as they stand in the table.
func orderHolds(t *testing.T, bench adaptertest.Bench) map[string]string {
	t.Helper()
	l := newLife(t, bench.DSN, 1)
	rows, err := l.conn.Query(context.Background(), `SELECT cohead_id::text, COALESCE(cohead_holdtype::text, 'NULL') FROM cohead`)
	if err != nil {
		t.Fatal(err)
	}
	holds := map[string]string{}
	for rows.Next() {
		var id, hold string
		if err := rows.Scan(&id, &hold); err != nil {
			t.Fatal(err)
		}
		holds[id] = hold
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return holds
}
