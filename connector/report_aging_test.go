package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"holdfast/adapters/adaptertest"
	"holdfast/connector/cli"
	"holdfast/engine/ar"
)

// agingRow is one row of the aging report as its JSON has it.
type agingRow struct {
	Company  string      `json:"company"`
	Number   string      `json:"customer_number"`
	Customer string      `json:"customer"`
	Currency ar.Currency `json:"currency"`
	Current  string      `json:"current"`
	D1       string      `json:"d1_30"`
	D31      string      `json:"d31_60"`
	D61      string      `json:"d61_90"`
	D91      string      `json:"d91_plus"`
	Other    string      `json:"other_debits"`
	Unapp    string      `json:"unapplied"`
	Total    string      `json:"total"`
}

// The aging report of a real Tryton database equals the answers computed beside
// it, to the cent, for every customer and bucket. Rows beyond those hold other
// debits alone, which the answers leave out.
func TestReportAgingOfTryton(t *testing.T) {
	dir := os.Getenv("HOLDFAST_TEST_TRYTON_FIXTURES")
	if dir == "" {
		t.Skip("SKIPPED: needs the dump of a Tryton database; set HOLDFAST_TEST_TRYTON_FIXTURES to its folder")
	}
	dsn := adaptertest.Postgres(t)
	restoreDump(t, dsn, filepath.Join(dir, "tryton-dev.dump"))
	home := t.TempDir()
	config := filepath.Join(home, "config.toml")
	holdfast(t, "init", "--dir", home, "--preset", "tryton", "--dsn", dsn, "--yes")
	holdfast(t, "pull", "--config", config)
	var report struct {
		AsOf, Basis string
		Rows        []agingRow
	}
	text := holdfast(t, "report", "aging", "--as-of", "2026-11-21", "--format", "json", "--config", config)
	if err := json.Unmarshal(text, &report); err != nil {
		t.Fatal(err)
	}
	want, got := answers(t, filepath.Join(dir, "expected", "aging.csv")), map[string][]string{}
	for _, r := range report.Rows {
		amounts := []string{r.Current, r.D1, r.D31, r.D61, r.D91, r.Unapp}
		key := r.Company + "/" + r.Number + "/" + string(r.Currency)
		if want[key] == nil && strings.Join(amounts, "") == strings.Repeat("0.00", 6) {
			continue
		}
		got[key] = append([]string{r.Customer}, amounts...)
		checkTotal(t, r)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-expected +reported):\n%s", diff)
	}
}

// checkTotal: the total is the sum of all seven amounts.
func checkTotal(t *testing.T, r agingRow) {
	t.Helper()
	var sum int64
	for _, text := range []string{r.Current, r.D1, r.D31, r.D61, r.D91, r.Other, r.Unapp} {
		minor, err := ar.ParseAmount(text, r.Currency)
		if err != nil {
			t.Fatal(err)
		}
		sum += minor
	}
	if got := ar.FormatAmount(sum, r.Currency); got != r.Total {
		t.Errorf("customer %s: the amounts sum to %s, the total says %s", r.Number, got, r.Total)
	}
}

// answers reads the expected aging by company, number and currency.
func answers(t *testing.T, path string) map[string][]string {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	all := map[string][]string{}
	for _, r := range rows[1:] { // company, number, name, currency, five buckets, total open, unapplied
		all[r[0]+"/"+r[1]+"/"+r[3]] = []string{r[2], r[4], r[5], r[6], r[7], r[8], r[10]}
	}
	return all
}

// holdfast runs the program and returns what it wrote.
func holdfast(t *testing.T, args ...string) []byte {
	t.Helper()
	var out, errs bytes.Buffer
	if code := cli.Main(parts(), args, strings.NewReader(""), &out, &errs); code != 0 {
		t.Fatalf("holdfast %s: exit code %d\n%s%s", strings.Join(args, " "), code, &out, &errs)
	}
	return out.Bytes()
}

// restoreDump restores a dump of pg_dump's custom format.
func restoreDump(t *testing.T, dsn, dump string) {
	t.Helper()
	restore := "pg_restore"
	if _, err := exec.LookPath(restore); err != nil {
		restore = "/usr/lib/postgresql/15/bin/pg_restore"
	}
	out, err := exec.Command(restore, "--no-owner", "--no-acl", "--exit-on-error", "-d", dsn, dump).CombinedOutput()
	if err != nil {
		t.Fatalf("pg_restore: %v\n%s", err, out)
	}
}
