package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"holdfast/adapters/presets"
	"holdfast/connector/config"
	"holdfast/engine/ar"
	"holdfast/engine/fault"
	"holdfast/engine/message"
	"holdfast/engine/sequence"
)

// initVerb is `holdfast init`.
type initVerb struct {
	Dir     string            `default:"." placeholder:"DIR" help:"Folder to write into (default: this one)."`
	Preset  string            `placeholder:"NAME" help:"Which ERP it is; see holdfast preset list."`
	DSN     string            `name:"dsn" placeholder:"DSN" help:"Connection to the ERP's database, or env:NAME or file:PATH that holds it."`
	Company []string          `placeholder:"KEY" help:"Company to follow, by the ERP's id; may come again. Default: every company in the ERP, which is asked."`
	Place   map[string]string `placeholder:"NAME=TEXT" help:"What stands in the preset's SQL as {{NAME}}, where its own default does not fit; may come again."`
	Yes     bool              `help:"Ask nothing."`
}

// Run writes a config, the shipped sequences and the shipped templates. What is
// there already is never replaced.
func (v *initVerb) Run(ctx context.Context, a *App) error {
	if err := v.complete(a); err != nil {
		return err
	}
	path := filepath.Join(v.Dir, "config.toml")
	if _, err := os.Lstat(path); err == nil {
		return usage("%s is there already", path).WithCure("change it by hand, or name another folder with --dir")
	}
	found, err := v.companies(ctx, a)
	if err != nil {
		return err
	}
	if err := v.confirm(a, path, found); err != nil {
		return err
	}
	if err := v.write(path, found); err != nil {
		return err
	}
	v.next(a, path, found)
	return nil
}

// complete asks for what the flags leave open.
func (v *initVerb) complete(a *App) error {
	for _, q := range []struct {
		value    *string
		flag     string
		question string
	}{
		{&v.Preset, "--preset", "Which ERP is it? (" + presetNames() + ")"},
		{&v.DSN, "--dsn", "How is its database reached? (a connection, or env:NAME or file:PATH that holds it)"},
	} {
		if *q.value != "" {
			continue
		}
		if v.Yes || !isTerminal(a.In) {
			return usage("%s is missing", q.flag).WithCure("name it; presets are %s", presetNames())
		}
		answer, err := a.ask(q.question)
		if err != nil || answer == "" {
			return usage("%s is missing", q.flag)
		}
		*q.value = answer
	}
	return v.anchor()
}

// anchor makes the file of an ERP that is a file independent of the folder that
// init is called in.
func (v *initVerb) anchor() error {
	p, err := presets.Load(v.Preset, "")
	if err != nil {
		return usage("%w", err)
	}
	if p.Engine != sqliteEngine || strings.HasPrefix(v.DSN, "env:") || strings.HasPrefix(v.DSN, "file:") {
		return nil
	}
	v.DSN, err = filepath.Abs(v.DSN)
	return err
}

func presetNames() string {
	all, err := presets.List("")
	if err != nil {
		return "not readable: " + err.Error()
	}
	var names []string
	for _, p := range all {
		names = append(names, p.Name)
	}
	return join(names)
}

// companies are those named, or all that the ERP holds.
func (v *initVerb) companies(ctx context.Context, a *App) ([]ar.Company, error) {
	if len(v.Company) > 0 {
		var all []ar.Company
		for _, key := range v.Company {
			all = append(all, ar.Company{ID: ar.CompanyID(key)})
		}
		return all, nil
	}
	erp := &config.ERP{Name: erpName, Preset: v.Preset, DSN: config.PlainSecret(v.DSN), Places: v.Place}
	found, err := a.erpCompanies(ctx, erp)
	if err != nil {
		return nil, fault.Wrap("ask the ERP for its companies", failed(err))
	}
	if len(found) == 0 {
		return nil, failed(fault.New(fault.NotFound, "the ERP holds no company").WithCure("name one with --company"))
	}
	return found, nil
}

// erpName is how the one ERP of a new config is called.
const erpName = "main"

// confirm shows what would be written and asks.
func (v *initVerb) confirm(a *App, path string, found []ar.Company) error {
	yes, err := a.Confirmed(v.Yes, fmt.Sprintf("Write %s for %s?", path, names(found)))
	if err == nil && !yes {
		return usage("nothing was written")
	}
	return err
}

// names lists companies for a person.
func names(found []ar.Company) string {
	var list []string
	for _, c := range found {
		if c.Name == "" {
			list = append(list, "company "+string(c.ID))
		} else {
			list = append(list, fmt.Sprintf("company %s (%s)", c.ID, c.Name))
		}
	}
	return strings.Join(list, ", ")
}

// write writes config, sequences with their cases, and templates.
func (v *initVerb) write(path string, found []ar.Company) error {
	o := config.InitOptions{
		ERPs: []config.InitERP{{Name: erpName, Preset: v.Preset, DSN: v.DSN, Places: v.Place}}, Sequences: "sequences", Templates: "templates", Outbox: "outbox",
	}
	for _, c := range found {
		o.Companies = append(o.Companies, config.InitCompany{ID: string(c.ID), ERP: erpName})
	}
	for _, shipped := range []struct {
		folder string
		files  fs.FS
	}{
		{"sequences", sequence.Library()},
		{filepath.Join("sequences", "cases"), sequence.Cases()},
		{"templates", message.Defaults()},
	} {
		if err := copyOut(filepath.Join(v.Dir, shipped.folder), shipped.files); err != nil {
			return err
		}
	}
	return config.Write(path, o)
}

// copyOut copies files that are not there yet into a folder.
func copyOut(dir string, files fs.FS) error {
	err := fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
		to := filepath.Join(dir, filepath.FromSlash(name))
		if err != nil {
			return err
		}
		if entry.IsDir() {
			return os.MkdirAll(to, 0o755)
		}
		if _, err := os.Lstat(to); err == nil {
			return nil
		}
		data, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		return os.WriteFile(to, data, 0o644)
	})
	if errors.Is(err, fs.ErrPermission) {
		return fault.New(fault.Denied, "cannot write: %w", err).WithCure("let this user write to %s", filepath.Dir(dir))
	}
	return err
}

// next says what was written and what to do with it.
func (v *initVerb) next(a *App, path string, found []ar.Company) {
	a.Say("Wrote %s for %s, with sequences and templates to change beside it.", path, names(found))
	a.Say("Mode is observe: messages are written to %s and nothing leaves this machine.", filepath.Join(v.Dir, "outbox"))
	a.Say("")
	a.Say("Next:")
	a.Say("  holdfast check --config %s               what stands in the way of a start", path)
	a.Say("  holdfast pull --config %s                read the ledger", path)
	a.Say("  holdfast plan --config %s --days 14      what would happen", path)
	a.Say("  holdfast test --config %s                do your sequences do what their cases say?", path)
	a.Say("Then write who sends into [company.sender], and run holdfast adopt before the first live day.")
}

// ask asks a question on the terminal and returns the answer.
func (a *App) ask(question string) (string, error) {
	fmt.Fprint(a.Out, question+" ")
	line, err := bufio.NewReader(a.In).ReadString('\n')
	return strings.TrimSpace(line), err
}
