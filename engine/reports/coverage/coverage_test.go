package coverage

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"holdfast/engine/ar"
	"holdfast/engine/reports/report"
	"holdfast/engine/sequence"
)

var update = flag.Bool("update", false, "write the golden files anew")

var asOf = ar.MustDay("2026-11-20")

// party makes one customer with a document for each verdict, the oldest first.
func party(number, name string, verdicts ...sequence.Verdict) report.Party {
	id := ar.AccountID{Source: "erp", Company: "1", Customer: ar.CustomerID("c" + number)}
	a := sequence.Account{Customer: ar.Customer{Account: id, Number: number, Name: name}}
	c := sequence.Case{}
	for i, v := range verdicts {
		doc := document(id, i)
		a.Documents = append(a.Documents, doc)
		v.Subject = sequence.Subject{Kind: sequence.SubjectInvoice, Customer: id.Customer, Document: doc.ID}
		if v.Reason != "" {
			c.State.Verdicts = append(c.State.Verdicts, v)
		}
	}
	c.Accounts = []sequence.Account{a}
	return report.Party{Company: "US", Case: c}
}

func document(id ar.AccountID, i int) ar.Document {
	n := string(rune('1' + i))
	return ar.Document{
		Account: id, ID: ar.DocumentID("d" + string(id.Customer) + n), Number: "INV-" + n, Kind: ar.Invoice,
		DueOn: asOf - 30 + ar.Day(i), Currency: "USD", Amount: 100_00, Open: 100_00 + int64(i),
	}
}

func build(t *testing.T, parties ...report.Party) report.Table {
	t.Helper()
	table, err := Build(context.Background(), report.Input{AsOf: asOf, Parties: each(parties, nil)})
	if err != nil {
		t.Fatal(err)
	}
	return table
}

// each passes parties, and then err where it is one.
func each(parties []report.Party, err error) iter.Seq2[report.Party, error] {
	return func(yield func(report.Party, error) bool) {
		for _, p := range parties {
			if !yield(p, nil) {
				return
			}
		}
		if err != nil {
			yield(report.Party{}, err)
		}
	}
}

func TestGolden(t *testing.T) {
	table := build(t,
		party("200", "Looked after, Inc.", sequence.Verdict{Reason: sequence.ReasonNotYet}, sequence.Verdict{Reason: sequence.ReasonPromised}),
		party("100", "Nobody's", sequence.Verdict{Reason: sequence.ReasonNoSequence}, sequence.Verdict{},
			sequence.Verdict{Reason: sequence.ReasonFinished, Sequence: "past-due", Detail: "past-due"}),
	)
	for format, file := range map[string]string{"table": "coverage.txt", "csv": "coverage.csv", "json": "coverage.json"} {
		var got bytes.Buffer
		if err := table.Write(&got, format); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join("testdata", file)
		if *update {
			if err := os.WriteFile(path, got.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), got.String()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", file, diff)
		}
	}
}

// No row is said in words.
func TestNone(t *testing.T) {
	var got bytes.Buffer
	if err := build(t, party("1", "A", sequence.Verdict{Reason: sequence.ReasonNotYet})).Write(&got, "table"); err != nil {
		t.Fatal(err)
	}
	want := "Overdue documents that nobody looks after, as of 2026-11-20\n\nNone.\n\nOverdue or without a due day: 1. Of these 1 in a step.\n"
	if diff := cmp.Diff(want, got.String()); diff != "" {
		t.Error(diff)
	}
}

