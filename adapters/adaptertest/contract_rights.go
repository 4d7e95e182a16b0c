package adaptertest

import (
	"context"
	"strings"
	"testing"

	"holdfast/adapters"
	"holdfast/engine/ar"
	"holdfast/engine/fault"
)

// revoked takes rights away: a table from the reading login, one column of it,
// and the column that a hold is written to.
func revoked(t *testing.T, b Bench) {
	if b.Login == nil {
		b.lacks(t, "logins with rights of their own")
	}
	tables := []string{"SELECT ON c_company", "SELECT ON c_customer", "SELECT ON c_contact", "SELECT ON c_hold"}
	for file, rights := range map[string][]string{
		"documents.sql": tables,
		"customers.sql": {tables[0], "SELECT (id, company, name) ON c_customer", tables[2], "SELECT ON c_document"},
	} {
		cfg := b.config(t, nil)
		cfg.DSN, cfg.AllowPlaintext = b.Login(t, rights...), adapters.Plaintext
		cfg.HoldDSN = b.DSN
		erp := opened(t, cfg)
		_, mark, err := pull(context.Background(), erp)
		if (!fault.Is(err, fault.Denied) && !fault.Is(err, fault.Invalid)) || mark != "" || !says(err, file, "; ") {
			t.Errorf("%s: mark %q, %s: %v", file, mark, fault.KindOf(err), err)
		}
		if f, err := erp.Probe(context.Background()); err != nil || f.OK() || !names(f, file) {
			t.Errorf("%s: the probe says %+v, %v", file, f.Items, err)
		}
	}
	cfg := b.config(t, nil)
	cfg.HoldDSN, cfg.AllowPlaintext = b.Login(t, append(tables, "INSERT ON c_hold", "DELETE ON c_hold")...), adapters.Plaintext
	erp := opened(t, cfg)
	if f, err := erp.Probe(context.Background()); err != nil || f.CanHold || !names(f, "UPDATE flag") {
		t.Errorf("the probe says %+v, %v", f.Items, err)
	}
	seen, err := erp.Hold(context.Background(), account("A"))
	if err != nil {
		t.Fatal(err)
	}
	_, err = erp.SetHold(context.Background(), account("A"), ar.Hold{Placed: true}, seen)
	if !fault.Is(err, fault.Denied) || !says(err, "hold_set.sql") {
		t.Errorf("written without the right: %s, %v", fault.KindOf(err), err)
	}
}

// names reports whether a bad finding says the words and a cure.
func names(f ar.Findings, says string) bool { return found(f, says, false) }

func found(f ar.Findings, says string, noCure bool) bool {
	for _, item := range f.Items {
		if item.Bad && (noCure || item.Cure != "") && strings.Contains(item.Where+": "+item.What, says) {
			return true
		}
	}
	return false
}
