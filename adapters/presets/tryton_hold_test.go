package presets_test

import (
	"context"
	"testing"

	"github.com/jackc/pgx/v5"

	"holdfast/adapters"
	"holdfast/adapters/adaptertest"
	"holdfast/engine/ar"
	"holdfast/engine/fault"
)

// one reads a single text, or says that there is no row.
func one(t *testing.T, dsn, query string) string {
	t.Helper()
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(ctx)
	var text *string
	switch err := conn.QueryRow(ctx, query).Scan(&text); {
	case err == pgx.ErrNoRows:
		return "no row"
	case err != nil:
		t.Fatal(err)
	case text == nil:
		return "NULL"
	}
	return *text
}

func customer(id string) ar.AccountID {
	return ar.AccountID{Source: "erp", Company: "1", Customer: ar.CustomerID(id)}
}

const limitOf = "SELECT credit_limit_amount::text FROM party_party_credit_limit_amount WHERE company = 1 AND party = "

// Holds in a real Tryton database, one after the other.
func TestTrytonHold(t *testing.T) {
	dsn := restoreTryton(t)
	t.Run("rights", func(t *testing.T) { trytonRights(t, dsn) })
	t.Run("place and release", func(t *testing.T) { trytonHoldAndRelease(t, dsn) })
	t.Run("a person's edit", func(t *testing.T) { trytonHoldLeavesAPersonsEdit(t, dsn) })
}

// A hold goes over a limit, over NULL and where there is no row, and the
// release puts back exactly what was there.
func trytonHoldAndRelease(t *testing.T, dsn string) {
	adaptertest.Exec(t, dsn, "DELETE FROM party_party_credit_limit_amount WHERE party = 8")
	adaptertest.Exec(t, dsn, "UPDATE party_party_credit_limit_amount SET credit_limit_amount = 9000.00 WHERE party = 3")
	erp := openTryton(t, dsn, "1")
	for party, before := range map[string]string{"3": "9000.00", "6": "0", "7": "NULL", "8": "no row"} {
		t.Run(before, func(t *testing.T) { holdAndRelease(t, erp, dsn, party, before) })
	}
}

func holdAndRelease(t *testing.T, erp *adapters.ERP, dsn, party, before string) {
	ctx, id := context.Background(), customer(party)
	seen, err := erp.Hold(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	placed, err := erp.SetHold(ctx, id, ar.Hold{Placed: true}, seen)
	if err != nil {
		t.Fatal(err)
	}
	if got := one(t, dsn, limitOf+party); got != "-999999999" || !placed.Same(erp.Capability().Value) {
		t.Fatalf("placed: the limit is %s, read back as %s", got, placed)
	}
	if _, err := erp.SetHold(ctx, id, ar.Hold{Placed: true}, seen); !fault.Is(err, fault.Conflict) {
		t.Errorf("placed again over what is no longer there: %v, want a conflict", err)
	}
	if _, err := erp.SetHold(ctx, id, ar.Hold{Restore: seen}, placed); err != nil {
		t.Fatal(err)
	}
	if got := one(t, dsn, limitOf+party); got != before {
		t.Errorf("released: the limit is %s, want %s", got, before)
	}
}

// A person's edit is never written over, whichever statement would have run.
func trytonHoldLeavesAPersonsEdit(t *testing.T, dsn string) {
	ctx, erp := context.Background(), openTryton(t, dsn, "1")
	ours := erp.Capability().Value
	for name, c := range map[string]struct {
		party string
		edit  string
		seen  ar.HoldState
		want  ar.Hold
	}{
		"limit raised":          {"3", "UPDATE party_party_credit_limit_amount SET credit_limit_amount = 1 WHERE party = 3", ar.HoldState{Held: ar.Valued, Value: "9000.00"}, ar.Hold{Placed: true}},
		"row appeared":          {"4", "", ar.HoldState{Held: ar.NoRow}, ar.Hold{Placed: true}},
		"row went":              {"7", "DELETE FROM party_party_credit_limit_amount WHERE party = 7", ar.HoldState{Held: ar.Null}, ar.Hold{Placed: true}},
		"our hold was lifted":   {"4", "", ours, ar.Hold{Restore: ar.HoldState{Held: ar.Null}}},
		"our row is theirs now": {"4", "", ours, ar.Hold{Restore: ar.HoldState{Held: ar.NoRow}}},
	} {
		t.Run(name, func(t *testing.T) {
			adaptertest.Exec(t, dsn, c.edit)
			before := one(t, dsn, limitOf+c.party)
			if _, err := erp.SetHold(ctx, customer(c.party), c.want, c.seen); !fault.Is(err, fault.Conflict) {
				t.Errorf("got %v, want a conflict", err)
			}
			if after := one(t, dsn, limitOf+c.party); after != before {
				t.Errorf("the limit went from %s to %s", before, after)
			}
		})
	}
}

// The shipped grants are enough for both logins, and a login without them is
// told what it lacks.
func trytonRights(t *testing.T, dsn string) {
	adaptertest.Exec(t, dsn, `DROP ROLE IF EXISTS holdfast_read; DROP ROLE IF EXISTS holdfast_hold;
		CREATE ROLE holdfast_read LOGIN PASSWORD 'r'; CREATE ROLE holdfast_hold LOGIN PASSWORD 'h'`)
	t.Cleanup(func() {
		adaptertest.Exec(t, dsn, `DROP OWNED BY holdfast_read; DROP OWNED BY holdfast_hold; DROP ROLE holdfast_read; DROP ROLE holdfast_hold`)
	})
	erp := openLogins(t, urlOf(t, dsn, "holdfast_read", "r"), urlOf(t, dsn, "holdfast_hold", "h"))
	findings, err := erp.Probe(context.Background())
	if err != nil || findings.OK() || findings.CanHold {
		t.Fatalf("without grants: %+v, %v", findings, err)
	}
	for _, grant := range append(trytonPreset(t).Rights, trytonPreset(t).HoldRights...) {
		adaptertest.Exec(t, dsn, grant)
	}
	if findings, err = erp.Probe(context.Background()); err != nil || !findings.OK() || !findings.CanHold {
		t.Fatalf("with the grants of the preset: %+v, %v", findings, err)
	}
	pulled(t, erp)
	holdAndRelease(t, erp, dsn, "3", "9000")
}
