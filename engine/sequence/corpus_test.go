package sequence_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"holdfast/engine/sequence"
	"holdfast/engine/sequence/lint"
	"holdfast/engine/steps"
	"holdfast/engine/tomlfile"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestEveryBadFileIsRefusedWithItsLineAndCure reads testdata/invalid: one file a
// case, or one folder of files that do not go together, with what is said of it
// in a .want file of its name.
func TestEveryBadFileIsRefusedWithItsLineAndCure(t *testing.T) {
	cases := made()
	entries, err := os.ReadDir("testdata/invalid")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		name := e.Name()
		switch {
		case e.IsDir():
			cases[name] = folder(t, "testdata/invalid/"+name)
		case strings.HasSuffix(name, ".toml"):
			cases[strings.TrimSuffix(name, ".toml")] = map[string][]byte{name: read(t, "testdata/invalid/"+name)}
		}
	}
	if len(cases) < 110 {
		t.Errorf("the corpus has %d cases", len(cases))
	}
	for _, name := range tomlfile.Sorted(cases) {
		t.Run(name, func(t *testing.T) { refused(t, name, cases[name]) })
	}
}

// refused wants at least one problem, and of each its line and its cure.
func refused(t *testing.T, name string, files map[string][]byte) {
	problems := faults(files)
	if len(problems) == 0 {
		t.Fatal("the file is accepted")
	}
	var text strings.Builder
	for _, p := range problems {
		fmt.Fprintln(&text, p.Error())
		if p.File == "" || p.Line == 0 || p.What == "" || p.Cure == "" {
			t.Errorf("a problem lacks file, line, reason or cure: %#v", p)
		}
		if strings.Contains(p.What+p.Cure, "sequence.") || strings.Contains(p.What, "struct") || strings.Contains(p.What, "strconv") {
			t.Errorf("a problem speaks of Go: %s", p.Error())
		}
	}
	golden(t, "testdata/invalid/"+name+".want", text.String())
}

// faults parses files and looks at them together. Warnings refuse nothing.
func faults(files map[string][]byte) tomlfile.Problems {
	var all []*sequence.Sequence
	var problems tomlfile.Problems
	for _, name := range tomlfile.Sorted(files) {
		s, found := sequence.Parse(name, files[name], steps.All())
		problems = append(problems, found...)
		if s != nil {
			all = append(all, s)
		}
	}
	if len(problems) == 0 {
		_, problems = sequence.NewBook(all, nil, sequence.Policy{}, steps.All())
		for _, f := range lint.Check(lint.Site{Sequences: all}) {
			if !f.Warning {
				problems = append(problems, f.Problem)
			}
		}
	}
	_ = problems.Err() // sorts
	return problems
}

// made are the cases that are too large, or too odd, to be kept as files.
func made() map[string]map[string][]byte {
	step := "\n[[step]]\nid = \"s%d\"\nat = \"due + 3d\"\ndo = \"wait\"\n"
	var some strings.Builder
	for i := range 201 {
		fmt.Fprintf(&some, step, i)
	}
	head := good[:strings.Index(good, "[[step]]")]
	of := func(text string) map[string][]byte { return map[string][]byte{"x.toml": []byte(text)} }
	return map[string]map[string][]byte{
		"made-10-megabytes":      of(good + strings.Repeat("# nothing\n", 1<<20)),
		"made-100000-steps":      of(head + strings.Repeat("[[step]]\n", 100_000)),
		"made-201-steps":         of(head + some.String()),
		"made-deep-lists":        of(head + "x = " + strings.Repeat("[", 200_000)),
		"made-deep-tables":       of(head + "x = " + strings.Repeat("{a=", 200_000)),
		"made-long-key":          of(head + strings.Repeat("a", 5000) + " = 1\n"),
		"made-nul":               of(strings.Replace(good, `"x"`, "\"x\x00\"", 1)),
		"made-latin-1":           of(strings.Replace(good, `"x"`, "\"f\xe4llig\"", 1)),
		"made-utf-16":            of("\xff\xfen\x00a\x00m\x00e\x00"),
		"made-utf-16-big-endian": of("\xfe\xff\x00n\x00a\x00m\x00e"),
		"made-binary":            of("\x7fELF\x02\x01\x01\x00\x00"),
		"made-mac-line-ends":     of(strings.ReplaceAll(good, "\n", "\r")),
		"made-mark-in-the-midst": of(strings.Replace(good, "rank", "\xef\xbb\xbfrank", 1)),
	}
}

// TestOddButRightFilesAreTaken reads testdata/valid, and what editors on Windows
// make of a file.
func TestOddButRightFilesAreTaken(t *testing.T) {
	files := folder(t, "testdata/valid")
	files["crlf"] = []byte(strings.ReplaceAll(good, "\n", "\r\n"))
	files["mark"] = append([]byte("\xef\xbb\xbf"), good...)
	files["no-last-line-end"] = bytes.TrimRight([]byte(good), "\n")
	for _, name := range tomlfile.Sorted(files) {
		t.Run(name, func(t *testing.T) {
			for _, p := range faults(map[string][]byte{name: files[name]}) {
				t.Error(p)
			}
		})
	}
}

func folder(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	names, err := filepath.Glob(dir + "/*.toml")
	if err != nil || len(names) == 0 {
		t.Fatalf("no file in %s: %v", dir, err)
	}
	files := map[string][]byte{}
	for _, name := range names {
		files[path.Base(filepath.ToSlash(name))] = read(t, name)
	}
	return files
}

func read(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// golden compares a text with a file, or writes it with -update.
func golden(t *testing.T, name, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want := strings.Split(string(read(t, name)), "\n")
	for _, line := range strings.Split(got, "\n") {
		if !slices.Contains(want, line) {
			t.Errorf("said  %s\nwant  %s", line, strings.Join(want, "\n"))
		}
	}
	if n := strings.Count(got, "\n"); n != len(want)-1 {
		t.Errorf("%d problems, want %d:\n%s", n, len(want)-1, got)
	}
}
