// Package guard writes the SQL scripts that IT reads and runs by hand inside the
// ERP's database: a guard that refuses shipments, a table of requests, or a
// procedure of the site's own. The program itself never runs them.
package guard

import (
	"bytes"
	"embed"
	"fmt"
	"strings"
	"text/template"
	"time"
)

//go:embed */*.sql
var files embed.FS

// The scripts.
const (
	Guard     = "guard"     // tables and a trigger that asks them before a shipment
	Staging   = "staging"   // the table of requests, and what the site's job must do
	Procedure = "procedure" // the frame of holdfast_set_hold, to be filled in
	Remove    = "remove"    // takes the guard and the table of requests away
)

// What the guard does after it has heard nothing for longer than Options.Silent.
const (
	Keep = "keep" // go on refusing
	Open = "open" // let shipments through
)

// Row stands for the new row in an expression of Options.
const Row = "{row}"

// Options fill a script.
type Options struct {
	Script    string
	Table     string        // whose rows are shipments, as SQL writes it
	Customer  string        // its column with the customer's key, or an expression with Row
	Company   string        // its column with the company's key, or an expression; empty: CompanyID
	CompanyID string        // the company that every row belongs to
	When      string        // which rows are shipments, an expression with Row; empty: all
	Silence   string        // Keep or Open
	Silent    time.Duration // how long is silent
}

// Engines lists the databases that there are scripts for.
var Engines = []string{"postgres", "sqlserver", "oracle", "sqlite"}

// newRow is how each engine calls the row that a trigger looks at.
var newRow = map[string]string{"postgres": "NEW", "sqlserver": "i", "oracle": ":NEW", "sqlite": "NEW"}

// SQL writes a script for an engine. It returns an error where something that
// the script needs is missing.
func SQL(engine string, o Options) (string, error) {
	if newRow[engine] == "" {
		return "", fmt.Errorf("there are no scripts for %q; there are some for %s", engine, strings.Join(Engines, ", "))
	}
	if err := o.check(); err != nil {
		return "", err
	}
	name := engine + "/" + o.Script + ".sql"
	t, err := template.New(o.Script+".sql").Option("missingkey=error").ParseFS(files, name)
	if err != nil {
		return "", fmt.Errorf("there is no script %q for %s", o.Script, engine)
	}
	var b bytes.Buffer
	if err := t.Execute(&b, o.fields(engine)); err != nil {
		return "", err
	}
	return b.String(), nil
}

func (o Options) check() error {
	switch {
	case o.Script != Guard:
		return nil
	case o.Table == "" || o.Customer == "":
		return fmt.Errorf("the guard needs the table whose rows are shipments, and its column with the customer's key")
	case o.Company == "" && o.CompanyID == "":
		return fmt.Errorf("the guard needs the company's key, or the column that holds it")
	case o.Silence != Keep && o.Silence != Open:
		return fmt.Errorf("on silence the guard may %s or %s, not %q", Keep, Open, o.Silence)
	case o.Silent < time.Minute:
		return fmt.Errorf("the guard's silence of %s is shorter than a minute", o.Silent)
	}
	return nil
}

// fields is what the templates read.
func (o Options) fields(engine string) map[string]any {
	row := newRow[engine]
	expr := func(s string) string {
		if s == "" || strings.Contains(s, Row) {
			return strings.ReplaceAll(s, Row, row)
		}
		return row + "." + s
	}
	company := "'" + strings.ReplaceAll(o.CompanyID, "'", "''") + "'"
	if o.Company != "" {
		company = expr(o.Company)
	}
	when := o.When
	if when == "" {
		when = "1 = 1"
	}
	return map[string]any{
		"Table": o.Table, "Customer": expr(o.Customer), "Company": company,
		"When": strings.ReplaceAll(when, Row, row), "Silence": o.Silence, "Events": []string{"insert", "update"}, "Minutes": int(o.Silent / time.Minute),
	}
}
