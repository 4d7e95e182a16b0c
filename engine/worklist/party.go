package worklist

import (
	"cmp"
	"slices"
	"strings"

	"holdfast/engine/ar"
	"holdfast/engine/intake"
	"holdfast/engine/sequence"
)

// party is one party on one day, seen from the account that a task is about.
type party struct {
	*sequence.Case
	lead  *sequence.Account
	day   ar.Day
	roles []string
}

// fill puts into a row what is known of its customer.
func (p *party) fill(row *Row, t *Task) {
	c := &p.lead.Customer
	row.Customer, row.Number = c.Name, first(c.Number, string(c.Account.Customer))
	row.Contact, row.Phone = p.contact()
	row.All = p.documents()
	for _, d := range row.All {
		if d.Late > 0 && d.Open.Minor > d.Disputed.Minor {
			row.Overdue = row.Overdue.Add(d.Open.Minor-d.Disputed.Minor, d.Open.Currency)
		}
		if d.Open.Minor > 0 && (len(t.Documents) == 0 || slices.Contains(t.Documents, d.ID)) {
			row.Documents = append(row.Documents, d)
		}
	}
	row.Last, row.Promise = p.lastContact(), p.promise()
}

// speaksFor reports whether an account's figures belong to the task's: its own
// do, and all of the party where the task is the payer's.
func (p *party) speaksFor(id ar.AccountID) bool {
	return id == p.lead.Customer.Account || p.lead.Customer.Account.Customer == p.Party.Payer
}

// documents lists what is open, the oldest due first and credits last.
func (p *party) documents() []Document {
	var all []Document
	for i := range p.Accounts {
		if !p.speaksFor(p.Accounts[i].Customer.Account) {
			continue
		}
		for j := range p.Accounts[i].Documents {
			if d := &p.Accounts[i].Documents[j]; d.Open != 0 {
				all = append(all, p.document(d))
			}
		}
	}
	slices.SortFunc(all, func(x, y Document) int {
		return cmp.Or(cmp.Compare(credit(x), credit(y)), cmp.Compare(x.DueOn, y.DueOn), cmp.Compare(x.Number, y.Number), cmp.Compare(x.ID, y.ID))
	})
	return all
}

// credit is 1 for what the customer has with us, 0 for what it owes.
func credit(d Document) int {
	if d.Open.Minor < 0 {
		return 1
	}
	return 0
}

func (p *party) document(d *ar.Document) Document {
	money := func(minor int64) ar.Money { return ar.Money{Minor: minor, Currency: d.Currency} }
	out := Document{
		ID: d.ID, Number: first(d.Number, string(d.ID)), Kind: d.Kind, IssuedOn: d.IssuedOn, DueOn: d.DueOn, PO: d.PONumber,
		Amount: money(d.Amount), Open: money(d.Open), Disputed: money(p.disputed(d)), base: d.BaseOpen,
	}
	if d.Open > 0 {
		out.Late = max(0, d.DaysPastDue(p.day))
	}
	return out
}

// disputed returns how much of a document is contested, by the ERP or by what
// people told, whichever is more; never more than is open.
func (p *party) disputed(d *ar.Document) int64 {
	told := int64(0)
	for i := range p.Facts {
		f := &p.Facts[i]
		if f.Kind == intake.Dispute && f.Account == d.Account && p.stands(f) {
			told = min(max(0, d.Open), told+f.Contested(d.ID, d.Open))
		}
	}
	return max(told, d.DisputedOpen())
}

// stands reports whether nothing has ended a fact. A granted dispute stands
// until the ledger shows its credit.
func (p *party) stands(f *intake.Fact) bool {
	if f.Kind == intake.Dispute && slices.ContainsFunc(p.State.Told, func(t sequence.Told) bool { return t.Fact == f.ID && t.As == sequence.ToldClosed }) {
		return false
	}
	return !slices.ContainsFunc(p.Facts, func(end intake.Fact) bool {
		return end.Kind == intake.End && end.Ref == f.ID && end.Code != intake.Granted
	})
}

// promise returns the newest promise of the account, or the part of its plan
// that is next; nil where there is none.
func (p *party) promise() *Promise {
	var newest *intake.Fact
	for i := range p.Facts {
		f := &p.Facts[i]
		if (f.Kind == intake.Promise || f.Kind == intake.Plan) && p.speaksFor(f.Account) && p.stands(f) && (newest == nil || f.ID > newest.ID) {
			newest = f
		}
	}
	switch {
	case newest == nil:
		return nil
	case newest.Kind == intake.Promise:
		return &Promise{Day: newest.Day, Amount: newest.Total(0), State: p.state(newest.ID, 0)}
	}
	return p.part(newest)
}

// part returns the first part of a plan that is not kept, the last where all
// are; nil for a plan without parts.
func (p *party) part(plan *intake.Fact) *Promise {
	var next *Promise
	for i, part := range plan.Parts {
		var amount ar.Balance
		next = &Promise{Day: part.Day, Amount: amount.Add(part.Amount.Minor, part.Amount.Currency), State: p.state(plan.ID, i)}
		if next.State != sequence.ToldKept {
			return next
		}
	}
	return next
}

// state returns what the ledger has shown of a promise.
func (p *party) state(fact int64, part int) sequence.ToldState {
	for _, t := range p.State.Told {
		if t.Fact == fact && t.Part == part {
			return t.As
		}
	}
	return sequence.ToldOpen
}

// lastContact returns when the party and we last heard of each other, nil where
// nothing is known. What people told goes before what was sent on the same day.
func (p *party) lastContact() *LastContact {
	var last LastContact
	later := func(on ar.Day, how, outcome string, told bool) {
		if on > last.On || told && on == last.On {
			last = LastContact{On: on, How: how, Outcome: outcome}
		}
	}
	for i := range p.State.Positions {
		for _, d := range p.State.Positions[i].Done {
			if d.How == sequence.DoneSent {
				later(d.On, "message", "", false)
			}
		}
	}
	for _, t := range p.Touches {
		if t.Party == p.Party {
			later(t.On, first(t.Medium, "email"), "", true)
		}
	}
	for i := range p.Facts {
		switch f := &p.Facts[i]; {
		case f.Kind == intake.Outcome && f.Code != "":
			later(f.On, first(f.Channel, "call or task"), f.Code, true)
		case f.Kind == intake.Reply:
			later(f.On, "reply", strings.TrimSpace(f.Text), true)
		}
	}
	if last.On == 0 {
		return nil
	}
	return &last
}
