package casefile_test

import (
	"io/fs"
	"testing"

	"holdfast/engine/calendar"
	"holdfast/engine/policy"
	"holdfast/engine/sequence"
	"holdfast/engine/steps"
	"holdfast/engine/walk/casefile"
)

// parts are the shipped sequences and contact rules.
func parts(t *testing.T) casefile.Parts {
	t.Helper()
	all, problems := sequence.Load(sequence.Library(), "shipped", steps.All())
	if err := problems.Err(); err != nil {
		t.Fatal(err)
	}
	packs, problems := policy.Load(nil)
	if err := problems.Err(); err != nil {
		t.Fatal(err)
	}
	return casefile.Parts{Sequences: all, Steps: steps.All(), Countries: calendar.NewCountries(), Packs: packs}
}

// run parses and runs a case that must be sound.
func run(t *testing.T, name, text string) casefile.Result {
	t.Helper()
	c, problems := casefile.Parse(name, []byte(text))
	if err := problems.Err(); err != nil {
		t.Fatal(err)
	}
	r, err := c.Run(t.Context(), parts(t))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestShippedCases runs what the shipped sequences promise.
func TestShippedCases(t *testing.T) {
	files, err := fs.Glob(sequence.Cases(), "*.toml")
	if err != nil || len(files) < 3 {
		t.Fatalf("%d cases, %v", len(files), err)
	}
	for _, name := range files {
		t.Run(name, func(t *testing.T) {
			text, err := fs.ReadFile(sequence.Cases(), name)
			if err != nil {
				t.Fatal(err)
			}
			if r := run(t, name, string(text)); !r.Passed {
				t.Errorf("\n%s\n%s", r.Text(), r.Show())
			}
		})
	}
}
