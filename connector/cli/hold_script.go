package cli

import (
	"time"

	"holdfast/adapters/presets"
	"holdfast/installer/guard"
)

// holdScriptVerb is `holdfast hold script`.
type holdScriptVerb struct {
	Script      string        `arg:"" enum:"guard,staging,procedure,remove" help:"Which: guard, staging, procedure or remove."`
	Preset      string        `required:"" placeholder:"NAME" help:"Preset of the ERP, which says what database it is on."`
	Table       string        `placeholder:"TABLE" help:"Of the guard: the table whose rows are shipments (or orders)."`
	Customer    string        `placeholder:"COLUMN" help:"Of the guard: its column with the customer's key, or an expression with {row}."`
	Company     string        `placeholder:"ID" help:"Of the guard: the ERP's id of the company that every row belongs to."`
	CompanyFrom string        `placeholder:"COLUMN" help:"Of the guard: the column with the company's id, or an expression with {row}, in place of --company."`
	When        string        `placeholder:"SQL" help:"Of the guard: which rows are shipments, such as \"{row}.status = 'shipped'\". Empty: all."`
	OnSilence   string        `enum:"keep,open" default:"keep" placeholder:"keep|open" help:"Of the guard: what it does after a long silence: keep refusing, or open."`
	Silent      time.Duration `default:"24h" help:"Of the guard: how long a silence is."`
}

// Help says more than the line in the list of verbs.
func (v *holdScriptVerb) Help() string {
	return `Prints an SQL script that IT reads and runs in the ERP's database; this program never runs it.

guard      tables and a trigger: a shipment to a customer on hold fails inside the ERP's own transaction
           (hold_mode = "guard"); --on-silence says what it does once this program has not been heard of
staging    a table of requests that a job of yours carries out (hold_mode = "staging")
procedure  the frame of a procedure that you fill in (hold_mode = "procedure")
remove     takes guard and requests away`
}

// Run prints one script.
func (v *holdScriptVerb) Run(a *App) error {
	p, err := presets.Load(v.Preset, a.presetFolder())
	if err != nil {
		return usage("%w", err)
	}
	text, err := guard.SQL(p.Engine, guard.Options{
		Script: v.Script, Table: v.Table, Customer: v.Customer, Company: v.CompanyFrom, CompanyID: v.Company, When: v.When,
		Silence: v.OnSilence, Silent: v.Silent,
	})
	if err != nil {
		return usage("%w", err).WithCure("see holdfast hold script --help")
	}
	a.Say("%s", text)
	return nil
}
