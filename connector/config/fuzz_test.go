package config

import (
	"os"
	"path/filepath"
	"testing"

	"holdfast/engine/fault"
)

// Whatever stands in the file, it is read or refused with reasons.
func FuzzParse(f *testing.F) {
	files, err := filepath.Glob("testdata/invalid/*.toml")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add(Example())
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := parse("/etc/holdfast/config.toml", "config.toml", data)
		switch {
		case err == nil && c == nil, err != nil && c != nil:
			t.Fatalf("%v with %v", c, err)
		case err != nil && (!fault.Is(err, fault.Invalid) || len(ProblemsOf(err)) == 0):
			t.Fatalf("refused without a reason: %v", err)
		}
	})
}
