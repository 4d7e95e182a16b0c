package cli

import (
	"context"
	"fmt"
	"os"
	"strings"

	"holdfast/engine/ar"
	"holdfast/engine/cycle"
	"holdfast/engine/sequence"
)

// backtestVerb is `holdfast backtest`.
type backtestVerb struct {
	From      ar.Day `required:"" placeholder:"DAY" help:"First day."`
	To        ar.Day `required:"" placeholder:"DAY" help:"Last day."`
	Sequences string `placeholder:"DIR" help:"Folder of sequences to try (default: those in use)."`
	Anew      bool   `help:"Old debt begins at the first step instead of where adopt would put it."`
	Company   string `placeholder:"KEY" help:"Only this company."`
}

// backtested is what backtest says of one company to programs.
type backtested struct {
	cycle.Backtest
	Rows []cycle.BacktestRow `json:"rows"`
}

// Run lives past days again in memory and shows what would have been sent. It
// only reads.
func (v *backtestVerb) Run(ctx context.Context, a *App) error {
	if v.To < v.From || v.To-v.From > 1100 {
		return usage("--from %s --to %s: a backtest covers 1 day to 3 years", v.From, v.To).WithCure("name the first day and a later one")
	}
	c, done, err := a.ReadCycle(ctx)
	if err != nil {
		return err
	}
	defer done()
	companies, err := a.Selected(c, v.Company)
	if err != nil {
		return err
	}
	all := []backtested{}
	for _, co := range companies {
		tested, err := v.company(ctx, a, c, co)
		if err != nil {
			return err
		}
		if all = append(all, tested); !a.JSON {
			if err := tested.text(a); err != nil {
				return err
			}
		}
	}
	if a.JSON {
		return a.WriteJSON(all)
	}
	return nil
}

// company lives the days of one company. Its effects are kept only for programs.
func (v *backtestVerb) company(ctx context.Context, a *App, c *cycle.Cycle, co *cycle.Company) (backtested, error) {
	b := backtested{Rows: []cycle.BacktestRow{}}
	if v.Sequences != "" {
		other, err := a.companyWith(co, v.Sequences)
		if err != nil {
			return b, err
		}
		co = other
	}
	line := a.progress("living " + co.Key)
	defer line.end()
	var err error
	b.Backtest, err = c.Backtest(ctx, co, cycle.Span{From: v.From, To: v.To, Anew: v.Anew}, func(r *cycle.BacktestRow) error {
		if a.JSON {
			b.Rows = append(b.Rows, *r)
		}
		return nil
	})
	return b, err
}

// companyWith is a company with the sequences of a folder instead of its own.
func (a *App) companyWith(co *cycle.Company, dir string) (*cycle.Company, error) {
	if _, err := os.ReadDir(dir); err != nil {
		return nil, usage("--sequences: %w", err)
	}
	sequences, problems := sequence.Load(os.DirFS(dir), dir, a.Parts.Steps)
	if err := problems.Err(); err != nil {
		return nil, usage("%w", err)
	}
	if len(sequences) == 0 {
		return nil, usage("there is no sequence in %s", dir).WithCure("put *.toml files there")
	}
	book, problems := sequence.NewBook(sequences, nil, co.Book.Policy, a.Parts.Steps)
	if err := problems.Err(); err != nil {
		return nil, usage("%w", err)
	}
	other := *co
	other.Book = book
	return &other, nil
}

// text writes the figures for a person.
func (b *backtested) text(a *App) error {
	a.Say("Company %s, %s to %s, as its ledger has them; that is known to %s.", b.Company, dayText(b.From), dayText(b.To), dayText(b.Known))
	a.Say("")
	if len(b.Steps) == 0 {
		a.Say("Nothing would have happened.")
		a.granted(b.Assumptions)
		return nil
	}
	if err := b.steps(a); err != nil {
		return err
	}
	a.Say("")
	if err := b.weeks(a); err != nil {
		return err
	}
	a.Say("")
	b.figures(a)
	a.granted(b.Assumptions)
	return nil
}

// steps writes a line for each step, with what the ledger did after it.
func (b *backtested) steps(a *App) error {
	var lines [][]string
	for i := range b.Steps {
		s := &b.Steps[i]
		line := []string{
			first(strings.TrimSpace(s.Sequence+" "+s.Step), "(outside sequences)"), s.Kind, number(s.Touches), some(s.Approval),
			some(s.HitPaid), some(s.HitDisputed), some(s.Documents),
		}
		for _, p := range s.Paid {
			line = append(line, share(p))
		}
		lines = append(lines, append(line, some(s.Disputed14), askedText(s.Asked)))
	}
	return a.Table([]Column{
		{Title: "STEP"}, {Title: "WHAT"}, {Title: "TIMES", Right: true}, {Title: "WANT A YES", Right: true}, {Title: "HIT PAID", Right: true},
		{Title: "HIT DISPUTED", Right: true}, {Title: "DOCUMENTS", Right: true}, {Title: "PAID IN 7d", Right: true}, {Title: "14d", Right: true},
		{Title: "30d", Right: true}, {Title: "DISPUTED IN 14d", Right: true}, {Title: "ASKED FOR"},
	}, lines)
}

// some is a number, a dash where there is none.
func some(n int) string {
	if n == 0 {
		return "-"
	}
	return number(n)
}

// share writes how many in a hundred were paid.
func share(p cycle.PaidIn) string {
	if p.Of == 0 {
		return "-"
	}
	return fmt.Sprintf("%d %%", (p.Count*100+p.Of/2)/p.Of)
}

// askedText writes sums of money, a dash where there are none.
func askedText(b ar.Balance) string {
	if len(b) == 0 {
		return "-"
	}
	return b.String()
}

func (b *backtested) weeks(a *App) error {
	var lines [][]string
	for _, w := range b.Weeks {
		lines = append(lines, []string{dayText(w.Monday), some(w.Messages), some(w.Tasks), some(w.Holds), some(w.Releases)})
	}
	return a.Table([]Column{
		{Title: "WEEK OF"}, {Title: "MESSAGES", Right: true}, {Title: "TASKS", Right: true}, {Title: "HOLDS", Right: true}, {Title: "LIFTED", Right: true},
	}, lines)
}

// figures writes what it comes to for accounts and holds.
func (b *backtested) figures(a *App) {
	a.Say("Messages per account: %s of %s that owed anything got some; the middle one %s, 95 of 100 at most %s, the most %s.",
		number(b.Contacted), count(b.Owing, "account"), number(b.Contacts.P50), number(b.Contacts.P95), number(b.Contacts.Max))
	h := b.Holds
	switch {
	case h.Placed+h.Proposed == 0:
		a.Say("Holds: none.")
	default:
		a.Say("Holds: %s placed, %s lifted, %s %s for a yes; %s in all, the middle one %s, the longest %s.", number(h.Placed), number(h.Released),
			number(h.Proposed), verbFor(h.Proposed, "waits", "wait"), count(h.Total, "day"), number(h.Days.P50), number(h.Days.Max))
	}
}
