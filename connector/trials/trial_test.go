package main

import (
	"os"
	"path/filepath"
	"testing"
)

// TestTenKills is the short form of make trials.
func TestTenKills(t *testing.T) {
	dir := t.TempDir()
	program, err := build(t.Context(), dir)
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
