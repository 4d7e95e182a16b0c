package main

import (
	"context"
	"fmt"
	"io"
	"iter"

	"github.com/xuri/excelize/v2"

	"holdfast/engine/ar"
	"holdfast/engine/ledger"
	"holdfast/engine/statement"
)

const (
	bookAccounts  = 10_000
	bookDocuments = 20 // of each
)

// monthEnd is the month of the measured workbook.
var monthEnd = ar.MustDay("2026-10-31")

// workbookRow writes the workbook of all customers, and the same cells with the
// bare stream writer. Its memory is looked at by a measurement of its own.
func workbookRow(ctx context.Context, _ setting) ([]Row, error) {
	floor, err := timed(bareBook)
	if err != nil {
		return nil, err
	}
	took, err := timed(func() error { return wholeBook(ctx) })
	if err != nil {
		return nil, err
	}
	again, err := timed(bareBook)
	if err != nil {
		return nil, err
	}
	floor = min(floor, again)
	return []Row{{
		Work: fmt.Sprintf("workbook of %d rows", bookAccounts*bookDocuments), Took: seconds(took),
		Floor: "excelize's StreamWriter bare " + seconds(floor), Ratio: took.Seconds() / floor.Seconds(), Unit: "×", Goal: 1.3,
	}}, nil
}

// workbookMemoryRow writes the workbook; who started this process sees how much
// memory that took.
func workbookMemoryRow(ctx context.Context, _ setting) ([]Row, error) {
	return []Row{{
		Work: fmt.Sprintf("memory of a workbook of %d rows", bookAccounts*bookDocuments), Took: "–", Floor: "–", Unit: "MiB", Goal: 150,
	}}, wholeBook(ctx)
}

func wholeBook(ctx context.Context) error {
	_, err := statement.All(ctx, io.Discard, statement.Seller{Name: "Harbourline Bench"}, monthEnd, accounts(), nil)
	return err
}

// accounts are ledgers of equal size, half of each issued in the month.
func accounts() iter.Seq2[ledger.AccountLedger, error] {
	return func(yield func(ledger.AccountLedger, error) bool) {
		for i := range bookAccounts {
			id := ar.AccountID{Source: "main", Company: "1", Customer: ar.CustomerID(fmt.Sprint("K", i))}
			l := ledger.AccountLedger{Customer: ar.Customer{
				Account: id, Number: string(id.Customer), Name: "Bench Customer " + string(id.Customer), Currency: "USD", Active: true,
			}}
			for n := range bookDocuments {
				issued := monthEnd - ar.Day(4*n)
				l.Documents = append(l.Documents, ar.Document{
					ID: ar.DocumentID(fmt.Sprint(i, "-", n)), Account: id, Number: fmt.Sprintf("INV-%d-%d", i, n), Kind: ar.Invoice, Instalment: 1,
					IssuedOn: issued, PostedOn: issued, DueOn: issued + 14, Currency: "USD", Amount: int64(100 + n), Open: int64(100 + n), PONumber: "PO",
				})
			}
			if !yield(l, nil) {
				return
			}
		}
	}
}

// bareBook writes the cells of the workbook's sheets with excelize alone.
func bareBook() error {
	b, err := newBare("Summary", "Open items", "Activity")
	if err != nil {
		return err
	}
	for l := range accounts() {
		c := l.Customer
		money := b.money(1)
		b.row(0, c.Number, c.Name, "USD", money, money, money, money, money, money, money, money, money, money, money, money, money)
		for _, d := range l.Documents {
			b.row(1, c.Number, c.Name, d.Number, "Invoice", b.day(d.IssuedOn), b.day(d.DueOn), int(monthEnd-d.DueOn), d.PONumber, "USD",
				b.money(d.Amount), b.money(d.Open), nil, "1–30 days")
			if d.IssuedOn >= ar.MustDay("2026-10-01") {
				b.row(2, c.Number, c.Name, b.day(d.IssuedOn), d.Number, "Invoice", d.PONumber, "USD", b.money(d.Amount), nil)
			}
		}
	}
	return b.finish()
}

// bare is a workbook of stream writers; its first error stays.
type bare struct {
	file         *excelize.File
	streams      []*excelize.StreamWriter
	rows         []int
	dayStyle     int
	decimalStyle int
	err          error
}

func newBare(sheets ...string) (*bare, error) {
	b := &bare{file: excelize.NewFile(), rows: make([]int, len(sheets))}
	day, decimal := "yyyy-mm-dd", "#,##0.00"
	b.dayStyle, b.err = b.file.NewStyle(&excelize.Style{CustomNumFmt: &day})
	if b.err == nil {
		b.decimalStyle, b.err = b.file.NewStyle(&excelize.Style{CustomNumFmt: &decimal})
	}
	for _, name := range sheets {
		if _, err := b.file.NewSheet(name); err != nil {
			return nil, err
		}
		stream, err := b.file.NewStreamWriter(name)
		if err != nil {
			return nil, err
		}
		b.streams = append(b.streams, stream)
	}
	return b, b.err
}

func (b *bare) day(d ar.Day) excelize.Cell {
	return excelize.Cell{StyleID: b.dayStyle, Value: int(d - ar.NewDay(1899, 12, 30))}
}

func (b *bare) money(minor int64) excelize.Cell {
	return excelize.Cell{StyleID: b.decimalStyle, Value: float64(minor) / 100}
}

func (b *bare) row(sheet int, cells ...any) {
	b.rows[sheet]++
	if b.err == nil {
		b.err = b.streams[sheet].SetRow(fmt.Sprintf("A%d", b.rows[sheet]), cells)
	}
}

func (b *bare) finish() error {
	defer b.file.Close()
	for _, s := range b.streams {
		if b.err == nil {
			b.err = s.Flush()
		}
	}
	if b.err != nil {
		return b.err
	}
	_, err := b.file.WriteTo(io.Discard)
	return err
}
