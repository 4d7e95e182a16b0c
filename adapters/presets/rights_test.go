package presets_test

import (
	"context"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"holdfast/adapters"
)

var grant = regexp.MustCompile(`^(?:USE \[\w+\]; )?GRANT (.+) TO (?:holdfast_read|holdfast_hold);?$`)

// grants turns the preset's GRANT statements into the rights of a test's login.
func grants(t *testing.T, statements []string) []string {
	t.Helper()
	var rights []string
	for _, s := range statements {
		m := grant.FindStringSubmatch(strings.TrimSpace(s))
		if m == nil {
			t.Errorf("%q is no GRANT to holdfast_read or holdfast_hold", s)
			continue
		}
		rights = append(rights, m[1])
	}
	return rights
}

// Two logins that hold exactly the rights that a preset lists suffice for the
// probe, every read and a hold, and the reading one may write nothing.
func TestTheRightsThatAPresetLists(t *testing.T) {
	folders, err := filepath.Glob("*/testdata/company")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range folders {
		name := filepath.Dir(filepath.Dir(file))
		t.Run(name, func(t *testing.T) {
			m := miniature(t, name)
			if m.bench.Login == nil {
				t.Skip("SKIPPED: this bench makes no logins")
			}
			placed := m.erp.Preset()
			read := m.bench.Login(t, grants(t, placed.Rights)...)
			hold := read
			if len(placed.HoldRights) > 0 {
				hold = m.bench.Login(t, grants(t, placed.HoldRights)...)
			}
			owner := m.erp
			_, id := owner.Company()
			m.erp, err = adapters.Open(adapters.Config{
				Source: "erp", Company: id, Preset: m.preset, Places: m.places(), Driver: m.bench.Driver, DSN: read, HoldDSN: hold,
				HistoryDays: 36500, HoldMode: owner.Preset().Hold.Mode, AllowPlaintext: adapters.Plaintext,
			})
			if err != nil {
				t.Fatal(err)
			}
			defer m.erp.Close()
			findings, err := m.erp.Probe(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range findings.Items {
				if f.Bad || strings.Contains(f.What, "may write to") || strings.Contains(f.What, "may do anything") {
					t.Errorf("%s: %s", f.Where, f.What)
				}
			}
			golden(t, m.path("canonical.golden"), m.back(dump(t, m.erp)))
			m.readsAgain()
			if _, mark := m.pull(""); mark != "" {
				m.pull(mark)
			}
			m.holds()
			m.orderHolds()
		})
	}
}
