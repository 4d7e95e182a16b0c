package adaptertest

import (
	"context"
	"strings"
	"testing"

	"holdfast/adapters"
	"holdfast/engine/ar"
	"holdfast/engine/fault"
)

func account(customer string) ar.AccountID {
	return ar.AccountID{Source: "erp", Company: "1", Customer: ar.CustomerID(customer)}
}

func holdStates(t *testing.T, b Bench) {
	ctx, erp := context.Background(), b.open(t, nil)
	for customer, held := range map[string]ar.Held{"A": ar.Valued, "N": ar.Null, "none": ar.NoRow} {
		before, err := erp.Hold(ctx, account(customer))
		if err != nil || before.Held != held {
			t.Fatalf("%s: %+v, %v", customer, before, err)
		}
		placed, err := erp.SetHold(ctx, account(customer), ar.Hold{Placed: true}, before)
		if err != nil || placed.Value != "Y" {
			t.Fatalf("%s: placed %+v, %v", customer, placed, err)
		}
		back, err := erp.SetHold(ctx, account(customer), ar.Hold{Restore: before}, placed)
		if err != nil || !back.Same(before) {
			t.Errorf("%s: put back %+v, want %+v, %v", customer, back, before, err)
		}
	}
}

func holdLost(t *testing.T, b Bench) {
	ctx, erp := context.Background(), b.open(t, nil)
	seen, err := erp.Hold(ctx, account("A"))
	if err != nil {
		t.Fatal(err)
	}
	for says, edit := range map[string]string{
		"another value":                    "UPDATE c_hold SET flag = 'X', version = 1 WHERE customer = 'A'",
		"the same value, changed and back": "UPDATE c_hold SET flag = 'N', version = 3 WHERE customer = 'A'",
		"the row is gone":                  "DELETE FROM c_hold WHERE customer = 'A'",
	} {
		b.change(t, edit)
		if _, err := erp.SetHold(ctx, account("A"), ar.Hold{Placed: true}, seen); !fault.Is(err, fault.Conflict) {
			t.Errorf("%s: %v", says, err)
		}
		b.change(t, "DELETE FROM c_hold WHERE customer = 'A'; INSERT INTO c_hold VALUES ('A', 'N', 1)")
	}
	if _, err := erp.SetHold(ctx, account("A"), ar.Hold{Placed: true}, ar.HoldState{Held: ar.NoRow}); !fault.Is(err, fault.Conflict) {
		t.Errorf("a row appeared: %v", err)
	}
	now, err := erp.Hold(ctx, account("A"))
	if err != nil || !now.Same(seen) {
		t.Errorf("the hold is %+v, %v", now, err)
	}
}

// placeAndLift writes a hold and puts back what stood before.
func placeAndLift(t *testing.T, erp *adapters.ERP, id ar.AccountID) {
	t.Helper()
	ctx := context.Background()
	before, err := erp.Hold(ctx, id)
	if err != nil {
		t.Fatalf("%q: %v", id.Customer, err)
	}
	placed, err := erp.SetHold(ctx, id, ar.Hold{Placed: true}, before)
	if err != nil || placed.Value != "Y" {
		t.Errorf("%q: placed %+v, %v", id.Customer, placed, err)
	}
	if back, err := erp.SetHold(ctx, id, ar.Hold{Restore: before}, placed); err != nil || !back.Same(before) {
		t.Errorf("%q: put back %+v, want %+v: %v", id.Customer, back, before, err)
	}
}

func twoHolds(t *testing.T, b Bench) {
	erp := b.open(t, nil)
	seen, err := erp.Hold(context.Background(), account("A"))
	if err != nil {
		t.Fatal(err)
	}
	b.change(t, "INSERT INTO c_hold VALUES ('A', 'N', 1)")
	if _, err := erp.Hold(context.Background(), account("A")); !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), "two rows") {
		t.Errorf("read: %v", err)
	}
	if _, err := erp.SetHold(context.Background(), account("A"), ar.Hold{Placed: true}, seen); !fault.Is(err, fault.Conflict) {
		t.Errorf("written: %v", err)
	}
	b.change(t, "DELETE FROM c_hold WHERE customer = 'A' AND flag = 'Y'")
	if _, err := erp.Hold(context.Background(), account("A")); !fault.Is(err, fault.Invalid) {
		t.Errorf("one of the two rows was written: %v", err)
	}
}

// sealed is a database that was set read-only, as for a restore or a standby.
func sealed(t *testing.T, b Bench) {
	if b.Seal == nil {
		b.lacks(t, "a way to make the database read-only")
	}
	ctx, erp := context.Background(), b.open(t, nil)
	seen, err := erp.Hold(ctx, account("A"))
	if err != nil {
		t.Fatal(err)
	}
	b.Seal(t)
	_, err = erp.SetHold(ctx, account("A"), ar.Hold{Placed: true}, seen)
	if !fault.Is(err, fault.Denied) || !says(err, string(adapters.ReadOnly)) {
		t.Errorf("%s: %v", fault.KindOf(err), err)
	}
	if now, err := erp.Hold(ctx, account("A")); err != nil || !now.Same(seen) {
		t.Errorf("the hold is %+v, %v", now, err)
	}
}
