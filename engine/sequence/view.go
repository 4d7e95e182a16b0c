package sequence

import (
	"cmp"
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

	Speaks string // what goes to the party today already, so that no reminder does; empty: nothing

	heard     []Heard          // what people told, as it stands today
	dealt     []*terms         // by account, as they are asked for
	customers []*CustomerFacts // likewise
	away      map[ar.DocumentID]string

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
	Asked    int64  // minor units: open less disputed, 0 where Standing says so
	DueOn    ar.Day // for contact and holds: the due day, or the customer's pay run after it
	Label    string
	Sequence string
	Step     string
}

func (b *Book) view(c *Case) *View {
	v := &View{Case: c, Book: b, byID: map[ar.DocumentID]*Item{}, abstains: map[ar.DocumentID]string{}, newHolds: c.NewHolds}
	v.State = c.State.clone()
	v.State.Verdicts = nil
	v.dealt, v.customers = make([]*terms, len(c.Accounts)), make([]*CustomerFacts, len(c.Accounts))
	v.sendAway()
	for i := range c.Accounts {
		v.take(&c.Accounts[i])
	}
	slices.SortFunc(v.Items, func(x, y *Item) int {
		return cmp.Or(cmp.Compare(x.Doc.DueOn, y.Doc.DueOn), cmp.Compare(x.Doc.ID, y.Doc.ID))
	})
	v.hear()
	v.accelerate()
	v.stand()
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
			item := &Item{Doc: v.contest(doc), Account: a, DueOn: v.payRun(a, doc)}
			v.Items = append(v.Items, item)
			v.byID[doc.ID] = item
		}
	}
}

// Net returns what may be asked for per currency: overdue, with the named items
// that are not yet due, less unapplied credit. A currency that credits cover
// stands as 0.
func (v *View) Net(coming []*Item) ar.Balance {
	net := slices.Clone(v.Overdue)
	for _, item := range coming {
		if item.DueOn >= v.Case.Today {
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
func (v *View) WhiteGlove() bool { return v.terms(v.Lead()).people }

// WantsStatement reports whether the party gets statements of account.
func (v *View) WantsStatement() bool { return !v.terms(v.Lead()).noStatement }

// Window returns the hours in which a sequence may speak today to the party, in
// the customer's zone and within what the contact rules allow; ok is false where
// none is left, with the reason and the next day that has one. Once the message
// has its medium and contact, in, its rules and its best hour count; before that
// in is nil.
func (v *View) Window(s *Sequence, in *Intent) (w Opening, reason Reason, ok bool) {
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
	if in != nil {
		if w, ok = v.narrow(w, in); !ok {
			return w, ReasonOutsideWindow, false
		}
		w.From = v.bestHour(w, s, window, in)
	}
	if !v.Case.Now.IsZero() && !v.Case.Now.Before(w.To) {
		return w, ReasonOutsideWindow, false
	}
	return w, "", true
}

// narrow keeps an opening within the hours that the contact rules allow.
func (v *View) narrow(w Opening, in *Intent) (Opening, bool) {
	from, to, ok := v.rules(channelOf[in.Medium], in.Purpose).Window(v.Case.Today, w.From, w.To, false)
	if !ok || !from.Before(to) {
		return w, false
	}
	w.From, w.To = from, to
	return w, true
}

// bestHour returns the instant within an opening at which a message should go:
// the hour that the customer asked for, that of the file, or the one at which
// the contact was found to answer.
func (v *View) bestHour(w Opening, s *Sequence, window calendar.Window, in *Intent) time.Time {
	customer := &v.Lead().Customer
	hour := s.Hour
	if h := v.habit(in.Recipient()); s.Best && h != nil {
		hour = time.Duration(h.Hour) * time.Hour
	}
	if asked, err := time.Parse("15:04", v.terms(v.Lead()).hour); err == nil {
		hour = time.Duration(asked.Hour())*time.Hour + time.Duration(asked.Minute())*time.Minute
	}
	if hour == 0 {
		return w.From
	}
	at := window.At(v.Case.Today, hour, v.Book.zone(customer.TimeZone))
	if at.Before(w.From) || !at.Before(w.To) {
		return w.From
	}
	return at
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
