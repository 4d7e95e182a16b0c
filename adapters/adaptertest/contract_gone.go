package adaptertest

import (
	"context"
	"testing"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
)

// reportsGone reads a log of deletions, as some ERPs keep one.
func reportsGone(t *testing.T, b Bench) {
	b.change(t, "CREATE TABLE c_deleted (entity {text}(20), id {text}(60), deleted_at {stamp});")
	erp := b.open(t, map[string]string{"gone.sql": "SELECT entity, id FROM c_deleted WHERE :company = '1'\nAND deleted_at >= :since --? since"})
	deleted := func(entity, id, at string) {
		t.Helper()
		b.change(t, "INSERT INTO c_deleted VALUES ("+entity+", "+id+", {at}'"+at+"')")
	}
	deleted("'documents'", "'OLD'", "2026-10-01 10:00:00")
	recs, mark := all(t, erp)
	if gone := of[*ar.Gone](recs); len(gone) > 0 {
		t.Errorf("a read of everything brought %+v", gone)
	}
	b.change(t, "DELETE FROM c_document WHERE id = 'D1'")
	deleted("'documents'", "'D1'", "2026-11-01 09:59:00") // stamped before its transaction came to an end
	recs, _ = since(t, erp, mark)
	want := ar.Gone{Source: "erp", Company: "1", Entity: "documents", ID: "D1"}
	if gone := of[*ar.Gone](recs); len(gone) != 1 || *gone[0] != want {
		t.Errorf("an incremental read brought %+v, want %+v", gone, want)
	}
	for words, row := range map[string][2]string{`"invoices"`: {"'invoices'", "'D2'"}, "NULL": {"'documents'", "NULL"}} {
		deleted(row[0], row[1], "2026-11-01 10:01:00")
		next, err := erp.Pull(context.Background(), mark, func(ar.Record) error { return nil })
		if !fault.Is(err, fault.Invalid) || next != "" || !says(err, "gone.sql", words) {
			t.Errorf("mark %q, %v; want an error that names gone.sql and %s", next, err, words)
		}
		b.change(t, "DELETE FROM c_deleted WHERE deleted_at = {at}'2026-11-01 10:01:00'")
	}
}
