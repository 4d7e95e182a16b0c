package sequence

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/expr-lang/expr/vm"

	"holdfast/engine/ar"
	"holdfast/engine/calendar"
)

// View is one party on one day as Decide works on it: the case, what is owed,
// and the state as it will be.
type View struct {
	Case  *Case
	Book  *Book
	State State   // the copy that Decide changes
	Items []*Item // open debit documents, the oldest due first

	Overdue ar.Balance // undisputed and overdue, credits not taken off
	Credits ar.Balance // unapplied, positive

	Speaks bool // a statement goes today, so that no reminder does

	newHolds int // new holds that this decision may still plan
	byID     map[ar.DocumentID]*Item
	sums     AccountFacts
	verdicts []Verdict
	abstains map[ar.DocumentID]string // documents that a sequence could not say whether it takes, with why
	machine  vm.VM
}

// Item is one open debit document with its standing.
type Item struct {
	Doc      *ar.Document
	Account  *Account
	Standing Reason // why it is not asked for; empty where it is
	Detail   string
	Asked    int64 // minor units: open less disputed, 0 where Standing says so
	Label    string
	Sequence string
	Step     string
}

func (b *Book) view(c *Case) *View {
	v := &View{Case: c, Book: b, byID: map[ar.DocumentID]*Item{}, abstains: map[ar.DocumentID]string{}, newHolds: c.NewHolds}
	v.State = c.State.clone()
	v.State.Verdicts = nil
	for i := range c.Accounts {
		v.take(&c.Accounts[i])
	}
	slices.SortFunc(v.Items, func(x, y *Item) int {
		return cmp.Or(cmp.Compare(x.Doc.DueOn, y.Doc.DueOn), cmp.Compare(x.Doc.ID, y.Doc.ID))
	})
	v.sum()
	return v
}

// take sorts one account's documents into items and credits.
func (v *View) take(a *Account) {
	for i := range a.Documents {
		doc := &a.Documents[i]
		switch {
		case doc.Open < 0:
			v.Credits = v.Credits.Add(-doc.Open, doc.Currency)
		case doc.Open > 0:
			item := &Item{Doc: doc, Account: a}
			item.Standing, item.Detail = v.standing(a, doc)
			if item.Standing == "" {
				item.Asked = doc.Open - doc.DisputedOpen()
			}
			v.Items = append(v.Items, item)
			v.byID[doc.ID] = item
		}
	}
}

// standing says why a document is not asked for, by the rules that hold over
// all sequences.
func (v *View) standing(a *Account, doc *ar.Document) (Reason, string) {
	p := &v.Book.Policy
	switch last := a.LastReceipts[doc.ID]; {
	case doc.DueOn == 0:
		return ReasonUndated, ""
	case doc.DisputedOpen() == doc.Open:
		return ReasonDisputed, doc.DisputeReason
	case doc.Open < floor(p.FloorItem, doc.Currency):
		return ReasonTolerated, ar.Money{Minor: doc.Open, Currency: doc.Currency}.String()
	case last == 0 || doc.Open >= doc.Amount:
	case doc.Open*100 <= doc.Amount*int64(p.DeductionPercent):
		return ReasonDeduction, fmt.Sprintf("at most %d %% is left", p.DeductionPercent)
	case int(v.Case.Today-last) < p.DeductionDays:
		return ReasonDeduction, fmt.Sprintf("received in part on %s", last)
	}
	return "", ""
}

// sum works out what the party owes.
func (v *View) sum() {
	var open ar.Balance
	base, known := int64(0), true
	oldest := ar.Day(0)
	for _, item := range v.Items {
		open = open.Add(item.Doc.Open, item.Doc.Currency)
		if item.Asked == 0 || item.Doc.DueOn >= v.Case.Today {
			continue
		}
		v.Overdue = v.Overdue.Add(item.Asked, item.Doc.Currency)
		if oldest == 0 {
			oldest = item.Doc.DueOn
		}
		if item.Doc.BaseOpen == nil {
			known = false
			continue
		}
		base += *item.Doc.BaseOpen * item.Asked / item.Doc.Open
	}
	baseCurrency := v.Case.Company.BaseCurrency
	overdue := v.Net(nil)
	v.sums = AccountFacts{
		Overdue:   Sum{Balance: overdue, Base: ar.Money{Minor: base - v.creditsBase(&known), Currency: baseCurrency}, BaseKnown: known},
		Open:      Sum{Balance: open},
		Unapplied: Sum{Balance: v.Credits},
	}
	if oldest != 0 {
		v.sums.DaysPastDue = int(v.Case.Today - oldest)
	}
}

