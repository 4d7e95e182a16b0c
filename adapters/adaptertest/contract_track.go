package adaptertest

import (
	"context"
	"testing"

	"holdfast/adapters"
	"holdfast/adapters/presets"
	"holdfast/engine/ar"
	"holdfast/engine/fault"
)

// tracking is SQL Server's change tracking, over the table c_tracked.
var tracking = struct {
	on    []string // what turns it on, for the database and for the table
	again []string // what makes the table forget
	newer string
}{
	on: []string{
		"ALTER DATABASE CURRENT SET CHANGE_TRACKING = ON (CHANGE_RETENTION = 2 DAYS, AUTO_CLEANUP = ON)",
		"ALTER TABLE c_tracked ENABLE CHANGE_TRACKING",
	},
	again: []string{"ALTER TABLE c_tracked DISABLE CHANGE_TRACKING", "ALTER TABLE c_tracked ENABLE CHANGE_TRACKING"},
	newer: "id IN (SELECT t.id FROM CHANGETABLE(CHANGES c_tracked, :since_no) AS t)",
}

// tracks reads by a tracked table's changes, and must be told when the table has
// forgotten them.
func tracks(t *testing.T, b Bench) {
	if _, ok := b.Driver.(adapters.Counter); !ok || b.Driver.Name() != "sqlserver" {
		b.lacks(t, "change tracking")
	}
	b.change(t, "CREATE TABLE c_tracked (id {text}(9) NOT NULL PRIMARY KEY, currency {text}(3), amount {text}(9));"+
		"INSERT INTO c_tracked (id, currency, amount) VALUES ('X', 'USD', '1'); INSERT INTO c_tracked (id, currency, amount) VALUES ('Y', 'USD', '1');")
	for _, statement := range tracking.on {
		if _, err := b.person(t).Exec(statement); err != nil {
			b.lacks(t, "change tracking: "+err.Error())
		}
	}
	t.Cleanup(func() {
		_, _ = b.person(t).Exec("ALTER TABLE c_tracked DISABLE CHANGE_TRACKING") // or the database could not turn it off
		_, _ = b.person(t).Exec("ALTER DATABASE CURRENT SET CHANGE_TRACKING = OFF")
	})
	erp := b.open(t, map[string]string{
		"documents.sql": onlyAmounts("c_tracked") + "\nAND " + tracking.newer + " --? since_no",
		"preset.toml": files(b.Driver.Name(), nil)["preset.toml"] + "[mark.documents]\nkind = \"" + string(presets.MarkTracking) +
			"\"\ntables = [\"c_tracked\"]\n",
	})
	recs, mark := all(t, erp)
	if n := len(of[*ar.Document](recs)); n != 2 {
		t.Fatalf("%d documents came, want 2", n)
	}
	b.change(t, "UPDATE c_tracked SET amount = '2' WHERE id = 'X'")
	seen := map[ar.DocumentID]int64{}
	mark = counted(t, erp, mark, seen)
	if len(seen) != 1 || seen["X"] != 200 {
		t.Errorf("the change brought %v, want X as 200 and no other", seen)
	}
	b.change(t, "UPDATE c_tracked SET amount = '3' WHERE id = 'Y'")
	for _, statement := range tracking.again {
		b.change(t, statement)
	}
	next, err := erp.Pull(context.Background(), mark, func(ar.Record) error { return nil })
	if !fault.Is(err, fault.Expired) || next != "" {
		t.Errorf("what was forgotten: mark %q, %v", next, err)
	}
}
