package adaptertest

import (
	"context"
	_ "embed"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"holdfast/adapters"
	"holdfast/adapters/presets"
	"holdfast/engine/ar"
)

//go:embed contract.sql
var schema string

// queries are a preset over the tables of contract.sql, in SQL that every
// database reads.
var queries = map[string]string{
	"companies": "SELECT id, name, currency AS base_currency FROM c_company",
	"customers": `SELECT id, name, payer AS payer_id, credit_limit, changed_at FROM c_customer WHERE company = :company
AND changed_at >= :since --? since
AND id IN (:customers) --? customers`,
	"contacts": `SELECT id, customer AS customer_id, email FROM c_contact WHERE :company = '1'
AND customer IN (:customers) --? customers
`,
	"documents": `SELECT id, customer AS customer_id, number, kind, due AS due_on, currency, open_amount AS open,
closed AS closed_on, changed_at, branch AS x_branch
FROM c_document WHERE :company = '1' AND (closed IS NULL
OR closed >= :closed_since --? closed_since
)
AND changed_at >= :since --? since
AND customer IN (:customers) --? customers
AND id IN (:ids) --? ids`,
	"hold_get":    "SELECT flag AS value, version FROM c_hold WHERE :company = '1' AND customer = :customer",
	"hold_set":    "UPDATE c_hold SET flag = :value, version = version + 1 WHERE customer = :customer AND flag IS NOT DISTINCT FROM CAST(:seen AS VARCHAR(10)) AND version = CAST(:version AS INTEGER)",
	"hold_insert": "INSERT INTO c_hold SELECT CAST(:customer AS VARCHAR(20)), CAST(:value AS VARCHAR(10)), 1 WHERE NOT EXISTS (SELECT 1 FROM c_hold WHERE customer = :customer)",
	"hold_delete": "DELETE FROM c_hold WHERE customer = :customer AND flag IS NOT DISTINCT FROM CAST(:seen AS VARCHAR(10)) AND version = CAST(:version AS INTEGER)",
}

const presetTOML = `name = "contract"
title = "The contract"
engine = "ENGINE"
verified = "live"
[codes.kind]
IN = "invoice"
[hold]
level = 2
stops = "orders"
mode = "sql"
value = "Y"
compare = "version"
table = "c_hold"
column = "flag"
[fingerprint]
c_customer = ["id", "name"]
`

// Bench is a database that the contract is tried on.
type Bench struct {
	Driver adapters.Driver
	DSN    string
	Exec   func(t testing.TB, statements string) // as the ERP would
}

// site writes the contract's preset into a folder; change edits one file.
func site(t *testing.T, engine string, change map[string]string) *presets.Preset {
	t.Helper()
	dir := t.TempDir()
	folder := filepath.Join(dir, "contract")
	if err := os.Mkdir(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	files := map[string]string{"preset.toml": strings.Replace(presetTOML, "ENGINE", engine, 1)}
	for name, text := range queries {
		files[name+".sql"] = text
	}
	for name, text := range change {
		files[name] = text
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	p, err := presets.Load("contract", dir)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// open opens the contract's company; change edits the preset's files.
func (b Bench) open(t *testing.T, change map[string]string) *adapters.ERP {
	t.Helper()
	erp, err := adapters.Open(adapters.Config{
		Source: "erp", Company: "1", Preset: site(t, b.Driver.Name(), change), Driver: b.Driver, DSN: b.DSN,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { erp.Close() })
	return erp
}

// all pulls everything.
func all(t *testing.T, erp *adapters.ERP) ([]ar.Record, ar.Mark) {
	t.Helper()
	return since(t, erp, "")
}

func since(t *testing.T, erp *adapters.ERP, mark ar.Mark) ([]ar.Record, ar.Mark) {
	t.Helper()
	var recs []ar.Record
	next, err := erp.Pull(context.Background(), mark, func(r ar.Record) error {
		recs = append(recs, r)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return recs, next
}

// of picks the records of one type.
func of[T ar.Record](recs []ar.Record) (list []T) {
	for _, r := range recs {
		if v, ok := r.(T); ok {
			list = append(list, v)
		}
	}
	return list
}
