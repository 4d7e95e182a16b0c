package cycle

import (
	"slices"

	"holdfast/engine/ar"
	"holdfast/engine/intake"
	"holdfast/engine/sequence"
	"holdfast/engine/store"
	"holdfast/engine/walk"
)

// measure counts what a chunk's days bring, with what its ledger did later.
type measure struct {
	*backtest
	names    map[ar.AccountID]*ar.Customer
	settled  map[ar.DocumentID]ar.Day   // of those that are
	early    map[ar.DocumentID][]early  // what came in before it was posted
	disputed map[ar.DocumentID]bool     // by the ERP today, nobody knows since when
	told     map[ar.DocumentID][]ar.Day // when disputes of it were told
	contacts map[ar.AccountID]int       // messages
	owing    map[ar.PartyID]int         // accounts that owed anything
	held     map[ar.AccountID]ar.Day    // since when our hold stands
}

func newMeasure(b *backtest, p *store.Past) *measure {
	m := &measure{
		backtest: b, names: map[ar.AccountID]*ar.Customer{}, settled: map[ar.DocumentID]ar.Day{}, early: map[ar.DocumentID][]early{}, disputed: map[ar.DocumentID]bool{},
		told: map[ar.DocumentID][]ar.Day{}, contacts: map[ar.AccountID]int{}, owing: map[ar.PartyID]int{}, held: map[ar.AccountID]ar.Day{},
	}
	for i := range p.Customers {
		m.names[p.Customers[i].Account] = &p.Customers[i]
	}
	receipts := map[ar.DocumentID]*ar.Document{}
	for i := range p.Documents {
		d := &p.Documents[i]
		receipts[d.ID] = d
		if d.Open == 0 {
			m.settled[d.ID] = d.ClosedOn
		}
		m.disputed[d.ID] = d.DisputedOpen() > 0 && d.DisputedOpen() == d.Open
	}
	for _, c := range p.Contests {
		m.disputed[c.Document] = false
	}
	for i := range p.Applications {
		m.application(&p.Applications[i], receipts)
	}
	for i := range p.Facts {
		if f := &p.Facts[i]; f.Kind == intake.Dispute {
			for _, c := range f.Documents {
				m.told[c.Document] = append(m.told[c.Document], f.On)
			}
		}
	}
	return m
}

// application notes when a document was settled, and what was paid on it before
// that was posted. Money that is posted and not applied yet is no such thing:
// decisions see it.
func (m *measure) application(a *ar.Application, receipts map[ar.DocumentID]*ar.Document) {
	if a.Reversed {
		return
	}
	e := early{dated: a.AppliedOn, posted: max(a.PostedOn, a.AppliedOn), amount: a.Amount + a.Discount + a.WriteOff}
	if on, ok := m.settled[a.Document]; ok {
		m.settled[a.Document] = max(on, e.posted)
	}
	if r := receipts[a.Receipt]; r != nil {
		e.dated, e.posted = r.IssuedOn, knownOn(r)
	}
	if e.dated != 0 && e.dated < e.posted {
		m.early[a.Document] = append(m.early[a.Document], e)
	}
}

// early is money that bears an earlier day than that on which it was posted.
type early struct {
	dated, posted ar.Day
	amount        int64
}

// decided counts who owed anything.
func (m *measure) decided(c *sequence.Case, _ *sequence.Decision) {
	n := 0
	for i := range c.Accounts {
		if slices.ContainsFunc(c.Accounts[i].Documents, func(d ar.Document) bool { return d.Open > 0 }) {
			n++
		}
	}
	m.owing[c.Party] = max(m.owing[c.Party], n)
}

// touch counts one effect and passes it on.
func (m *measure) touch(t *walk.Touch) error {
	r, err := m.row(t)
	if err != nil {
		return err
	}
	m.count(t, r)
	return m.emit(r)
}

