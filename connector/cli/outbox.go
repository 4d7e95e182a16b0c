package cli

import (
	"context"
	"slices"
	"strings"
	"time"

	"holdfast/engine/ar"
	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
	"holdfast/engine/store"
)

// outboxVerb looks at messages on their way.
type outboxVerb struct {
	List    outboxListVerb    `cmd:"" help:"List messages and where they stand."`
	Show    outboxShowVerb    `cmd:"" help:"Show one message as it leaves, or left."`
	Resolve outboxResolveVerb `cmd:"" help:"Say what is to become of a message that waits for a person."`
}

type outboxListVerb struct {
	State   string `enum:",rendered,waiting,reserved,handed,accepted,refused,retry,uncertain,superseded" default:"" placeholder:"STATE" help:"Only this state: rendered, waiting, reserved, handed, accepted, refused, retry, uncertain or superseded."`
	Company string `placeholder:"KEY" help:"Only this company."`
	Limit   int    `default:"0" placeholder:"N" help:"Only the newest N of each company."`
}

// outboxRow is a message as programs read it.
type outboxRow struct {
	ID             int64            `json:"id"`
	State          outbox.State     `json:"state"`
	Mode           outbox.Mode      `json:"mode"`
	Company        string           `json:"company"`
	CustomerID     ar.CustomerID    `json:"customer_id"`
	CustomerNumber string           `json:"customer_number"`
	Customer       string           `json:"customer"`
	Channel        string           `json:"channel"`
	Recipient      string           `json:"recipient"`
	Purpose        sequence.Purpose `json:"purpose"`
	Sequence       string           `json:"sequence"`
	Step           string           `json:"step"`
	Documents      []ar.DocumentID  `json:"documents"`
	Amount         ar.Balance       `json:"amount"` // asked, one entry per currency: "1234.50 USD"
	Day            ar.Day           `json:"day"`
	Reason         sequence.Reason  `json:"reason"`
	Detail         string           `json:"detail"`
	LastEvent      outbox.EventKind `json:"last_event"` // the latest that its channel told; empty: nothing
	Attempts       int              `json:"attempts"`
	Key            outbox.Key       `json:"key"`
}

// Run lists deliveries.
func (v *outboxListVerb) Run(ctx context.Context, a *App) error {
	all, err := gather(ctx, a, v.Company, func(d outbox.Delivery) ar.AccountID { return d.Account },
		func(st *store.Store, p place) ([]outbox.Delivery, error) {
			f := store.DeliveryFilter{Source: p.ERP.Source, Company: p.ERP.ID, Limit: v.Limit}
			if v.State != "" {
				f.States = []outbox.State{outbox.State(v.State)}
			}
			return st.Deliveries(ctx, f)
		})
	if err != nil {
		return err
	}
	rows := []outboxRow{}
	for _, d := range all.list {
		rows = append(rows, newOutboxRow(d, all.key(d.Account), all.known[d.Account]))
	}
	return a.showOutbox(rows)
}

func newOutboxRow(d outbox.Delivery, company string, c ar.Customer) outboxRow {
	r := outboxRow{
		ID: d.ID, State: d.State, Mode: d.Mode, Company: company, CustomerID: d.Account.Customer, CustomerNumber: c.Number,
		Customer: c.Name, Channel: d.Channel, Recipient: d.Recipient, Purpose: d.Purpose, Sequence: d.Sequence, Step: d.Step,
		Documents: d.Documents, Amount: d.Asked, Day: d.Day, Reason: d.Reason, Detail: d.Detail,
		LastEvent: d.LastEvent, Attempts: d.Attempts, Key: d.Key,
	}
	if r.Documents == nil {
		r.Documents = []ar.DocumentID{}
	}
	if r.Amount == nil {
		r.Amount = ar.Balance{}
	}
	return r
}

func (a *App) showOutbox(rows []outboxRow) error {
	if a.JSON {
		return a.WriteJSON(rows)
	}
	if len(rows) == 0 {
		a.Say("There is no such message.")
		return nil
	}
	var lines [][]string
	for _, r := range rows {
		amount := ""
		if len(r.Amount) > 0 {
			amount = r.Amount.String()
		}
		lines = append(lines, []string{
			itoa(r.ID), string(r.State), r.Day.String(), r.Company, first(r.Customer, string(r.CustomerID)), r.Recipient,
			strings.Trim(r.Sequence+"/"+r.Step, "/"), amount, eventText(r.LastEvent), why(r.Reason, r.Detail),
		})
	}
	return a.Table([]Column{{"No", true}, {"State", false}, {"Day", false}, {"Company", false}, {"Customer", false}, {"To", false},
		{"Step", false}, {"Asks for", true}, {"Heard", false}, {"Why", false}}, lines)
}

type outboxShowVerb struct {
	ID int64 `arg:"" help:"Number of the message, as the list shows it."`
}

// messageRow is one message whole, as programs read it. Attachments are named,
// not included.
type messageRow struct {
	outboxRow
	From        outbox.Mailbox   `json:"from"`
	To          []outbox.Mailbox `json:"to"`
	Cc          []outbox.Mailbox `json:"cc"`
	ReplyTo     string           `json:"reply_to"`
	Subject     string           `json:"subject"`
	Date        string           `json:"date"`
	Text        string           `json:"text"`
	Attachments []string         `json:"attachments"`
	Events      []eventRow       `json:"events"` // what its channel told since
}

