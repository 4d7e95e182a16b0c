package adapters

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"holdfast/engine/ar"
)

var companyFields = []field[ar.Company]{
	rowID(func(c *ar.Company) *ar.CompanyID { return &c.ID }),
	text("name", func(c *ar.Company) *string { return &c.Name }),
	word("base_currency", func(c *ar.Company) *ar.Currency { return &c.BaseCurrency }),
	text("time_zone", func(c *ar.Company) *string { return &c.TimeZone }),
}

var customerFields = slices.Concat([]field[ar.Customer]{
	{"id", customerKey},
	changedAt(func(c *ar.Customer) *time.Time { return &c.ChangedAt }),
	unlessEmpty("name", func(c *ar.Customer) *string { return &c.Name }),
	unlessEmpty("number", func(c *ar.Customer) *string { return &c.Number }),
	text("legal_name", func(c *ar.Customer) *string { return &c.LegalName }),
	key("parent_id", func(c *ar.Customer) *ar.CustomerID { return &c.Parent }),
	key("payer_id", func(c *ar.Customer) *ar.CustomerID { return &c.Payer }),
	{"currency", customerCurrency},
	baseAmount("credit_limit", func(c *ar.Customer) **int64 { return &c.CreditLimit }),
	word("terms_code", func(c *ar.Customer) *string { return &c.TermsCode }),
	word("payment_method", func(c *ar.Customer) *string { return &c.PaymentMethod }),
	word("debtor_kind", func(c *ar.Customer) *string { return &c.DebtorKind }),
	flag("cash_in_advance", func(c *ar.Customer) *bool { return &c.CashInAdvance }),
	flag("dunning_block", func(c *ar.Customer) *bool { return &c.DunningBlock }),
	word("language", func(c *ar.Customer) *string { return &c.Language }),
	word("time_zone", func(c *ar.Customer) *string { return &c.TimeZone }),
	word("collector", func(c *ar.Customer) *string { return &c.Collector }),
	word("sales_rep", func(c *ar.Customer) *string { return &c.SalesRep }),
	word("segment", func(c *ar.Customer) *string { return &c.Segment }),
	flag("active", func(c *ar.Customer) *bool { return &c.Active }),
	flag("on_hold", func(c *ar.Customer) *bool { return &c.OnHold }),
	key("hold_version", func(c *ar.Customer) *string { return &c.HoldVersion }),
}, addressFields(func(c *ar.Customer) *ar.Address { return &c.Address }))

// customerKey fills what a customer always has: it pays for itself and is
// active unless the row says otherwise.
func customerKey(m *mapping, c *ar.Customer, cell []byte) error {
	id := rowID(func(c *ar.Customer) *ar.CustomerID { return &c.Account.Customer })
	if err := id.set(m, c, cell); err != nil {
		return err
	}
	m.customer = c.Account.Customer
	c.Account = m.account()
	c.Payer, c.Active, c.Number, c.Name = m.customer, true, string(m.customer), string(m.customer)
	return nil
}

// customerCurrency fills the currency of a customer, which may have none.
func customerCurrency(m *mapping, c *ar.Customer, cell []byte) error {
	if len(trimmed(cell)) == 0 {
		return nil
	}
	return inCurrency(func(c *ar.Customer) *ar.Currency { return &c.Currency }).set(m, c, cell)
}

func addressFields[T any](at func(*T) *ar.Address) []field[T] {
	return []field[T]{
		text("address1", func(r *T) *string { return &at(r).Line1 }),
		text("address2", func(r *T) *string { return &at(r).Line2 }),
		text("postcode", func(r *T) *string { return &at(r).Postcode }),
		word("city", func(r *T) *string { return &at(r).City }),
		word("region", func(r *T) *string { return &at(r).Region }),
		{"country", func(m *mapping, r *T, cell []byte) error {
			at(r).Country = strings.ToUpper(m.intern(trimmed(cell)))
			return nil
		}},
	}
}

var contactFields = slices.Concat([]field[ar.Contact]{
	rowID(func(c *ar.Contact) *string { return &c.ID }),
	ofCustomer(func(c *ar.Contact) *ar.AccountID { return &c.Account }),
	changedAt[ar.Contact](nil),
	key("site_id", func(c *ar.Contact) *string { return &c.SiteID }),
	{"role", func(m *mapping, c *ar.Contact, cell []byte) error {
		c.Valid, c.Role = true, strings.ToLower(m.intern(trimmed(cell)))
		return nil
	}},
	text("name", func(c *ar.Contact) *string { return &c.Name }),
	text("email", func(c *ar.Contact) *string { return &c.Email }),
	text("phone", func(c *ar.Contact) *string { return &c.Phone }),
	text("mobile", func(c *ar.Contact) *string { return &c.Mobile }),
	word("language", func(c *ar.Contact) *string { return &c.Language }),
	flag("valid", func(c *ar.Contact) *bool { return &c.Valid }),
}, addressFields(func(c *ar.Contact) *ar.Address { return &c.Address }))

