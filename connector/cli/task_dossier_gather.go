package cli

import (
	"context"
	"io"
	"path/filepath"
	"slices"

	"holdfast/engine/ar"
	"holdfast/engine/dossier"
	"holdfast/engine/fault"
	"holdfast/engine/intake"
	"holdfast/engine/ledger"
	"holdfast/engine/message"
	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
	"holdfast/engine/statement"
	"holdfast/engine/store"
)

// dossierGather reads the parts of one dossier from the state.
type dossierGather struct {
	*App
	st    *store.Store
	task  store.Task
	place place
	day   ar.Day
	past  store.Past
	out   dossier.Dossier
}

// all reads every part.
func (g *dossierGather) all(ctx context.Context) (*dossier.Dossier, error) {
	for _, read := range []func(context.Context) error{g.ledger, g.sent, g.told, g.calls, g.held} {
		if err := read(ctx); err != nil {
			return nil, err
		}
	}
	s := seller(g.place.Company, g.place.ERP)
	d := &g.out
	d.Creditor = dossier.Creditor{Company: g.place.Key, Name: s.Name, Address: s.Address, Phone: s.Phone, Email: s.Email, Letter: s.Letter}
	d.Base, d.Day, d.Zone, d.Matter = g.place.ERP.BaseCurrency, g.day, g.place.Zone, g.matter()
	if err := g.copies(); err != nil {
		return nil, err
	}
	var err error
	d.Statement, err = statement.Account(s, ledger.AccountLedger{Customer: d.Customer, Documents: d.Documents, Applications: d.Applied}, g.day)
	return d, err
}

// matter is the task as a dossier has it.
func (g *dossierGather) matter() dossier.Matter {
	t := &g.task
	return dossier.Matter{
		Task: t.ID, Mode: t.Mode, To: t.Role, Sequence: t.Sequence, Step: t.Step, Reason: reasonText(t.Reason), Text: t.Text,
		OpenedOn: t.OpenedOn, DueOn: t.DueOn, Outcome: t.Outcome, ClosedBy: t.ClosedBy, Documents: t.Documents,
	}
}

// ledger reads the customer with its contacts, documents and what was applied to
// them.
func (g *dossierGather) ledger(ctx context.Context) error {
	party, err := g.st.PartyOf(ctx, g.task.Account)
	if err != nil {
		return err
	}
	g.past, err = g.st.PastOf(ctx, party.Source, party.Company, g.task.Mode, []ar.CustomerID{party.Payer})
	if err != nil {
		return err
	}
	i := slices.IndexFunc(g.past.Customers, func(c ar.Customer) bool { return c.Account == g.task.Account })
	if i < 0 {
		return fault.New(fault.NotFound, "customer %s of task %d is not in the ledger any more", g.task.Account.Customer, g.task.ID)
	}
	d := &g.out
	d.Customer = g.past.Customers[i]
	for _, c := range g.past.Contacts {
		if c.Account == g.task.Account {
			d.Contacts = append(d.Contacts, c)
		}
	}
	for _, doc := range g.past.Documents {
		if doc.Account == g.task.Account {
			d.Documents = append(d.Documents, doc)
		} else if doc.IsCredit() {
			d.Receipts = append(d.Receipts, doc)
		}
	}
	for _, applied := range g.past.Applications {
		if g.owns(applied.Document) || g.owns(applied.Receipt) {
			d.Applied = append(d.Applied, applied)
		}
	}
	return nil
}

// owns reports whether a document stands on the account.
func (g *dossierGather) owns(id ar.DocumentID) bool {
	return slices.ContainsFunc(g.out.Documents, func(d ar.Document) bool { return d.ID == id })
}

// left are the states of a message that a channel was given.
var left = []outbox.State{outbox.Handed, outbox.Accepted, outbox.Refused, outbox.Uncertain}

// sent reads the messages that named the account or a document of it.
func (g *dossierGather) sent(ctx context.Context) error {
	id := g.task.Account
	list, err := g.st.Deliveries(ctx, store.DeliveryFilter{Source: id.Source, Company: id.Company, Mode: g.task.Mode, States: left,
		Parties: []ar.PartyID{g.out.Customer.Party(), g.task.Party}})
	if err != nil {
		return err
	}
	for _, d := range list {
		if d.Account != id && !slices.ContainsFunc(d.Documents, g.owns) {
			continue
		}
		s, err := g.message(ctx, d.ID)
		if err != nil {
			return err
		}
		g.out.Sent = append(g.out.Sent, s)
	}
	return nil
}

