package aging

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"holdfast/engine/ar"
	"holdfast/engine/ledger"
	"holdfast/engine/reports/report"
)

var update = flag.Bool("update", false, "write the golden files anew")

var asOf = ar.MustDay("2026-03-31")

func account(company, id, number, name string, docs ...ar.Document) ledger.AccountLedger {
	return ledger.AccountLedger{
		Customer:  ar.Customer{Account: ar.AccountID{Source: "erp", Company: ar.CompanyID(company), Customer: ar.CustomerID(id)}, Number: number, Name: name},
		Documents: docs,
	}
}

func doc(id string, kind ar.Kind, due string, cur ar.Currency, open int64) ar.Document {
	return ar.Document{ID: ar.DocumentID(id), Kind: kind, DueOn: ar.MustDay(due), Currency: cur, Amount: open, Open: open}
}

// sample gives accounts out of order, with each kind of document, three
// currencies and a name that needs quoting.
func sample() iter.Seq2[ledger.AccountLedger, error] {
	return func(yield func(ledger.AccountLedger, error) bool) {
		for _, l := range []ledger.AccountLedger{
			account("2", "5", "0001", "Øst <East> & Co", doc("a", ar.Invoice, "2026-02-28", "JPY", 1234567)),
			account("1", "9", "0010", `Ten, "Ltd"`,
				doc("b", ar.Invoice, "2026-03-31", "USD", 10000), doc("c", ar.Invoice, "2026-03-30", "USD", 2050),
				doc("d", ar.Retention, "2025-12-30", "USD", 700), doc("e", ar.CreditMemo, "", "USD", -1),
				doc("f", ar.DebitMemo, "2026-01-01", "EUR", 99), doc("g", ar.Invoice, "2025-12-31", "EUR", 123456789)),
			account("1", "3", "0002", "=Two", doc("h", ar.Receipt, "", "USD", -50000)),
			account("1", "4", "0003", "Nothing open", doc("i", ar.Invoice, "2026-01-01", "USD", 0)),
		} {
			if !yield(l, nil) {
				return
			}
		}
	}
}

func build(t *testing.T) report.Table {
	t.Helper()
	table, err := Build(context.Background(), report.Input{AsOf: asOf, Accounts: sample()})
	if err != nil {
		t.Fatal(err)
	}
	return table
}

func TestGolden(t *testing.T) {
	for format, file := range map[string]string{"table": "aging.txt", "csv": "aging.csv", "json": "aging.json"} {
		var buf bytes.Buffer
		if err := build(t).Write(&buf, format); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join("testdata", file)
		if *update {
			if err := os.WriteFile(path, buf.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if got := buf.String(); got != strings.ReplaceAll(string(want), "\r\n", "\n") {
			t.Errorf("%s has changed; look at it and run with -update\n%s", file, got)
		}
	}
}

// The JSON form is one that scripts rely on.
func TestJSONKeys(t *testing.T) {
	var buf bytes.Buffer
	if err := build(t).WriteJSON(&buf); err != nil {
		t.Fatal(err)
	}
	var got struct {
		AsOf  string              `json:"as_of"`
		Basis string              `json:"basis"`
		Rows  []map[string]string `json:"rows"`
	}
	if err := json.Unmarshal(buf.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if got.AsOf != "2026-03-31" || got.Basis != "due_date" || len(got.Rows) != 4 || len(got.Rows[0]) != 13 {
		t.Fatalf("%+v", got)
	}
	eur := got.Rows[1]
	for key, want := range map[string]string{
		"company": "1", "customer_id": "9", "customer_number": "0010", "customer": `Ten, "Ltd"`, "currency": "EUR",
		"current": "0.00", "d1_30": "0.00", "d31_60": "0.00", "d61_90": "1234567.89", "d91_plus": "0.00",
		"other_debits": "0.99", "unapplied": "0.00", "total": "1234568.88",
	} {
		if eur[key] != want {
			t.Errorf("%s is %q, want %q", key, eur[key], want)
		}
	}
	if jpy := got.Rows[3]; jpy["d31_60"] != "1234567" {
		t.Errorf("yen have no decimals: %v", jpy)
	}
}

func TestWorkbook(t *testing.T) {
	var first, second bytes.Buffer
	if err := build(t).WriteXLSX(&first); err != nil {
		t.Fatal(err)
	}
	if err := build(t).WriteXLSX(&second); err != nil || !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Error("the same report gave two files", err)
	}
	f, err := excelize.OpenReader(&first)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows("aging", excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	if got := rows[3][2]; got != "=Two" {
		t.Errorf("a name is text: %q", got)
	}
	if got := rows[5][4]; got != "100" {
		t.Errorf("current of 0010 in USD: %q", got)
	}
}

func TestBrokenInputIsNoReport(t *testing.T) {
	broken := errors.New("read failed")
	_, err := Build(context.Background(), report.Input{AsOf: asOf, Accounts: func(yield func(ledger.AccountLedger, error) bool) {
		yield(ledger.AccountLedger{}, broken)
	}})
	if !errors.Is(err, broken) {
		t.Errorf("error %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Build(ctx, report.Input{AsOf: asOf, Accounts: sample()}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}