// creditsBase returns the worth of all credits in base currency.
func (v *View) creditsBase(known *bool) int64 {
	var base int64
	for i := range v.Case.Accounts {
		for j := range v.Case.Accounts[i].Documents {
			doc := &v.Case.Accounts[i].Documents[j]
			switch {
			case doc.Open >= 0:
			case doc.BaseOpen == nil:
				*known = false
			default:
				base -= *doc.BaseOpen
			}
		}
	}
	return base
}

// Net returns what may be asked for per currency: overdue, with the named items
// that are not yet due, less unapplied credit. A currency that credits cover
// stands as 0.
func (v *View) Net(coming []*Item) ar.Balance {
	net := slices.Clone(v.Overdue)
	for _, item := range coming {
		if item.Doc.DueOn >= v.Case.Today {
			net = net.Add(item.Asked, item.Doc.Currency)
		}
	}
	for i := range net {
		net[i].Minor = max(0, net[i].Minor-v.Credits.In(net[i].Currency))
	}
	return net
}

// Lead returns the account that the party is addressed by: the payer's own, or
// the first.
func (v *View) Lead() *Account {
	for i := range v.Case.Accounts {
		if a := &v.Case.Accounts[i]; a.Customer.Account.Customer == v.Case.Party.Payer {
			return a
		}
	}
	return &v.Case.Accounts[0]
}

// Wait says that a due step does not happen now. on is the day to look again,
// zero where no day can be told.
func (v *View) Wait(d Due, reason Reason, detail string, on ar.Day) {
	verdict := &v.verdicts[v.verdictOf(d.Position)]
	verdict.Reason, verdict.Detail, verdict.On = reason, detail, on
}

func (v *View) verdictOf(p *Position) int {
	return slices.IndexFunc(v.verdicts, func(x Verdict) bool { return x.Subject == p.Subject && x.Sequence == p.Sequence })
}

// WhiteGlove reports whether people alone speak to this party.
func (v *View) WhiteGlove() bool { return v.Book.Policy.WhiteGlove[v.Lead().Customer.Number] }

// Window returns the hours in which a sequence may speak today to the party,
// in the customer's zone; ok is false where none is left, with the reason and
// the next day that has one.
func (v *View) Window(s *Sequence) (w Opening, reason Reason, ok bool) {
	window := s.Window
	if window.IsZero() {
		window = v.Book.Policy.Window
	}
	customer := &v.Lead().Customer
	country := v.Book.Policy.Countries[customer.Address.Country]
	zone := v.Book.zone(customer.TimeZone)
	w.Next = v.nextDay(window, country)
	switch today := v.Case.Today; {
	case !window.Has(today):
		return w, ReasonOutsideWindow, false
	case !v.Book.Policy.Business.IsBusinessDay(today) || !country.IsBusinessDay(today):
		return w, ReasonHoliday, false
	}
	w.From, w.To = window.On(v.Case.Today, zone)
	if s.Hour > 0 {
		w.From = window.At(v.Case.Today, s.Hour, zone)
	}
	if !v.Case.Now.IsZero() && !v.Case.Now.Before(w.To) {
		return w, ReasonOutsideWindow, false
	}
	return w, "", true
}

// Opening is the hours of a day in which something may be sent, and the next
// day that has such hours.
type Opening struct {
	From, To time.Time
	Next     ar.Day
}

// nextDay returns the first day after today on which the window opens and both
// parties work.
func (v *View) nextDay(w calendar.Window, country *calendar.Country) ar.Day {
	day := v.Case.Today + 1
	for range 30 {
		if w.Has(day) && v.Book.Policy.Business.IsBusinessDay(day) && country.IsBusinessDay(day) {
			break
		}
		day++
	}
	return day
}

// TakeHold uses up one of the new holds that may be placed today without a yes
// and reports whether there was one.
func (v *View) TakeHold() bool {
	v.newHolds--
	return v.newHolds >= 0
}
