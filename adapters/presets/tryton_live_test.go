package presets_test

import (
	"context"
	"encoding/csv"
	"net/url"
	"os"
	"os/exec"
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

// trytonFixtures names the folder with a dump of a real Tryton and the answers
// computed beside it.
const trytonFixtures = "HOLDFAST_TEST_TRYTON_FIXTURES"

// asOf is the day of the fixtures' answers.
var asOf = ar.MustDay("2026-11-21")

// restoreTryton restores the dump into a scratch database and returns its DSN.
func restoreTryton(t *testing.T) string {
	t.Helper()
	dir := os.Getenv(trytonFixtures)
	if dir == "" {
		t.Skipf("SKIPPED: needs the dump of a Tryton database; set %s to its folder", trytonFixtures)
	}
	dsn := adaptertest.Postgres(t)
	restore := "pg_restore"
	if _, err := exec.LookPath(restore); err != nil {
		restore = "/usr/lib/postgresql/15/bin/pg_restore"
	}
	out, err := exec.Command(restore, "--no-owner", "--no-acl", "--exit-on-error", "-d", dsn, filepath.Join(dir, "tryton-dev.dump")).CombinedOutput()
	if err != nil {
		t.Fatalf("pg_restore: %v\n%s", err, out)
	}
	return dsn
}

func trytonPreset(t *testing.T) *presets.Preset {
	t.Helper()
	preset, err := presets.Load("tryton", "")
	if err != nil {
		t.Fatal(err)
	}
	return preset
}

func openTryton(t *testing.T, dsn, company string) *adapters.ERP {
	t.Helper()
	return openWith(t, adapters.Config{Source: "erp", Company: ar.CompanyID(company), DSN: dsn})
}

func openLogins(t *testing.T, read, hold string) *adapters.ERP {
	t.Helper()
	return openWith(t, adapters.Config{Source: "erp", Company: "1", DSN: read, HoldDSN: hold})
}

func openWith(t *testing.T, cfg adapters.Config) *adapters.ERP {
	t.Helper()
	cfg.Preset, cfg.Driver = trytonPreset(t), postgres.Driver{}
	erp, err := adapters.Open(cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { erp.Close() })
	return erp
}

func expected(t *testing.T, name string) [][]string {
	t.Helper()
	f, err := os.Open(filepath.Join(os.Getenv(trytonFixtures), "expected", name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows[1:]
}

// ledger is what a pull brought.
type ledger struct {
	customers    map[ar.CustomerID]*ar.Customer
	contacts     []*ar.Contact
	documents    []*ar.Document
	applications []*ar.Application
	flaws        []*ar.Flaw
}

func (l *ledger) take(rec ar.Record) error {
	switch r := rec.(type) {
	case *ar.Customer:
		l.customers[r.Account.Customer] = r
	case *ar.Contact:
		l.contacts = append(l.contacts, r)
	case *ar.Document:
		l.documents = append(l.documents, r)
	case *ar.Application:
		l.applications = append(l.applications, r)
	case *ar.Flaw:
		l.flaws = append(l.flaws, r)
	}
	return nil
}

func pulled(t *testing.T, erp *adapters.ERP) (*ledger, ar.Mark) {
	t.Helper()
	l := &ledger{customers: map[ar.CustomerID]*ar.Customer{}}
	mark, err := erp.Pull(context.Background(), "", l.take)
	if err != nil {
		t.Fatal(err)
	}
	if len(l.flaws) > 0 {
		t.Fatalf("flaws: %+v", *l.flaws[0])
	}
	return l, mark
}

// The open items, payments and debits of both companies equal the answers to
// the cent, and so does the aging made of them.
func TestTrytonEqualsTheBooks(t *testing.T) {
	dsn := restoreTryton(t)
	var items, payments, debits, aging, customers [][]string
	for _, company := range []string{"1", "2"} {
		l, _ := pulled(t, openTryton(t, dsn, company))
		items = append(items, l.openItems(company)...)
		payments = append(payments, l.openOf(company, ar.Receipt, false)...)
		debits = append(debits, l.openOf(company, ar.Opening, true)...)
		aging = append(aging, l.aging(company)...)
		customers = append(customers, l.masterData(company)...)
		applicationsExplain(t, l)
	}
	same(t, "open_items.csv", expected(t, "open_items.csv"), items)
	same(t, "unapplied_payments.csv", expected(t, "unapplied_payments.csv"), payments)
	same(t, "other_debits.csv", expected(t, "other_debits.csv"), debits)
	same(t, "aging.csv", expected(t, "aging.csv"), aging)
	var want [][]string
	for _, r := range expected(t, "customers.csv") {
		want = append(want, []string{r[0], r[1], r[2], r[3], r[4], r[5], r[8]})
	}
	same(t, "customers.csv", want, customers)
}

// applicationsExplain: what was applied explains what is missing: amount less applications is open,
// for every invoice whose money all came in its own currency.
func applicationsExplain(t *testing.T, l *ledger) {
	t.Helper()
	applied := map[ar.DocumentID]int64{}
	for _, a := range l.applications {
		applied[a.Document] += a.Amount + a.WriteOff
	}
	for _, d := range l.documents {
		if d.Kind == ar.Invoice && d.Amount-applied[d.ID] != d.Open {
			t.Errorf("%s/%d: %d less %d is not %d", d.Number, d.Instalment, d.Amount, applied[d.ID], d.Open)
		}
	}
}

func same(t *testing.T, name string, want, got [][]string) {
	t.Helper()
	byLine := func(a, b []string) int { return strings.Compare(strings.Join(a, "|"), strings.Join(b, "|")) }
	slices.SortFunc(want, byLine)
	slices.SortFunc(got, byLine)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-expected +got):\n%s", name, diff)
	}
}

func (l *ledger) openItems(company string) (rows [][]string) {
	kinds := map[ar.Kind]string{ar.Invoice: "invoice", ar.CreditMemo: "credit_note"}
	for _, d := range l.documents {
		if d.Open == 0 || kinds[d.Kind] == "" {
			continue
		}
		rows = append(rows, []string{
			company, l.customers[d.Account.Customer].Number, d.Number, string(rune('0' + d.Instalment)), d.DueOn.String(), string(d.Currency),
			ar.FormatAmount(d.Amount, d.Currency), ar.FormatAmount(d.Open, d.Currency), kinds[d.Kind],
		})
	}
	return rows
}

func (l *ledger) openOf(company string, kind ar.Kind, withDue bool) (rows [][]string) {
	for _, d := range l.documents {
		if d.Open == 0 || d.Kind != kind {
			continue
		}
		row := []string{company, l.customers[d.Account.Customer].Number, d.Number, d.PostedOn.String()}
		if withDue {
			row = append(row, d.DueOn.String())
		}
		rows = append(rows, append(row, string(d.Currency), ar.FormatAmount(d.Open, d.Currency)))
	}
	return rows
}

// aging buckets the positive open instalments of invoices by due date.
func (l *ledger) aging(company string) (rows [][]string) {
	type key struct {
		customer ar.CustomerID
		currency ar.Currency
	}
	sums := map[key]*[7]int64{}
	for _, d := range l.documents {
		if d.Open == 0 || d.Kind == ar.Opening {
			continue
		}
		k := key{d.Account.Customer, d.Currency}
		if sums[k] == nil {
			sums[k] = &[7]int64{}
		}
		if d.IsCredit() {
			sums[k][6] += d.Open
			continue
		}
		sums[k][bucket(d.DaysPastDue(asOf))] += d.Open
		sums[k][5] += d.Open
	}
	for k, sum := range sums {
		c := l.customers[k.customer]
		row := []string{company, c.Number, c.Name, string(k.currency)}
		for _, minor := range sum {
			row = append(row, ar.FormatAmount(minor, k.currency))
		}
		rows = append(rows, row)
	}
	return rows
}

func bucket(days int) int {
	switch {
	case days <= 0:
		return 0
	case days > 90:
		return 4
	}
	return 1 + (days-1)/30
}

// masterData lists the customers with their language, limit and number of
// addresses.
func (l *ledger) masterData(company string) (rows [][]string) {
	emails := map[ar.CustomerID]int{}
	for _, c := range l.contacts {
		if c.Email != "" {
			emails[c.Account.Customer]++
		}
	}
	for id, c := range l.customers {
		limit, active := "", "false"
		if c.CreditLimit != nil {
			limit = ar.FormatAmount(*c.CreditLimit, "USD")
		}
		if c.Active {
			active = "true"
		}
		rows = append(rows, []string{company, c.Number, c.Name, active, c.Language, limit, string(rune('0' + emails[id]))})
	}
	return rows
}

// urlOf keeps a DSN's host and swaps its user, for a login with fewer rights.
func urlOf(t *testing.T, dsn, user, password string) string {
	t.Helper()
	u, err := url.Parse(dsn)
	if err != nil {
		t.Fatal(err)
	}
	u.User = url.UserPassword(user, password)
	return u.String()
}
