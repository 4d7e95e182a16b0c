package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestTenKills is the short form of make trials.
func TestTenKills(t *testing.T) {
	dir := t.TempDir()
	program, err := build(t.Context(), dir, false)
	if err != nil {
		t.Fatal(err)
	}
	house := filepath.Join(dir, "house")
	if err := os.Mkdir(house, 0o700); err != nil {
		t.Fatal(err)
	}
	r, err := run(t.Context(), settings{program: program, dir: house, sends: 100, kills: 10, seed: 11})
	if err != nil {
		t.Fatal(err)
	}
	t.Log(r)
	for _, fault := range r.Faults() {
		t.Error(fault)
	}
	if r.Kills == 0 || r.Kills+r.ChannelKills < 5 {
		t.Errorf("only %d kills struck, the trial shows little", r.Kills+r.ChannelKills)
	}
}

// TestFiguresGoOnTopOfTheTable writes a line of figures under the table's head.
func TestFiguresGoOnTopOfTheTable(t *testing.T) {
	page := "# Kills\n\n| day | commit | seed | more |\n|---|---|---|---|\n| old |\n\nEnd\n"
	got, err := withLine(page, tableHead, "| new |")
	if err != nil || got != strings.Replace(page, "| old |", "| new |\n| old |", 1) {
		t.Errorf("got %q, %v", got, err)
	}
	if _, err := withLine("# Kills\n", tableHead, "| new |"); err == nil {
		t.Error("a page without the table was taken")
	}
}
