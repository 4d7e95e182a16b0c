package cycle

import (
	"context"

	"holdfast/engine/ar"
	"holdfast/engine/sequence"
)

// Differences are how two plans of the same ledger differ.
type Differences struct {
	Rows  []Difference `json:"rows"`
	Steps []StepCount  `json:"steps"`
	Same  int          `json:"same"` // effects that both plans have
}

// Difference is one effect that is not in both plans alike.
type Difference struct {
	Change     Change        `json:"change"`
	What       []string      `json:"what"` // of a changed one: day, step, template, channel, to, amount, documents, approval
	Kind       string        `json:"kind"`
	Company    string        `json:"company"`
	CustomerID ar.CustomerID `json:"customer_id"`
	Number     string        `json:"customer_number"`
	Customer   string        `json:"customer"`
	Before     *Side         `json:"before"` // null where there is none
	After      *Side         `json:"after"`
}

// Change is how an effect differs.
type Change string

// The ways in which an effect differs.
const (
	OnlyBefore Change = "only_before"
	OnlyAfter  Change = "only_after"
	Changed    Change = "changed"
)

// Side is one effect as one of the plans has it.
type Side struct {
	Day       ar.Day   `json:"day"`
	Sequence  string   `json:"sequence"`
	Step      string   `json:"step"`
	Template  string   `json:"template"`
	Channel   string   `json:"channel"`
	To        string   `json:"to"`
	Amounts   []Amount `json:"amounts"`
	Documents []string `json:"documents"`
	Approval  bool     `json:"approval"`
}

// Amount is a sum in one currency, as a decimal text.
type Amount struct {
	Amount   string      `json:"amount"`
	Currency ar.Currency `json:"currency"`
}

// StepCount is how often a step comes in each plan.
type StepCount struct {
	Sequence string `json:"sequence"`
	Step     string `json:"step"`
	Kind     string `json:"kind"`
	Before   int    `json:"before"`
	After    int    `json:"after"`
}

// Diff plans the companies twice, with the books of before and with those of
// after, and says who gets what differently. Where migrate names a sequence, its
// running subjects are moved to the version of the latter first; else they stay
// with their own.
func (c *Cycle) Diff(ctx context.Context, before, after []*Company, at func(*Company) Moment, days int, migrate string, o Outlook) (Differences, error) {
	was, err := c.effects(ctx, before, at, days, o)
	if err != nil {
		return Differences{}, err
	}
	o.Migrate = migrate
	now, err := c.effects(ctx, after, at, days, o)
	if err != nil {
		return Differences{}, err
	}
	return differ(was, now), nil
}

// planned is one effect of a plan, with whom it concerns.
type planned struct {
	of   Difference // its customer and kind
	side Side
}

// effects are a plan's effects, in its order.
func (c *Cycle) effects(ctx context.Context, companies []*Company, at func(*Company) Moment, days int, o Outlook) ([]planned, error) {
	var list []planned
	err := c.Foresee(ctx, companies, at, days, o, func(f *Foreseen) error {
		p := planned{side: Side{Template: f.Intent.Template, Amounts: []Amount{}, Documents: []string{}}}
		err := f.Rows(func(r PlanRow) error {
			p.of = Difference{Kind: r.Kind, Company: r.Company, CustomerID: r.CustomerID, Number: r.Number, Customer: r.Customer}
			s := &p.side
			s.Day, s.Sequence, s.Step, s.Channel, s.To, s.Approval = r.Day, r.Sequence, r.Step, r.Channel, r.To, r.Approval
			s.Amounts, s.Documents = append(s.Amounts, Amount{r.Amount, r.Currency}), append(s.Documents, r.Documents...)
			return nil
		})
		list = append(list, p)
		return err
	})
	return list, err
}

// With returns companies whose books have s in the place of the version of its
// name, and the problems that this brings about; the companies are left as they
// are.
func With(companies []*Company, s *sequence.Sequence) ([]*Company, error) {
	var all []*Company
	for _, co := range companies {
		b, problems := co.Book.With(s)
		if err := problems.Err(); err != nil {
			return nil, err
		}
		other := *co
		other.Book = b
		all = append(all, &other)
	}
	return all, nil
}
