package sequence

import (
	"hash/fnv"
	"time"

	"holdfast/engine/ar"
	"holdfast/engine/intake"
)

// always stands for a number of days where there is no day to count from: long
// ago.
const always = 100000

// facts returns what conditions see of a subject, its account and its party.
func (v *View) facts(d *Due) *Facts {
	f := &Facts{Company: CompanyFacts{SendsInvoices: v.Book.Policy.SendsInvoices}, Account: &v.sums, Customer: v.customer(d.Account), Outcome: d.outcomes()}
	if d.Item != nil {
		f.Document = v.documentFacts(d.Item)
	}
	if d.Told != nil {
		f.hear(d.Told, v.Case.Today)
	}
	if d.Position != nil && d.Position.Subject.Ref == refERP {
		f.Dispute.InERP = true // also once the ERP knows of it no more
	}
	if d.Position != nil && d.Position.Subject.Kind == SubjectMonth {
		month := monthOf(d.Position.Subject)
		f.Month = MonthFacts{Name: d.Position.Subject.Ref, DaysAfter: int(v.Case.Today - month.MonthEnd())}
	}
	return f
}

// hear fills in what was told.
func (f *Facts) hear(h *Heard, today ar.Day) {
	switch h.Subject.Kind {
	case SubjectPromise:
		f.Promise = PromiseFacts{
			State: string(h.State), DaysUntil: int(h.Day - today), Plan: h.Fact.Kind == intake.Plan,
			Part: h.Part + 1, Parts: max(1, len(h.Fact.Parts)),
		}
	case SubjectDispute:
		f.Dispute = DisputeFacts{State: string(h.State), InERP: h.Fact == nil}
		if h.Fact == nil {
			f.Dispute.Code = h.Items[0].Doc.DisputeReason
			return
		}
		f.Dispute.Code, f.Dispute.Owner, f.Dispute.DaysOpen = h.Fact.Code, h.Fact.Owner, int(today-h.Fact.On)
	case SubjectAccount:
		f.Event = EventFacts{Code: h.Fact.Code, Text: h.Fact.Text, Value: h.Fact.Value, DaysAgo: int(today - h.Fact.On)}
	}
}

// outcomes returns how the tasks of a position ended, by step.
func (d *Due) outcomes() map[string]string {
	if d.Position == nil {
		return nil
	}
	var out map[string]string
	for i := range d.Position.Done {
		if done := &d.Position.Done[i]; done.Result != "" {
			if out == nil {
				out = map[string]string{}
			}
			out[done.Step] = done.Result
		}
	}
	return out
}

func (v *View) documentFacts(item *Item) DocumentFacts {
	doc := item.Doc
	f := DocumentFacts{
		Number: doc.Number, Kind: string(doc.Kind), Currency: string(doc.Currency),
		Amount: ar.Money{Minor: doc.Amount, Currency: doc.Currency}, Open: ar.Money{Minor: doc.Open, Currency: doc.Currency},
		DaysPastDue: item.late(v.Case.Today), Disputed: doc.Disputed, PONumber: doc.PONumber,
		OrderNumber: doc.OrderNumber, ShipTo: doc.ShipToID, X: doc.Extra,
	}
	if doc.IssuedOn != 0 {
		f.DaysIssued = int(v.Case.Today - doc.IssuedOn)
	}
	return f
}

// late returns how many days a document is past its day for contact; 0 where
// it is undated.
func (i *Item) late(today ar.Day) int {
	if i.DueOn == 0 {
		return 0
	}
	return int(today - i.DueOn)
}

// customer returns the master data of an account as conditions see it, worked
// out once for each account.
func (v *View) customer(a *Account) *CustomerFacts {
	for i := range v.Case.Accounts {
		if &v.Case.Accounts[i] != a {
			continue
		}
		if v.customers[i] == nil {
			v.customers[i] = v.customerFacts(a)
		}
		return v.customers[i]
	}
	return v.customerFacts(a)
}

