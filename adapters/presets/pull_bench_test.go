package presets_test

import (
	"context"
	"testing"

	"holdfast/adapters"
	"holdfast/adapters/adaptertest"
	"holdfast/adapters/postgres"
	"holdfast/adapters/presets"
	"holdfast/engine/ar"
)

const benchDocuments = 100_000

// BenchmarkPull reads 100,000 open documents from PostgreSQL through the
// generic preset and reports rows a second.
func BenchmarkPull(b *testing.B) {
	dsn := adaptertest.Postgres(b)
	adaptertest.Exec(b, dsn, read(b, "generic/testdata/schema.sql"))
	adaptertest.Exec(b, dsn, `INSERT INTO ar_company VALUES ('10', 'Big', 'USD', 'UTC');
		INSERT INTO ar_document (company_id, id, customer_id, number, kind, instalment, issued_on, due_on, currency, amount, open, base_open, posted, changed_at)
		SELECT '10', 'D' || i, 'C' || i % 5000, 'INV-' || i, 'IN', 1, date '2026-01-01' + i % 300, date '2026-02-01' + i % 300, 'USD',
			i % 100000 / 100.0, (i % 100000 + 1) / 100.0, (i % 100000 + 1) / 100.0, true, '2026-11-01 10:00:00.123456'
		FROM generate_series(1, 100000) AS i; ANALYZE`)
	preset, err := presets.Load("generic", "")
	if err != nil {
		b.Fatal(err)
	}
	erp, err := adapters.Open(adapters.Config{Source: "erp", Company: "10", Preset: preset, Driver: postgres.Driver{}, DSN: dsn})
	if err != nil {
		b.Fatal(err)
	}
	defer erp.Close()
	b.ReportAllocs()
	for b.Loop() {
		n := 0
		if _, err := erp.Pull(context.Background(), "", func(ar.Record) error { n++; return nil }); err != nil {
			b.Fatal(err)
		}
		if n < benchDocuments {
			b.Fatalf("%d records", n)
		}
	}
	b.ReportMetric(float64(benchDocuments)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}
