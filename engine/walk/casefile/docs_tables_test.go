package casefile_test

import (
	"fmt"
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

	"holdfast/engine/ar"
	"holdfast/engine/intake"
	"holdfast/engine/sequence"
	"holdfast/engine/steps"
)

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

func TestDocsListWhatThereIs(t *testing.T) {
	p := readPage(t, manual)
	var kinds, library []string
	for _, s := range steps.All() {
		kinds = append(kinds, s.Kind())
	}
	for _, s := range parts(t).Sequences {
		library = append(library, s.Name)
	}
	same(t, "reasons", p.first(t, "reason"), constants(t, "sequence/reason.go", "Reason"))
	same(t, "step kinds", p.first(t, "`do`"), kinds)
	same(t, "the library", p.first(t, "file"), library)
	same(t, "outcomes", p.first(t, "outcome of a call or task"), intake.Outcomes)
	same(t, "dispute codes", p.first(t, "dispute code"), intake.DisputeCodes)
	same(t, "codes of a rest", p.first(t, "rest of a part payment"), intake.DeductionCodes)
	same(t, "facts", p.first(t, "fact"), constants(t, "intake/fact.go", "Kind"))
	same(t, "preferences", p.first(t, "preference"), constants(t, "intake/code.go", "PrefersChannel"))
	same(t, "keys of a step", p.first(t, "key | of"), keys(t, "sequence/file.go", "fileRung"))
	same(t, "keys of contact", p.first(t, "key of `[contact]`"), keys(t, "sequence/file.go", "fileContact"))
	for _, kind := range kinds {
		if !slices.ContainsFunc(p.fragments(), func(b block) bool { return strings.Contains(b.text, fmt.Sprintf("do = %q", kind)) }) {
			t.Errorf("the page shows no step that does %q", kind)
		}
	}
}

// Both parts of the page name the keys of the head: the lesson some, the other
// all.
func TestDocsKeysOfHeadAndCase(t *testing.T) {
	p := readPage(t, manual)
	same(t, "keys of the head", p.below(t, "## Keys of the head").first(t, "key"), keys(t, "sequence/file.go", "file"))
	cases := p.below(t, "## Keys of a case")
	same(t, "keys of a case", cases.first(t, "key"), keys(t, "walk/casefile/file.go", "file"))
	tables := map[string]string{
		"company": "fileCompany", "policy": "filePolicy", "customer": "fileCustomer", "contact": "fileContact", "document": "fileDocument",
		"receipt": "fileReceipt", "applies": "fileApplied", "contested": "fileContest", "fact": "fileFact", "parts": "filePart",
		"expect": "fileExpect", "why": "fileWhy",
	}
	example := regexp.MustCompile(`\[\[?[^\]]*\]\]?`)
	for _, r := range cases.table(t, "table") {
		name := codes(r.cells[0])[0]
		listed := slices.DeleteFunc(codes(r.cells[1]), func(word string) bool { return example.MatchString(word) })
		same(t, "keys of "+name, listed, keys(t, "walk/casefile/file.go", tables[name]))
		delete(tables, name)
	}
	if len(tables) > 0 {
		t.Errorf("the page lacks the tables %v", tables)
	}
}

// below is the rest of a page from a heading on.
func (p page) below(t *testing.T, heading string) page {
	t.Helper()
	i := slices.Index(p.lines, heading)
	if i < 0 {
		t.Fatalf("%s has no heading %q", p.name, heading)
	}
	return page{p.name, p.lines[i:]}
}

// kindsOf says of what kind a field is, as the page calls it.
var kindsOf = map[reflect.Type]string{
	reflect.TypeFor[string](): "text", reflect.TypeFor[int](): "number", reflect.TypeFor[bool](): "yes or no", reflect.TypeFor[ar.Money](): "amount",
	reflect.TypeFor[sequence.Sum](): "sum", reflect.TypeFor[[]string](): "list", reflect.TypeFor[map[string]any](): "your own",
}

func TestDocsListEveryField(t *testing.T) {
	p := readPage(t, manual)
	fields := map[string]string{"outcome": "text"}
	for i := range reflect.TypeFor[sequence.Facts]().NumField() {
		of := reflect.TypeFor[sequence.Facts]().Field(i)
		facts := of.Type
		if facts.Kind() == reflect.Pointer {
			facts = facts.Elem()
		}
		if facts.Kind() != reflect.Struct {
			continue
		}
		for j := range facts.NumField() {
			fields[of.Tag.Get("expr")+"."+facts.Field(j).Tag.Get("expr")] = kindsOf[facts.Field(j).Type]
		}
	}
	for _, r := range p.table(t, "field") {
		name := codes(r.cells[0])[0]
		if fields[name] == "" || fields[name] != r.cells[1] {
			t.Errorf("%s:%d: %s is %q and not %q", p.name, r.line, name, fields[name], r.cells[1])
		}
		delete(fields, name)
	}
	if len(fields) > 0 {
		t.Errorf("the page lacks %v", fields)
	}
}

