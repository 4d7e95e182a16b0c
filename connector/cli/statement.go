package cli

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"time"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
	"holdfast/engine/statement"
	"holdfast/engine/store"
)

// statementVerb closes months.
type statementVerb struct {
	Run statementRunVerb `cmd:"" help:"Write the month's account statements in Excel, with a tie-out."`
}

type statementRunVerb struct {
	Month   string `required:"" placeholder:"MONTH" help:"The month, as 2026-10."`
	Out     string `required:"" placeholder:"DIR" help:"Folder to write to; each company gets a folder of its own."`
	Company string `placeholder:"KEY" help:"Only this company."`
}

// Help says more than the line in the list of verbs.
func (v *statementRunVerb) Help() string {
	return "One workbook per customer, one for all, and a tie-out sheet. A run that was interrupted goes on where it was. Exit code 1 " +
		"where a month does not tie."
}

// statementRow is what a run did for one company, as programs read it.
type statementRow struct {
	Company string              `json:"company"`
	Dir     string              `json:"dir"`
	All     string              `json:"all"`
	Written int                 `json:"written"`
	Kept    int                 `json:"kept"`
	Idle    int                 `json:"idle"`
	Totals  []statementTotalRow `json:"totals"`
	Ties    bool                `json:"ties"`

	totals []statement.Totals
}

// statementTotalRow is one currency of a company's month; amounts are decimals.
type statementTotalRow struct {
	Currency ar.Currency `json:"currency"`
	Opening  string      `json:"opening"`
	Invoiced string      `json:"invoiced"`
	Credited string      `json:"credited"`
	Received string      `json:"received"`
	Other    string      `json:"other"`
	Closing  string      `json:"closing"`
	Open     string      `json:"open_items"`
	Ties     bool        `json:"ties"`
}

// Run writes the workbooks.
func (v *statementRunVerb) Run(ctx context.Context, a *App) error {
	month, err := ar.ParseDay(v.Month + "-01")
	if err != nil || month.IsZero() {
		return usage("--month is %q", v.Month).WithCure("write a month, as 2026-10")
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
	rows := []statementRow{}
	for _, p := range among {
		if month > p.today() {
			return usage("%s has not begun: today is %s", v.Month, p.today()).WithCure("name a month that is over")
		}
		row, err := v.company(ctx, a, st, p, month)
		if err != nil {
			return failed(err)
		}
		rows = append(rows, row)
	}
	if err := a.showStatements(rows, month); err != nil {
		return err
	}
	return failed(tied(rows))
}

// company writes one company's month.
func (v *statementRunVerb) company(ctx context.Context, a *App, st *store.Store, p place, month ar.Day) (statementRow, error) {
	out, err := filepath.Abs(v.Out)
	if err != nil {
		return statementRow{}, err
	}
	line := a.progress("writing the statements of company " + p.Key)
	result, err := statement.Run(ctx, statement.Options{
		Month: month, OutDir: out, Folder: p.Key, Seller: seller(p.Company, p.ERP), Done: line.step,
		Accounts: st.Ledger(ctx, p.ERP.Source, p.ERP.ID, month),
	})
	line.end()
	row := statementRow{
		Company: p.Key, Dir: result.Dir, All: result.All, Written: result.Written, Kept: result.Kept, Idle: result.Idle,
		Totals: []statementTotalRow{}, Ties: result.Ties, totals: result.Totals,
	}
	for _, t := range result.Totals {
		row.Totals = append(row.Totals, newStatementTotalRow(t))
	}
	return row, err
}

func newStatementTotalRow(t statement.Totals) statementTotalRow {
	text := func(minor int64) string { return ar.FormatAmount(minor, t.Currency) }
	return statementTotalRow{
		Currency: t.Currency, Opening: text(t.Opening), Invoiced: text(t.Invoiced), Credited: text(t.Credited),
		Received: text(t.Received), Other: text(t.Other), Closing: text(t.Closing()), Open: text(t.OpenItems), Ties: t.Ties(),
	}
}

// showStatements says what was written and whether it adds up.
func (a *App) showStatements(rows []statementRow, month ar.Day) error {
	if a.JSON {
		return a.WriteJSON(rows)
	}
	for i, r := range rows {
		if i > 0 {
			a.Say("")
		}
		a.Say("Company %s, %s: %s written, %d kept as they were, %d with nothing to state.", r.Company,
			month.Time(time.UTC).Format("January 2006"), count(r.Written, "statement"), r.Kept, r.Idle)
		a.Say("All customers: %s\n", r.All)
		if err := a.showTotals(r.totals); err != nil {
			return err
		}
	}
	return nil
}

// showTotals writes how each currency got from the opening to the closing of the
// month.
func (a *App) showTotals(totals []statement.Totals) error {
	var lines [][]string
	for _, t := range totals {
		line := []string{string(t.Currency)}
		for _, minor := range []int64{t.Opening, t.Invoiced, t.Credited, t.Received, t.Other, t.Closing(), t.OpenItems} {
			amount, _, _ := strings.Cut(ar.Money{Minor: minor, Currency: t.Currency}.String(), " ")
			line = append(line, amount)
		}
		ties := "ties"
		if !t.Ties() {
			ties = "DOES NOT TIE"
		}
		lines = append(lines, append(line, ties))
	}
	return a.Table([]Column{{"Cur", false}, {"Opening", true}, {"Invoiced", true}, {"Credited", true}, {"Received", true},
		{"Other", true}, {"Closing", true}, {"Open items", true}, {"", false}}, lines)
}

// tied is an error for each company whose month does not add up.
func tied(rows []statementRow) error {
	var failures []error
	for _, r := range rows {
		if !r.Ties {
			failures = append(failures, fault.New(fault.Unknown, "the month of company %s does not tie", r.Company).
				WithCure("the sheet Tie-out of %s shows where", r.All))
		}
	}
	return errors.Join(failures...)
}
