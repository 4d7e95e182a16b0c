package sequence_test

import (
	"fmt"
	"testing"

	"holdfast/engine/ar"
)

// BenchmarkDecide decides a party of twenty documents, under the whole library, in the middle of its
// sequences: one iteration is one party on one day.
func BenchmarkDecide(b *testing.B) {
	bk := bookOf(b, policy())
	var docs []ar.Document
	for i := range 20 {
		docs = append(docs, invoice(fmt.Sprint("d", i), (ar.MustDay("2026-08-01")+ar.Day(7*i)).String()))
	}
	c := caseOn("2026-10-01", docs...)
	c = c.After(bk.Decide(c), nil)
	b.ReportAllocs()
	for b.Loop() {
		bk.Decide(c)
	}
	b.ReportMetric(float64(b.N*len(docs))/b.Elapsed().Seconds(), "documents/s")
}