// tiny is a sequence of a subject with one step.
func tiny(subject, at, when string) error {
	text := fmt.Sprintf("name = \"x\"\nsubject = %q\nrank = 1\npurpose = \"courtesy\"\nenter = \"true\"\n[[step]]\nid = \"a\"\nat = \"entered\"\ndo = \"wait\"\n"+
		"[[step]]\nid = \"b\"\nat = %q\ndo = \"wait\"\nwhen = '%s'\n", subject, at, when)
	_, problems := sequence.Parse("tiny.toml", []byte(text), steps.All())
	return problems.Err()
}

var subjects = []string{"invoice", "account", "dispute", "promise", "month"}

// Each anchor is taken by the subjects that the page names, and by no other.
func TestDocsAnchorsAreThoseOfTheirSubjects(t *testing.T) {
	p := readPage(t, manual)
	var named []string
	for _, r := range p.table(t, "anchor") {
		anchor := codes(r.cells[0])[0]
		named = append(named, strings.TrimPrefix(anchor, "2nd "))
		for _, subject := range subjects {
			listed := slices.Contains(strings.Split(r.cells[1], ", "), subject)
			if err := tiny(subject, anchor, "true"); (err == nil) != listed {
				t.Errorf("%s:%d: %s of %s: listed %t, but %v", p.name, r.line, anchor, subject, listed, err)
			}
		}
	}
	same(t, "anchors", named, constants(t, "sequence/moment.go", "Anchor"))
}

func TestDocsConditionsAreRead(t *testing.T) {
	p := readPage(t, manual)
	for _, r := range p.table(t, "condition") {
		text := codes(r.cells[0])[0]
		var err error
		for _, subject := range subjects {
			if err = tiny(subject, "entered", text); err == nil {
				break
			}
		}
		if err != nil {
			t.Errorf("%s:%d: %v", p.name, r.line, err)
		}
	}
}

// What the page says of the library is what its files say.
func TestDocsLibraryHasItsRanksAndSubjects(t *testing.T) {
	p := readPage(t, manual)
	for _, r := range p.table(t, "file") {
		i := slices.IndexFunc(parts(t).Sequences, func(s *sequence.Sequence) bool { return s.Name == codes(r.cells[0])[0] })
		if i < 0 {
			continue // said by TestDocsListWhatThereIs
		}
		s := parts(t).Sequences[i]
		subject := string(s.Subject)
		if s.Event != "" {
			subject += ", event `" + s.Event + "`"
		}
		if r.cells[1] != strconv.Itoa(s.Rank) || r.cells[2] != subject {
			t.Errorf("%s:%d: %s has rank %d and subject %s", p.name, r.line, s.Name, s.Rank, subject)
		}
	}
}

// command is a command line of the manual with its flags.
var command = regexp.MustCompile("(?:^|`)holdfast ([a-z][^`#]*)")

// Every command line of the page is one of docs/commands.md, which is made from
// the program's own flags.
func TestDocsCommandsExist(t *testing.T) {
	p := readPage(t, manual)
	flags := commandFlags(t)
	for i, line := range p.lines {
		for _, m := range command.FindAllStringSubmatch(line, -1) {
			words := strings.Fields(m[1])
			verb := words[0]
			if len(words) > 1 && flags[verb+" "+words[1]] != nil {
				verb += " " + words[1]
			}
			if flags[verb] == nil {
				t.Errorf("%s:%d: there is no command %q", p.name, i+1, "holdfast "+verb)
			}
			for _, w := range words {
				if strings.HasPrefix(w, "--") && !slices.Contains(flags[verb], w) && w != "--json" && w != "--config" {
					t.Errorf("%s:%d: holdfast %s has no flag %s", p.name, i+1, verb, w)
				}
			}
		}
	}
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

// Links of the page lead to pages and headings that are there.
func TestDocsLinksLeadSomewhere(t *testing.T) {
	p := readPage(t, manual)
	headings := map[string]bool{}
	for _, line := range p.lines {
		if strings.HasPrefix(line, "#") {
			headings["#"+strings.ToLower(strings.ReplaceAll(strings.TrimLeft(line, "# "), " ", "-"))] = true
		}
	}
	for i, line := range p.lines {
		for _, m := range regexp.MustCompile(`\]\(([^)]+)\)`).FindAllStringSubmatch(line, -1) {
			if _, err := os.Stat(filepath.Join(filepath.Dir(manual), m[1])); err != nil && !headings[m[1]] {
				t.Errorf("%s:%d: the link to %s leads nowhere", p.name, i+1, m[1])
			}
		}
	}
}
