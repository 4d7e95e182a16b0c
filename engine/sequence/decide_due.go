package sequence

import "holdfast/engine/ar"

// after returns the first step of a sequence that is not behind a position, and
// which repetition of it; nil where all are done.
func (s *Sequence) after(p *Position) (*Rung, int) {
	for i := range s.Steps {
		r := &s.Steps[i]
		times := 1
		if r.Every.N > 0 {
			times = r.Times
		}
		for n := range times {
			if !p.did(r.ID, n) {
				return r, n
			}
		}
	}
	return nil, 0
}

// rung returns a step by its id, nil where the sequence has none.
func (s *Sequence) rung(id string) *Rung {
	for i := range s.Steps {
		if s.Steps[i].ID == id {
			return &s.Steps[i]
		}
	}
	return nil
}

// dueOn returns the day a step is due: its anchor plus its offset, or the day
// the last effect was done plus the span that the file puts between the two,
// whichever is later. So no step is skipped and the spacing survives downtime.
func (v *View) dueOn(d *Due) ar.Day {
	last := d.Position.lastEffect()
	if d.Rung.Every.N > 0 {
		base := d.Position.EnteredOn
		if last != nil {
			base = last.On
		}
		return d.Rung.Every.From(base, v.Book.Policy.Business)
	}
	planned := d.Rung.At.onDoc(d, v)
	if last == nil {
		return planned
	}
	before := d.Sequence.rung(last.Step)
	if before == nil || before.At.IsZero() || before.At.Anchor == AnchorPrevious || d.Rung.At.Anchor == AnchorPrevious {
		return max(planned, last.On)
	}
	other := Due{Position: d.Position, Sequence: d.Sequence, Item: d.Item, Rung: before}
	return max(planned, last.On+max(0, planned-before.At.onDoc(&other, v)))
}

// onDoc returns the day of m for the subject of d, zero where it has none.
func (m Moment) onDoc(d *Due, v *View) ar.Day {
	if m.IsZero() {
		return 0
	}
	doc := &ar.Document{}
	if d.Item != nil {
		doc = d.Item.Doc
	}
	return m.on(d.Position, doc, v.Book.Policy.Business)
}

// lastEffect returns the last step that had an effect, nil where none had:
// lapsed, passed over and adopted ones set no spacing.
func (p *Position) lastEffect() *Done {
	for i := len(p.Done) - 1; i >= 0; i-- {
		switch p.Done[i].How {
		case DoneSent, DoneTask, DoneHold:
			return &p.Done[i]
		}
	}
	return nil
}

// lastTold returns the last step that the customer knows of, nil where there is
// none: a task is nobody's business but ours.
func (p *Position) lastTold() *Done {
	for i := len(p.Done) - 1; i >= 0; i-- {
		if how := p.Done[i].How; how == DoneSent || how == DoneHold {
			return &p.Done[i]
		}
	}
	return nil
}

// facts returns what conditions see of a document and its account.
func (v *View) facts(item *Item, a *Account) *Facts {
	c := &a.Customer
	f := &Facts{Account: v.sums, Customer: CustomerFacts{
		Number: c.Number, Name: c.Name, Segment: c.Segment, Country: c.Address.Country, Language: c.Language,
		TermsCode: c.TermsCode, PaymentMethod: c.PaymentMethod, DebtorKind: c.DebtorKind, Collector: c.Collector,
		CashInAdvance: c.CashInAdvance, Active: c.Active, WhiteGlove: v.Book.Policy.WhiteGlove[c.Number], X: c.Extra,
	}}
	if item == nil {
		return f
	}
	doc := item.Doc
	f.Document = DocumentFacts{
		Number: doc.Number, Kind: string(doc.Kind), Currency: string(doc.Currency),
		Amount: ar.Money{Minor: doc.Amount, Currency: doc.Currency}, Open: ar.Money{Minor: doc.Open, Currency: doc.Currency},
		DaysPastDue: doc.DaysPastDue(v.Case.Today), Disputed: doc.Disputed, PONumber: doc.PONumber,
		OrderNumber: doc.OrderNumber, ShipTo: doc.ShipToID, X: doc.Extra,
	}
	if doc.IssuedOn != 0 {
		f.Document.DaysIssued = int(v.Case.Today - doc.IssuedOn)
	}
	return f
}
