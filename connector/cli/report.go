package cli

import (
	"bytes"
	"context"
	"errors"
	"io"
	"iter"
	"os"
	"path/filepath"
	"slices"

	"holdfast/engine"
	"holdfast/engine/ar"
	"holdfast/engine/ledger"
	"holdfast/engine/reports/report"
	"holdfast/engine/store"
)

// reportVerb writes one report.
type reportVerb struct {
	Name    string `arg:"" help:"Which report: aging, coverage."`
	AsOf    ar.Day `name:"as-of" placeholder:"DAY" help:"The day it looks at (default: today)."`
	Format  string `enum:"table,csv,xlsx,json" default:"table" placeholder:"FORMAT" help:"table, csv, xlsx or json."`
	Out     string `placeholder:"FILE" help:"File to write (default: the screen)."`
	Company string `placeholder:"KEY" help:"Only this company (default: all in one table)."`
}

// Help says more than the line in the list of verbs.
func (v *reportVerb) Help() string {
	return "A day in the past is worked out from what was applied since; it reaches back as far as closed documents are read (erp.history)."
}

// Run writes the report.
func (v *reportVerb) Run(ctx context.Context, a *App) error {
	i := slices.IndexFunc(a.Parts.Reports, func(r report.Report) bool { return r.Name == v.Name })
	if i < 0 {
		return v.unknown(a)
	}
	if a.JSON {
		v.Format = "json"
	}
	if v.Format == "xlsx" && v.Out == "" && isTerminal(a.Out) {
		return usage("a workbook is not for the screen").WithCure("name a file with --out")
	}
	st, err := a.ReadStore(ctx)
	if err != nil {
		return err
	}
	defer st.Close()
	among, err := a.places(ctx, st, v.Company)
	if err != nil {
		return err
	}
	if v.AsOf.IsZero() {
		v.AsOf = among[0].today()
	}
	a.tooFarBack(among, v.AsOf)
	table, err := a.Parts.Reports[i].Build(ctx, report.Input{
		AsOf: v.AsOf, Accounts: allAccounts(ctx, st, among, v.AsOf), Parties: allParties(ctx, st, among, v.AsOf),
	})
	if err != nil {
		return failed(err)
	}
	if table.Alarm && len(table.Rows) > 0 {
		a.Waits()
	}
	return v.write(a, table)
}

func (v *reportVerb) unknown(a *App) error {
	var names []string
	for _, r := range a.Parts.Reports {
		names = append(names, r.Name)
	}
	return usage("there is no report %q", v.Name).WithCure("there are: %s", join(names))
}

// tooFarBack warns where closed documents are not known any more.
func (a *App) tooFarBack(among []place, day ar.Day) {
	for _, p := range among {
		if e := a.config.ERPNamed(p.Company.ERP); day < p.today()-ar.Day(e.History.N) {
			a.note("Company %s: documents closed more than %d days ago are not known, so the figures of %s are too low.", p.Key, e.History.N, day)
		}
	}
}

// write writes the table to the screen, or to a file that appears whole.
func (v *reportVerb) write(a *App, t report.Table) error {
	if v.Out == "" {
		return t.Write(a.Out, v.Format)
	}
	var b bytes.Buffer
	if err := t.Write(&b, v.Format); err != nil {
		return err
	}
	tmp, err := os.CreateTemp(filepath.Dir(v.Out), ".report-*")
	if err != nil {
		return failed(err)
	}
	_, err = io.Copy(tmp, &b)
	err = errors.Join(err, tmp.Close())
	if err == nil {
		err = os.Chmod(tmp.Name(), 0o644)
	}
	if err == nil {
		err = os.Rename(tmp.Name(), v.Out)
	}
	if err != nil {
		_ = os.Remove(tmp.Name()) // the cause is in err
		return failed(err)
	}
	a.note("%s: %s.", v.Out, count(len(t.Rows), "row"))
	return nil
}

// allAccounts passes the accounts of several companies, each under its key, with
// what was open at the end of a day or later.
func allAccounts(ctx context.Context, st *store.Store, among []place, day ar.Day) iter.Seq2[ledger.AccountLedger, error] {
	return func(yield func(ledger.AccountLedger, error) bool) {
		for _, p := range among {
			for l, err := range st.Ledger(ctx, p.ERP.Source, p.ERP.ID, day) {
				l.Customer.Account.Company = ar.CompanyID(p.Key)
				if !yield(l, err) || err != nil {
					return
				}
			}
		}
	}
}

// allParties passes the parties of several companies as they were last decided.
func allParties(ctx context.Context, st *store.Store, among []place, day ar.Day) iter.Seq2[report.Party, error] {
	return func(yield func(report.Party, error) bool) {
		for _, p := range among {
			of := engine.Selection{Source: p.ERP.Source, Company: p.ERP.ID, Mode: p.Mode, Today: day}
			for c, err := range st.Cases(ctx, of) {
				if !yield(report.Party{Company: p.Key, Case: c}, err) || err != nil {
					return
				}
			}
		}
	}
}
