package cli

import (
	"holdfast/adapters/demoerp"
	"holdfast/engine/ar"
	"holdfast/engine/cycle"
	"holdfast/engine/sequence"
	"holdfast/engine/statement"
)

// demoFigures is what a demo came to.
type demoFigures struct {
	Dir          string                  `json:"dir"`
	Seed         uint64                  `json:"seed"`
	FirstDay     ar.Day                  `json:"first_day"`
	LastDay      ar.Day                  `json:"last_day"`
	Days         int                     `json:"days"`
	Customers    int                     `json:"customers"`
	Adopted      int                     `json:"adopted"`
	Messages     int                     `json:"messages"`
	Asked        ar.Balance              `json:"asked"`
	Kept         map[sequence.Reason]int `json:"kept_back"`
	Tasks        int                     `json:"tasks"`
	Orders       int                     `json:"orders"`
	Shipments    int                     `json:"shipments"`
	Receipts     int                     `json:"receipts"`
	Received     ar.Balance              `json:"received"`
	Returned     int                     `json:"returned"`
	Disputes     int                     `json:"disputes"`
	Placed       int                     `json:"holds_placed"`
	Released     int                     `json:"holds_released"`
	Proposed     int                     `json:"holds_waiting"`
	OverdueFirst ar.Balance              `json:"overdue_first_day"`
	OverdueLast  ar.Balance              `json:"overdue_last_day"`
	Warehouse    []*demoStory            `json:"warehouse"`
	Months       []demoMonth             `json:"months"`
}

// demoStory is what the warehouse saw of one customer.
type demoStory struct {
	Customer ar.CustomerID `json:"customer"`
	Name     string        `json:"name"`
	Held     ar.Day        `json:"held_on"`
	Refused  []ar.Day      `json:"refused_on"`
	Lifted   ar.Day        `json:"lifted_on"`
	Shipped  ar.Day        `json:"shipped_on"`
}

// demoMonth is one month's end.
type demoMonth struct {
	Month      string             `json:"month"`
	Dir        string             `json:"dir"`
	All        string             `json:"all"`
	Statements int                `json:"statements"`
	Ties       bool               `json:"ties"`
	Totals     []statement.Totals `json:"totals"`
}

func newDemoFigures(v *demoVerb, first ar.Day) demoFigures {
	return demoFigures{
		Dir: v.Dir, Seed: v.Seed, FirstDay: first, LastDay: first + ar.Day(v.Days) - 1, Days: v.Days,
		Kept: map[sequence.Reason]int{}, Warehouse: []*demoStory{}, Months: []demoMonth{},
	}
}

// happened adds a day of the ERP.
func (f *demoFigures) happened(ev demoerp.Events) {
	f.Orders += ev.Orders
	f.Shipments += ev.Shipments
	f.Receipts += ev.Receipts
	f.Returned += ev.Returned
	f.Disputes += ev.Disputes
	f.Received = sum(f.Received, ev.Received)
}

// did adds a day's cycle.
func (f *demoFigures) did(r cycle.Report) {
	f.Messages += r.Messages()
	for _, d := range r.Delivered {
		f.Asked = sum(f.Asked, d.Asked)
	}
	for reason, n := range r.Kept() {
		f.Kept[reason] += n
	}
	for _, co := range r.Companies {
		f.Tasks += co.Decided.Tasks
		f.Placed += co.Holds.Placed
		f.Released += co.Holds.Released
		f.Proposed = co.Holds.Waiting
	}
}

// closed adds a month's end.
func (f *demoFigures) closed(day ar.Day, r statement.Result) {
	f.Months = append(f.Months, demoMonth{
		Month: day.String()[:len("2026-09")], Dir: r.Dir, All: r.All, Statements: r.Written + r.Kept, Ties: r.Ties, Totals: r.Totals,
	})
}

// story returns the story of a customer, a new one where there is none.
func (f *demoFigures) story(id ar.CustomerID, name string) *demoStory {
	for _, s := range f.Warehouse {
		if s.Customer == id {
			return s
		}
	}
	s := &demoStory{Customer: id, Name: name, Refused: []ar.Day{}}
	f.Warehouse = append(f.Warehouse, s)
	return s
}

// refused notes a day on which goods were kept back.
func (s *demoStory) refused(day ar.Day) {
	if n := len(s.Refused); n == 0 || s.Refused[n-1] != day {
		s.Refused = append(s.Refused, day)
	}
}

func sum(a, b ar.Balance) ar.Balance {
	for _, m := range b {
		a = a.Add(m.Minor, m.Currency)
	}
	return a
}
