package cli

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"holdfast/engine"
	"holdfast/engine/ar"
	"holdfast/engine/calendar"
)

// policySite is an App whose company has every option that a policy is made of.
func policySite(t *testing.T, pack string) *App {
	t.Helper()
	dir := t.TempDir()
	text := strings.Replace(contactConfig, `mode = "live"`, `
relationship = "third_party"
debtor_kind = "sole_trader"
debt_kind = "rent"
direct_debit = ["SEPA"]
hours = "Mon-Thu 07:00-15:00"
promise = { grace = "4bd" }
dispute = { credit_within = "9bd" }
contact = { reply_pause = "7bd" }
cash = { lag = "1bd" }
mode = "live"`, 1)
	if pack != "" {
		text = "policies = \"rules\"\n" + text
		if err := os.MkdirAll(filepath.Join(dir, "rules"), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "rules", "house.toml"), []byte(pack), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(dir, "config.toml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return &App{Out: io.Discard, Err: io.Discard, ConfigFlag: path, logger: &lazyLog{}}
}

// What the config says of facts and contact rules reaches the decisions.
func TestPolicyOfTheConfig(t *testing.T) {
	a := policySite(t, "")
	cfg, err := a.Config()
	if err != nil {
		t.Fatal(err)
	}
	packs, err := a.loadPacks()
	if err != nil {
		t.Fatal(err)
	}
	b := &builder{App: a, cfg: cfg, countries: newCountries(), packs: packs}
	p := b.policy(&cfg.Company[0], time.UTC, engine.HoldCapability{})
	bd := func(n int) calendar.Span { return calendar.Span{N: n, Business: true} }
	if p.PromiseGrace != bd(4) || p.ReplyPause != bd(7) || p.CreditWait != bd(9) || p.CashLag != 1 {
		t.Errorf("spans: %s, %s, %s, %d", p.PromiseGrace, p.ReplyPause, p.CreditWait, p.CashLag)
	}
	if p.Packs != packs || p.Relationship != "third_party" || p.DebtorKind != "sole_trader" || p.DebtKind != "rent" {
		t.Errorf("contact rules: %s, %s, %s", p.Relationship, p.DebtorKind, p.DebtKind)
	}
	if len(p.DirectDebit) != 1 || p.DirectDebit[0] != "SEPA" || p.Hours.Has(ar.MustDay("2026-10-30")) || !p.Hours.Has(ar.MustDay("2026-10-29")) {
		t.Errorf("direct debit %v, hours %s", p.DirectDebit, p.Hours)
	}
}

// A site's own contact rules are read beside the shipped ones, and what is wrong
// with them is named by the path of their file.
func TestOwnContactRules(t *testing.T) {
	a := policySite(t, "title = 5\n")
	if _, err := a.Config(); err != nil {
		t.Fatal(err)
	}
	_, err := a.loadPacks()
	if err == nil || !strings.Contains(err.Error(), filepath.Join("rules", "house.toml")+":1") {
		t.Errorf("got %v", err)
	}
	shipped := policySite(t, "")
	if _, err := shipped.Config(); err != nil {
		t.Fatal(err)
	}
	packs, err := shipped.loadPacks()
	if err != nil || len(packs.List()) < 8 {
		t.Errorf("%d packs, %v", len(packs.List()), err)
	}
}
