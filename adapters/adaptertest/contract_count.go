package adaptertest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"holdfast/adapters"
	"holdfast/adapters/presets"
	"holdfast/engine/ar"
	"holdfast/engine/fault"
)

// counting is how an engine counts changes, in its own SQL.
type counting struct {
	kind   presets.MarkKind
	column string // that the table needs
	suffix string // of CREATE TABLE
	newer  string // what holds for rows that changed after :since_no
}

var countings = map[string]counting{
	"postgres":  {kind: presets.MarkXmin, newer: "pg_snapshot_xmax(pg_current_snapshot())::text::bigint - ((pg_snapshot_xmax(pg_current_snapshot())::text::bigint - c_counted.xmin::text::bigint) & 4294967295) > :since_no"},
	"sqlserver": {kind: presets.MarkRow, column: ", rv ROWVERSION", newer: "rv > CONVERT(binary(8), CAST(:since_no AS bigint))"},
	"oracle":    {kind: presets.MarkSCN, suffix: " ROWDEPENDENCIES", newer: "ORA_ROWSCN > :since_no"},
}

// counts changes a row in a transaction that is still open while another one
// begins later and commits. A mark that is a number must pass over neither.
func counts(t *testing.T, b Bench) {
	how := countings[b.Driver.Name()]
	if _, ok := b.Driver.(adapters.Counter); !ok || how.kind == "" {
		b.lacks(t, "a count of its changes")
	}
	if b.StandIn != "" && how.kind == presets.MarkSCN {
		b.lacks(t, "ORA_ROWSCN: this is "+b.StandIn)
	}
	create := in(b.Driver.Name(), "CREATE TABLE c_counted (id {text}(9), currency {text}(3), amount {text}(9)"+how.column+")"+how.suffix)
	if _, err := b.person(t).Exec(create); err != nil {
		b.lacks(t, "a table whose changes are counted: "+err.Error())
	}
	for _, id := range []string{"X", "Y", "Z"} {
		b.change(t, fmt.Sprintf("INSERT INTO c_counted (id, currency, amount) VALUES ('%s', 'USD', '1')", id))
	}
	erp := b.open(t, map[string]string{
		"documents.sql": onlyAmounts("c_counted") + "\nAND " + how.newer + " --? since_no",
		"preset.toml":   files(b.Driver.Name(), nil)["preset.toml"] + "[mark.documents]\nkind = \"" + string(how.kind) + "\"\n",
	})
	recs, mark, err := pull(context.Background(), erp)
	if fault.Is(err, fault.Denied) {
		b.lacks(t, "the right to see the count of changes: "+err.Error())
	}
	if n := len(of[*ar.Document](recs)); err != nil || n != 3 {
		t.Fatalf("%d documents came, %v", n, err)
	}
	tx, err := b.person(t).Begin()
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	if _, err := tx.Exec("UPDATE c_counted SET amount = '2' WHERE id = 'X'"); err != nil {
		t.Fatal(err)
	}
	b.change(t, "UPDATE c_counted SET amount = '3' WHERE id = 'Y'")
	seen := map[ar.DocumentID]int64{}
	mark = counted(t, erp, mark, seen)
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
	mark = counted(t, erp, mark, seen)
	if seen["X"] != 200 || seen["Y"] != 300 {
		t.Errorf("the pulls brought %v; X was changed to 2 and Y to 3", seen)
	}
	b.change(t, "UPDATE c_counted SET amount = '4' WHERE id = 'Z'")
	if counted(t, erp, mark, seen); seen["Z"] != 400 {
		t.Errorf("the last pull brought Z as %d", seen["Z"])
	}
	ahead := ar.Mark(strings.Replace(string(mark), `"numbers":{"documents":`, `"numbers":{"documents":9`, 1))
	if next, err := erp.Pull(context.Background(), ahead, func(ar.Record) error { return nil }); !fault.Is(err, fault.Replaced) || next != "" {
		t.Errorf("a mark ahead of the database: %q, %v", next, err)
	}
}

// counted pulls what changed since mark into seen. Where readers wait for
// writers the pull may end by its own patience; the mark stays then.
func counted(t *testing.T, erp *adapters.ERP, mark ar.Mark, seen map[ar.DocumentID]int64) ar.Mark {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Second)
	defer cancel()
	next, err := erp.Pull(ctx, mark, func(r ar.Record) error {
		if d, ok := r.(*ar.Document); ok {
			seen[d.ID] = d.Open
		}
		return nil
	})
	if errors.Is(err, context.DeadlineExceeded) || fault.Is(err, fault.Transient) {
		t.Logf("the read waited for the writer: %v", err)
		return mark
	}
	if err != nil {
		t.Fatal(err)
	}
	return next
}