// message reads one message with the mail that it went as.
func (g *dossierGather) message(ctx context.Context, id int64) (dossier.Sent, error) {
	d, err := g.st.Delivery(ctx, id)
	if err != nil {
		return dossier.Sent{}, err
	}
	m, err := outbox.Decode(d.Content)
	if err != nil {
		return dossier.Sent{}, failed(err)
	}
	m.Key = d.Key
	s := dossier.Sent{Delivery: d, Message: m}
	if (d.Medium == "" || d.Medium == sequence.MediumEmail) && d.State != outbox.Refused {
		s.Mail, err = mailOf(m)
	}
	return s, err
}

// told takes over what people told of the account, with how it stands.
func (g *dossierGather) told(ctx context.Context) error {
	var facts []intake.Fact
	ended := map[int64]*intake.Fact{}
	for i := range g.past.Facts {
		switch f := &g.past.Facts[i]; {
		case f.Kind == intake.End:
			ended[f.Ref] = f
		case f.Account == g.task.Account && f.Kind != intake.Outcome:
			facts = append(facts, *f)
		}
	}
	heard, err := g.heard(ctx, gathered[intake.Fact]{list: facts, among: []place{g.place}}, g.day)
	if err != nil {
		return err
	}
	for _, f := range facts {
		t := dossier.Told{Fact: f, Ended: ended[f.ID]}
		if f.Kind == intake.Dispute || t.Ended == nil && (f.Kind == intake.Promise || f.Kind == intake.Plan) {
			t.State = stateTold(&f, heard[f.ID])
		}
		g.out.Told = append(g.out.Told, t)
	}
	return nil
}

// calls reads the calls that were asked for and those that were told of.
func (g *dossierGather) calls(ctx context.Context) error {
	id := g.task.Account
	tasks, err := g.st.Tasks(ctx, store.TaskFilter{Source: id.Source, Company: id.Company, Mode: g.task.Mode})
	if err != nil {
		return err
	}
	asked := map[string]bool{}
	for i := range tasks {
		t := &tasks[i]
		asked[t.Key] = true
		if t.Account == id && t.Script != "" {
			g.out.Calls = append(g.out.Calls, g.call(t))
		}
	}
	for _, f := range g.past.Facts {
		if f.Account == id && f.Kind == intake.Outcome && !asked[f.Task] {
			g.out.Calls = append(g.out.Calls, dossier.Call{Day: f.On, Address: f.Address, By: f.By, Outcome: f.Code, Text: f.Text})
		}
	}
	return nil
}

// call is a call that was asked for, with how it ended.
func (g *dossierGather) call(t *store.Task) dossier.Call {
	c := dossier.Call{Day: t.OpenedOn, Script: t.Script, By: t.ClosedBy, Outcome: t.Outcome, Text: t.Text}
	for _, f := range g.past.Facts {
		if f.Kind == intake.Outcome && f.Task == t.Key {
			c.Day, c.Address, c.By, c.Outcome, c.Text = f.On, f.Address, f.By, f.Code, f.Text
		}
	}
	return c
}

// held reads our holds on the account.
func (g *dossierGather) held(ctx context.Context) error {
	id := g.task.Account
	var err error
	g.out.Holds, err = g.st.Holds(ctx, store.HoldFilter{Source: id.Source, Company: id.Company, Accounts: []ar.AccountID{id}, Mode: g.task.Mode})
	return err
}

// copies reads the copy of each invoice that was handed on, or says why there is
// none.
func (g *dossierGather) copies() error {
	for _, d := range g.out.Handed() {
		if d.Kind != ar.Invoice {
			continue
		}
		c := dossier.Copy{Document: d.ID, Number: first(d.Number, string(d.ID))}
		if err := g.fill(&c, d); err != nil {
			return err
		}
		g.out.Copies = append(g.out.Copies, c)
	}
	return nil
}

// fill reads the copy of one invoice from where the config says.
func (g *dossierGather) fill(c *dossier.Copy, d ar.Document) error {
	pattern := g.place.InvoiceCopy
	if pattern == "" {
		c.Missing = "the config does not say where copies are"
		return nil
	}
	f, err := message.OpenInvoiceCopy(pattern, g.out.Customer.Number, d)
	if err != nil {
		c.Missing = "not found where copies are kept"
		return nil
	}
	defer f.Close()
	c.Ext = filepath.Ext(f.Name())
	c.Data, err = io.ReadAll(f)
	return err
}
