package walk

import (
	"cmp"
	"math/big"
	"slices"
	"strings"

	"holdfast/engine/ar"
	"holdfast/engine/intake"
	"holdfast/engine/sequence"
)

// party is one payer with its accounts as they stand on its day, and what it
// remembers of the days before.
type party struct {
	id       ar.PartyID
	events   []event
	lived    int // how many of them are behind
	contacts []ar.Contact
	accounts []sequence.Account
	facts    []intake.Fact
	contests map[ar.DocumentID]int32

	state   sequence.State
	touches []sequence.Touch
	holds   []ar.HoldEntry
	pending []sequence.Pending
	waits   int64            // counts the messages that waited for a yes
	since   map[int64]ar.Day // on which those that wait were planned
	next    ar.Day           // to decide again if nothing changes; zero: never
	decided bool             // on any day so far
	changed bool             // something happened since the last decision
	heard   int              // counts the touches of others to addresses of this party
	waiting []sequence.Touch
	asked   ar.Day // the day of waiting
}

func (p *party) add(day ar.Day, w what, index int) {
	p.events = append(p.events, event{day, w, int32(index)})
}

// live takes in everything up to the end of a day.
func (p *party) live(l *Ledger, day ar.Day) {
	for p.lived < len(p.events) && p.events[p.lived].day <= day {
		p.happen(l, p.events[p.lived])
		p.lived++
		p.changed = true
	}
}

func (p *party) happen(l *Ledger, e event) {
	h := &l.history
	switch e.what {
	case customerSeen:
		p.see(l, &h.Customers[e.index])
	case documentPosted:
		d := &h.Documents[e.index]
		p.move(l, e.index, d.Amount)
	case documentApplied:
		a := &h.Applications[e.index]
		p.applied(l, a)
		p.move(l, l.documents[a.Document], -a.Amount-a.Discount-a.WriteOff)
	case receiptApplied:
		a := &h.Applications[e.index]
		p.move(l, l.documents[a.Receipt], a.Amount)
	case documentClosed:
		p.move(l, e.index, -l.open[e.index])
	case contestBegins, contestEnds:
		p.contest(l, e)
	case factTold:
		p.tell(h.Facts[e.index])
	}
}

// see makes a customer known, with what is on its account already.
func (p *party) see(l *Ledger, c *ar.Customer) {
	h := &l.history
	a := sequence.Account{Customer: *c, SeenOn: h.SeenOn[c.Account], LastReceipts: map[ar.DocumentID]ar.Day{}}
	for i := range p.contacts {
		if p.contacts[i].Account == c.Account {
			a.Contacts = append(a.Contacts, p.contacts[i])
		}
	}
	slices.SortStableFunc(a.Contacts, func(x, y ar.Contact) int { return cmp.Compare(x.ID, y.ID) })
	for _, o := range h.Orders {
		if o.Account == c.Account {
			a.Orders = append(a.Orders, o)
		}
	}
	at, known := slices.BinarySearchFunc(p.accounts, c.Account.Customer, func(x sequence.Account, id ar.CustomerID) int {
		return cmp.Compare(x.Customer.Account.Customer, id)
	})
	if !known {
		p.accounts = slices.Insert(p.accounts, at, a)
	}
	for _, e := range p.events[:p.lived] {
		switch {
		case e.what == documentPosted && h.Documents[e.index].Account == c.Account:
			p.show(l, e.index)
		case e.what == documentApplied:
			p.applied(l, &h.Applications[e.index])
		}
	}
}

// account returns an account that is known; nil where it is not yet.
func (p *party) account(id ar.AccountID) *sequence.Account {
	for i := range p.accounts {
		if p.accounts[i].Customer.Account == id {
			return &p.accounts[i]
		}
	}
	return nil
}

// move changes what is open of a document and shows it as it is now.
func (p *party) move(l *Ledger, index int32, by int64) {
	l.open[index] += by
	p.show(l, index)
}

// show puts a document into its account as it stands, or takes it out where
// nothing of it is open.
func (p *party) show(l *Ledger, index int32) {
	d := &l.history.Documents[index]
	a := p.account(d.Account)
	if a == nil {
		return
	}
	at, listed := slices.BinarySearchFunc(a.Documents, d.ID, func(x ar.Document, id ar.DocumentID) int { return cmp.Compare(x.ID, id) })
	switch open := l.open[index]; {
	case open == 0 && listed:
		a.Documents = slices.Delete(a.Documents, at, at+1)
		delete(a.LastReceipts, d.ID)
	case open == 0:
	case listed:
		a.Documents[at] = p.asOpen(l, d, open)
	default:
		a.Documents = slices.Insert(a.Documents, at, p.asOpen(l, d, open))
	}
}