// Run shows one message.
func (v *outboxShowVerb) Run(ctx context.Context, a *App) error {
	st, err := a.ReadStore(ctx)
	if err != nil {
		return err
	}
	defer st.Close()
	d, err := st.Delivery(ctx, v.ID)
	if err != nil {
		return err
	}
	m, err := outbox.Decode(d.Content)
	if err != nil {
		return failed(err)
	}
	among, err := a.places(ctx, st, "")
	if err != nil {
		return err
	}
	known, err := customers(ctx, st, []ar.AccountID{d.Account})
	if err != nil {
		return err
	}
	r := newMessageRow(newOutboxRow(d, keyOf(among, d.Account.Source, d.Account.Company), known[d.Account]), m)
	if r.Events, err = eventsOf(ctx, st, store.EventFilter{Delivery: d.ID}); err != nil {
		return err
	}
	if a.JSON {
		return a.WriteJSON(r)
	}
	a.showMessage(r, m)
	a.showEvents(r.Events)
	return nil
}

func newMessageRow(head outboxRow, m outbox.Message) messageRow {
	r := messageRow{
		outboxRow: head, From: m.From, To: m.To, Cc: m.Cc, ReplyTo: m.ReplyTo, Subject: m.Subject, Text: m.Text,
		Date: m.Date.Format("2006-01-02 15:04 -0700"), Attachments: []string{},
	}
	if r.Cc == nil {
		r.Cc = []outbox.Mailbox{}
	}
	for _, f := range m.Attachments {
		r.Attachments = append(r.Attachments, f.Name)
	}
	return r
}

// showMessage writes a message as a person reads it.
func (a *App) showMessage(r messageRow, m outbox.Message) {
	head := func(name, text string) {
		if text != "" {
			a.Say("%-12s %s", name+":", text)
		}
	}
	head("Message", itoa(r.ID)+", "+string(r.State)+strings.TrimSuffix(", "+why(r.Reason, r.Detail), ", "))
	head("Customer", first(r.Customer, string(r.CustomerID))+", company "+r.Company)
	head("Step", strings.Trim(r.Sequence+"/"+r.Step, "/")+", decided for "+r.Day.String())
	head("From", mailboxes([]outbox.Mailbox{m.From}))
	head("To", mailboxes(m.To))
	head("Cc", mailboxes(m.Cc))
	head("Reply to", m.ReplyTo)
	head("Date", r.Date)
	head("Subject", m.Subject)
	head("Attached", strings.Join(r.Attachments, ", "))
	a.Say("\n%s", strings.TrimRight(m.Text, "\n"))
}

// mailboxes writes addresses with their names.
func mailboxes(list []outbox.Mailbox) string {
	var texts []string
	for _, m := range list {
		text := m.Address
		if m.Name != "" {
			text = m.Name + " <" + m.Address + ">"
		}
		texts = append(texts, text)
	}
	return strings.Join(texts, ", ")
}

type outboxResolveVerb struct {
	ID      int64 `arg:"" help:"Number of the message, as the list shows it."`
	Sent    bool  `xor:"how" required:"" help:"An uncertain one did leave: its steps are done."`
	Again   bool  `xor:"how" required:"" help:"An uncertain one did not leave: send it again."`
	Approve bool  `xor:"how" required:"" help:"One that waits for a yes: let it leave."`
	Cancel  bool  `xor:"how" required:"" help:"Drop it; its steps are decided anew."`
}

// Run moves a message on.
func (v *outboxResolveVerb) Run(ctx context.Context, a *App) error {
	st, err := a.FactStore(ctx)
	if err != nil {
		return err
	}
	defer st.Close()
	d, err := st.Delivery(ctx, v.ID)
	if err != nil {
		return err
	}
	to, from, done := v.wish()
	if !slices.Contains(from, d.State) {
		return usage("message %d is %s: %s", d.ID, d.State, refusal(d.State))
	}
	if v.Approve {
		return (&approveYesVerb{IDs: []string{outbox.Ref{Kind: outbox.RefMessage, ID: d.ID}.String()}}).Run(ctx, a)
	}
	if err := st.Resolve(ctx, d.ID, to, byPerson(), time.Now(), 0); err != nil {
		return err
	}
	a.Say("Message %d %s.", d.ID, done)
	return nil
}

// wish says which state is asked for, from which it can be reached, and what to
// say when it was. A yes is said as "approve yes" says it.
func (v *outboxResolveVerb) wish() (to outbox.State, from []outbox.State, done string) {
	switch {
	case v.Sent:
		return outbox.Accepted, []outbox.State{outbox.Uncertain}, "counts as sent; its steps are done"
	case v.Again:
		return outbox.Rendered, []outbox.State{outbox.Uncertain}, "goes again"
	case v.Approve:
		return outbox.Rendered, []outbox.State{outbox.Waiting}, ""
	}
	return outbox.Superseded, []outbox.State{outbox.Waiting, outbox.Uncertain}, "is dropped; its steps are decided anew"
}

// refusal says what can be done with a message in a state.
func refusal(s outbox.State) string {
	switch s {
	case outbox.Uncertain:
		return "it can be resolved by --sent, --again or --cancel"
	case outbox.Waiting:
		return "it waits for a yes: --approve, --cancel or \"approve no\""
	case outbox.Handed, outbox.Reserved:
		return "it is on its way right now; look again in a minute"
	case outbox.Rendered, outbox.Retry:
		return "it leaves by itself when its time comes"
	}
	return "it is settled and nothing is left to say"
}

// why words a reason with its detail.
func why(r sequence.Reason, detail string) string {
	if r == "" {
		return detail
	}
	return first(detail, reasonText(r))
}
