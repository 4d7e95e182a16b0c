package cli

import (
	"context"
	"slices"
	"strings"

	"holdfast/engine/ar"
	"holdfast/engine/cycle"
	"holdfast/engine/fault"
	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
	"holdfast/engine/store"
)

// What explain says comes from one of these.
const (
	fromNow     = "now"     // decided while it was asked
	fromJournal = "journal" // as it was decided then
	fromPlan    = "plan"    // foreseen
)

// when fills in the day that is asked for: a past one from the journal, one
// ahead from a plan, any other by deciding now.
func (e *explained) when(ctx context.Context, c *cycle.Cycle, co *cycle.Company, customer ar.Customer, o cycle.Outlook) error {
	today := c.Today(co).Day
	switch {
	case e.Day > today:
		return e.ahead(ctx, c, co, cycle.Moment{Day: today}, customer, o)
	case e.Day < today:
		r, ok, err := c.Recall(ctx, co, e.Day, customer.Account)
		if err != nil || ok {
			e.past(co, &r)
			return err
		}
	}
	e.Source = fromNow
	return e.fill(ctx, c, co, cycle.Moment{Day: e.Day}, customer)
}

// past fills in a day from the journal.
func (e *explained) past(co *cycle.Company, r *cycle.Recalled) {
	e.Source, e.DecidedOn, e.DataDay = fromJournal, r.DecidedOn, e.Day
	if len(r.Case.Accounts) == 0 {
		return
	}
	e.Holds = append(e.Holds, r.Case.Holds...)
	e.documents(&r.Case, &r.Decision)
	e.told(co, &r.Case)
	for _, d := range r.Deliveries {
		if d.Day == e.Day {
			e.Next = append(e.Next, e.messageOn(&d))
		}
		if len(e.Sent) < sentShown && d.State != outbox.Superseded {
			e.Sent = append(e.Sent, sentOf(d))
		}
	}
	for _, t := range r.Tasks {
		if t.OpenedOn == e.Day {
			e.Next = append(e.Next, explainedNext{
				Kind: sequence.Task, Sequence: t.Sequence, Step: t.Step, Reason: t.Reason, Detail: t.Detail, Documents: e.numbers(t.Documents),
			})
		}
		if t.ClosedAt.IsZero() || ar.DayOf(t.ClosedAt.In(co.Zone)) > e.Day {
			e.Tasks = append(e.Tasks, t)
		}
	}
	for i := range e.Holds {
		if h := &e.Holds[i]; h.PlacedOn == e.Day {
			e.Next = append(e.Next, placedOn(h))
		}
	}
}

// messageOn is a message as something that a day brought, or why it was kept
// back.
func (e *explained) messageOn(d *outbox.Delivery) explainedNext {
	n := explainedNext{
		Kind: sequence.Message, Sequence: d.Sequence, Step: d.Step, Channel: d.Channel, To: d.Recipient, Asked: d.Asked,
		Reason: sequence.ReasonDue, Detail: string(d.State), Approval: d.State == outbox.Waiting, Documents: e.numbers(d.Documents),
	}
	if d.State == outbox.Superseded {
		n.Reason, n.Detail = d.Reason, strings.TrimSuffix("kept back: "+d.Detail, ": ")
	}
	return n
}

// placedOn is a hold as something that a day brought.
func placedOn(h *ar.HoldEntry) explainedNext {
	n := explainedNext{Kind: sequence.Hold, Reason: sequence.ReasonDue, Detail: h.Reason, Documents: []string{}}
	if h.ByPerson() {
		n.Reason = sequence.ReasonPerson
	} else if occasion := strings.Split(h.Proposer, "|"); len(occasion) > 2 {
		n.Sequence, n.Step = occasion[0], occasion[2]
	}
	return n
}

// numbers names documents that are open by their numbers, others by their ids.
func (e *explained) numbers(ids []ar.DocumentID) []string {
	list := []string{}
	for _, id := range ids {
		name := string(id)
		for i := range e.Documents {
			if e.Documents[i].Document == id {
				name = e.Documents[i].Number
			}
		}
		if !slices.Contains(list, name) {
			list = append(list, name)
		}
	}
	return list
}

// ahead fills in a day that a plan reaches.
func (e *explained) ahead(ctx context.Context, c *cycle.Cycle, co *cycle.Company, from cycle.Moment, customer ar.Customer, o cycle.Outlook) error {
	if e.Day-from.Day > 366 {
		return usage("--as-of %s: a plan reaches a year ahead", e.Day)
	}
	e.Source, e.Assumptions = fromPlan, append(o.Assumptions(), "other customers at the same address get nothing")
	keep := func(r cycle.PlanRow) error { e.Until = append(e.Until, r); return nil }
	cs, d, err := c.ExplainAhead(ctx, co, from, e.Day, customer.Account, o, func(f *cycle.Foreseen) error { return f.Rows(keep) })
	if err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	return e.show(ctx, c, co, &cs, &d, customer)
}

// textWhen says where it is from, and what a plan foresees until the day.
func (e *explained) textWhen(a *App) error {
	switch e.Source {
	case fromJournal:
		a.Say("From the journal: decided last on %s. Documents are shown as they were open at the end of the day.", dayText(e.DecidedOn))
	case fromPlan:
		a.Say("Foreseen by a plan of this customer alone.")
		a.granted(e.Assumptions)
		return e.textUntil(a)
	}
	return nil
}

// textUntil writes what the days before bring.
func (e *explained) textUntil(a *App) error {
	a.Say("")
	if len(e.Until) == 0 {
		a.Say("Until then nothing happens.")
		return nil
	}
	a.Say("Until then:")
	var lines [][]string
	for _, r := range e.Until {
		lines = append(lines, []string{"  " + dayText(r.Day), r.Kind, r.Sequence + " " + r.Step, comma(r.Amount), string(r.Currency), documents(r.Documents), remark(r)})
	}
	return a.Table([]Column{{}, {}, {}, {Right: true}, {}, {}, {}}, lines)
}

// sentOf is a delivery as explain shows it.
func sentOf(d outbox.Delivery) explainedSent {
	return explainedSent{d.Day, d.State, d.Sequence + " " + d.Step, d.Channel, d.Recipient, d.Asked}
}

// newExplained begins what is said of a customer on a day.
func newExplained(co *cycle.Company, day ar.Day, customer ar.Customer) *explained {
	return &explained{
		Company: co.Key, Day: day, Customer: customer.Account.Customer, Number: customer.Number, Name: customer.Name, Payer: customer.Payer,
		Documents: []explainedDocument{}, Notes: []explainedNote{}, Next: []explainedNext{}, Holds: []ar.HoldEntry{},
		Pending: []sequence.Pending{}, Sent: []explainedSent{}, Tasks: []store.Task{}, Told: []explainedTold{}, Rules: []explainedRule{},
		Until: []cycle.PlanRow{}, Assumptions: []string{},
	}
}