func (v *View) customerFacts(a *Account) *CustomerFacts {
	c := &a.Customer
	f := &CustomerFacts{
		Number: c.Number, Name: c.Name, Segment: c.Segment, Country: c.Address.Country, Language: c.Language,
		TermsCode: c.TermsCode, PaymentMethod: c.PaymentMethod, DebtorKind: c.DebtorKind, Collector: c.Collector,
		CashInAdvance: c.CashInAdvance, Active: c.Active, WhiteGlove: v.terms(a).people, HasLimit: v.limit(a) != nil,
		DaysKnown: always, HasPaid: a.FirstPaidOn != 0, Anniversary: anniversary(a, v.Case.Today), Missing: v.missing(a), X: c.Extra,
	}
	if a.SeenOn != 0 {
		f.DaysKnown = int(v.Case.Today - a.SeenOn)
	}
	return f
}

// missing lists the master data that a new customer needs and lacks.
func (v *View) missing(a *Account) []string {
	c := &a.Customer
	var names []string
	for _, field := range []struct {
		name string
		has  bool
	}{
		{"email", v.reachable(a)}, {"address", c.Address.City != "" && c.Address.Country != ""},
		{"terms", c.TermsCode != ""}, {"language", c.Language != ""},
	} {
		if !field.has {
			names = append(names, field.name)
		}
	}
	return names
}

// anniversary returns the days since a customer's yearly day: that of its first
// reading, or one drawn from its id, so that reviews are spread over the year.
func anniversary(a *Account, today ar.Day) int {
	_, month, day := a.SeenOn.Date()
	if a.SeenOn == 0 {
		h := fnv.New32a()
		h.Write([]byte(a.Customer.Account.Customer))
		_, month, day = ar.NewDay(2001, time.January, 1+int(h.Sum32()%365)).Date()
	}
	year, _, _ := today.Date()
	last := ar.NewDay(year, month, day)
	if last > today {
		last = ar.NewDay(year-1, month, day)
	}
	return int(today - last)
}

// limit returns an account's credit limit in minor units of the base currency,
// nil where it has none. While our own hold stands in its place, what stood
// there before is the limit.
func (v *View) limit(a *Account) *int64 {
	limit := a.Customer.CreditLimit
	if limit == nil || *limit >= 0 {
		return limit
	}
	for i := range v.Case.Holds {
		e := &v.Case.Holds[i]
		if e.Account != a.Customer.Account || e.State != ar.EntryPlaced || e.Previous.Held != ar.Valued {
			continue
		}
		if was, err := ar.ParseAmount(e.Previous.Value, v.Case.Company.BaseCurrency); err == nil {
			return &was
		}
	}
	return nil
}

// reminders returns how often the most reminded document of the party was
// written about by a sequence that chases. Steps that lay before the one at
// which old debt entered count once we have written ourselves.
func (v *View) reminders() int {
	most := 0
	for i := range v.State.Positions {
		p := &v.State.Positions[i]
		s := v.Book.version(p)
		if p.Ended != "" || s == nil || !s.chases() || p.Subject.Kind != SubjectInvoice || v.byID[p.Subject.Document] == nil {
			continue
		}
		sent, adopted := 0, 0
		for j := range p.Done {
			r := s.rung(p.Done[j].Step)
			switch how := p.Done[j].How; {
			case r == nil || r.Do != "message":
			case how == DoneSent:
				sent++
			case how == DoneAdopted:
				adopted++
			}
		}
		if sent > 0 {
			most = max(most, sent+adopted)
		}
	}
	return most
}

// percent returns a share, rounded down; without a whole it is always.
func percent(part, whole int64) int {
	if whole <= 0 || part/whole >= always/100 {
		return always
	}
	return int(min(always, share(part, 100, whole)))
}

// reachable reports whether an account has a contact that e-mail can reach.
func (v *View) reachable(a *Account) bool {
	for i := range a.Contacts {
		if v.Reachable(&a.Contacts[i]) {
			return true
		}
	}
	return false
}
