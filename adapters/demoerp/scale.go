package demoerp

import (
	"context"
	"database/sql"
	"embed"
	"io/fs"
	"os"
	"path/filepath"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
)

//go:embed scale.sql
var scaleSchema string

//go:embed benchpreset
var benchFiles embed.FS

// BenchPreset holds the preset "bench", which reads what Scale makes.
func BenchPreset() fs.FS {
	sub, err := fs.Sub(benchFiles, "benchpreset")
	if err != nil {
		panic(err) // the name is embedded two lines above
	}
	return sub
}

// WriteBenchPreset puts the preset into siteDir/bench, where a loader of
// presets finds it by the name "bench". The folder must not be there yet.
func WriteBenchPreset(siteDir string) error {
	return fault.Wrap("write the bench preset", os.CopyFS(filepath.Join(siteDir, "bench"), BenchPreset()))
}

// ScaleOptions say how large a ledger to make. All but Seed are needed.
type ScaleOptions struct {
	Documents int // open ones; one in fifty is an unapplied receipt
	Customers int
	Today     ar.Day // documents are due from 150 days before it to 60 after it
	Seed      uint32
}

// Scale makes the tables bench_company, bench_customer and bench_document in a
// PostgreSQL database, in place of any that are there. Equal options give equal
// rows; stamps lie before Today. The company is CompanyID.
func Scale(ctx context.Context, db *sql.DB, opts ScaleOptions) error {
	if opts.Documents <= 0 || opts.Customers <= 0 || opts.Today.IsZero() {
		return fault.New(fault.Invalid, "scale: documents, customers and a day are needed")
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return fault.Wrap("scale", err)
	}
	defer tx.Rollback() // after Commit it has nothing to do
	if _, err := tx.ExecContext(ctx, scaleSchema); err != nil {
		return fault.Wrap("scale: tables", err)
	}
	for _, step := range scaleSteps(opts) {
		if _, err := tx.ExecContext(ctx, step.query, step.args...); err != nil {
			return fault.Wrap("scale: "+step.what, err)
		}
	}
	return fault.Wrap("scale", tx.Commit())
}

type scaleStep struct {
	what, query string
	args        []any
}

// scaleSteps fill and index the tables. h is a number of 32 bits that looks
// like chance: a multiplicative hash of the row's own number.
func scaleSteps(o ScaleOptions) []scaleStep {
	today, seed := o.Today.String(), int64(o.Seed)
	return []scaleStep{
		{"company", `INSERT INTO bench_company VALUES ($1, 'Harbourline Bench', 'USD', 'America/New_York')`, []any{string(CompanyID)}},
		{"customers", `INSERT INTO bench_customer
			SELECT 'K' || g, $1, 'K' || g, 'Bench Customer ' || g, CASE WHEN g % 10 = 0 THEN 'EUR' ELSE 'USD' END,
				((h % 90 + 10) * 1000)::numeric(14,2), 'N30', 'en', (h % 240 + 1) || ' Wharf Street',
				lpad((h % 100000)::text, 5, '0'), 'Boston', 'US', 'ap@k' || g || '.example.com',
				$2::date::timestamptz - make_interval(days => (h % 300)::int + 1)
			FROM (SELECT g, mod(g * 2654435761 + $3 * 40503, 4294967296) AS h FROM generate_series(1, $4::bigint) AS g) AS s`,
			[]any{string(CompanyID), today, seed, o.Customers}},
		{"documents", `INSERT INTO bench_document
			SELECT 'D' || g, $1, 'K' || k, CASE WHEN g % 50 = 0 THEN 'RC-' ELSE 'INV-' END || g,
				CASE WHEN g % 50 = 0 THEN 'receipt' ELSE 'invoice' END, due - 30, due,
				CASE WHEN k % 10 = 0 THEN 'EUR' ELSE 'USD' END, amount, amount,
				round(amount * CASE WHEN k % 10 = 0 THEN 1.125 ELSE 1 END, 2), 'PO-' || h % 100000, NULL,
				$2::date::timestamptz - make_interval(secs => h % 12000000 + 1)
			FROM (SELECT g, h, (h / 16) % $5::bigint + 1 AS k, $2::date - 150 + (h / 64 % 211)::int AS due,
					CASE WHEN g % 50 = 0 THEN -1 ELSE 1 END * ((h / 8) % 500000 + 500)::numeric / 100 AS amount
				FROM (SELECT g, mod(g * 2654435761 + $3 * 40503, 4294967296) AS h FROM generate_series(1, $4::bigint) AS g) AS s) AS d`,
			[]any{string(CompanyID), today, seed, o.Documents, o.Customers}},
		{"index", `ALTER TABLE bench_customer ADD PRIMARY KEY (id)`, nil},
		{"index", `ALTER TABLE bench_document ADD PRIMARY KEY (id)`, nil},
		{"index", `CREATE INDEX ON bench_customer (changed_at)`, nil},
		{"index", `CREATE INDEX ON bench_document (customer_id)`, nil},
		{"index", `CREATE INDEX ON bench_document (changed_at)`, nil},
		{"index", `CREATE INDEX ON bench_document (closed_on)`, nil},
		{"statistics", `ANALYZE bench_customer`, nil},
		{"statistics", `ANALYZE bench_document`, nil},
	}
}

// Touch part-pays n documents spread over the ledger of Scale and stamps them
// with the database's clock: what changes between two reads.
func Touch(ctx context.Context, db *sql.DB, n int) error {
	const query = `UPDATE bench_document SET open = open * 0.9, base_open = base_open * 0.9, changed_at = clock_timestamp()
		WHERE id IN (SELECT 'D' || (i * step + 1) FROM generate_series(0, $1::bigint - 1) AS i,
			(SELECT greatest(count(*) / $1::bigint, 1) AS step FROM bench_document) AS s)`
	_, err := db.ExecContext(ctx, query, n)
	return fault.Wrap("touch documents", err)
}
