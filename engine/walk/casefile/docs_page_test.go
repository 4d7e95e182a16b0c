package casefile_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"holdfast/engine/sequence"
	"holdfast/engine/steps"
)

// manual is the page that teaches sequences.
const manual = "../../../docs/sequences.md"

// page is a page of the manual, by lines.
type page struct {
	name  string
	lines []string
}

func readPage(t *testing.T, name string) page {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return page{name: "docs/sequences.md", lines: strings.Split(string(text), "\n")}
}

// block is one example of a page, between two fences.
type block struct {
	language, text string
	line           int // of the page, on which the text begins
}

func (p page) blocks() []block {
	var all []block
	open := -1
	for i, line := range p.lines {
		switch {
		case !strings.HasPrefix(line, "```"):
		case open < 0:
			open = i
		default:
			all = append(all, block{strings.TrimPrefix(p.lines[open], "```"), strings.Join(p.lines[open+1:i], "\n") + "\n", open + 2})
			open = -1
		}
	}
	return all
}

// toml lists the examples in TOML that hold a line of a pattern and none of
// another.
func (p page) toml(has, hasNot string) []block {
	with, without := regexp.MustCompile("(?m)"+has), regexp.MustCompile("(?m)"+hasNot)
	return slices.DeleteFunc(p.blocks(), func(b block) bool {
		return b.language != "toml" || !with.MatchString(b.text) || without.MatchString(b.text)
	})
}

// The three kinds of example: a whole sequence, a case, and steps out of one.
func (p page) sequences() []block { return p.toml(`^subject +=`, `^from +=`) }
func (p page) cases() []block     { return p.toml(`^from +=`, `^subject +=`) }
func (p page) fragments() []block { return p.toml(`^\[\[step\]\]`, `^(subject|from) +=`) }

// onItsLines is the text of an example below as many empty lines as stand above
// it on the page, so that what is wrong with it is said of the page's own lines.
func (b block) onItsLines() string { return strings.Repeat("\n", b.line-1) + b.text }

// parsed reads a whole sequence of the page.
func (p page) parsed(t *testing.T, b block) *sequence.Sequence {
	t.Helper()
	s, problems := sequence.Parse(p.name, []byte(b.onItsLines()), steps.All())
	if err := problems.Err(); err != nil {
		t.Fatal(err)
	}
	return s
}

// below is a page from a heading on; what stands above is empty, so that its
// lines keep their numbers.
func (p page) below(t *testing.T, heading string) page {
	t.Helper()
	i := slices.Index(p.lines, heading)
	if i < 0 {
		t.Fatalf("%s has no heading %q", p.name, heading)
	}
	return page{p.name, append(make([]string, i), p.lines[i:]...)}
}

var quoted = regexp.MustCompile("`([^`]+)`")

// codes lists what stands between backticks.
func codes(text string) []string {
	var all []string
	for _, m := range quoted.FindAllStringSubmatch(text, -1) {
		all = append(all, m[1])
	}
	return all
}

// row is a row of a table with its line on the page.
type row struct {
	cells []string
	line  int
}

// table returns the rows of the table whose first column is headed so.
func (p page) table(t *testing.T, head string) []row {
	t.Helper()
	start := slices.IndexFunc(p.lines, func(l string) bool { return strings.HasPrefix(l, "| "+head+" |") })
	if start < 0 {
		t.Fatalf("%s has no table headed %q", p.name, head)
	}
	var rows []row
	for i := start + 2; i < len(p.lines) && strings.HasPrefix(p.lines[i], "|"); i++ {
		cells := strings.Split(strings.Trim(p.lines[i], "| "), " | ")
		rows = append(rows, row{cells, i + 1})
	}
	return rows
}

// first lists what stands between backticks in the first column of a table.
func (p page) first(t *testing.T, head string) []string {
	t.Helper()
	var all []string
	for _, r := range p.table(t, head) {
		all = append(all, codes(r.cells[0])...)
	}
	return all
}

// same compares what a page lists with what there is, whatever the order.
func same(t *testing.T, what string, page, code []string) {
	t.Helper()
	for _, word := range page {
		if !slices.Contains(code, word) {
			t.Errorf("%s: the page lists %q, which there is not", what, word)
		}
	}
	for _, word := range code {
		if n := len(slices.DeleteFunc(slices.Clone(page), func(w string) bool { return w != word })); n == 0 {
			t.Errorf("%s: the page lacks %q", what, word)
		}
	}
	if len(code) == 0 {
		t.Errorf("%s: nothing was found in the code", what)
	}
}

// source parses a file of the engine.
func source(t *testing.T, name string) *ast.File {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), filepath.Join("../..", name), nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// constants lists the constants of a type, or of the group that begins with a name.
func constants(t *testing.T, file, typeOrFirst string) []string {
	t.Helper()
	var all []string
	for _, d := range source(t, file).Decls {
		group, ok := d.(*ast.GenDecl)
		if !ok || group.Tok != token.CONST {
			continue
		}
		whole := group.Specs[0].(*ast.ValueSpec).Names[0].Name == typeOrFirst
		for _, spec := range group.Specs {
			v := spec.(*ast.ValueSpec)
			if id, ok := v.Type.(*ast.Ident); whole || ok && id.Name == typeOrFirst {
				text, err := strconv.Unquote(v.Values[0].(*ast.BasicLit).Value)
				if err != nil {
					t.Fatal(err)
				}
				all = append(all, text)
			}
		}
	}
	return all
}

// keys lists the TOML keys of a struct.
func keys(t *testing.T, file, name string) []string {
	t.Helper()
	var all []string
	ast.Inspect(source(t, file), func(n ast.Node) bool {
		spec, ok := n.(*ast.TypeSpec)
		if !ok || spec.Name.Name != name {
			return true
		}
		for _, field := range spec.Type.(*ast.StructType).Fields.List {
			all = append(all, reflect.StructTag(strings.Trim(field.Tag.Value, "`")).Get("toml"))
		}
		return false
	})
	return all
}

// commandFlags lists the flags of each command.
func commandFlags(t *testing.T) map[string][]string {
	t.Helper()
	text, err := os.ReadFile("../../../docs/commands.md")
	if err != nil {
		t.Fatal(err)
	}
	flags := map[string][]string{}
	verb := ""
	for line := range strings.Lines(string(text)) {
		if name, ok := strings.CutPrefix(line, "## holdfast "); ok {
			verb = strings.TrimSpace(name)
			flags[verb] = []string{}
		}
		if flag := regexp.MustCompile("^\\| `(?:-., )?(--[a-z-]+)").FindStringSubmatch(line); flag != nil && verb != "" {
			flags[verb] = append(flags[verb], flag[1])
		}
	}
	return flags
}
