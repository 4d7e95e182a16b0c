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

// queries are a preset over the tables of contract.sql. Names that some engine
// keeps for itself stand in quotes.
var queries = map[string]string{
	"companies": "SELECT id, name, currency AS base_currency FROM c_company",
	"customers": `SELECT id, name, payer AS payer_id, credit_limit, changed_at FROM c_customer WHERE company = :company
AND changed_at >= :since --? since
AND id IN (:customers) --? customers`,
	"contacts": `SELECT id, customer AS customer_id, email FROM c_contact WHERE :company = '1'
AND customer IN (:customers) --? customers
`,
	"documents": `SELECT id, customer AS customer_id, doc_no AS "number", kind, due AS due_on, currency, open_amount AS "open",
closed AS closed_on, changed_at, branch AS x_branch
FROM c_document WHERE :company = '1' AND (closed IS NULL
OR closed >= :closed_since --? closed_since
)
AND changed_at >= :since --? since
AND customer IN (:customers) --? customers
AND id IN (:ids) --? ids`,
	"hold_get": "SELECT flag AS value, version FROM c_hold WHERE :company = '1' AND customer = :customer",
	"hold_set": "UPDATE c_hold SET flag = :value, version = version + 1 WHERE customer = :customer AND " + stillAsSeen,
	"hold_insert": `INSERT INTO c_hold SELECT CAST(:customer AS {text}(20)), CAST(:value AS {text}(10)), 1 FROM c_company
WHERE id = :company AND NOT EXISTS (SELECT 1 FROM c_hold WHERE customer = :customer)`,
	"hold_delete": "DELETE FROM c_hold WHERE customer = :customer AND " + stillAsSeen,
}

// stillAsSeen compares NULLs too.
const stillAsSeen = `(flag = CAST(:seen AS {text}(10)) OR (flag IS NULL AND CAST(:seen AS {text}(10)) IS NULL))
AND version = CAST(:version AS INTEGER)`

// typed reads the documents from columns of real types.
const typed = `SELECT id, customer AS customer_id, doc_no AS "number", kind, due AS due_on, currency, open_amount AS "open",
disputed, instalment, changed_at
FROM c_typed WHERE :company = '1'
AND changed_at >= :since --? since
AND customer IN (:customers) --? customers
AND id IN (:ids) --? ids`

const presetTOML = `name = "contract"
title = "The contract"
engine = "ENGINE"
verified = "live"
rights = ["GRANT SELECT ON c_company, c_customer, c_contact, c_document, c_hold TO holdfast_read;"]
hold_rights = ["GRANT SELECT, INSERT, UPDATE (flag, version), DELETE ON c_hold TO holdfast_hold;"]
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

// files are the contract's preset for an engine; change edits some of them.
func files(engine string, change map[string]string) map[string]string {
	all := map[string]string{"preset.toml": strings.Replace(presetTOML, "ENGINE", engine, 1)}
	for name, text := range queries {
		all[name+".sql"] = in(engine, text)
	}
	for name, text := range change {
		all[name] = in(engine, text)
	}
	return all
}

// site writes the contract's preset into a folder and loads it.
func site(t *testing.T, engine string, change map[string]string) *presets.Preset {
	t.Helper()
	dir := t.TempDir()
	folder := filepath.Join(dir, "contract")
	if err := os.Mkdir(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	for name, text := range files(engine, change) {
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

// config is the contract's company as it is opened; change edits the preset's
// files.
func (b Bench) config(t *testing.T, change map[string]string) adapters.Config {
	t.Helper()
	return adapters.Config{Source: "erp", Company: "1", Preset: site(t, b.Driver.Name(), change), Driver: b.Driver, DSN: b.DSN}
}

// open opens the contract's company.
func (b Bench) open(t *testing.T, change map[string]string) *adapters.ERP {
	t.Helper()
	return opened(t, b.config(t, change))
}

func opened(t *testing.T, cfg adapters.Config) *adapters.ERP {
	t.Helper()
	erp, err := adapters.Open(cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { erp.Close() })
	return erp
}

// change runs statements of the contract's SQL, as the ERP would.
func (b Bench) change(t testing.TB, statements string) {
	t.Helper()
	b.Exec(t, in(b.Driver.Name(), statements))
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

// pull pulls everything and returns what was passed on, and how it ended.
func pull(ctx context.Context, erp *adapters.ERP) (recs []ar.Record, mark ar.Mark, err error) {
	mark, err = erp.Pull(ctx, "", func(r ar.Record) error {
		recs = append(recs, r)
		return nil
	})
	return recs, mark, err
}

// says reports whether an error has all the words.
func says(err error, words ...string) bool {
	for _, w := range words {
		if err == nil || !strings.Contains(err.Error(), w) {
			return false
		}
	}
	return true
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
