package cli

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"holdfast/engine/policy"
	"holdfast/engine/sequence"
	"holdfast/engine/tomlfile"
	"holdfast/engine/walk/casefile"
)

// testVerb runs case files: what should come of a given ledger, day by day.
type testVerb struct {
	Cases     []string `arg:"" optional:"" name:"DIR" help:"Folders of case files, or single ones. None: those in the folder cases beside your sequences, else the shipped cases on the shipped sequences."`
	Show      bool     `help:"Print what happens, as lines to be pasted into a case, and compare nothing."`
	Sequences string   `placeholder:"DIR" help:"Sequences to test (default: those of the config, else the shipped ones)."`
}

// Run lives each case and compares; it fails where one does.
func (v *testVerb) Run(ctx context.Context, a *App) error {
	site, err := v.site(a)
	if err != nil {
		return err
	}
	cases, err := v.read()
	if err != nil {
		return err
	}
	parts, err := v.parts(a, site)
	if err != nil {
		return err
	}
	results := make([]casefile.Result, 0, len(cases))
	wrong := 0
	for _, c := range cases {
		r, err := c.Run(ctx, parts)
		if err != nil {
			return usage("%w", err)
		}
		if !r.Passed {
			wrong++
		}
		results = append(results, r)
	}
	if err := v.print(a, results, wrong); err != nil || wrong == 0 || v.Show {
		return err
	}
	return failed(fmt.Errorf("%d of %d cases came out otherwise than expected", wrong, len(results)))
}

// print writes the results for a person, or for programs.
func (v *testVerb) print(a *App, results []casefile.Result, wrong int) error {
	if a.JSON {
		return a.WriteJSON(results)
	}
	for i := range results {
		text := results[i].Text()
		if v.Show {
			text = fmt.Sprintf("# %s\n%s", results[i].File, results[i].Show())
		}
		if _, err := fmt.Fprint(a.Out, text); err != nil {
			return err
		}
	}
	if v.Show || wrong > 0 {
		return nil
	}
	_, err := fmt.Fprintf(a.Out, "%d cases, all as expected\n", len(results))
	return err
}

// read parses every case. Everything that is wrong with any is said at once.
func (v *testVerb) read() ([]*casefile.Case, error) {
	r := caseReader{}
	if len(v.Cases) == 0 {
		r.folder(sequence.Cases(), "shipped")
	}
	for _, name := range v.Cases {
		info, err := os.Stat(name)
		switch {
		case err != nil:
			return nil, usage("read cases: %w", err).WithCure("name a folder of case files, or one file")
		case info.IsDir():
			r.folder(os.DirFS(name), name)
		default:
			r.file(os.DirFS(filepath.Dir(name)), filepath.Base(name), name)
		}
	}
	if err := r.problems.Err(); err != nil {
		return nil, usage("%w", err)
	}
	if len(r.cases) == 0 {
		return nil, usage("there is no case in %s", strings.Join(v.Cases, ", ")).WithCure("put *.toml files there; docs/sequences.md says how to write them")
	}
	return r.cases, nil
}

// caseReader collects cases and what is wrong with them.
type caseReader struct {
	cases    []*casefile.Case
	problems tomlfile.Problems
}

// folder reads every *.toml of a folder, in the order of their names.
func (r *caseReader) folder(folder fs.FS, label string) {
	names, _ := fs.Glob(folder, "*.toml") // the pattern is sound
	for _, name := range names {
		r.file(folder, name, label+"/"+name)
	}
}

func (r *caseReader) file(folder fs.FS, name, label string) {
	data, err := fs.ReadFile(folder, name)
	if err != nil {
		r.problems = append(r.problems, tomlfile.Problem{File: label, What: err.Error(), Cure: "make the file readable"})
		return
	}
	c, problems := casefile.Parse(filepath.ToSlash(label), data)
	r.problems = append(r.problems, problems...)
	if c != nil {
		r.cases = append(r.cases, c)
	}
}

// site is the folder of the sequences to test, empty for the shipped ones. Where
// no cases are named, those beside the sequences are taken; where there are none,
// the shipped ones, which are of the shipped sequences.
func (v *testVerb) site(a *App) (string, error) {
	folder, err := v.sequences(a)
	if err != nil || folder == "" || len(v.Cases) > 0 {
		return folder, err
	}
	cases := filepath.Join(folder, "cases")
	if names, _ := fs.Glob(os.DirFS(cases), "*.toml"); len(names) > 0 { // the pattern is sound
		v.Cases = []string{cases}
		return folder, nil
	}
	return v.Sequences, nil
}

// sequences is the folder that is named, or that of the config; empty where
// there is none.
func (v *testVerb) sequences(a *App) (string, error) {
	if v.Sequences != "" {
		return v.Sequences, nil
	}
	cfg, err := a.Config()
	switch {
	case err != nil && a.ConfigFlag != "":
		return "", err
	case err != nil:
		return "", nil
	}
	return cfg.Sequences, nil
}

// parts reads the sequences and the contact rules that cases are run on.
func (v *testVerb) parts(a *App, site string) (casefile.Parts, error) {
	folder, label := sequence.Library(), "shipped"
	if site != "" {
		folder, label = os.DirFS(site), site
	}
	sequences, problems := sequence.Load(folder, label, a.Parts.Steps)
	if err := problems.Err(); err != nil {
		return casefile.Parts{}, usage("%w", err)
	}
	if len(sequences) == 0 {
		return casefile.Parts{}, usage("there is no sequence in %s", label).WithCure("name a folder of sequences with --sequences")
	}
	packs, problems := policy.Load(nil)
	return casefile.Parts{Sequences: sequences, Steps: a.Parts.Steps, Countries: newCountries(), Packs: packs}, problems.Err()
}
