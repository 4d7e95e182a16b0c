package store_test

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"holdfast/engine"
	"holdfast/engine/ar"
	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
	"holdfast/engine/store"
)

const (
	benchCustomers = 5_000
	benchDocuments = 100_000
	benchBatch     = 1_000
)

var benchNow = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

// benchLedger passes a company in batches, customers and contacts first,
// documents in the order of their ids and not of their customers.
func benchLedger(emit func([]ar.Record)) {
	account := func(i int) ar.AccountID {
		return ar.AccountID{Source: "erp", Company: "1", Customer: ar.CustomerID(fmt.Sprint(100_000 + i*7919%benchCustomers))}
	}
	var recs []ar.Record
	add := func(r ar.Record) {
		if recs = append(recs, r); len(recs) == benchBatch {
			emit(recs)
			recs = recs[:0]
		}
	}
	for i := range benchCustomers {
		a := account(i)
		add(&ar.Customer{Account: a, Number: string(a.Customer), Name: "Customer " + string(a.Customer), Payer: a.Customer,
			Currency: "USD", Address: ar.Address{Line1: "1 Long Road", City: "Springfield", Country: "US"}, Active: true})
		add(&ar.Contact{Account: a, ID: "1", Role: "ap", Name: "Payables", Email: "ap@" + string(a.Customer) + ".example", Valid: true})
	}
	for i := range benchDocuments {
		add(&ar.Document{ID: ar.DocumentID(fmt.Sprint(5_000_000 + i)), Account: account(i), Number: fmt.Sprintf("INV-%07d", i),
			Kind: ar.Invoice, Instalment: 1, IssuedOn: 739_900, PostedOn: 739_900, DueOn: ar.Day(739_930 + i%60), Currency: "USD",
			Amount: 123_456, Open: 123_456, PONumber: fmt.Sprintf("PO%d", i), OrderNumber: fmt.Sprintf("SO%d", i), ChangedAt: benchNow})
	}
	if len(recs) > 0 {
		emit(recs)
	}
}

// benchPull takes the ledger in and returns the store.
func benchPull(b *testing.B, dir string) *store.Store {
	s, err := store.Open(b.Context(), dir)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { s.Close() })
	p, err := s.BeginPull(b.Context(), "erp", "1", true)
	if err != nil {
		b.Fatal(err)
	}
	benchLedger(func(recs []ar.Record) {
		if err := p.Stage(b.Context(), recs); err != nil {
			b.Fatal(err)
		}
	})
	if _, err := p.Finish(b.Context(), "m", benchNow, 30); err != nil {
		b.Fatal(err)
	}
	return s
}

// BenchmarkFirstPull is stage and swap of a whole ledger.
func BenchmarkFirstPull(b *testing.B) {
	for range b.N {
		benchPull(b, b.TempDir())
	}
	b.ReportMetric(float64(b.N)*benchDocuments/b.Elapsed().Seconds(), "documents/s")
}

// BenchmarkBareInserts is the floor of BenchmarkFirstPull: the same documents
// by one prepared statement, row by row, in one transaction.
func BenchmarkBareInserts(b *testing.B) {
	for range b.N {
		bareInserts(b, filepath.Join(b.TempDir(), "bare.db"))
	}
	b.ReportMetric(float64(b.N)*benchDocuments/b.Elapsed().Seconds(), "documents/s")
}

