package adaptertest

import (
	"context"
	"strings"
	"testing"
	"time"

	"holdfast/adapters"
	"holdfast/engine/ar"
	"holdfast/engine/fault"
)

func probesSound(t *testing.T, b Bench) {
	f, err := b.open(t, nil).Probe(context.Background())
	if err != nil || !f.OK() || f.Identity == "" || f.Version == "" || !f.CanHold || f.Plain || f.Level != ar.HoldStopsOrders {
		t.Errorf("%+v, %v", f, err)
	}
}

func probesBroken(t *testing.T, b Bench) {
	for says, change := range map[string]map[string]string{
		"c_customer.phone":      {"preset.toml": strings.Replace(files(b.Driver.Name(), nil)["preset.toml"], `"name"]`, `"phone"]`, 1)},
		"nosuch":                {"contacts.sql": "SELECT id, nosuch AS customer_id FROM c_contact WHERE :company = '1'"},
		`"customer_id"`:         {"contacts.sql": "SELECT id FROM c_contact WHERE :company = '1'"},
		`contacts.sql:2: there`: {"contacts.sql": "SELECT id, customer AS customer_id,\nemail AS e_mail FROM c_contact WHERE :company = '1'"},
		// Not every engine says which table is missing.
		"documents.sql": {"documents.sql": strings.Replace(queries["documents"], "c_document", "c_nothing", 1)},
	} {
		f, err := b.open(t, change).Probe(context.Background())
		if err != nil || f.OK() {
			t.Errorf("%s: %+v, %v", says, f, err)
			continue
		}
		for _, item := range f.Items {
			if item.Bad && (!strings.Contains(strings.ToLower(item.Where+item.What), strings.ToLower(says)) || item.Cure == "") {
				t.Errorf("%+v does not name %s and a cure", item, says)
			}
		}
	}
}

func probesClock(t *testing.T, b Bench) {
	erp, err := adapters.Open(adapters.Config{
		Source: "erp", Company: "1", Preset: site(t, b.Driver.Name(), nil), Driver: b.Driver, DSN: b.DSN,
		Now: func() time.Time { return time.Now().Add(24 * time.Hour) },
	})
	if err != nil {
		t.Fatal(err)
	}
	defer erp.Close()
	f, err := erp.Probe(context.Background())
	if err != nil || f.OK() || f.Skew > -23*time.Hour {
		t.Errorf("%+v, %v", f, err)
	}
}

func readsOnly(t *testing.T, b Bench) {
	db, err := b.Driver.Open(b.DSN, adapters.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec("DELETE FROM c_hold"); err == nil {
		t.Error("the reading session deleted rows")
	} else if class, _ := b.Driver.Sort(err); class.Kind() != fault.Denied {
		t.Errorf("sorted as %s: %v", class, err)
	}
}
