package endtoend_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"holdfast/adapters/adaptertest"
	"holdfast/engine/ar"
)

// The program lives beside a miniature ERP on each engine: init asks the ERP for
// its companies, check would start, and the aging adds up to what the preset's
// golden records say. SQL Server and Oracle are stand-ins unless a server is
// given; adapters/adaptertest says how.
func TestTheProgramOnEachEngine(t *testing.T) {
	for _, c := range []struct{ preset, engine string }{
		{"xtuple", "postgres"}, {"business-central", "sqlserver"}, {"ebs-r12", "oracle"},
	} {
		t.Run(c.engine, func(t *testing.T) {
			bench := adaptertest.On(t, c.engine)
			mini := filepath.Join("..", "..", "adapters", "presets", c.preset, "testdata")
			for _, file := range []string{"schema.sql", "rows.sql"} {
				bench.Exec(t, contents(t, filepath.Join(mini, file)))
			}
			company := strings.TrimRight(contents(t, filepath.Join(mini, "company")), "\n")
			s := newSite(t, c.preset, bench.DSN, nil, "--company", company)
			s.ok("check")
			s.ok("preset", "probe", "--samples", "--plan")
			s.ok("pull")
			type agingRow struct {
				Currency string `json:"currency"`
				Total    string `json:"total"`
			}
			var aging struct {
				Rows []agingRow `json:"rows"`
			}
			must(t, json.Unmarshal([]byte(s.ok("report", "aging", "--json")), &aging))
			got := map[string]int64{}
			for _, r := range aging.Rows {
				minor, err := ar.ParseAmount(r.Total, ar.Currency(r.Currency))
				must(t, err)
				got[r.Currency] += minor
			}
			want := openInGolden(t, filepath.Join(mini, "canonical.golden"))
			for currency, sum := range want {
				if sum == 0 {
					delete(want, currency)
				}
			}
			if diff := cmp.Diff(want, got); diff != "" || len(want) == 0 {
				t.Errorf("open per currency (-golden +aging):\n%s", diff)
			}
			s.ok("pull", "--full")
			s.ok("plan", "--days", "3")
			s.ok("run", "--once")
		})
	}
}

func contents(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	must(t, err)
	return string(text)
}

// openInGolden adds up what is open in a preset's golden records, per currency.
func openInGolden(t *testing.T, path string) map[string]int64 {
	t.Helper()
	sums := map[string]int64{}
	for line := range strings.Lines(contents(t, path)) {
		text, ok := strings.CutPrefix(line, "Document ")
		if !ok {
			continue
		}
		var d ar.Document
		must(t, json.Unmarshal([]byte(text), &d))
		if !d.Voided {
			sums[string(d.Currency)] += d.Open
		}
	}
	if len(sums) == 0 {
		t.Fatal(fmt.Errorf("%s has no document", path))
	}
	return sums
}