func bareInserts(b *testing.B, path string) {
	db, err := sql.Open("sqlite", "file:"+path+"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)")
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	ctx := context.Background()
	const columns = 25
	if _, err := db.ExecContext(ctx, `CREATE TABLE d (c`+strings.Join(strings.Fields("1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25"), ", c")+`)`); err != nil {
		b.Fatal(err)
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		b.Fatal(err)
	}
	insert, err := tx.PrepareContext(ctx, `INSERT INTO d VALUES (`+strings.TrimSuffix(strings.Repeat("?,", columns), ",")+`)`)
	if err != nil {
		b.Fatal(err)
	}
	benchLedger(func(recs []ar.Record) {
		for _, rec := range recs {
			d, ok := rec.(*ar.Document)
			if !ok {
				continue
			}
			_, err := insert.ExecContext(ctx, string(d.Account.Customer), string(d.ID), d.Number, string(d.Kind), d.Instalment, int64(d.IssuedOn),
				int64(d.PostedOn), int64(d.DueOn), string(d.Currency), d.Amount, d.Open, nil, d.PONumber, d.OrderNumber, d.ShipToID,
				string(d.RelatedID), d.ConsolidationNo, d.Disputed, d.DisputedAmount, d.DisputeReason, d.Voided, int64(d.ClosedOn), "",
				d.ChangedAt.UnixMicro(), int64(1))
			if err != nil {
				b.Fatal(err)
			}
		}
	})
	if err := tx.Commit(); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkCases reads and assembles every case of a ledger.
func BenchmarkCases(b *testing.B) {
	s := benchPull(b, b.TempDir())
	b.ResetTimer()
	n := 0
	for range b.N {
		for c, err := range s.Cases(b.Context(), engine.Selection{Source: "erp", Company: "1", Mode: outbox.Live, Today: 740_000, Now: benchNow}) {
			if err != nil {
				b.Fatal(err)
			}
			n += len(c.Accounts[0].Documents)
		}
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "documents/s")
}

// BenchmarkCommit commits a first decision on every party, with a reason for
// each document.
func BenchmarkCommit(b *testing.B) {
	for range b.N {
		b.StopTimer()
		s := benchPull(b, b.TempDir())
		moves := benchMoves(b, s)
		b.StartTimer()
		benchCommit(b, s, moves)
	}
}

// BenchmarkCommitAgain commits decisions that change one reason of each party.
func BenchmarkCommitAgain(b *testing.B) {
	s := benchPull(b, b.TempDir())
	benchCommit(b, s, benchMoves(b, s))
	b.ResetTimer()
	for i := range b.N {
		b.StopTimer()
		moves := benchMoves(b, s)
		for j := range moves {
			moves[j].Decision.State.Verdicts[0].Detail = fmt.Sprint(i)
		}
		b.StartTimer()
		benchCommit(b, s, moves)
	}
}

// benchMoves is a decision on every party that only gives reasons.
func benchMoves(b *testing.B, s *store.Store) []engine.Move {
	var moves []engine.Move
	for c, err := range s.Cases(b.Context(), engine.Selection{Source: "erp", Company: "1", Mode: outbox.Live, Today: 740_000, Now: benchNow}) {
		if err != nil {
			b.Fatal(err)
		}
		m := engine.Move{Case: c, Mode: outbox.Live, Book: strings.Repeat("b", 64), Decision: sequence.Decision{Next: 740_001}}
		for _, d := range c.Accounts[0].Documents {
			m.Decision.State.Verdicts = append(m.Decision.State.Verdicts, sequence.Verdict{Sequence: "past-due", Step: "reminder-1",
				Subject: sequence.Subject{Kind: sequence.SubjectInvoice, Customer: d.Account.Customer, Document: d.ID},
				Reason:  sequence.ReasonNotYet, On: d.DueOn + 3})
		}
		moves = append(moves, m)
	}
	return moves
}

func benchCommit(b *testing.B, s *store.Store, moves []engine.Move) {
	for chunk := range slices.Chunk(moves, 125) {
		if conflicts, err := s.Commit(b.Context(), chunk); err != nil || len(conflicts) > 0 {
			b.Fatal(len(conflicts), err)
		}
	}
	b.ReportMetric(float64(b.N)*float64(len(moves))/b.Elapsed().Seconds(), "parties/s")
}

// BenchmarkQuietPull takes 1,000 changed documents into a standing ledger.
func BenchmarkQuietPull(b *testing.B) {
	s := benchPull(b, b.TempDir())
	b.ResetTimer()
	b.StopTimer()
	for i := range b.N {
		recs := changes(int64(i + 1))
		b.StartTimer()
		p, err := s.BeginPull(b.Context(), "erp", "1", false)
		if err != nil {
			b.Fatal(err)
		}
		if err := p.Stage(b.Context(), recs); err != nil {
			b.Fatal(err)
		}
		if _, err := p.Finish(b.Context(), "m", benchNow, 30); err != nil {
			b.Fatal(err)
		}
		b.StopTimer()
	}
}

// changes is every hundredth document, part-paid.
func changes(paid int64) []ar.Record {
	var recs []ar.Record
	n := 0
	benchLedger(func(batch []ar.Record) {
		for _, rec := range batch {
			if d, ok := rec.(*ar.Document); ok {
				if n++; n%(benchDocuments/1000) == 0 {
					d.Open -= paid
					recs = append(recs, d)
				}
			}
		}
	})
	return recs
}