var documentFields = []field[ar.Document]{
	rowID(func(d *ar.Document) *ar.DocumentID { return &d.ID }),
	ofCustomer(func(d *ar.Document) *ar.AccountID { return &d.Account }),
	changedAt(func(d *ar.Document) *time.Time { return &d.ChangedAt }),
	inCurrency(func(d *ar.Document) *ar.Currency { return &d.Currency }),
	text("number", func(d *ar.Document) *string { return &d.Number }),
	{"kind", documentKind},
	number("instalment", func(d *ar.Document) *int { return &d.Instalment }),
	onDay("issued_on", func(d *ar.Document) *ar.Day { return &d.IssuedOn }),
	onDay("posted_on", func(d *ar.Document) *ar.Day { return &d.PostedOn }),
	onDay("due_on", func(d *ar.Document) *ar.Day { return &d.DueOn }),
	amount("open", func(d *ar.Document) *int64 { return &d.Open }),
	amount("amount", func(d *ar.Document) *int64 { return &d.Amount }),
	baseAmount("base_open", func(d *ar.Document) **int64 { return &d.BaseOpen }),
	text("po_number", func(d *ar.Document) *string { return &d.PONumber }),
	text("order_number", func(d *ar.Document) *string { return &d.OrderNumber }),
	key("ship_to_id", func(d *ar.Document) *string { return &d.ShipToID }),
	key("related_id", func(d *ar.Document) *ar.DocumentID { return &d.RelatedID }),
	text("consolidation_no", func(d *ar.Document) *string { return &d.ConsolidationNo }),
	flag("disputed", func(d *ar.Document) *bool { return &d.Disputed }),
	amountOr0("disputed_amount", func(d *ar.Document) *int64 { return &d.DisputedAmount }),
	text("dispute_reason", func(d *ar.Document) *string { return &d.DisputeReason }),
	flag("voided", func(d *ar.Document) *bool { return &d.Voided }),
	onDay("closed_on", func(d *ar.Document) *ar.Day { return &d.ClosedOn }),
}

// documentKind refuses a kind that no code map turns into one of ours.
func documentKind(m *mapping, d *ar.Document, cell []byte) error {
	d.Kind = ar.Kind(m.intern(trimmed(cell)))
	if !slices.Contains(ar.Kinds, d.Kind) {
		return fmt.Errorf("there is no kind %q; map the ERP's code in preset.toml under [codes.kind]", d.Kind)
	}
	return nil
}

// applied is an application with the currency that its amounts are read in.
type applied struct {
	ar.Application
	currency ar.Currency
}

var applicationFields = []field[applied]{
	rowID(func(a *applied) *string { return &a.ID }),
	ofCustomer(func(a *applied) *ar.AccountID { return &a.Account }),
	changedAt[applied](nil),
	inCurrency(func(a *applied) *ar.Currency { return &a.currency }),
	key("receipt_id", func(a *applied) *ar.DocumentID { return &a.Receipt }),
	key("document_id", func(a *applied) *ar.DocumentID { return &a.Document }),
	onDay("applied_on", func(a *applied) *ar.Day { return &a.AppliedOn }),
	onDay("posted_on", func(a *applied) *ar.Day { return &a.PostedOn }),
	amount("amount", func(a *applied) *int64 { return &a.Amount }),
	amountOr0("discount", func(a *applied) *int64 { return &a.Discount }),
	amountOr0("write_off", func(a *applied) *int64 { return &a.WriteOff }),
	flag("reversed", func(a *applied) *bool { return &a.Reversed }),
}

var orderFields = []field[ar.Order]{
	rowID(func(o *ar.Order) *string { return &o.ID }),
	ofCustomer(func(o *ar.Order) *ar.AccountID { return &o.Account }),
	changedAt[ar.Order](nil),
	inCurrency(func(o *ar.Order) *ar.Currency { return &o.Currency }),
	amount("amount", func(o *ar.Order) *int64 { return &o.Amount }),
	flag("prepaid", func(o *ar.Order) *bool { return &o.Prepaid }),
	flag("on_hold", func(o *ar.Order) *bool { return &o.OnHold }),
}

var freshnessFields = []field[ar.Freshness]{
	{"source", func(m *mapping, f *ar.Freshness, cell []byte) error {
		m.id = string(trimmed(cell))
		f.Source, f.Company, f.Name = m.source, m.company, m.id
		return nil
	}},
	onDay("posted_through", func(f *ar.Freshness) *ar.Day { return &f.PostedThrough }),
}
