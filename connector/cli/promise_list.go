package cli

import (
	"context"
	"slices"
	"strings"

	"holdfast/engine/ar"
	"holdfast/engine/cycle"
	"holdfast/engine/intake"
	"holdfast/engine/sequence"
)

type promiseListVerb struct {
	factListFlags
	Open bool   `help:"Only those that may still be kept."`
	AsOf ar.Day `name:"as-of" placeholder:"DAY" help:"Day on which they are judged (default: today)."`
}

// promiseRow is a promise, or one part of a plan, as programs read it.
type promiseRow struct {
	ID             int64              `json:"id"`
	Part           int                `json:"part"`  // 0: a promise
	Parts          int                `json:"parts"` // 0: a promise
	Company        string             `json:"company"`
	CustomerID     ar.CustomerID      `json:"customer_id"`
	CustomerNumber string             `json:"customer_number"`
	Customer       string             `json:"customer"`
	Documents      []string           `json:"documents"`
	Day            ar.Day             `json:"day"`
	Until          ar.Day             `json:"until,omitzero"` // the last day on which it may still be kept
	Amount         ar.Balance         `json:"amount"`
	CameIn         ar.Balance         `json:"came_in"`
	State          sequence.ToldState `json:"state"`
	On             ar.Day             `json:"on"`
	By             string             `json:"by"`
}

// withdrawn is the state of a fact that a person took back.
const withdrawn sequence.ToldState = intake.Withdrawn

// Run lists promises.
func (v *promiseListVerb) Run(ctx context.Context, a *App) error {
	all, err := a.factsTold(ctx, v.factListFlags, intake.Promise, intake.Plan)
	if err != nil {
		return err
	}
	heard, err := a.heard(ctx, all, v.AsOf)
	if err != nil {
		return err
	}
	ended, err := a.endings(ctx, v.Company)
	if err != nil {
		return err
	}
	rows := []promiseRow{}
	for _, f := range all.list {
		if end, over := ended[f.ID]; over && end.On <= all.today(f.Account, v.AsOf) {
			heard[f.ID] = nil
		}
		for part := range max(1, len(f.Parts)) {
			r := newPromiseRow(&f, part, heard[f.ID], all)
			if !v.Open || r.State == sequence.ToldOpen {
				rows = append(rows, r)
			}
		}
	}
	return a.showPromises(rows)
}

// heard reads what became of facts, by their numbers, as their parties stand on
// a day; a zero day is today. A fact that was taken back has none.
func (a *App) heard(ctx context.Context, all gathered[intake.Fact], day ar.Day) (map[int64][]sequence.Heard, error) {
	found := map[int64][]sequence.Heard{}
	if len(all.list) == 0 {
		return found, nil
	}
	st, err := a.ReadStore(ctx)
	if err != nil {
		return nil, err
	}
	defer st.Close()
	c, done, err := a.Cycle(ctx, st, CycleOptions{})
	if err != nil {
		return nil, err
	}
	defer done()
	var seen []ar.PartyID
	for _, f := range all.list {
		co, err := a.Company(c, all.key(f.Account))
		if err != nil {
			continue // a company that is not configured any more
		}
		cs, known, err := c.CaseOf(ctx, co, cycle.Moment{Day: firstDay(day, co)}, f.Account)
		if err != nil {
			return nil, err
		}
		if !known || slices.Contains(seen, cs.Party) {
			continue
		}
		seen = append(seen, cs.Party)
		for _, h := range co.Book.Heard(cs) {
			if h.Fact != nil {
				found[h.Fact.ID] = append(found[h.Fact.ID], h)
			}
		}
	}
	return found, nil
}

func newPromiseRow(f *intake.Fact, part int, heard []sequence.Heard, all gathered[intake.Fact]) promiseRow {
	c := all.known[f.Account]
	r := promiseRow{
		ID: f.ID, Company: all.key(f.Account), CustomerID: f.Account.Customer, CustomerNumber: c.Number, Customer: c.Name,
		Documents: coveredNumbers(f), Day: f.Day, Amount: f.Amount, CameIn: ar.Balance{}, State: withdrawn, On: f.On, By: teller(f.By),
	}
	if f.Kind == intake.Plan {
		p := f.Parts[part]
		r.Part, r.Parts, r.Day, r.Amount = part+1, len(f.Parts), p.Day, ar.Balance{p.Amount}
	}
	for _, h := range heard {
		if h.Part != part {
			continue
		}
		r.State, r.Until = h.State, h.Until
		for _, m := range r.Amount {
			r.CameIn = r.CameIn.Add(m.Minor-min(m.Minor, h.Left.In(m.Currency)), m.Currency)
		}
	}
	return r
}

func (a *App) showPromises(rows []promiseRow) error {
	if a.JSON {
		return a.WriteJSON(rows)
	}
	if len(rows) == 0 {
		a.Say("No promise is known.")
		return nil
	}
	var lines [][]string
	for _, r := range rows {
		no, in := itoa(r.ID), ""
		if r.Part > 0 {
			no += "." + number(r.Part)
		}
		if r.State != withdrawn {
			in = r.CameIn.String()
		}
		lines = append(lines, []string{
			no, r.Day.String(), r.Company, first(r.Customer, string(r.CustomerID)), r.Amount.String(), in, string(r.State), strings.Join(r.Documents, ", "), r.On.String(), r.By,
		})
	}
	return a.Table([]Column{
		{"No", true}, {"Day", false}, {"Company", false}, {"Customer", false}, {"Promised", true}, {"Came in", true},
		{"State", false}, {"Documents", false}, {"Told", false}, {"By", false},
	}, lines)
}
