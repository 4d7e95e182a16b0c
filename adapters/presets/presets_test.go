package presets_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"holdfast/adapters/presets"
	"holdfast/engine/fault"
)

// override writes files of a site's folder for the generic preset.
func override(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	folder := filepath.Join(dir, "generic")
	if err := os.Mkdir(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

const head = "name = \"x\"\ntitle = \"X\"\nengine = \"postgres\"\n"

// Each mistake is refused with its file, its line where it has one, and words
// that help.
func TestLoadRefuses(t *testing.T) {
	for says, file := range map[string][2]string{
		`preset.toml:4: colour: unknown key`:                           {"preset.toml", head + "colour = \"red\"\n"},
		`preset.toml:5: hold.levle: unknown key; did you mean "level"`: {"preset.toml", head + "[hold]\nlevle = 2\n"},
		`preset.toml:4:`:                            {"preset.toml", head + "verified = live\n"},
		`verified is "perhaps"`:                     {"preset.toml", head + "verified = \"perhaps\"\n"},
		`hold.level is 4`:                           {"preset.toml", head + "verified = \"live\"\n[hold]\nlevel = 4\nmode = \"none\"\n"},
		`hold.value is empty`:                       {"preset.toml", head + "verified = \"live\"\n[hold]\nmode = \"sql\"\n"},
		`documents.sql:2: there is no bind :compny`: {"documents.sql", "SELECT 1 AS id\nWHERE x = :compny"},
		`documents.sql:1: the bind :since stands in a line that does not end in --?`: {"documents.sql", "SELECT 1 WHERE x > :since"},
		`documents.sql:2: there is no optional bind "sinse"`:                         {"documents.sql", "SELECT 1\nWHERE x > 1 --? sinse"},
		`documents.sql: the statement begins with "DELETE"`:                          {"documents.sql", "DELETE FROM x"},
		`documents.sql: there is more than one statement`:                            {"documents.sql", "SELECT 1; DROP TABLE x;"},
		`hold_set.sql: the statement begins with "DELETE"`:                           {"hold_set.sql", "DELETE FROM x"},
		`invoices.sql: a preset has no file of this name`:                            {"invoices.sql", "SELECT 1"},
	} {
		_, err := presets.Load("generic", override(t, map[string]string{file[0]: file[1]}))
		if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), says) {
			t.Errorf("got  %v\nwant %s", err, says)
		}
	}
	if _, err := presets.Load("nosuch", ""); !fault.Is(err, fault.NotFound) || !strings.Contains(err.Error(), "tryton") {
		t.Errorf("an unknown preset: %v", err)
	}
	for _, name := range []string{"", "..", "../generic", `..\generic`} {
		if _, err := presets.Load(name, t.TempDir()); err == nil {
			t.Errorf("%q was loaded", name)
		}
	}
}

// One file of the site goes before the embedded one, and the rest stays.
func TestSiteFileGoesBefore(t *testing.T) {
	p, err := presets.Load("generic", override(t, map[string]string{"orders.sql": "SELECT 'mine' AS id"}))
	if err != nil {
		t.Fatal(err)
	}
	if !p.Site || p.Queries["orders"].Text != "SELECT 'mine' AS id" || p.Queries["documents"] == nil {
		t.Errorf("site %v, orders %q", p.Site, p.Queries["orders"].Text)
	}
}

// Binds are found where SQL has them, lists are expanded, and optional lines
// come and go.
func TestRender(t *testing.T) {
	const text = `SELECT ':company' AS "a:since", -- :nobody's
	x::text, '--? ids' /* :ghost
	:spectre */ FROM t WHERE c = :company
	AND k IN (:ids) --? ids
	AND s >= :since --? since
;`
	p, err := presets.Load("generic", override(t, map[string]string{"orders.sql": text}))
	if err != nil {
		t.Fatal(err)
	}
	dollar := func(n int) string { return fmt.Sprintf("$%d", n) }
	for want, binds := range map[string]map[string]any{
		`SELECT ':company' AS "a:since", x::text, '--? ids' FROM t WHERE c = $1|[1]`: {"company": "1"},
		`SELECT ':company' AS "a:since", x::text, '--? ids' FROM t WHERE c = $1 AND k IN ($2, $3) AND s >= $4|[1 a b 9]`: {
			"company": "1", "ids": []any{"a", "b"}, "since": 9},
		`SELECT ':company' AS "a:since", x::text, '--? ids' FROM t WHERE c = $1 AND k IN (NULL)|[1]`: {"company": "1", "ids": []any{}},
	} {
		sql, args, err := p.Queries["orders"].Render(presets.Given{Placeholder: dollar, Binds: binds})
		got := strings.Join(strings.Fields(sql), " ") + "|" + fmt.Sprint(args)
		if err != nil || got != want {
			t.Errorf("got  %s\nwant %s\n%v", got, want, err)
		}
	}
}

// docs/presets.md lists every column that a preset may have.
func TestDocsListEveryColumn(t *testing.T) {
	text := read(t, "../../docs/presets.md")
	for _, name := range []string{"companies", "customers", "contacts", "documents", "applications", "orders", "freshness", "gone", "hold_get", "orders_hold_get"} {
		_, row, found := strings.Cut(text, "| `"+name+".sql`")
		row, _, _ = strings.Cut(row, "\n")
		listed := strings.FieldsFunc(row, func(r rune) bool { return strings.ContainsRune(" ,|*", r) })
		required, optional := presets.Columns(name)
		for _, column := range slices.Concat(required, optional) {
			if !found || !slices.Contains(listed, column) {
				t.Errorf("docs/presets.md does not list %s.%s", name, column)
			}
		}
	}
}
