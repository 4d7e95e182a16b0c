package cli

import (
	"context"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
	"holdfast/engine/worklist"
)

// intakeVerb takes in what people filled in.
type intakeVerb struct {
	Import intakeImportVerb `cmd:"" help:"Take in the filled-in worklists of a folder."`
}

type intakeImportVerb struct {
	Folder string `arg:"" help:"Folder that the filled-in workbooks are put into."`
	Watch  bool   `help:"Go on looking into the folder until stopped."`
	AsOf   ar.Day `name:"as-of" placeholder:"DAY" help:"Day on which it was told (default: today)."`
}

// Help says more than the line in the list of verbs.
func (v *intakeImportVerb) Help() string {
	return "Each filled row becomes outcomes, promises, disputes and notes; the same file again tells nothing twice. A file goes to FOLDER/done, or " +
		"to FOLDER/problems with a text beside it that names each cell, why it was not taken and the cure: mend it there and put it back. " +
		"Exit code 4 where something needs a person."
}

// How often a watched folder is looked into, and how long a file must have been
// left alone: it may still be on its way.
const (
	intakeEvery = 5 * time.Second
	intakeRest  = 3 * time.Second
)

// intakeFile is what became of one file, as programs read it.
type intakeFile struct {
	File     string          `json:"file"`
	Rows     int             `json:"rows"`     // filled in
	Told     int             `json:"told"`     // facts that are new
	Known    int             `json:"known"`    // facts that were told before
	Replaced int             `json:"replaced"` // facts that a correction ended
	Problems []intakeProblem `json:"problems"`
	Refused  string          `json:"refused"` // why the whole file was; empty: it was not
	Moved    string          `json:"moved"`   // where the file is now; empty: where it was
}

// intakeProblem is one cell that was not taken.
type intakeProblem struct {
	File string `json:"file"`
	worklist.Problem
}

// Run takes in a folder.
func (v *intakeImportVerb) Run(ctx context.Context, a *App) error {
	if info, err := os.Stat(v.Folder); err != nil || !info.IsDir() {
		return usage("%s is no folder", v.Folder).WithCure("name the folder that people put their workbooks into")
	}
	if !v.Watch {
		files, err := v.pass(ctx, a, 0)
		if err != nil {
			return failed(err)
		}
		return a.showIntake(files)
	}
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()
	for {
		files, err := v.pass(ctx, a, intakeRest)
		if err != nil {
			return failed(err)
		}
		if len(files) > 0 {
			if err := a.showIntake(files); err != nil {
				return err
			}
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(intakeEvery):
		}
	}
}

// pass takes in every workbook that has been left alone for a while.
func (v *intakeImportVerb) pass(ctx context.Context, a *App, rest time.Duration) ([]intakeFile, error) {
	entries, err := os.ReadDir(v.Folder)
	if err != nil {
		return nil, err
	}
	files := []intakeFile{}
	var im *importer
	for _, e := range entries {
		if !isWorkbook(e) || ctx.Err() != nil {
			continue
		}
		if v.busy(e, rest) {
			if rest == 0 {
				a.note("%s is open in a program: it is left for the next time.", e.Name())
				a.Waits()
			}
			continue
		}
		if im == nil {
			st, err := a.FactStore(ctx)
			if err != nil {
				return nil, err
			}
			defer st.Close()
			if im, err = a.importer(ctx, st, v.AsOf); err != nil {
				return nil, err
			}
		}
		file, err := im.file(ctx, v.Folder, e.Name())
		if err != nil {
			return files, fault.Wrap("import "+e.Name(), err)
		}
		files = append(files, file)
	}
	return files, nil
}

// isWorkbook reports whether an entry of a folder is a workbook of a person's.
// Programs' own marks beside an open workbook are none.
func isWorkbook(e os.DirEntry) bool {
	name := e.Name()
	return e.Type().IsRegular() && strings.EqualFold(filepath.Ext(name), ".xlsx") && !strings.HasPrefix(name, "~$") && !strings.HasPrefix(name, ".")
}

// busy reports whether somebody is still at a file: a program has it open, or it
// was written to just now.
func (v *intakeImportVerb) busy(e os.DirEntry, rest time.Duration) bool {
	for _, mark := range []string{"~$" + e.Name(), ".~lock." + e.Name() + "#"} {
		if _, err := os.Lstat(filepath.Join(v.Folder, mark)); err == nil {
			return true
		}
	}
	info, err := e.Info()
	return err != nil || time.Since(info.ModTime()) < rest
}

// showIntake shows what became of the files.
func (a *App) showIntake(files []intakeFile) error {
	for _, f := range files {
		if f.Refused != "" || len(f.Problems) > 0 {
			a.Waits()
		}
	}
	if a.JSON {
		return a.WriteJSON(files)
	}
	if len(files) == 0 {
		a.Say("There is no workbook to take in.")
	}
	for _, f := range files {
		if f.Refused != "" {
			a.Say("%s: refused: %s", f.File, f.Refused)
		} else {
			a.Say("%s: %s filled in, %s told, %d known before, %d replaced, %s.", f.File, count(f.Rows, "row"), count(f.Told, "fact"), f.Known,
				f.Replaced, count(len(f.Problems), "problem"))
		}
		for _, p := range f.Problems {
			a.Say("  %s", problemText(p.Problem))
		}
		if f.Moved != "" {
			a.Say("  It is now %s.", f.Moved)
		}
	}
	return nil
}

// problemText says what is wrong with one cell: where, what it holds, why, and
// how to mend it.
func problemText(p worklist.Problem) string {
	where := "sheet " + p.Sheet + ", cell " + p.Cell
	if p.Text != "" {
		where += ", " + quoted(p.Text)
	}
	text := where + ": " + p.What
	if p.Cure != "" {
		text += "; " + p.Cure
	}
	return text
}

// quoted shows what a cell holds, not all of a long one.
func quoted(text string) string {
	if runes := []rune(text); len(runes) > 60 {
		text = string(runes[:60]) + "…"
	}
	return "\"" + strings.Map(oneCell, text) + "\""
}
