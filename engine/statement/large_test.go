package statement

import (
	"context"
	"io"
	"os"
	"runtime"
	"runtime/metrics"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"holdfast/engine/ar"
	"holdfast/engine/workbook"
)

// BenchmarkAccount is the workbook that goes with a message.
func BenchmarkAccount(b *testing.B) {
	l := sample()
	for b.Loop() {
		if _, err := Account(seller, l, october); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkAll writes 200,000 open documents and reports the time beside the
// bare stream writer's for the same cells, and the peak of the heap.
func BenchmarkAll(b *testing.B) {
	const accounts, documents = 10000, 20
	for b.Loop() {
		start := time.Now()
		bare(b, accounts, documents)
		floor := time.Since(start)
		peak := watchHeap()
		start = time.Now()
		totals, err := All(context.Background(), io.Discard, seller, october, company(accounts, documents), nil)
		if err != nil || len(totals) != 3 {
			b.Fatal(err)
		}
		b.ReportMetric(time.Since(start).Seconds()/floor.Seconds(), "×bare")
		b.ReportMetric(float64(peak())/(1<<20), "MiB")
	}
}

// bare writes the cells of the open documents, summary and activity with
// excelize alone, styles included.
func bare(b *testing.B, accounts, documents int) {
	f := excelize.NewFile()
	defer f.Close()
	day, money := "yyyy-mm-dd", "#,##0.00"
	dayStyle, _ := f.NewStyle(&excelize.Style{CustomNumFmt: &day})
	moneyStyle, _ := f.NewStyle(&excelize.Style{CustomNumFmt: &money})
	var streams [3]*excelize.StreamWriter
	for i, name := range []string{"Sheet1", "Sheet2", "Sheet3"} {
		if i > 0 {
			_, _ = f.NewSheet(name)
		}
		streams[i], _ = f.NewStreamWriter(name)
	}
	var rows [3]int
	put := func(sheet int, cells ...any) {
		rows[sheet]++
		if err := streams[sheet].SetRow(workbook.Ref(1, rows[sheet]), cells); err != nil {
			b.Fatal(err)
		}
	}
	amount := func(m int64) excelize.Cell { return excelize.Cell{StyleID: moneyStyle, Value: float64(m) / 100} }
	date := func(d ar.Day) excelize.Cell {
		return excelize.Cell{StyleID: dayStyle, Value: int(d - ar.NewDay(1899, 12, 30))}
	}
	for l := range company(accounts, documents) {
		c := l.Customer
		for range 3 {
			put(1, c.Number, c.Name, "USD", amount(1), amount(1), amount(0), amount(0), amount(0), excelize.Cell{StyleID: moneyStyle, Formula: "SUM(D4:H4)", Value: 1.5},
				amount(1), amount(1), amount(1), amount(1), amount(1), amount(1), amount(1))
		}
		for _, d := range l.Documents {
			put(0, c.Number, c.Name, d.Number, "Invoice", date(d.IssuedOn), date(d.DueOn), 7, d.PONumber, string(d.Currency), amount(d.Amount), amount(d.Open), nil, "1–30 days")
			if d.IssuedOn >= ar.MustDay("2026-10-01") {
				put(2, c.Number, c.Name, date(d.IssuedOn), d.Number, "Invoice", d.PONumber, string(d.Currency), amount(d.Amount), nil)
			}
		}
	}
	for _, s := range streams {
		if err := s.Flush(); err != nil {
			b.Fatal(err)
		}
	}
	if _, err := f.WriteTo(io.Discard); err != nil {
		b.Fatal(err)
	}
}

// watchHeap samples what the heap takes until the returned function is called,
// which gives the peak in bytes.
func watchHeap() func() uint64 {
	runtime.GC()
	stop, peak := make(chan struct{}), make(chan uint64)
	go func() {
		sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
		var most uint64
		for {
			metrics.Read(sample)
			most = max(most, sample[0].Value.Uint64())
			select {
			case <-stop:
				peak <- most
				return
			case <-time.After(5 * time.Millisecond):
			}
		}
	}()
	return func() uint64 { close(stop); return <-peak }
}

// The workbook of all customers keeps its rows on disk, not in memory.
func TestMemoryIsBounded(t *testing.T) {
	if testing.Short() || os.Getenv("HOLDFAST_TEST_LARGE") == "" {
		t.Skip("SKIPPED: set HOLDFAST_TEST_LARGE=1 to write 200,000 rows; make bench does it too")
	}
	peak := watchHeap()
	if _, err := All(context.Background(), io.Discard, seller, october, company(10000, 20), nil); err != nil {
		t.Fatal(err)
	}
	if most := peak(); most > 150<<20 {
		t.Errorf("the heap grew to %d MiB, want at most 150", most>>20)
	}
}
