package adapters_test

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"testing"

	"holdfast/adapters"
	"holdfast/adapters/adaptertest"
	"holdfast/adapters/presets"
	"holdfast/adapters/sqlite"
	"holdfast/engine/ar"
	"holdfast/engine/fault"
)

// tracked is SQLite with a table of changes in the place of SQL Server's change
// tracking: by its number of changes, and by whether it has forgotten some.
type tracked struct{ sqlite.Driver }

func (tracked) Committed(ctx context.Context, conn *sql.Conn, _ presets.MarkKind) (n int64, err error) {
	err = conn.QueryRowContext(ctx, "SELECT COALESCE(MAX(no), 0) FROM change").Scan(&n)
	return n, err
}

func (tracked) Reaches(ctx context.Context, conn *sql.Conn, _ presets.MarkKind, tables []string, number int64) (ok bool, err error) {
	err = conn.QueryRowContext(ctx, "SELECT COALESCE(MIN(no), 0) <= ?1 + 1 FROM change WHERE tab = ?2", number, tables[0]).Scan(&ok)
	return ok, err
}

var trackedFiles = map[string]string{
	"preset.toml": `name = "tracked"
title = "Tracked"
engine = "sqlite"
verified = "live"
[hold]
mode = "none"
[mark.documents]
kind = "change_tracking"
tables = ["doc"]
`,
	"companies.sql": "SELECT '1' AS id, 'Co' AS name, 'USD' AS base_currency",
	"customers.sql": "SELECT 'A' AS id, 'A' AS name",
	"documents.sql": `SELECT id, 'A' AS customer_id, id AS number, 'invoice' AS kind, NULL AS due_on, 'USD' AS currency, open FROM doc
WHERE 1 = 1
AND id IN (SELECT c.id FROM change AS c WHERE c.no > :since_no) --? since_no
`,
}

// A mark that is a number brings what changed after it, and asks for a full read
// where the ERP has forgotten.
func TestTrackedChangesAndForgottenOnes(t *testing.T) {
	b := adaptertest.On(t, "sqlite")
	b.Exec(t, `CREATE TABLE doc (id TEXT PRIMARY KEY, open TEXT); CREATE TABLE change (no INTEGER PRIMARY KEY, tab TEXT, id TEXT);
		CREATE TRIGGER note AFTER UPDATE ON doc BEGIN INSERT INTO change (tab, id) VALUES ('doc', NEW.id); END;
		INSERT INTO doc VALUES ('X', '1'), ('Y', '1'); INSERT INTO change (tab, id) VALUES ('doc', 'X')`)
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "tracked"), 0o755); err != nil {
		t.Fatal(err)
	}
	for name, text := range trackedFiles {
		if err := os.WriteFile(filepath.Join(dir, "tracked", name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	preset, err := presets.Load("tracked", dir)
	if err != nil {
		t.Fatal(err)
	}
	erp, err := adapters.Open(adapters.Config{Source: "erp", Company: "1", Preset: preset, Driver: tracked{}, DSN: b.DSN})
	if err != nil {
		t.Fatal(err)
	}
	defer erp.Close()
	pull := func(mark ar.Mark) (open map[ar.DocumentID]int64, next ar.Mark, err error) {
		open = map[ar.DocumentID]int64{}
		next, err = erp.Pull(t.Context(), mark, func(r ar.Record) error {
			if d, ok := r.(*ar.Document); ok {
				open[d.ID] = d.Open
			}
			return nil
		})
		return open, next, err
	}
	open, mark, err := pull("")
	if err != nil || len(open) != 2 {
		t.Fatalf("%v, %v", open, err)
	}
	b.Exec(t, "UPDATE doc SET open = '2' WHERE id = 'Y'")
	open, mark, err = pull(mark)
	if err != nil || len(open) != 1 || open["Y"] != 200 {
		t.Errorf("the change brought %v, %v", open, err)
	}
	b.Exec(t, "UPDATE doc SET open = '3' WHERE id = 'X'; UPDATE doc SET open = '4' WHERE id = 'X'; DELETE FROM change WHERE no <= 3")
	if _, next, err := pull(mark); !fault.Is(err, fault.Expired) || next != "" {
		t.Errorf("what was forgotten: %q, %v", next, err)
	}
	b.Exec(t, "DELETE FROM change")
	if _, next, err := pull(mark); !fault.Is(err, fault.Replaced) || next != "" {
		t.Errorf("a count that went back: %q, %v", next, err)
	}
}
