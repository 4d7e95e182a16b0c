package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// pkg is a package of the tree with what its product code imports.
type pkg struct {
	ImportPath string
	Dir        string
	Imports    []string
	GoFiles    []string
}

// name is the package's path below the module.
func (p pkg) name() string { return inHouse(p.ImportPath) }

// inHouse returns a path below the module, empty for what is not ours.
func inHouse(importPath string) string {
	name, ok := strings.CutPrefix(importPath, "holdfast/")
	if !ok {
		return ""
	}
	return name
}

// packages lists every package of the tree.
func packages(t *testing.T) []pkg {
	t.Helper()
	cmd := exec.Command("go", "list", "-json=ImportPath,Dir,Imports,GoFiles", "holdfast/...")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var all []pkg
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p pkg
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}

// rule is what a package may import, with the sentence that says why.
type rule struct{ pkg, sentence, imports string }

// mayImport says which packages of ours each may import. The first pattern that
// fits a package counts; {own} stands for the package and what lies below it.
var mayImport = []rule{
	{"engine/ar", "the nouns know nobody", ""},
	{"engine/fault", "the kinds of error know nobody", ""},
	{"engine/failpoint", "a failpoint is a name", ""},
	{"engine/tomlfile", "reading TOML knows nobody", ""},
	{"engine/phone", "telephone numbers know nobody", ""},
	{"engine/audit", "the journal seals text and knows nobody", "engine/ar"},
	{"engine/ledger", "the ledger knows the nouns only", "engine/ar engine/fault"},
	{"engine/calendar", "the calendar knows days only", "engine/ar engine/fault"},
	{"engine/policy", "contact rules are data and know days only", "engine/ar engine/fault engine/calendar engine/tomlfile"},
	{"engine/interest", "interest is rates and days", "engine/ar engine/fault engine/tomlfile"},
	{"engine/intake", "what people tell knows nouns and days", "engine/ar engine/fault engine/calendar engine/phone"},
	{"engine/answer", "answers become facts", "engine/ar engine/fault engine/intake"},
	{"engine/sequence", "decisions know nouns, days and their own files, no store and no channel",
		"engine/ar engine/fault engine/ledger engine/calendar engine/tomlfile engine/policy engine/intake engine/phone"},
	{"engine/sequence/lint", "the checks over sequences know what is written, and nobody who does it",
		"engine/ar engine/calendar engine/intake engine/policy engine/sequence engine/tomlfile"},
	{"engine/steps", "the list of steps knows its leaves", "engine/sequence engine/steps/**"},
	{"engine/steps/statement", "a statement is a message with a purpose of its own", "engine/ar engine/sequence engine/steps/message"},
	{"engine/steps/letter", "a letter is a message on paper", "engine/ar engine/sequence engine/steps/message"},
	{"engine/steps/*", "a step knows the words of a sequence, days, and no other step", "engine/ar engine/calendar engine/sequence"},
	{"engine/outbox", "a delivery knows the occasions that it covers", "engine/ar engine/fault engine/sequence"},
	{"engine", "the contracts know the words and nobody who keeps them", "engine/ar engine/fault engine/intake engine/ledger engine/outbox engine/sequence"},
	{"engine/message", "a message is made from a decision", "engine/answer engine/ar engine/fault engine/intake engine/ledger engine/calendar engine/sequence engine/outbox engine/workbook engine/phone"},
	{"engine/workbook", "a workbook holds cells", "engine/ar engine/fault"},
	{"engine/worklist", "a worklist is made from tasks and cases, whoever keeps them",
		"engine/ar engine/fault engine/intake engine/outbox engine/sequence engine/workbook"},
	{"engine/dossier", "a dossier is made from records and from what left, whoever keeps them",
		"engine/ar engine/fault engine/intake engine/ledger engine/outbox engine/sequence engine/workbook"},
	{"engine/statement", "a statement is made from the ledger", "engine/ar engine/fault engine/ledger engine/workbook"},
	{"engine/reports", "the list of reports knows its leaves", "engine/fault engine/reports/**"},
	{"engine/reports/report", "a report's table knows what reports read and how it is written", "engine/ar engine/fault engine/ledger engine/sequence engine/workbook"},
	{"engine/reports/*", "a report knows the ledger and no other report", "engine/ar engine/fault engine/ledger engine/calendar engine/sequence engine/reports/report"},
	{"engine/store/storetest", "the contract of a store knows no store", "engine engine/ar engine/fault engine/intake engine/ledger engine/outbox engine/sequence engine/audit"},
	{"engine/store", "the store keeps what the engine names, and knows neither cycle nor leaves",
		"engine engine/ar engine/fault engine/intake engine/ledger engine/sequence engine/outbox engine/audit"},
	{"engine/cycle", "the cycle meets its leaves through the contracts",
		"engine engine/answer engine/ar engine/failpoint engine/fault engine/intake engine/ledger engine/calendar engine/policy engine/sequence engine/outbox engine/audit engine/store engine/walk"},
	{"engine/walk", "a walk lives days in memory and knows decisions, no store and no channel", "engine/ar engine/fault engine/intake engine/sequence"},
	{"engine/walk/casefile", "a case file is a history, a policy and what should come of them",
		"engine/ar engine/fault engine/calendar engine/tomlfile engine/policy engine/intake engine/sequence engine/walk"},
	{"engine/work", "the work engine wakes the cycle and decides nothing", "engine engine/ar engine/fault engine/outbox engine/cycle engine/store"},
	{"adapters/adaptertest/tsql", "the T-SQL rewriter knows nobody", ""},
	{"adapters/adaptertest/tds", "the stand-in speaks TDS and knows the rewriter", "adapters/adaptertest/tsql"},
	{"adapters/adaptertest", "the contract of drivers is held against the demo preset", "adapters adapters/** engine engine/ar engine/fault"},
	{"adapters/draft", "a draft is made from a catalogue", "adapters"},
	{"adapters/demoerp", "the demo ERP is an ERP, and knows no adapter", "engine/ar engine/fault"},
	{"adapters/presets", "presets are data", "engine/fault engine/tomlfile"},
	{"adapters", "the portable adapter knows contracts and presets, no driver", "adapters/presets engine engine/ar engine/fault"},
	{"adapters/*", "a driver knows the adapter that it serves, the words of presets, and no other driver",
		"adapters adapters/presets engine/ar engine/fault"},
	{"installer/guard", "the scripts that IT runs by hand know nobody", ""},
	{"plugins", "the list of channels knows its leaves", "plugins/* engine/fault"},
	{"plugins/proto", "the contract of channels knows nobody", ""},
	{"plugins/sdk", "the author's kit knows the contract", "plugins/proto"},
	{"plugins/sdk/record", "a record knows the author's kit, and where a trial may kill it", "plugins/sdk engine/failpoint"},
	{"plugins/sdk/*", "the author's kit knows the contract", "plugins/sdk plugins/proto plugins/sdk/web"},
	{"plugins/sdk/twilio/twiliotest", "what plays Twilio knows its API and its signatures", "plugins/sdk/twilio"},
	{"plugins/host", "the host knows the contract and what the engine wants", "plugins/proto engine engine/ar engine/fault engine/outbox"},
	{"plugins/conform", "the conformance kit knows the contract, neither host nor channel", "plugins/proto"},
	{"plugins/plugintest", "the contract of channels knows both of its sides and no channel", "plugins/conform plugins/proto plugins/sdk plugins/sdk/**"},
	{"plugins/example/*", "an example knows what its author would know", "plugins/sdk plugins/sdk/**"},
	{"plugins/email/inbound", "mail that comes back is read by whoever has it, and knows nobody", ""},
	{"plugins/*", "a channel knows the author's kit and nothing else of ours", "plugins/sdk plugins/sdk/** plugins/proto {own}"},
	{"connector/**", "the connector wires everything", "**"},
	{"connector", "the connector wires everything", "**"},
}

