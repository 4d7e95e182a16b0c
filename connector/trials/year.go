package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"holdfast/connector/trials/year"
	"holdfast/engine/ar"
	"holdfast/engine/sequence"
)

// yearHead begins the table of docs/trials.md for years.
const yearHead = "| day | commit | seed | accounts |"

// tryYear lives a drawn year in memory and, for fewer accounts, through the
// store, and reports whether all rules were kept and both did the same.
func tryYear(ctx context.Context, seed uint64, accounts, compared int, page string) (held bool, err error) {
	o := year.Options{Seed: seed, Accounts: accounts, First: ar.MustDay("2026-01-05"), Days: 365, Invoices: 14, Facts: true}
	fmt.Printf("seed %d\n", seed)
	w, err := year.Live(ctx, o)
	if err != nil {
		return false, err
	}
	fmt.Println(w)
	faults := w.Faults()
	for rule, n := range w.Broken {
		fmt.Printf("broken %d times: %s\n", n, rule)
	}
	var c year.Compared
	if compared > 0 {
		if c, err = compareYear(ctx, o, compared); err != nil {
			return false, err
		}
		faults = append(faults, c.Differ...)
	}
	fmt.Println(strings.Join(faults, "\n"))
	return len(faults) == 0, recordYear(page, yearLine(ctx, w, c, len(faults) == 0))
}

// compareYear lives the year of fewer accounts both ways.
func compareYear(ctx context.Context, o year.Options, accounts int) (year.Compared, error) {
	o.Accounts = accounts
	dir, err := os.MkdirTemp("", "holdfast-year-")
	if err != nil {
		return year.Compared{}, err
	}
	defer os.RemoveAll(dir)
	c, err := year.Compare(ctx, filepath.Join(dir, "house"), o)
	fmt.Printf("%d accounts through the store: %d lines of journal in %s, %d differ\n", accounts, c.Lines, c.Took.Round(time.Second), len(c.Differ))
	return c, err
}

// yearLine is the trial as a line of the table.
func yearLine(ctx context.Context, w year.Walked, c year.Compared, held bool) string {
	verdict := "held"
	if !held {
		verdict = "**failed**"
	}
	var half, last uint64
	if n := len(w.Heap); n > 0 {
		half, last = w.Heap[n/2]>>20, w.Heap[n-1]>>20
	}
	return fmt.Sprintf("| %s | %s | %d | %d | %d | %d | %d | %d | %.1f | %d → %d | %d of %d | %s |",
		time.Now().UTC().Format(time.DateOnly), commit(ctx), w.Seed, w.Accounts, w.Documents, w.Effects[sequence.Message],
		w.Effects[sequence.Task], w.Effects[sequence.Hold], w.Took.Seconds(), half, last, len(c.Differ), c.Lines, verdict)
}

// recordYear puts a line on top of the table of years; an empty page takes none.
func recordYear(page, line string) error {
	if page == "" {
		return nil
	}
	data, err := os.ReadFile(page)
	if err != nil {
		return fmt.Errorf("write the figures down: %w", err)
	}
	text, err := withLine(string(data), yearHead, line)
	if err != nil {
		return fmt.Errorf("write the figures down in %s: %w", page, err)
	}
	return os.WriteFile(page, []byte(text), 0o644)
}
