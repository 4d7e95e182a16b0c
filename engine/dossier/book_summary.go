package dossier

import (
	"fmt"
	"strings"

	"holdfast/engine/ar"
	"holdfast/engine/outbox"
	"holdfast/engine/workbook"
)

// summaryColumns hold labels and the figures of what is claimed; a text runs on
// over the columns after the second.
var summaryColumns = []column{{"", 18, 0}, {"", 16, 0}, {"", 16, 0}, {"", 16, 0}, {"", 16, 0}, {"", 16, 0}, {"", 18, 0}, {"", 12, 0}}

// summary writes who owes whom what, and why it was handed on.
func (d *Dossier) summary(book *workbook.Book) error {
	p := d.page(book, "Summary", summaryColumns, workbook.Layout{})
	p.high(26, workbook.Cell{Value: "Dossier of " + debtor(&d.Customer), Look: workbook.Title})
	p.row(workbook.Cell{Value: fmt.Sprintf("As of the end of %s · task %d · company %s", d.Day, d.Matter.Task, d.Creditor.Company), Look: workbook.Label})
	d.claimed(p)
	d.why(p)
	d.creditor(p)
	d.debtor(p)
	d.reach(p)
	return p.err
}

// section begins a part of the summary.
func (p *page) section(title string) {
	p.skip(1)
	p.high(22, workbook.Cell{Value: title, Look: workbook.Section})
}

// fact writes a labelled value; an empty text is left out.
func (p *page) fact(label string, value any) {
	if value == "" {
		return
	}
	look := workbook.Text
	if _, ok := value.(ar.Day); ok {
		look = workbook.DayLeft
	}
	p.row(workbook.Cell{Value: label, Look: workbook.Label}, workbook.Cell{Value: value, Look: look})
}

// claimed writes what is claimed per currency.
func (d *Dossier) claimed(p *page) {
	p.section("What is claimed")
	heads := []workbook.Cell{{Value: "Currency", Look: workbook.Head}}
	for _, head := range []string{"Documents", "Amount", "Open", "Of it disputed", "Claimed", "Credit not applied"} {
		heads = append(heads, workbook.Cell{Value: head, Look: workbook.HeadRight})
	}
	p.high(18, heads...)
	for _, c := range d.Claims() {
		claimed := money(c.Claimed(), c.Currency)
		claimed.Look = workbook.StrongMoney
		claimed.Formula = fmt.Sprintf("%s-%s", workbook.Ref(4, p.next()), workbook.Ref(5, p.next()))
		p.row(text(string(c.Currency)), workbook.Cell{Value: c.Documents, Look: workbook.Int}, money(c.Amount, c.Currency),
			money(c.Open, c.Currency), money(c.Disputed, c.Currency), claimed, money(c.Unapplied, c.Currency))
	}
	p.row(workbook.Cell{Value: "Claimed is what is open and not disputed. Credit that is set against no document is not taken off.", Look: workbook.Label})
}

// why writes what led to the dossier.
func (d *Dossier) why(p *page) {
	m := &d.Matter
	p.section("Why it was handed on")
	p.fact("To", words(m.To))
	p.fact("On", m.OpenedOn)
	p.fact("Sequence, step", join(", ", m.Sequence, m.Step))
	p.fact("Reason", words(m.Reason))
	p.fact("To do", m.Text)
	p.fact("To be done by", m.DueOn)
	if m.Outcome != "" {
		p.fact("Closed", join(", by ", words(m.Outcome), person(m.ClosedBy)))
	}
	if m.Mode != outbox.Live {
		p.fact("Mode", fmt.Sprintf("%s: %s", m.Mode, modeText(m.Mode)))
	}
}

func (d *Dossier) creditor(p *page) {
	p.section("Who is owed")
	p.fact("Name", d.Creditor.Name)
	p.fact("Address", strings.Join(d.Creditor.Address, ", "))
	p.fact("Phone", d.Creditor.Phone)
	p.fact("E-mail", d.Creditor.Email)
}

func (d *Dossier) debtor(p *page) {
	c := &d.Customer
	p.section("Who owes")
	p.fact("Legal name", debtor(c))
	if c.LegalName != "" && c.LegalName != c.Name {
		p.fact("Known as", c.Name)
	}
	p.fact("Customer number", c.Number)
	if c.Payer != c.Account.Customer {
		p.fact("Paid by", "customer "+string(c.Payer))
	}
	p.fact("Address", addressText(c.Address))
	p.fact("Terms", c.TermsCode)
	p.fact("Pays by", c.PaymentMethod)
	if c.CreditLimit == nil {
		p.fact("Credit limit", "none is known")
	} else {
		p.fact("Credit limit", ar.Money{Minor: *c.CreditLimit, Currency: d.Base}.String())
	}
	p.fact("Debtor", words(c.DebtorKind))
	p.fact("Collector", c.Collector)
	p.fact("Sales", c.SalesRep)
}

// reach writes whom to speak to at the customer.
func (d *Dossier) reach(p *page) {
	p.section("Contacts at the customer")
	if len(d.Contacts) == 0 {
		p.row(workbook.Cell{Value: "The ERP has none.", Look: workbook.Label})
		return
	}
	heads := make([]workbook.Cell, len(summaryColumns))
	for i, head := range []string{"Role", "Name", "", "Phone", "Mobile", "E-mail", "", ""} {
		heads[i] = workbook.Cell{Value: head, Look: workbook.Head}
	}
	p.high(18, heads...)
	for i := range d.Contacts {
		c := &d.Contacts[i]
		role := words(c.Role)
		if !c.Valid {
			role = join(", ", role, "no longer valid")
		}
		p.row(text(role), text(c.Name), workbook.Cell{}, text(c.Phone), text(c.Mobile), text(c.Email))
	}
}