// Every reason puts a document in one state or makes it a row, and none in both.
func TestEachReasonIsAStateOrARow(t *testing.T) {
	alarms := []sequence.Reason{
		"", "a_new_one", sequence.ReasonNoSequence, sequence.ReasonFinished, sequence.ReasonRebuilt, sequence.ReasonDeclined,
		sequence.ReasonAbstain, sequence.ReasonFlawed, sequence.ReasonConsent, sequence.ReasonGoal, sequence.ReasonSettled,
	}
	for _, reason := range alarms {
		if rows := build(t, party("1", "A", sequence.Verdict{Reason: reason})).Rows; len(rows) != 1 || rows[0][12] == "" {
			t.Errorf("%s: %v, want a row with a cure", reason, rows)
		}
	}
	for reason, state := range stateOf {
		table := build(t, party("1", "A", sequence.Verdict{Reason: reason}))
		if len(table.Rows) != 0 || meta(table, string(state)) != "1" {
			t.Errorf("%s: rows %v, %s", reason, table.Rows, meta(table, string(state)))
		}
		if slices.Contains(alarms, reason) {
			t.Errorf("%s is a state and an alarm", reason)
		}
	}
}

func meta(t report.Table, key string) string {
	i := slices.IndexFunc(t.Meta, func(f report.Field) bool { return f.Key == key })
	return t.Meta[i].Value
}

// One sequence that looks after a document is enough, whatever others say.
func TestOneSequenceIsEnough(t *testing.T) {
	p := party("1", "A", sequence.Verdict{Reason: sequence.ReasonAbstain})
	v := p.Case.State.Verdicts[0]
	v.Sequence, v.Reason = "past-due", sequence.ReasonTaskOpen
	p.Case.State.Verdicts = append(p.Case.State.Verdicts, v)
	if table := build(t, p); len(table.Rows) != 0 || meta(table, "in_step") != "1" {
		t.Errorf("%v %v", table.Rows, table.Meta)
	}
}

// What is at the end of its sequence is held where our hold stands, and nobody's
// where it was lifted.
func TestHoldAtTheEnd(t *testing.T) {
	p := party("1", "A", sequence.Verdict{Reason: sequence.ReasonFinished})
	for state, rows := range map[ar.EntryState]int{ar.EntryPlaced: 0, ar.EntryShadow: 0, ar.EntryReleased: 1, ar.EntryProposed: 1} {
		p.Case.Holds = []ar.HoldEntry{{Account: p.Case.Accounts[0].Customer.Account, State: state}}
		if got := len(build(t, p).Rows); got != rows {
			t.Errorf("%s: %d rows, want %d", state, got, rows)
		}
	}
}

// A step that was declined is no alarm as long as its sequence goes on.
func TestDeclined(t *testing.T) {
	p := party("1", "A", sequence.Verdict{Reason: sequence.ReasonDeclined, Sequence: "past-due"})
	at := sequence.Position{Sequence: "past-due", Subject: p.Case.State.Verdicts[0].Subject}
	p.Case.State.Positions = []sequence.Position{at}
	if rows := build(t, p).Rows; len(rows) != 0 {
		t.Errorf("its sequence goes on: %v", rows)
	}
	p.Case.State.Positions[0].Ended = sequence.ReasonDeclined
	if rows := build(t, p).Rows; len(rows) != 1 {
		t.Errorf("its sequence is over: %v", rows)
	}
}

// What is paid, a credit, or not due before the day asked for is no business of
// this report; what has no due day is.
func TestOnlyWhatIsOverdue(t *testing.T) {
	p := party("1", "A", sequence.Verdict{}, sequence.Verdict{}, sequence.Verdict{}, sequence.Verdict{})
	docs := p.Case.Accounts[0].Documents
	docs[0].Open, docs[1].Open, docs[2].DueOn, docs[3].DueOn = 0, -5, asOf, 0
	table := build(t, p)
	if len(table.Rows) != 1 || table.Rows[0][7] != 0 || table.Rows[0][4] != string(docs[3].ID) {
		t.Errorf("%v", table.Rows)
	}
	if !table.Alarm {
		t.Error("a row is no alarm")
	}
}

func TestErrorOfTheInput(t *testing.T) {
	broken := errors.New("the state cannot be read")
	if _, err := Build(context.Background(), report.Input{AsOf: asOf, Parties: each(nil, broken)}); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Build(ctx, report.Input{AsOf: asOf, Parties: each([]report.Party{party("1", "A")}, nil)}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