// asOpen is a document of which an amount is open.
func (p *party) asOpen(l *Ledger, d *ar.Document, open int64) ar.Document {
	doc := *d
	doc.Open, doc.ClosedOn = open, 0
	switch {
	case d.BaseOpen != nil && d.Amount != 0:
		base := share(*d.BaseOpen, open, d.Amount)
		doc.BaseOpen = &base
	case d.Currency == l.history.Company.BaseCurrency:
		doc.BaseOpen = &open
	}
	if i, contested := p.contests[d.ID]; contested {
		c := &l.history.Contested[i]
		doc.Disputed, doc.DisputedAmount, doc.DisputeReason = true, c.Amount, c.Reason
	}
	return doc
}

// share returns part/of of an amount, in its minor units, cut off.
func share(amount, part, of int64) int64 {
	product := new(big.Int).Mul(big.NewInt(amount), big.NewInt(part))
	return product.Quo(product, big.NewInt(of)).Int64()
}

// applied remembers the newest application to a document, and when its customer
// first and last paid: by receipts, not by credits.
func (p *party) applied(l *Ledger, app *ar.Application) {
	to := &l.history.Documents[l.documents[app.Document]]
	a := p.account(to.Account)
	if a == nil {
		return
	}
	a.LastReceipts[app.Document] = max(a.LastReceipts[app.Document], app.AppliedOn)
	if app.Amount <= 0 || app.AppliedOn == 0 || !l.isReceipt(app.Receipt) {
		return
	}
	if a.FirstPaidOn == 0 || app.AppliedOn < a.FirstPaidOn {
		a.FirstPaidOn = app.AppliedOn
	}
	a.LastPaidOn = max(a.LastPaidOn, app.AppliedOn)
}

// isReceipt reports whether a document is money that came in, as one that is
// not known is taken to be.
func (l *Ledger) isReceipt(id ar.DocumentID) bool {
	i, known := l.documents[id]
	kind := l.history.Documents[i].Kind
	return !known || kind == ar.Receipt || kind == ar.Prepayment
}

// contest begins or ends a dispute of the ERP's.
func (p *party) contest(l *Ledger, e event) {
	id := l.history.Contested[e.index].Document
	if e.what == contestBegins {
		if p.contests == nil {
			p.contests = map[ar.DocumentID]int32{}
		}
		p.contests[id] = e.index
	} else if p.contests[id] == e.index {
		delete(p.contests, id)
	}
	p.show(l, l.documents[id])
}

// tell takes a fact in, its ids ascending. What it says of documents is
// completed from the ledger of the day, as at the door.
func (p *party) tell(f intake.Fact) {
	if a := p.account(f.Account); a != nil && (f.Kind == intake.Promise || f.Kind == intake.Plan || f.Kind == intake.Dispute) {
		complete(&f, a)
	}
	f.Address = strings.ToLower(f.Address)
	at, _ := slices.BinarySearchFunc(p.facts, f.ID, func(x intake.Fact, id int64) int { return cmp.Compare(x.ID, id) })
	p.facts = slices.Insert(p.facts, at, f)
}

// complete fills in what was open when a fact was told, where it does not say.
func complete(f *intake.Fact, a *sequence.Account) {
	f.Documents = slices.Clone(f.Documents)
	for i := range f.Documents {
		c := &f.Documents[i]
		for j := range a.Documents {
			if d := &a.Documents[j]; d.ID == c.Document && c.Open == 0 {
				c.Number, c.Currency, c.Open = d.Number, d.Currency, d.Open
			}
		}
	}
	if f.Unapplied != nil || f.Kind == intake.Dispute {
		return
	}
	for i := range a.Documents {
		if d := &a.Documents[i]; d.Open < 0 {
			f.Unapplied = f.Unapplied.Add(-d.Open, d.Currency)
		}
	}
}

// stand is the party's case on a day, with nothing of the allowances of that
// day.
func (p *party) stand(l *Ledger, day ar.Day) sequence.Case {
	touches := p.touches
	if p.asked == day && len(p.waiting) > 0 {
		touches = append(slices.Clone(touches), p.waiting...)
	}
	return sequence.Case{
		Party: p.id, Today: day, DataDay: day, Company: l.history.Company, Accounts: p.accounts, State: p.state,
		Holds: p.holds, Pending: p.pending, Touches: touches, Facts: p.facts,
	}
}
