package adaptertest

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"holdfast/adapters"
	"holdfast/adapters/presets"
	"holdfast/engine/ar"
	"holdfast/engine/fault"
)

// drifting is an ERP that drifts: a file of drifts, and how it is set up.
type drifting struct {
	file     string
	fresh    func(*testing.T) Bench
	preset   func(*testing.T, Bench) adapters.Config
	customer string // whose hold is written
}

var driftings = []drifting{
	{"generic.sql", PostgresBench, miniature("generic", "10"), "C1"},
	{"tryton.sql", PostgresBench, miniature("tryton", "1"), "2"},
	{"contract.sql", SQLite, func(t *testing.T, b Bench) adapters.Config {
		b.Exec(t, in("sqlite", schema))
		return b.config(t, nil)
	}, "A"},
}

// miniature is a preset with its own rows.
func miniature(name, company string) func(*testing.T, Bench) adapters.Config {
	return func(t *testing.T, b Bench) adapters.Config {
		t.Helper()
		for _, file := range []string{"schema.sql", "rows.sql"} {
			text, err := os.ReadFile(filepath.Join("..", "presets", name, "testdata", file))
			if err != nil {
				t.Fatal(err)
			}
			b.Exec(t, string(text))
		}
		preset, err := presets.Load(name, "")
		if err != nil {
			t.Fatal(err)
		}
		return adapters.Config{Source: "erp", Company: ar.CompanyID(company), Preset: preset, Driver: b.Driver, DSN: b.DSN, HistoryDays: 36500}
	}
}

// An ERP that changes under a preset's feet either changes nothing, or is
// stopped at, or costs the accounts whose rows are wrong. Nothing is guessed.
func TestDrift(t *testing.T) {
	for _, d := range driftings {
		t.Run(strings.TrimSuffix(d.file, ".sql"), func(t *testing.T) {
			for _, drift := range Drifts(t, filepath.Join("testdata", "drift", d.file)) {
				t.Run(drift.Name, func(t *testing.T) {
					t.Parallel()
					d.happens(t, drift)
				})
			}
		})
	}
}

// drifted is one ERP before and after.
type drifted struct {
	Drift
	before picture
	erp    *adapters.ERP
	id     ar.AccountID
}

func (d drifting) happens(t *testing.T, drift Drift) {
	b := d.fresh(t)
	cfg := d.preset(t, b)
	recs, _ := all(t, opened(t, cfg))
	b.Exec(t, drift.SQL)
	if drift.Login != nil {
		cfg.HoldDSN, cfg.DSN = cfg.DSN, b.Login(t, drift.Login...)
	}
	now := drifted{Drift: drift, before: pictureOf(t, recs), erp: opened(t, cfg),
		id: ar.AccountID{Source: "erp", Company: cfg.Company, Customer: ar.CustomerID(d.customer)}}
	now.checks(t)
	switch {
	case drift.Stops != nil:
		now.stops(t)
	case drift.Flaws != nil:
		now.flaws(t)
	case drift.Holds != nil:
		now.goesOn(t)
		now.holdStops(t)
	default:
		now.goesOn(t)
		placeAndLiftAny(t, now.erp, now.id)
	}
}

// checks compares what the probe says beforehand.
func (d drifted) checks(t *testing.T) {
	t.Helper()
	f, err := d.erp.Probe(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if d.Check == nil {
		if !f.OK() {
			t.Errorf("the probe says %+v, and nothing was to be said", f.Items)
		}
		return
	}
	for _, words := range d.Check {
		if !found(f, words, d.NoCure) {
			t.Errorf("the probe says %+v, and no bad finding with a cure has %q", f.Items, words)
		}
	}
}

// stops compares how a pull ends, and that a fresh read ends too where a
// table or column is missing.
func (d drifted) stops(t *testing.T) {
	t.Helper()
	_, mark, err := pull(context.Background(), d.erp)
	if err == nil || mark != "" {
		t.Fatalf("the pull ended with mark %q, %v; it was to stop", mark, err)
	}
	if !slices.Contains([]fault.Kind{fault.Invalid, fault.Denied, fault.NotFound}, fault.KindOf(err)) || !d.NoCure && !says(err, "; ") {
		t.Errorf("no kind that a person mends, or no cure: %s, %v", fault.KindOf(err), err)
	}
	for _, words := range d.Stops {
		if !strings.Contains(err.Error(), words) {
			t.Errorf("the pull says %v, and not %q", err, words)
		}
	}
	fresh := []string{"customers.sql", "contacts.sql", "documents.sql"}
	if !slices.Contains(d.Stops, string(adapters.Missing)) || !slices.Contains(fresh, d.Stops[0]) {
		return
	}
	if d.erp.Fresh(context.Background(), []ar.AccountID{d.id}, func(ar.Record) error { return nil }) == nil {
		t.Error("a fresh read goes on")
	}
}

// flaws compares which rows are named, and that all others came as before.
func (d drifted) flaws(t *testing.T) {
	t.Helper()
	recs, mark := all(t, d.erp)
	got := pictureOf(t, recs)
	slices.Sort(d.Flaws)
	if mark == "" || !slices.Equal(got.flaws, d.Flaws) {
		t.Errorf("flaws %q, want %q; mark %q", got.flaws, d.Flaws, mark)
	}
	if diff := cmp.Diff(d.before.without(d.Flaws), got.records); diff != "" {
		t.Errorf("other rows changed (-before +after):\n%s", diff)
	}
}

// goesOn compares that everything comes as before.
func (d drifted) goesOn(t *testing.T) {
	t.Helper()
	recs, mark := all(t, d.erp)
	if diff := cmp.Diff(d.before, pictureOf(t, recs), cmp.AllowUnexported(picture{})); diff != "" || mark == "" {
		t.Errorf("mark %q; rows changed (-before +after):\n%s", mark, diff)
	}
	if _, err := d.erp.Pull(context.Background(), mark, func(ar.Record) error { return nil }); err != nil {
		t.Errorf("the pull after it: %v", err)
	}
}

// holdStops compares how writing a hold ends, and that nothing stays written.
func (d drifted) holdStops(t *testing.T) {
	t.Helper()
	ctx := context.Background()
	seen, err := d.erp.Hold(ctx, d.id)
	if err == nil {
		_, err = d.erp.SetHold(ctx, d.id, ar.Hold{Placed: true}, seen)
		if now, herr := d.erp.Hold(ctx, d.id); herr != nil || now != seen {
			t.Errorf("the hold was %+v and is %+v, %v", seen, now, herr)
		}
	}
	if err == nil || fault.Is(err, fault.Unknown) || !strings.Contains(err.Error(), "; ") {
		t.Fatalf("the hold ended with %s: %v; it was to stop, with a cure", fault.KindOf(err), err)
	}
	for _, words := range d.Holds {
		if !strings.Contains(err.Error(), words) {
			t.Errorf("the hold says %v, and not %q", err, words)
		}
	}
}

// placeAndLiftAny places a hold of any preset and puts back what stood before.
func placeAndLiftAny(t *testing.T, erp *adapters.ERP, id ar.AccountID) {
	t.Helper()
	ctx := context.Background()
	before, err := erp.Hold(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	placed, err := erp.SetHold(ctx, id, ar.Hold{Placed: true}, before)
	if err != nil || !placed.Same(erp.Capability().Value) {
		t.Fatalf("placed %+v, %v", placed, err)
	}
	if back, err := erp.SetHold(ctx, id, ar.Hold{Restore: before}, placed); err != nil || !back.Same(before) {
		t.Errorf("put back %+v, want %+v: %v", back, before, err)
	}
}
