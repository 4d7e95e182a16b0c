package casefile_test

import (
	"fmt"
	"go/ast"
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

// The functions that the page names are those that conditions may call, besides
// those for amounts.
func TestDocsNameEveryFunction(t *testing.T) {
	p := readPage(t, manual).below(t, "## Fields")
	_, rest, _ := strings.Cut(strings.Join(p.lines, "\n"), "and the functions")
	sentence, _, _ := strings.Cut(rest, "\n\n")
	var callable []string
	ast.Inspect(source(t, "sequence/condition_vet.go"), func(n ast.Node) bool {
		if v, ok := n.(*ast.ValueSpec); ok && v.Names[0].Name == "functions" {
			for _, e := range v.Values[0].(*ast.CompositeLit).Elts {
				name, _ := strconv.Unquote(e.(*ast.BasicLit).Value)
				callable = append(callable, name)
			}
		}
		return true
	})
	same(t, "functions", codes(sentence), callable)
	for _, text := range []string{`customer.name contains "x"`, `customer.name startsWith "x"`, `customer.name endsWith "x"`, `account.reminders + 1 - 1 != 2`} {
		if err := tiny("account", "entered", text); err != nil {
			t.Error(err)
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