func TestArrows(t *testing.T) {
	for _, p := range packages(t) {
		i := slices.IndexFunc(mayImport, func(r rule) bool { return fits(r.pkg, p.name()) })
		if i < 0 {
			t.Errorf("%s has no place in the house: say in mayImport what it may import", p.name())
			continue
		}
		r := mayImport[i]
		for _, imported := range p.Imports {
			if name := inHouse(imported); name != "" && !r.allows(p, name) {
				t.Errorf("%s imports %s, but %s", p.name(), name, r.sentence)
			}
		}
	}
}

func TestNobodyImportsTheConnector(t *testing.T) {
	for _, p := range packages(t) {
		for _, imported := range p.Imports {
			if strings.HasPrefix(imported, "holdfast/connector") && !strings.HasPrefix(p.ImportPath, "holdfast/connector") {
				t.Errorf("%s imports %s, but the connector wires the parts and no part knows it", p.name(), inHouse(imported))
			}
		}
	}
}

func TestNounsAndFaultsUseTheStandardLibraryOnly(t *testing.T) {
	for _, p := range packages(t) {
		if p.name() != "engine/ar" && p.name() != "engine/fault" {
			continue
		}
		for _, imported := range p.Imports {
			if first, _, _ := strings.Cut(imported, "/"); strings.Contains(first, ".") {
				t.Errorf("%s imports %s, but everybody builds on it, so it builds on the standard library alone", p.name(), imported)
			}
		}
	}
}

