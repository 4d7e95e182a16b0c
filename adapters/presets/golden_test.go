package presets_test

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"holdfast/adapters"
	"holdfast/adapters/adaptertest"
	"holdfast/adapters/presets"
	"holdfast/engine/ar"
	"holdfast/engine/fault"
)

var update = flag.Bool("update", false, "write canonical.golden anew")

// Each preset turns the rows of its miniature ERP into the records of
// canonical.golden, reads them again by account, by id and by mark, and places
// and lifts a hold. testdata/company names the company that is read.
func TestPresets(t *testing.T) {
	folders, err := filepath.Glob("*/testdata/company")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range folders {
		name := filepath.Dir(filepath.Dir(file))
		t.Run(name, func(t *testing.T) {
			m := miniature(t, name)
			m.probes()
			golden(t, filepath.Join(name, "testdata", "canonical.golden"), m.back(dump(t, m.erp)))
			m.readsAgain()
			m.readsChanges()
			m.holds()
			m.orderHolds()
		})
	}
}

// mini is the miniature of one ERP.
type mini struct {
	t      *testing.T
	name   string
	bench  adaptertest.Bench
	preset *presets.Preset
	erp    *adapters.ERP
}

func miniature(t *testing.T, name string) *mini {
	t.Helper()
	preset, err := presets.Load(name, "")
	if err != nil {
		t.Fatal(err)
	}
	m := &mini{t: t, name: name, preset: preset, bench: adaptertest.On(t, preset.Engine)}
	for _, file := range []string{"schema.sql", "rows.sql"} {
		m.bench.Exec(t, read(t, m.path(file)))
	}
	mode := presets.ModeNone
	if preset.WritesSQL() {
		mode = presets.ModeSQL
	}
	m.erp, err = adapters.Open(adapters.Config{
		Places: m.places(),
		Source: "erp", Company: ar.CompanyID(m.here(strings.TrimRight(read(t, m.path("company")), "\n"))), Preset: preset,
		Driver: m.bench.Driver, DSN: m.bench.DSN, HistoryDays: 36500, HoldMode: mode,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { m.erp.Close() })
	return m
}

// aDatabase is how a database is called in the files of a miniature whose company
// it is.
const aDatabase = "HOLDFAST_ERP"

// here puts the name of this very database in the place of aDatabase; back does
// the reverse, and leaves out what a database counts for itself.
func (m *mini) here(text string) string {
	if m.bench.Database == "" {
		return text
	}
	return strings.ReplaceAll(text, aDatabase, m.bench.Database)
}

var counted = regexp.MustCompile(`"HoldVersion":"(0x[0-9a-f]+|[0-9]{4,})"`)

func (m *mini) back(text string) string {
	if m.bench.Database != "" {
		text = strings.ReplaceAll(text, `"`+m.bench.Database+`"`, `"`+aDatabase+`"`)
	}
	if m.preset.Engine == "sqlserver" {
		text = counted.ReplaceAllString(text, `"HoldVersion":"counted"`)
	}
	return text
}

// places reads testdata/places, NAME=TEXT in each line, where a preset needs
// some.
func (m *mini) places() map[string]string {
	m.t.Helper()
	text, err := os.ReadFile(m.path("places"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		m.t.Fatal(err)
	}
	places := map[string]string{}
	for line := range strings.Lines(string(text)) {
		name, value, _ := strings.Cut(strings.TrimRight(line, "\n"), "=")
		places[name] = value
	}
	return places
}

func (m *mini) path(file string) string { return filepath.Join(m.name, "testdata", file) }

func (m *mini) probes() {
	m.t.Helper()
	findings, err := m.erp.Probe(context.Background())
	if err != nil || !findings.OK() || findings.CanHold != m.preset.WritesSQL() {
		m.t.Errorf("probe: %+v, %v", findings, err)
	}
}

// all passes every record of a read.
func (m *mini) all(read func(emit func(ar.Record) error) error) []ar.Record {
	m.t.Helper()
	var recs []ar.Record
	if err := read(func(r ar.Record) error { recs = append(recs, r); return nil }); err != nil {
		m.t.Fatal(err)
	}
	return recs
}

func (m *mini) pull(mark ar.Mark) (recs []ar.Record, next ar.Mark) {
	m.t.Helper()
	recs = m.all(func(emit func(ar.Record) error) (err error) {
		next, err = m.erp.Pull(context.Background(), mark, emit)
		return err
	})
	return recs, next
}

// readsAgain reads the accounts afresh, and every document by its id: both must
// say what the pull said.
func (m *mini) readsAgain() {
	m.t.Helper()
	ctx := context.Background()
	whole, _ := m.pull("")
	open, every := map[string]bool{}, map[string]bool{}
	var ids []ar.DocumentID
	var accounts []ar.AccountID
	for _, r := range whole {
		switch r := r.(type) {
		case *ar.Customer:
			accounts = append(accounts, r.Account)
		case *ar.Document:
			ids = append(ids, r.ID)
			every[line(m.t, r)] = true
			if r.Open != 0 {
				open[line(m.t, r)] = true
			}
		}
	}
	fresh := m.all(func(emit func(ar.Record) error) error { return m.erp.Fresh(ctx, accounts, emit) })
	m.same("a fresh read", fresh, open)
	m.same("a confirming read", m.all(func(emit func(ar.Record) error) error { return m.erp.Confirm(ctx, ids, emit) }), every)
	for _, one := range accounts {
		for _, r := range m.all(func(emit func(ar.Record) error) error { return m.erp.Fresh(ctx, []ar.AccountID{one}, emit) }) {
			if d, ok := r.(*ar.Document); ok && d.Account != one {
				m.t.Errorf("the fresh read of %s brought %s of %s", one, d.ID, d.Account)
			}
		}
	}
}

// same compares the documents of a read with those wanted.
func (m *mini) same(what string, recs []ar.Record, want map[string]bool) {
	m.t.Helper()
	got := map[string]bool{}
	for _, r := range recs {
		if d, ok := r.(*ar.Document); ok {
			got[line(m.t, d)] = true
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		m.t.Errorf("%s differs from the pull (-pull +read):\n%s", what, diff)
	}
}

// readsChanges changes rows by testdata/change.sql, whose first lines say what an
// incremental read must bring ("-- brings: ID, ID") and which rows the ERP must
// report gone ("-- gone: documents/ID, applications/ID").
func (m *mini) readsChanges() {
	m.t.Helper()
	text, err := os.ReadFile(m.path("change.sql"))
	if errors.Is(err, fs.ErrNotExist) {
		m.t.Logf("%s has no testdata/change.sql: incremental reading is not shown", m.name)
		return
	}
	if err != nil {
		m.t.Fatal(err)
	}
	_, mark := m.pull("")
	m.bench.Exec(m.t, string(text))
	recs, _ := m.pull(mark)
	came := map[string]bool{}
	for _, r := range recs {
		switch r := r.(type) {
		case *ar.Document:
			came["brings "+string(r.ID)] = true
		case *ar.Gone:
			came["gone "+r.Entity+"/"+r.ID] = true
		}
	}
	wanted := m.wanted(string(text))
	if len(wanted) == 0 || m.preset.Queries["gone"] != nil && !strings.Contains(strings.Join(wanted, "\n"), "gone ") {
		m.t.Errorf("%s does not say at its beginning what it brings, or what is gone: %v came", m.path("change.sql"), slices.Sorted(maps.Keys(came)))
	}
	for _, want := range wanted {
		if !came[want] {
			m.t.Errorf("the incremental read lacks %q", want)
		}
	}
}

// wanted reads the first lines of a change.sql.
func (m *mini) wanted(text string) (list []string) {
	for line := range strings.Lines(text) {
		rest, ok := strings.CutPrefix(strings.TrimSpace(line), "-- ")
		what, ids, told := strings.Cut(rest, ": ")
		if !ok || !told || what != "brings" && what != "gone" {
			return list
		}
		for _, id := range strings.Split(ids, ", ") {
			list = append(list, what+" "+id)
		}
	}
	return list
}

// holds places a hold on the first customer that has none, and puts back what
// stood before.
func (m *mini) holds() {
	m.t.Helper()
	if !m.preset.WritesSQL() {
		return
	}
	ctx := context.Background()
	recs, _ := m.pull("")
	i := slices.IndexFunc(recs, func(r ar.Record) bool { c, ok := r.(*ar.Customer); return ok && !c.OnHold })
	if i < 0 {
		m.t.Fatal("every customer of the miniature is on hold")
	}
	id := recs[i].(*ar.Customer).Account
	before, err := m.erp.Hold(ctx, id)
	if err != nil {
		m.t.Fatal(err)
	}
	placed, err := m.erp.SetHold(ctx, id, ar.Hold{Placed: true}, before)
	if err != nil || !placed.Same(m.erp.Capability().Value) {
		m.t.Fatalf("placed %+v, %v", placed, err)
	}
	if _, err := m.erp.SetHold(ctx, id, ar.Hold{Placed: true}, before); !fault.Is(err, fault.Conflict) {
		m.t.Errorf("a second placing on what stood before: %v, want a conflict", err)
	}
	back, err := m.erp.SetHold(ctx, id, ar.Hold{Restore: before}, placed)
	if err != nil || !back.Same(before) {
		m.t.Errorf("put back %+v, want %+v: %v", back, before, err)
	}
	m.undoesByHand(id, before)
}

// undoesByHand places the hold once more and runs the statement that the program
// leaves for a person.
func (m *mini) undoesByHand(id ar.AccountID, before ar.HoldState) {
	m.t.Helper()
	ctx := context.Background()
	seen, err := m.erp.Hold(ctx, id)
	if err != nil {
		m.t.Fatal(err)
	}
	placed, err := m.erp.SetHold(ctx, id, ar.Hold{Placed: true}, seen)
	if err != nil {
		m.t.Fatal(err)
	}
	text, err := m.erp.UndoSQL(ar.HoldEntry{Account: id, State: ar.EntryPlaced, Previous: seen, Written: placed})
	if err != nil {
		m.t.Fatalf("by hand: %v", err)
	}
	m.bench.Exec(m.t, text)
	if back, err := m.erp.Hold(ctx, id); err != nil || !back.Same(before) {
		m.t.Errorf("by hand it is %+v, want %+v: %v\n%s", back, before, err, text)
	}
}

// orderHolds holds each open order that is not on hold, and puts back what stood
// there.
func (m *mini) orderHolds() {
	m.t.Helper()
	if m.preset.Queries["orders_hold_set"] == nil {
		return
	}
	ctx := context.Background()
	can := m.erp.Capability()
	recs, _ := m.pull("")
	tried := 0
	for _, r := range recs {
		c, ok := r.(*ar.Customer)
		if !ok {
			continue
		}
		open, err := m.erp.OrderHolds(ctx, c.Account)
		if err != nil {
			m.t.Fatal(err)
		}
		for _, o := range open {
			if o.State.Same(can.Held) {
				continue
			}
			tried++
			placed, err := m.erp.SetOrderHold(ctx, c.Account, o, ar.Hold{Placed: true})
			if err != nil || !placed.Same(can.Held) {
				m.t.Fatalf("order %s: placed %+v, %v", o.Order, placed, err)
			}
			if _, err := m.erp.SetOrderHold(ctx, c.Account, o, ar.Hold{Placed: true}); !fault.Is(err, fault.Conflict) {
				m.t.Errorf("order %s: a second placing on what stood before: %v, want a conflict", o.Order, err)
			}
			back, err := m.erp.SetOrderHold(ctx, c.Account, ar.OrderHold{Order: o.Order, State: placed}, ar.Hold{Restore: o.State})
			if err != nil || !back.Same(o.State) {
				m.t.Errorf("order %s: put back %+v, want %+v: %v", o.Order, back, o.State, err)
			}
			m.undoesOrder(c.Account, ar.OrderHold{Order: o.Order, State: back})
		}
	}
	if tried == 0 {
		m.t.Errorf("no open order of the miniature could be held: rows.sql needs one")
	}
}

// undoesOrder is undoesByHand for the hold of an order.
func (m *mini) undoesOrder(id ar.AccountID, o ar.OrderHold) {
	m.t.Helper()
	ctx := context.Background()
	placed, err := m.erp.SetOrderHold(ctx, id, o, ar.Hold{Placed: true})
	if err != nil {
		m.t.Fatal(err)
	}
	entry := ar.HoldEntry{Account: id, State: ar.EntryPlaced}
	text, err := m.erp.UndoOrderSQL(entry, ar.HoldOrder{Order: o.Order, State: ar.EntryPlaced, Previous: o.State, Written: placed})
	if err != nil {
		m.t.Fatalf("order %s by hand: %v", o.Order, err)
	}
	m.bench.Exec(m.t, text)
	open, err := m.erp.OrderHolds(ctx, id)
	if err != nil {
		m.t.Fatal(err)
	}
	if i := slices.IndexFunc(open, func(now ar.OrderHold) bool { return now.Order == o.Order }); i < 0 || !open[i].State.Same(o.State) {
		m.t.Errorf("order %s by hand is %+v, want %+v\n%s", o.Order, open, o.State, text)
	}
}

// line writes a document for comparing.
func line(t *testing.T, d *ar.Document) string {
	t.Helper()
	text, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// dump writes every record of a full pull, one a line, in the order of the
// lines: a database owes no other.
func dump(t *testing.T, erp *adapters.ERP) string {
	t.Helper()
	var b strings.Builder
	_, err := erp.Pull(context.Background(), "", func(rec ar.Record) error {
		line, err := json.Marshal(rec)
		if err != nil {
			return err
		}
		fmt.Fprintf(&b, "%s %s\n", strings.TrimPrefix(fmt.Sprintf("%T", rec), "*ar."), line)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(b.String(), "\n")
	slices.Sort(lines)
	return strings.Join(lines, "")
}

func golden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(strings.Split(read(t, path), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("%s (-golden +got):\n%s", path, diff)
	}
}

func read(t testing.TB, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// Every preset in the folder loads: the embedded list is the folder.
func TestEveryPresetLoads(t *testing.T) {
	list, err := presets.List("")
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range list {
		if text := read(t, filepath.Join(p.Name, "README.md")); !headings(text) {
			t.Errorf("%s/README.md: the headings are not What it reads, Rights, Hold, Versions, Sources, Known limits, in this order", p.Name)
		}
	}
}

func headings(text string) bool {
	at := 0
	for _, h := range []string{"## What it reads", "## Rights", "## Hold", "## Versions", "## Sources", "## Known limits"} {
		i := strings.Index(text[at:], h)
		if i < 0 {
			return false
		}
		at += i
	}
	return true
}
