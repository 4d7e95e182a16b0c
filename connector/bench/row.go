package main

import (
	"context"
	"fmt"
	"math"
	"time"
)

// Row is one yardstick: what the work took, beside the floor named.
type Row struct {
	Work    string
	Took    string // in its own unit
	Floor   string // what it is measured against, with its figure
	Ratio   float64
	Unit    string // behind the ratio: "×", "%", "MiB", "s", "/s"
	Goal    float64
	AtLeast bool // the goal is a least, not a most
}

// Met reports whether the goal is reached.
func (r Row) Met() bool {
	if r.AtLeast {
		return r.Ratio >= r.Goal
	}
	return r.Ratio <= r.Goal
}

func (r Row) cells() []string {
	sign, met := "≤", "yes"
	if r.AtLeast {
		sign = "≥"
	}
	if !r.Met() {
		met = "**no**"
	}
	return []string{r.Work, r.Took, r.Floor, figure(r.Ratio) + " " + r.Unit, sign + " " + figure(r.Goal) + " " + r.Unit, met}
}

// figure writes a number with three digits that mean something.
func figure(f float64) string {
	switch {
	case f == math.Trunc(f) || f >= 100:
		return fmt.Sprintf("%.0f", f)
	case f >= 10:
		return fmt.Sprintf("%.1f", f)
	}
	return fmt.Sprintf("%.2f", f)
}

func seconds(d time.Duration) string { return figure(d.Seconds()) + " s" }

// timed runs f and returns how long it took.
func timed(f func() error) (time.Duration, error) {
	began := time.Now()
	err := f()
	return time.Since(began), err
}

// bench is one measurement in a process of its own. It may give several rows.
type bench struct {
	name string
	run  func(ctx context.Context, s setting) ([]Row, error)
}

// benches lists every measurement in the order of the table.
func benches() []bench {
	return []bench{
		{"pull", pullRows},
		{"growth", growthRow},
		{"plan", planRows},
		{"mail", mailRow},
		{"workbook", workbookRow},
		{"workbook-memory", workbookMemoryRow},
		{"memory", memoryRow},
		{"crash", crashRow},
		{"release", releaseRow},
	}
}
