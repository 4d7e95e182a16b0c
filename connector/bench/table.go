package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"time"
	"unicode/utf8"
)

// table writes rows as an aligned table in Markdown.
func table(rows []Row) string {
	lines := [][]string{{"work", "took", "floor", "ratio", "goal", "met"}}
	for _, r := range rows {
		lines = append(lines, r.cells())
	}
	widths := make([]int, len(lines[0]))
	for _, cells := range lines {
		for i, cell := range cells {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	var b strings.Builder
	for n, cells := range lines {
		for i, cell := range cells {
			fmt.Fprintf(&b, "| %s%s ", cell, strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell)))
		}
		b.WriteString("|\n")
		if n == 0 {
			for _, w := range widths {
				b.WriteString("|" + strings.Repeat("-", w+2))
			}
			b.WriteString("|\n")
		}
	}
	return b.String()
}

// keep appends the table to the file of measurements.
func (o *options) keep(ctx context.Context, postgres string, rows []Row) error {
	if o.out == "" {
		return nil
	}
	f, err := os.OpenFile(o.out, os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = fmt.Fprintf(f, "\n## %s, %d documents\n\nCommit %s, %s %s/%s, %d cores, PostgreSQL %s.\n\n%s",
		time.Now().UTC().Format(time.DateOnly), o.documents, commit(ctx), runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), postgres, table(rows))
	return err
}

// commit names what was measured, marked where files differ from it.
func commit(ctx context.Context) string {
	out, err := exec.CommandContext(ctx, "git", "describe", "--always", "--dirty").Output()
	if err != nil {
		return "unknown"
	}
	return strings.TrimSpace(string(out))
}
