// Package tomlfile reads a TOML file into a struct and knows on which line each
// key stands, so that every error can name file, line, key and cure.
package tomlfile

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"sort"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"
)

// Problem is one thing wrong with a file, for the person who wrote it.
type Problem struct {
	File string `json:"file"`
	Line int    `json:"line"` // 0 where no line can be named
	Key  string `json:"key"`  // dotted, with [n] from 1 for the tables of an array: step[2].at
	What string `json:"what"`
	Cure string `json:"cure"`
}

// Error writes the problem as file:line: key: what; cure.
func (p Problem) Error() string {
	var b strings.Builder
	b.WriteString(p.File)
	if p.Line > 0 {
		fmt.Fprintf(&b, ":%d", p.Line)
	}
	if p.Key != "" {
		b.WriteString(": " + p.Key)
	}
	b.WriteString(": " + p.What)
	if p.Cure != "" {
		b.WriteString("; " + p.Cure)
	}
	return b.String()
}

// Problems is every problem of one or more files; a nil or empty one is no
// error.
type Problems []Problem

// Error writes one problem a line.
func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.Error()
	}
	return strings.Join(lines, "\n")
}

// Err returns ps sorted by file and line as an error, nil where there is none.
func (ps Problems) Err() error {
	if len(ps) == 0 {
		return nil
	}
	sort.SliceStable(ps, func(i, j int) bool {
		if ps[i].File != ps[j].File {
			return ps[i].File < ps[j].File
		}
		return ps[i].Line < ps[j].Line
	})
	return ps
}

// File is a TOML file that was read, with its problems so far.
type File struct {
	Name     string
	Problems Problems
	lines    map[string]int
}

// Read decodes data strictly into v, a pointer to a struct with toml tags.
// Problems of syntax, of type and of unknown keys are collected in the File;
// the caller adds its own by Add. A type may read its value itself by a method
// UnmarshalTOML, which gets it as it is written.
func Read(name string, data []byte, v any) *File {
	f := &File{Name: name, lines: lineIndex(data)}
	dec := toml.NewDecoder(strings.NewReader(string(data))).DisallowUnknownFields().EnableUnmarshalerInterface()
	err := dec.Decode(v)
	var strict *toml.StrictMissingError
	var wrong *toml.DecodeError
	switch {
	case err == nil:
	case errors.As(err, &strict):
		known := knownKeys(v)
		for i := range strict.Errors {
			f.unknown(&strict.Errors[i], known)
		}
	case errors.As(err, &wrong):
		line, _ := wrong.Position()
		what, cure := plainly(strings.TrimPrefix(wrong.Error(), "toml: "))
		f.Problems = append(f.Problems, Problem{File: name, Line: line, Key: strings.Join(wrong.Key(), "."), What: what, Cure: cure})
	default:
		f.Problems = append(f.Problems, Problem{File: name, What: err.Error(), Cure: "mend the file as TOML wants it"})
	}
	return f
}

// Add notes a problem with a key; what and cure are whole phrases.
func (f *File) Add(key, what, cure string) {
	f.Problems = append(f.Problems, Problem{File: f.Name, Line: f.Line(key), Key: key, What: what, Cure: cure})
}

// Line returns the line of a key, or that of the nearest table around it, 0
// where neither stands in the file.
func (f *File) Line(key string) int {
	for key != "" {
		if line, ok := f.lines[key]; ok {
			return line
		}
		cut := strings.LastIndexByte(key, '.')
		if cut < 0 {
			break
		}
		key = key[:cut]
	}
	return 0
}

// unknown notes a key that the struct does not have, with the nearest one
// that it has.
func (f *File) unknown(e *toml.DecodeError, known []string) {
	line, _ := e.Position()
	path := e.Key()
	name := path[len(path)-1]
	cure := "remove it"
	if near := Nearest(name, known); near == name {
		cure = "it belongs into another table: move it there, or remove it"
	} else if near != "" {
		cure = fmt.Sprintf("did you mean %q? Otherwise remove it", near)
	}
	f.Problems = append(f.Problems, Problem{
		File: f.Name, Line: line, Key: strings.Join(path, "."), What: "unknown key", Cure: cure,
	})
}

// lineIndex maps each key of a TOML text to its line. Text that does not parse
// gives what was read before.
func lineIndex(data []byte) map[string]int {
	ix := index{data: data, line: 1, lines: map[string]int{}}
	counts := map[string]int{}
	var p unstable.Parser
	p.Reset(data)
	table := ""
	for p.NextExpression() {
		e := p.Expression()
		key, offset := keyOf(e)
		switch e.Kind {
		case unstable.Table:
			table = indexed(key, counts)
			ix.add(table, offset)
		case unstable.ArrayTable:
			parent := indexed(key, counts)
			counts[parent]++
			table = fmt.Sprintf("%s[%d]", parent, counts[parent])
			ix.add(table, offset)
		case unstable.KeyValue:
			full := key
			if table != "" {
				full = table + "." + key
			}
			ix.add(full, offset)
			ix.inline(full, e.Value())
		}
	}
	return ix.lines
}

// index finds the lines of keys, which come in the order in which they stand.
type index struct {
	data    []byte
	line    int
	counted int
	lines   map[string]int
}

func (ix *index) add(key string, offset int) {
	if offset > ix.counted {
		ix.line += bytes.Count(ix.data[ix.counted:offset], []byte("\n"))
		ix.counted = offset
	}
	ix.lines[key] = ix.line
}

// inline adds the tables that an array names in one piece each.
func (ix *index) inline(key string, v *unstable.Node) {
	if v.Kind != unstable.Array {
		return
	}
	n := 0
	for tables := v.Children(); tables.Next(); {
		n++
		if tables.Node().Kind != unstable.InlineTable {
			continue
		}
		table := fmt.Sprintf("%s[%d]", key, n)
		for pairs := tables.Node().Children(); pairs.Next(); {
			name, offset := keyOf(pairs.Node())
			ix.add(table+"."+name, offset)
			if ix.lines[table] == 0 {
				ix.lines[table] = ix.line
			}
		}
	}
}

// keyOf returns an expression's dotted key and the offset of its first part.
func keyOf(e *unstable.Node) (string, int) {
	var parts []string
	offset := -1
	it := e.Key()
	for it.Next() {
		n := it.Node()
		parts = append(parts, string(n.Data))
		if offset < 0 {
			offset = int(n.Raw.Offset)
		}
	}
	return strings.Join(parts, "."), max(offset, 0)
}

// indexed puts the running number into a key below an array of tables:
// company.floor within the second [[company]] is company[2].floor.
func indexed(key string, counts map[string]int) string {
	parts := strings.Split(key, ".")
	full := ""
	for i, part := range parts {
		if full != "" {
			full += "."
		}
		full += part
		if n := counts[full]; n > 0 && i < len(parts)-1 {
			full = fmt.Sprintf("%s[%d]", full, n)
		}
	}
	return full
}

// Nearest returns the known word closest to word, empty where none is close.
func Nearest(word string, known []string) string {
	best, bestDistance := "", len(word)/3+1
	for _, k := range known {
		if d := distance(word, k); d <= bestDistance && (best == "" || d < bestDistance) {
			best, bestDistance = k, d
		}
	}
	return best
}

// distance is the Levenshtein distance of two short words.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		diagonal := row[0]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := diagonal
			if a[i-1] != b[j-1] {
				cost = 1 + min(diagonal, row[j], row[j-1])
			}
			diagonal, row[j] = row[j], cost
		}
	}
	return row[len(b)]
}

// Sorted returns the keys of a map in order, for lists in messages.
func Sorted[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
