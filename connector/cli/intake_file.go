package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
	"holdfast/engine/store"
	"holdfast/engine/worklist"
)

// The folders that files are moved to, below the one they were put into.
const (
	folderDone     = "done"
	folderProblems = "problems"
)

// importer takes in workbooks of the configured companies.
type importer struct {
	*App
	store *store.Store
	among map[string]place // by key
	signs map[string][]byte
	asOf  ar.Day // zero: today
	at    time.Time
}

// importer makes what takes workbooks in.
func (a *App) importer(ctx context.Context, st *store.Store, asOf ar.Day) (*importer, error) {
	all, err := a.places(ctx, st, "")
	if err != nil {
		return nil, err
	}
	im := &importer{App: a, store: st, among: map[string]place{}, signs: map[string][]byte{}, asOf: asOf, at: time.Now().UTC()}
	for _, p := range all {
		sign, err := p.SigningKey.Resolve()
		if err != nil {
			return nil, usage("signing_key of company %s: %w", p.Key, err)
		}
		im.among[p.Key], im.signs[p.Key] = p, []byte(sign)
	}
	return im, nil
}

// file takes one workbook in and moves it away. Where the program ends in
// between, the file is taken in again, and each fact's key keeps it from being
// told twice. An error is about the state or the disk; what is wrong with the
// file stands in the result.
func (im *importer) file(ctx context.Context, dir, name string) (intakeFile, error) {
	out := intakeFile{File: name, Problems: []intakeProblem{}}
	rows, problems, err := im.read(filepath.Join(dir, name))
	if err != nil && !fault.Is(err, fault.Invalid) {
		return out, err
	}
	if err != nil {
		out.Refused = err.Error()
	}
	out.Rows = len(rows)
	for i := range rows {
		bad, err := im.row(ctx, &rows[i], &out)
		if err != nil {
			return out, err
		}
		problems = append(problems, bad...)
	}
	for _, p := range problems {
		out.Problems = append(out.Problems, intakeProblem{File: name, Problem: p})
	}
	return out, im.away(dir, &out)
}

// read reads a workbook that is not too large.
func (im *importer) read(path string) ([]worklist.Filled, []worklist.Problem, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, nil, err
	}
	if info.Size() > worklist.MaxFile {
		return nil, nil, fault.New(fault.Invalid, "it has %d MB, and a worklist at most %d", info.Size()>>20, worklist.MaxFile>>20).
			WithCure("put in the workbook that came by e-mail, filled in")
	}
	return worklist.Read(f, func(company string) []byte { return im.signs[company] })
}

// away moves a file to where it belongs, with a text beside it where something
// was not taken.
func (im *importer) away(dir string, f *intakeFile) error {
	to := filepath.Join(dir, folderDone)
	if f.Refused != "" || len(f.Problems) > 0 {
		to = filepath.Join(dir, folderProblems)
	}
	if err := os.MkdirAll(to, 0o755); err != nil {
		return err
	}
	path, err := freeName(to, f.File)
	if err != nil {
		return err
	}
	if f.Refused != "" || len(f.Problems) > 0 {
		if err := writeWhole(path+".txt", f.report()); err != nil {
			return err
		}
	}
	f.Moved = path
	return os.Rename(filepath.Join(dir, f.File), path)
}

// report says for a person what was not taken.
func (f *intakeFile) report() string {
	var b strings.Builder
	if f.Refused != "" {
		fmt.Fprintf(&b, "%s was not taken: %s\n", f.File, f.Refused)
		return b.String()
	}
	fmt.Fprintf(&b, "Of %s these cells were not taken. Their rows were left out, all other rows are in.\n", f.File)
	fmt.Fprintf(&b, "Mend the cells in this workbook and put it back into the folder; what is in already is not told twice.\n\n")
	for _, p := range f.Problems {
		fmt.Fprintln(&b, problemText(p.Problem))
	}
	return b.String()
}

// writeWhole writes a text whole or not at all.
func writeWhole(path, text string) error {
	if err := os.WriteFile(path+".part", []byte(text), 0o600); err != nil {
		return err
	}
	return os.Rename(path+".part", path)
}

// freeName returns a path in a folder that nothing has: a second file of a name
// is numbered.
func freeName(dir, name string) (string, error) {
	ext := filepath.Ext(name)
	base := strings.TrimSuffix(name, ext)
	for n := 1; ; n++ {
		path := filepath.Join(dir, name)
		if n > 1 {
			path = filepath.Join(dir, fmt.Sprintf("%s-%d%s", base, n, ext))
		}
		if _, err := os.Lstat(path); errors.Is(err, os.ErrNotExist) {
			return path, nil
		} else if err != nil {
			return "", err
		}
	}
}
