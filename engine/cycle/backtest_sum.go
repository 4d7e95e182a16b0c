package cycle

import (
	"cmp"
	"slices"

	"holdfast/engine/ar"
)

// Backtest is what past days would have brought.
type Backtest struct {
	Company     string         `json:"company"`
	From        ar.Day         `json:"from"`
	To          ar.Day         `json:"to"`
	Known       ar.Day         `json:"ledger_known_to"`
	Steps       []BacktestStep `json:"steps"`
	Weeks       []BacktestWeek `json:"weeks"`
	Contacts    Spread         `json:"contacts_per_account"` // messages to each account that got any
	Contacted   int            `json:"accounts_contacted"`
	Owing       int            `json:"accounts_owing"` // that owed anything in the span
	Holds       BacktestHolds  `json:"holds"`
	Assumptions []string       `json:"assumptions"`

	contacts []int // of each account that got any
	days     []int // of each hold
}

// BacktestRow is one effect of a past day.
type BacktestRow struct {
	Day         ar.Day        `json:"day"`
	Kind        string        `json:"kind"`
	Company     string        `json:"company"`
	CustomerID  ar.CustomerID `json:"customer_id"`
	Number      string        `json:"customer_number"`
	Customer    string        `json:"customer"`
	Sequence    string        `json:"sequence"`
	Step        string        `json:"step"`
	Channel     string        `json:"channel"`
	To          string        `json:"to"`
	Documents   []string      `json:"documents"`
	Amounts     []Amount      `json:"amounts"`
	Approval    bool          `json:"approval"`
	HitPaid     int           `json:"hit_paid"`     // documents asked for whose receipt was there already, and posted later
	HitDisputed int           `json:"hit_disputed"` // documents asked for that the ERP disputes, nobody knows since when
}

// BacktestStep is how often a step came, and what the ledger did then.
type BacktestStep struct {
	Sequence    string     `json:"sequence"`
	Step        string     `json:"step"`
	Kind        string     `json:"kind"`
	Touches     int        `json:"touches"`
	Approval    int        `json:"approval"` // of them waited for a yes
	Documents   int        `json:"documents"`
	Asked       ar.Balance `json:"asked"`
	HitPaid     int        `json:"hit_paid"`     // touches that named such a document
	HitDisputed int        `json:"hit_disputed"` // likewise
	Paid        []PaidIn   `json:"paid"`
	Disputed14  int        `json:"disputed_within_14"` // documents of which a dispute was told within 14 days
}

// PaidIn is how many documents of a step were settled so many days later, of
// those of which that is known.
type PaidIn struct {
	Days  int `json:"days"`
	Of    int `json:"of"`
	Count int `json:"count"`
}

// BacktestWeek is what a week from its Monday brought.
type BacktestWeek struct {
	Monday   ar.Day `json:"monday"`
	Messages int    `json:"messages"`
	Tasks    int    `json:"tasks"`
	Holds    int    `json:"holds"`
	Releases int    `json:"releases"`
}

// BacktestHolds is what holds there were.
type BacktestHolds struct {
	Placed   int    `json:"placed"`
	Proposed int    `json:"proposed"` // waited for a yes
	Released int    `json:"released"`
	Days     Spread `json:"days"` // that each stood, to the last day at most
	Total    int    `json:"days_in_all"`
}

// Spread is the middle, the 95th of a hundred and the greatest of some numbers.
type Spread struct {
	P50 int `json:"p50"`
	P95 int `json:"p95"`
	Max int `json:"max"`
}

func newBacktest(co *Company, s Span) Backtest {
	return Backtest{Company: co.Key, From: s.From, To: s.To, Steps: []BacktestStep{}, Weeks: []BacktestWeek{}, Assumptions: s.Assumptions()}
}

// paidDays are the days after a step at which it is asked what was paid.
var paidDays = [...]int{7, 14, 30}

// step returns the figures of a step, made where there are none.
func (b *Backtest) step(r *BacktestRow) *BacktestStep {
	i := slices.IndexFunc(b.Steps, func(s BacktestStep) bool { return s.Sequence == r.Sequence && s.Step == r.Step && s.Kind == r.Kind })
	if i < 0 {
		i = len(b.Steps)
		s := BacktestStep{Sequence: r.Sequence, Step: r.Step, Kind: r.Kind, Asked: ar.Balance{}}
		for _, days := range paidDays {
			s.Paid = append(s.Paid, PaidIn{Days: days})
		}
		b.Steps = append(b.Steps, s)
	}
	return &b.Steps[i]
}

// week returns the figures of a day's week.
func (b *Backtest) week(day ar.Day) *BacktestWeek {
	monday := day - (ar.Day(day.Weekday())+6)%7
	i := slices.IndexFunc(b.Weeks, func(w BacktestWeek) bool { return w.Monday == monday })
	if i < 0 {
		i, b.Weeks = len(b.Weeks), append(b.Weeks, BacktestWeek{Monday: monday})
	}
	return &b.Weeks[i]
}

// end orders the figures and works out the spreads.
func (b *Backtest) end() {
	slices.SortFunc(b.Steps, func(x, y BacktestStep) int {
		return cmp.Or(cmp.Compare(x.Sequence, y.Sequence), cmp.Compare(x.Step, y.Step), cmp.Compare(x.Kind, y.Kind))
	})
	slices.SortFunc(b.Weeks, func(x, y BacktestWeek) int { return cmp.Compare(x.Monday, y.Monday) })
	b.Contacts, b.Contacted = spread(b.contacts), len(b.contacts)
	b.Holds.Days = spread(b.days)
	for _, n := range b.days {
		b.Holds.Total += n
	}
}

// spread takes the nearest rank.
func spread(list []int) Spread {
	if len(list) == 0 {
		return Spread{}
	}
	slices.Sort(list)
	rank := func(percent int) int { return list[(len(list)*percent+99)/100-1] }
	return Spread{P50: rank(50), P95: rank(95), Max: list[len(list)-1]}
}
