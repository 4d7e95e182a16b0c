package cli

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"slices"

	"holdfast/adapters"
	"holdfast/adapters/draft"
	"holdfast/adapters/presets"
	"holdfast/engine/fault"
)

// presetNewVerb is `holdfast preset new`.
type presetNewVerb struct {
	Name   string `arg:"" help:"Name of the new preset: that of its folder."`
	Engine string `required:"" placeholder:"ENGINE" help:"The ERP's database: postgres, sqlserver, oracle or sqlite."`
	DSN    string `name:"dsn" required:"" placeholder:"DSN" help:"Connection of a login that may see the ERP's tables."`
	Schema string `placeholder:"NAME" help:"Schema of the ERP's tables. Empty: the login's own."`
	Dir    string `default:"presets" placeholder:"DIR" help:"Folder of your own presets, in which the new one is made."`
	Accept string `name:"allow-plaintext" enum:",i-accept" default:"" placeholder:"i-accept" help:"Let data cross the network unencrypted."`
}

// Help says more than the line in the list of verbs.
func (v *presetNewVerb) Help() string {
	return `Reads the names of tables and columns, and nothing else, and writes a folder to start from: queries with the
columns that it guessed, each marked so, comments where it found nothing, and a list of all tables. Then a
person goes on, with docs/presets.md and holdfast preset probe.`
}

// Run writes a draft.
func (v *presetNewVerb) Run(ctx context.Context, a *App) error {
	if v.Name != filepath.Base(v.Name) || v.Name == "." {
		return usage("%q is not the name of a folder", v.Name)
	}
	tables, err := v.tables(ctx, a)
	if err != nil {
		return err
	}
	if len(tables) == 0 {
		return failed(fault.New(fault.NotFound, "the login sees no table in the schema %q", v.Schema).WithCure("name another with --schema, or grant SELECT on the ERP's tables"))
	}
	dir := filepath.Join(v.Dir, v.Name)
	if err := v.write(dir, draft.Draft{Name: v.Name, Engine: v.Engine, Schema: v.Schema, Tables: tables}.Files()); err != nil {
		return err
	}
	if _, err := presets.Load(v.Name, v.Dir); err != nil {
		return failed(err)
	}
	a.Say("Wrote a draft from %s to %s.", count(len(tables), "table"), dir)
	a.Say("Go on with its README.md; then: holdfast preset probe --preset %s --dsn ... --company ...", v.Name)
	return nil
}

// tables asks the database's catalogue.
func (v *presetNewVerb) tables(ctx context.Context, a *App) ([]adapters.Table, error) {
	driver, err := a.driver(&presets.Preset{Name: v.Name, Engine: v.Engine})
	if err != nil {
		return nil, err
	}
	catalogue, ok := driver.(adapters.Catalogue)
	if !ok {
		return nil, usage("the driver of %s lists no tables", v.Engine)
	}
	db, err := driver.Open(v.DSN, adapters.Options{AllowPlaintext: v.Accept != "", StatementTimeout: adapters.DefaultStatementTimeout})
	if err != nil {
		return nil, usage("%w", err)
	}
	defer db.Close()
	tables, err := read(ctx, db, catalogue, v.Schema)
	if err != nil {
		class, cure := driver.Sort(err)
		return nil, failed(fault.New(class.Kind(), "the tables of the ERP: %w", err).WithCure("%s", cure))
	}
	return tables, nil
}

func read(ctx context.Context, db *sql.DB, catalogue adapters.Catalogue, schema string) ([]adapters.Table, error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	tables, err := catalogue.Tables(ctx, conn, schema)
	return tables, errors.Join(err, conn.Close())
}

// write makes the folder; one that is there is left alone.
func (v *presetNewVerb) write(dir string, files map[string]string) error {
	if err := os.MkdirAll(v.Dir, 0o755); err != nil {
		return failed(err)
	}
	if err := os.Mkdir(dir, 0o755); err != nil {
		return failed(fault.New(fault.Conflict, "%w", err).WithCure("choose another name, or remove the folder"))
	}
	var names []string
	for name := range files {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(files[name]), 0o644); err != nil {
			return failed(err)
		}
	}
	return nil
}
