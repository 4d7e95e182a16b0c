package cli

import (
	"cmp"
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

// fill reads what is known of the customer's party and decides it as of m.
func (e *explained) fill(ctx context.Context, c *cycle.Cycle, co *cycle.Company, m cycle.Moment, customer ar.Customer) error {
	cs, d, err := c.Explain(ctx, co, m, customer.Account)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	return e.show(ctx, c, co, &cs, &d, customer)
}

// show takes over a case and its decision, with the last messages and the open
// tasks.
func (e *explained) show(ctx context.Context, c *cycle.Cycle, co *cycle.Company, cs *sequence.Case, d *sequence.Decision, customer ar.Customer) error {
	e.DataDay = cs.DataDay
	e.Holds = append(e.Holds, cs.Holds...)
	e.Pending = append(e.Pending, cs.Pending...)
	e.documents(cs, d)
	e.told(co, cs)
	e.next(d)
	if err := e.messages(ctx, c.Store, co, customer.Party()); err != nil {
		return err
	}
	tasks, err := c.Store.Tasks(ctx, store.TaskFilter{Source: co.Source, Company: co.ID, Mode: co.Mode, Open: true})
	for _, t := range tasks {
		if t.Party == customer.Party() {
			e.Tasks = append(e.Tasks, t)
		}
	}
	return err
}

// documents lists what is open with its verdicts, and what is said of accounts.
func (e *explained) documents(cs *sequence.Case, d *sequence.Decision) {
	for i := range cs.Accounts {
		for _, doc := range cs.Accounts[i].Documents {
			e.Documents = append(e.Documents, explainedDocument{
				Customer: doc.Account.Customer, Document: doc.ID, Number: doc.Number, Kind: doc.Kind, DueOn: doc.DueOn,
				Open: ar.FormatAmount(doc.Open, doc.Currency), Disputed: ar.FormatAmount(doc.DisputedOpen(), doc.Currency),
				Currency: doc.Currency, Positions: positions(doc, d),
			})
		}
	}
	slices.SortStableFunc(e.Documents, func(x, y explainedDocument) int {
		return cmp.Or(cmp.Compare(x.Customer, y.Customer), int(x.DueOn-y.DueOn), strings.Compare(x.Number, y.Number))
	})
	for _, v := range d.Verdicts {
		if v.Subject.Document == "" {
			e.Notes = append(e.Notes, explainedNote{v.Subject.Customer, v.Sequence, v.Subject.Ref, v.Reason, v.Detail})
		}
	}
}

// positions are the places of a document: those begun, with the verdict of each,
// and verdicts without a place.
func positions(doc ar.Document, d *sequence.Decision) []explainedPosition {
	list := []explainedPosition{}
	said := map[string]bool{}
	for _, p := range d.State.Positions {
		if p.Subject.Document != doc.ID {
			continue
		}
		at := explainedPosition{Sequence: p.Sequence, Entered: p.EnteredOn, Done: append([]sequence.Done{}, p.Done...), Ended: p.Ended}
		for _, v := range d.Verdicts {
			if v.Subject == p.Subject && v.Sequence == p.Sequence {
				at.Next, at.On, at.Reason, at.Detail = v.Step, v.On, v.Reason, v.Detail
			}
		}
		said[p.Sequence] = true
		list = append(list, at)
	}
	for _, v := range d.Verdicts {
		if v.Subject.Document == doc.ID && !said[v.Sequence] {
			list = append(list, explainedPosition{
				Sequence: v.Sequence, Done: []sequence.Done{}, Next: v.Step, On: v.On, Reason: v.Reason, Detail: v.Detail,
			})
		}
	}
	return list
}

// next lists what the day brings.
func (e *explained) next(d *sequence.Decision) {
	for i := range d.Intents {
		in := &d.Intents[i]
		n := explainedNext{
			Kind: in.Kind, Sequence: in.Sequence, Step: in.Step, Channel: in.Channel, To: in.Recipient(), Asked: in.Asked,
			Reason: in.Reason, Detail: in.Detail, Approval: in.Approve, Documents: []string{},
		}
		for _, l := range in.Lines {
			n.Documents = append(n.Documents, l.Document.Number)
		}
		e.Next = append(e.Next, n)
	}
}

// sentShown is how many messages of the past are told.
const sentShown = 10

// messages lists the last messages of the party that left or may have.
func (e *explained) messages(ctx context.Context, st *store.Store, co *cycle.Company, party ar.PartyID) error {
	list, err := st.Deliveries(ctx, store.DeliveryFilter{
		Source: co.Source, Company: co.ID, Mode: co.Mode, Parties: []ar.PartyID{party}, Limit: sentShown,
		States: []outbox.State{outbox.Accepted, outbox.Refused, outbox.Uncertain, outbox.Waiting, outbox.Retry, outbox.Rendered},
	})
	for _, d := range list {
		e.Sent = append(e.Sent, sentOf(d))
	}
	return err
}