func (r rule) allows(p pkg, imported string) bool {
	for pattern := range strings.FieldsSeq(r.imports) {
		pattern = strings.ReplaceAll(pattern, "{own}", p.name()+"/**")
		if fits(pattern, imported) {
			return true
		}
	}
	return false
}

// fits reports whether a package fits a pattern: ** is whatever lies below, *
// is one name.
func fits(pattern, name string) bool {
	if pattern == "**" {
		return true
	}
	if below, ok := strings.CutSuffix(pattern, "/**"); ok {
		return strings.HasPrefix(name, below+"/")
	}
	ok, _ := path.Match(pattern, name) // the patterns are sound
	return ok
}

// generated files are not ours to shape.
func generated(file string) bool { return strings.HasSuffix(file, ".pb.go") }

// eachFile parses every product file of the tree.
func eachFile(t *testing.T, look func(p pkg, file string, set *token.FileSet, f *ast.File)) {
	t.Helper()
	set := token.NewFileSet()
	for _, p := range packages(t) {
		for _, file := range p.GoFiles {
			if generated(file) {
				continue
			}
			f, err := parser.ParseFile(set, filepath.Join(p.Dir, file), nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			look(p, file, set, f)
		}
	}
}

func TestNothingRegistersItself(t *testing.T) {
	eachFile(t, func(p pkg, file string, _ *token.FileSet, f *ast.File) {
		for _, d := range f.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil && fn.Name.Name == "init" {
				t.Errorf("%s/%s has an init(), but parts are listed where they are wired", p.name(), file)
			}
		}
	})
}

// readers of the environment beside the connector, with their reason.
var readsEnvironment = map[string]string{
	"adapters/adaptertest/postgres.go":  "tests find their server by it",
	"adapters/adaptertest/sqlserver.go": "tests find their server by it",
	"adapters/adaptertest/oracle.go":    "tests find their server by it",
	"plugins/host/process_windows.go":   "a subprocess on Windows needs SystemRoot, and gets nothing else of ours",
}

func TestOnlyTheConnectorReadsTheEnvironment(t *testing.T) {
	eachFile(t, func(p pkg, file string, set *token.FileSet, f *ast.File) {
		where := p.name() + "/" + file
		if p.name() == "connector" || strings.HasPrefix(p.name(), "connector/") || readsEnvironment[where] != "" {
			return
		}
		ast.Inspect(f, func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok && isEnv(s) {
				t.Errorf("%s reads the environment, but what a part needs to know is handed to it by the connector", set.Position(s.Pos()))
			}
			return true
		})
	})
}

func isEnv(s *ast.SelectorExpr) bool {
	x, ok := s.X.(*ast.Ident)
	call := fmt.Sprintf("%s.%s", x, s.Sel.Name)
	return ok && (call == "os.Getenv" || call == "os.LookupEnv" || call == "os.Environ")
}
