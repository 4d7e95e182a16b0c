package presets_test

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"holdfast/adapters"
	"holdfast/adapters/adaptertest"
	"holdfast/adapters/postgres"
	"holdfast/adapters/presets"
	"holdfast/engine/ar"
)

var update = flag.Bool("update", false, "write canonical.golden anew")

// Each PostgreSQL preset turns the rows of its miniature ERP into the records
// of canonical.golden.
func TestPresetsAgainstTheirMiniatures(t *testing.T) {
	for name, company := range map[string]ar.CompanyID{"tryton": "1", "generic": "10"} {
		t.Run(name, func(t *testing.T) {
			dsn := adaptertest.Postgres(t)
			for _, file := range []string{"schema.sql", "rows.sql"} {
				adaptertest.Exec(t, dsn, read(t, filepath.Join(name, "testdata", file)))
			}
			preset, err := presets.Load(name, "")
			if err != nil {
				t.Fatal(err)
			}
			erp, err := adapters.Open(adapters.Config{
				Source: "erp", Company: company, Preset: preset, Driver: postgres.Driver{}, DSN: dsn, HistoryDays: 36500,
			})
			if err != nil {
				t.Fatal(err)
			}
			defer erp.Close()
			findings, err := erp.Probe(context.Background())
			if err != nil || !findings.OK() || !findings.CanHold {
				t.Errorf("probe: %+v, %v", findings, err)
			}
			golden(t, filepath.Join(name, "testdata", "canonical.golden"), dump(t, erp))
		})
	}
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