// row is an effect as it is shown.
func (m *measure) row(t *walk.Touch) (*BacktestRow, error) {
	r := &BacktestRow{Documents: []string{}, Amounts: []Amount{}}
	var cs sequence.Case
	f := Foreseen{Company: m.company, Moment: Moment{Day: t.Day}, Case: &cs, Intent: &t.Intent}
	err := f.Rows(func(p PlanRow) error {
		r.Day, r.Kind, r.Company, r.CustomerID, r.Sequence, r.Step = p.Day, p.Kind, p.Company, p.CustomerID, p.Sequence, p.Step
		r.Channel, r.To, r.Approval = p.Channel, p.To, t.Waits()
		r.Documents, r.Amounts = append(r.Documents, p.Documents...), append(r.Amounts, Amount{p.Amount, p.Currency})
		return nil
	})
	if c := m.names[t.Account]; c != nil {
		r.Number, r.Customer = c.Number, c.Name
	}
	if t.Kind == sequence.Message && t.Purpose != sequence.Response && t.Purpose != sequence.Statement {
		for i := range t.Lines {
			if l := &t.Lines[i]; l.Asked > 0 {
				r.HitPaid += m.paidAlready(l, t.Day)
				if m.disputed[l.Document.ID] {
					r.HitDisputed++
				}
			}
		}
	}
	return r, err
}

// paidAlready is 1 where receipts that cover a line were dated by a day and
// posted later.
func (m *measure) paidAlready(l *sequence.Line, day ar.Day) int {
	sum := int64(0)
	for _, e := range m.early[l.Document.ID] {
		if e.dated <= day && day < e.posted {
			sum += e.amount
		}
	}
	if sum > 0 && sum >= l.Asked {
		return 1
	}
	return 0
}

// count adds an effect to the figures.
func (m *measure) count(t *walk.Touch, r *BacktestRow) {
	s, w := m.sum.step(r), m.sum.week(t.Day)
	s.Touches++
	s.HitPaid += min(1, r.HitPaid)
	s.HitDisputed += min(1, r.HitDisputed)
	if r.Approval {
		s.Approval++
	}
	switch t.Kind {
	case sequence.Message:
		w.Messages++
		m.contacts[t.Account]++
		for _, asked := range t.Asked {
			s.Asked = s.Asked.Add(asked.Minor, asked.Currency)
		}
	case sequence.Task:
		w.Tasks++
	case sequence.Hold:
		m.hold(t, w)
	case sequence.Release:
		w.Releases++
		m.release(t.Account, t.Day)
		m.sum.Holds.Released++
	}
	for _, id := range subjectsOf(t) {
		m.later(s, id, t.Day)
	}
}

// subjectsOf lists the documents that an effect does a step of.
func subjectsOf(t *walk.Touch) []ar.DocumentID {
	var ids []ar.DocumentID
	for _, o := range t.Occasions {
		if id := o.Subject.Document; id != "" && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}

// later asks what became of a document after a step of a day.
func (m *measure) later(s *BacktestStep, id ar.DocumentID, day ar.Day) {
	s.Documents++
	on, settled := m.settled[id]
	for i := range s.Paid {
		p := &s.Paid[i]
		until := day + ar.Day(p.Days)
		if until > m.sum.Known {
			continue
		}
		p.Of++
		if settled && on <= until {
			p.Count++
		}
	}
	if slices.ContainsFunc(m.told[id], func(told ar.Day) bool { return told > day && told <= day+14 }) {
		s.Disputed14++
	}
}

// hold notes a hold that was placed, or that waits for a yes.
func (m *measure) hold(t *walk.Touch, w *BacktestWeek) {
	if t.Waits() {
		m.sum.Holds.Proposed++
		return
	}
	w.Holds++
	m.sum.Holds.Placed++
	m.held[t.Account] = t.Day
}

func (m *measure) release(id ar.AccountID, on ar.Day) {
	if since, held := m.held[id]; held {
		m.sum.days = append(m.sum.days, int(on-since))
		delete(m.held, id)
	}
}

// end adds up what the chunk's days came to.
func (m *measure) end() {
	for _, n := range m.contacts {
		m.sum.contacts = append(m.sum.contacts, n)
	}
	for _, n := range m.owing {
		m.sum.Owing += n
	}
	for _, since := range m.held {
		m.sum.days = append(m.sum.days, int(m.span.To-since)+1)
	}
}
