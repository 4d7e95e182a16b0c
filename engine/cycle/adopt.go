package cycle

import (
	"context"
	"slices"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
	"holdfast/engine/sequence"
	"holdfast/engine/store"
)

// AdoptRow says where one document of old debt would enter.
type AdoptRow struct {
	Company  string      `json:"company"`
	Customer string      `json:"customer"`
	Number   string      `json:"customer_number"`
	Document string      `json:"document"`
	DueOn    ar.Day      `json:"due_on"`
	Age      int         `json:"days_past_due"`
	Open     string      `json:"open"`
	Currency ar.Currency `json:"currency"`
	Sequence string      `json:"sequence"`
	Step     string      `json:"step"`
	From     ar.Day      `json:"from"` // no step of it earlier
}

// Adopt sets where a company's old debt enters its sequences, quota parties a
// business day, the oldest debt first. Without write it only returns what it
// would do. Parties that are under way already are left alone. quota 0 means
// the greater of 50 and a tenth of the parties.
func (c *Cycle) Adopt(ctx context.Context, co *Company, m Moment, quota int, by string, write bool) ([]AdoptRow, error) {
	found, err := c.adoptable(ctx, co, m)
	if err != nil {
		return nil, fault.Wrap("adopt company "+co.Key, err)
	}
	if quota == 0 {
		quota = max(50, len(found)/10)
	}
	slices.SortStableFunc(found, func(a, b adoptee) int { return int(a.oldest - b.oldest) })
	var rows []AdoptRow
	var adoptions []store.Adoption
	day := m.Day
	for i := range found {
		if i > 0 && i%quota == 0 {
			day = co.Book.Policy.Business.AddBusinessDays(day, 1)
		}
		f := &found[i]
		adoption := store.Adoption{Party: f.cs.Party, Version: f.cs.Version, Positions: f.cs.State.Positions, Raised: f.cs.State.Raised}
		for _, a := range f.adopted {
			a.Position.NotBefore = day
			adoption.Positions = append(adoption.Positions, a.Position)
			rows = append(rows, f.row(co, a, day))
		}
		adoptions = append(adoptions, adoption)
	}
	if !write {
		return rows, nil
	}
	return rows, fault.Wrap("adopt company "+co.Key, c.Store.Adopt(ctx, co.Mode, adoptions, by, c.Clock.Now()))
}

// adoptee is a party with old debt that no sequence has begun on.
type adoptee struct {
	cs      sequence.Case
	adopted []sequence.Adopted
	oldest  ar.Day
}

func (c *Cycle) adoptable(ctx context.Context, co *Company, m Moment) ([]adoptee, error) {
	var found []adoptee
	for cs, err := range c.Store.Cases(ctx, c.selection(co, m)) {
		if err != nil {
			return nil, err
		}
		cs.Today, cs.Now = m.Day, m.Now
		f := adoptee{cs: cs, adopted: co.Book.Adopt(cs, m.Day)}
		for _, a := range f.adopted {
			if f.oldest == 0 || a.Document.DueOn < f.oldest {
				f.oldest = a.Document.DueOn
			}
		}
		if len(f.adopted) > 0 {
			found = append(found, f)
		}
	}
	return found, nil
}

func (f *adoptee) row(co *Company, a sequence.Adopted, from ar.Day) AdoptRow {
	row := AdoptRow{
		Company: co.Key, Document: a.Document.Number, DueOn: a.Document.DueOn, Age: a.Document.DaysPastDue(f.cs.Today),
		Open: ar.FormatAmount(a.Document.Open, a.Document.Currency), Currency: a.Document.Currency,
		Sequence: a.Position.Sequence, Step: a.Step, From: from,
	}
	for _, account := range f.cs.Accounts {
		if account.Customer.Account == a.Document.Account {
			row.Customer, row.Number = account.Customer.Name, account.Customer.Number
		}
	}
	return row
}
