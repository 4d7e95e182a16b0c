package guard_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"holdfast/installer/guard"
)

var update = flag.Bool("update", false, "write the golden files anew")

// The scripts as a person would read them. Those of PostgreSQL and SQLite are run
// by the tests of adapters; those of SQL Server and Oracle are kept as they were
// written from the vendors' documentation.
func TestScripts(t *testing.T) {
	for _, engine := range guard.Engines {
		for _, script := range []string{guard.Guard, guard.Staging, guard.Procedure, guard.Remove} {
			text, err := guard.SQL(engine, guard.Options{
				Script: script, Table: "shipment", Customer: "customer_no", Company: "(SELECT o.company FROM orders o WHERE o.id = {row}.order_id)",
				When: "{row}.status = 'shipped'", Silence: guard.Open, Silent: 90 * time.Minute,
			})
			if engine == "sqlite" && script == guard.Procedure {
				if err == nil {
					t.Error("SQLite has no procedures, and there is a script for one")
				}
				continue
			}
			if err != nil {
				t.Fatal(err)
			}
			if strings.Contains(text, "{row}") || strings.Contains(text, "{{") || strings.Contains(text, "<no value>") {
				t.Errorf("%s/%s is not filled in:\n%s", engine, script, text)
			}
			golden(t, filepath.Join("testdata", engine+"-"+script+".golden"), text)
		}
	}
}

func golden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-golden +got):\n%s", path, diff)
	}
}

func TestWhatIsMissingIsNamed(t *testing.T) {
	whole := guard.Options{Script: guard.Guard, Table: "t", Customer: "c", CompanyID: "1", Silence: guard.Keep, Silent: time.Hour}
	for words, change := range map[string]func(*guard.Options){
		"the table whose rows":   func(o *guard.Options) { o.Table = "" },
		"the company's key":      func(o *guard.Options) { o.CompanyID = "" },
		"keep or open":           func(o *guard.Options) { o.Silence = "shout" },
		"shorter than a minute":  func(o *guard.Options) { o.Silent = time.Second },
		`there is no script "x"`: func(o *guard.Options) { o.Script = "x" },
	} {
		o := whole
		change(&o)
		if _, err := guard.SQL("postgres", o); err == nil || !strings.Contains(err.Error(), words) {
			t.Errorf("%v, want %q", err, words)
		}
	}
	if _, err := guard.SQL("db2", whole); err == nil || !strings.Contains(err.Error(), "sqlserver") {
		t.Errorf("an engine that nobody knows: %v", err)
	}
	o := whole
	o.CompanyID = "O'Hara"
	if text, err := guard.SQL("sqlserver", o); err != nil || !strings.Contains(text, "'O''Hara'") {
		t.Errorf("a quote in the company: %v", err)
	}
}
