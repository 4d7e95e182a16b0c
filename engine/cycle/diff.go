package cycle

import (
	"cmp"
	"context"
	"slices"

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

// differ pairs the effects of two plans: first those that are alike, then those
// of the same step, then those of the same day. What is left is in one plan only.
func differ(before, after []planned) Differences {
	d := Differences{Rows: []Difference{}, Steps: countSteps(before, after)}
	was, now := byCustomer(before), byCustomer(after)
	for _, k := range keysOf(before, after) {
		d.pair(was[k], now[k])
	}
	slices.SortStableFunc(d.Rows, func(x, y Difference) int {
		return cmp.Or(cmp.Compare(x.day(), y.day()), cmp.Compare(x.Company, y.Company), cmp.Compare(x.CustomerID, y.CustomerID))
	})
	return d
}

// day is the day by which a difference is listed: the earlier of its two.
func (d *Difference) day() ar.Day {
	switch {
	case d.Before == nil:
		return d.After.Day
	case d.After == nil:
		return d.Before.Day
	}
	return min(d.Before.Day, d.After.Day)
}

// customerKey is a customer with a kind of effect: only within it are effects
// paired.
type customerKey struct {
	company  string
	customer ar.CustomerID
	kind     string
}

func (p *planned) key() customerKey {
	return customerKey{p.of.Company, p.of.CustomerID, p.of.Kind}
}

func byCustomer(list []planned) map[customerKey][]*planned {
	by := map[customerKey][]*planned{}
	for i := range list {
		p := &list[i]
		by[p.key()] = append(by[p.key()], p)
	}
	return by
}

// keysOf lists the keys of both plans, each once, in the order in which they
// are met.
func keysOf(lists ...[]planned) []customerKey {
	var keys []customerKey
	seen := map[customerKey]bool{}
	for _, list := range lists {
		for i := range list {
			if k := list[i].key(); !seen[k] {
				seen[k] = true
				keys = append(keys, k)
			}
		}
	}
	return keys
}

// pair compares the effects of one kind that one customer gets.
func (d *Differences) pair(before, after []*planned) {
	matches := []func(x, y *Side) bool{
		func(x, y *Side) bool { return len(x.differs(y)) == 0 },
		func(x, y *Side) bool {
			return x.Sequence == y.Sequence && x.Step == y.Step && x.Step != "" && shareDocument(x, y)
		},
		func(x, y *Side) bool { return x.Sequence == y.Sequence && x.Step == y.Step && x.Step != "" },
		func(x, y *Side) bool { return x.Day == y.Day },
	}
	for _, match := range matches {
		for i, x := range before {
			j := slices.IndexFunc(after, func(y *planned) bool { return x != nil && y != nil && match(&x.side, &y.side) })
			if j < 0 {
				continue
			}
			d.add(x, after[j])
			before[i], after[j] = nil, nil
		}
	}
	for _, x := range before {
		d.add(x, nil)
	}
	for _, y := range after {
		d.add(nil, y)
	}
}

// add notes how two effects differ, if they do; either may be nil.
func (d *Differences) add(before, after *planned) {
	row := Difference{Change: Changed, What: []string{}}
	switch {
	case before == nil && after == nil:
		return
	case before == nil:
		row = after.of
		row.Change, row.What, row.After = OnlyAfter, []string{}, &after.side
	case after == nil:
		row = before.of
		row.Change, row.What, row.Before = OnlyBefore, []string{}, &before.side
	default:
		what := before.side.differs(&after.side)
		if len(what) == 0 {
			d.Same++
			return
		}
		row = after.of
		row.Change, row.What, row.Before, row.After = Changed, what, &before.side, &after.side
	}
	d.Rows = append(d.Rows, row)
}

// differs names what two effects differ in.
func (s *Side) differs(o *Side) []string {
	var what []string
	for _, part := range []struct {
		name string
		same bool
	}{
		{"day", s.Day == o.Day}, {"step", s.Sequence == o.Sequence && s.Step == o.Step}, {"template", s.Template == o.Template},
		{"channel", s.Channel == o.Channel}, {"to", s.To == o.To}, {"amount", slices.Equal(s.Amounts, o.Amounts)},
		{"documents", slices.Equal(s.Documents, o.Documents)}, {"approval", s.Approval == o.Approval},
	} {
		if !part.same {
			what = append(what, part.name)
		}
	}
	return what
}

func shareDocument(x, y *Side) bool {
	return slices.ContainsFunc(x.Documents, func(d string) bool { return slices.Contains(y.Documents, d) })
}

// countSteps counts how often each step comes in two plans.
func countSteps(before, after []planned) []StepCount {
	counts := []StepCount{}
	at := func(p *planned) *StepCount {
		s := &p.side
		i := slices.IndexFunc(counts, func(c StepCount) bool { return c.Sequence == s.Sequence && c.Step == s.Step && c.Kind == p.of.Kind })
		if i < 0 {
			i, counts = len(counts), append(counts, StepCount{Sequence: s.Sequence, Step: s.Step, Kind: p.of.Kind})
		}
		return &counts[i]
	}
	for i := range before {
		at(&before[i]).Before++
	}
	for i := range after {
		at(&after[i]).After++
	}
	slices.SortFunc(counts, func(x, y StepCount) int {
		return cmp.Or(cmp.Compare(x.Sequence, y.Sequence), cmp.Compare(x.Step, y.Step), cmp.Compare(x.Kind, y.Kind))
	})
	return counts
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
