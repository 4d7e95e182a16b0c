package casefile

import (
	"cmp"
	"fmt"
	"slices"

	"holdfast/engine/ar"
	"holdfast/engine/walk"
)

func account(id string) ar.AccountID {
	return ar.AccountID{Source: source, Company: companyID, Customer: ar.CustomerID(id)}
}

// customers reads who owes. A case without any has one, C1.
func (p *parser) customers() {
	if len(p.raw.Customer) == 0 {
		p.raw.Customer = []fileCustomer{{ID: "C1", Email: "ap@c1.example"}}
	}
	h := &p.c.history
	h.SeenOn = map[ar.AccountID]ar.Day{}
	for i := range p.raw.Customer {
		raw := &p.raw.Customer[i]
		key := func(name string) string { return fmt.Sprintf("customer[%d].%s", i+1, name) }
		if raw.ID == "" || slices.ContainsFunc(h.Customers, func(c ar.Customer) bool { return string(c.Account.Customer) == raw.ID }) {
			p.Add(key("id"), "each customer needs an id of its own", fmt.Sprintf("write id = \"C%d\"", i+1))
		}
		c := p.customer(raw)
		if raw.Limit != "" {
			limit := p.amount(key("limit"), raw.Limit, h.Company.BaseCurrency).Minor
			c.CreditLimit = &limit
		}
		h.Customers = append(h.Customers, c)
		if raw.Seen.Day != 0 {
			h.SeenOn[c.Account] = raw.Seen.Day
		}
		if raw.Email != "" {
			h.Contacts = append(h.Contacts, ar.Contact{
				Account: c.Account, ID: "0", Role: "ap", Name: c.Name, Email: raw.Email, Language: c.Language, Valid: true, Address: c.Address,
			})
		}
	}
	p.contacts()
}

// customer is a customer with what it does not say taken from the company.
func (p *parser) customer(raw *fileCustomer) ar.Customer {
	co := &p.c.company
	c := ar.Customer{
		Account: account(raw.ID), Number: raw.ID, Name: cmp.Or(raw.Name, raw.ID), Payer: ar.CustomerID(cmp.Or(raw.Payer, raw.ID)),
		Currency: ar.Currency(co.Currency), TermsCode: cmp.Or(raw.Terms, "N30"), PaymentMethod: raw.PaymentMethod, DebtorKind: raw.DebtorKind,
		Language: cmp.Or(raw.Language, "en"), TimeZone: cmp.Or(raw.Zone, co.Zone), Collector: raw.Collector, Segment: raw.Segment,
		DunningBlock: raw.DunningBlock, CashInAdvance: raw.CashInAdvance, Active: true, Extra: raw.X,
	}
	c.Address = ar.Address{Line1: "1 Main Street", Postcode: "12345", City: cmp.Or(raw.City, "Springfield"), Region: raw.Region, Country: cmp.Or(raw.Country, co.Country)}
	return c
}

func (p *parser) contacts() {
	for i := range p.raw.Contact {
		raw := &p.raw.Contact[i]
		id := p.customerOf(fmt.Sprintf("contact[%d].customer", i+1), raw.Customer)
		p.c.history.Contacts = append(p.c.history.Contacts, ar.Contact{
			Account: id, ID: fmt.Sprint(i + 1), Role: cmp.Or(raw.Role, "ap"), Name: raw.Name, Email: raw.Email, Phone: raw.Phone,
			Mobile: raw.Mobile, Language: cmp.Or(raw.Language, "en"), Valid: !raw.Invalid, Address: ar.Address{Country: p.countryOf(id)},
		})
	}
}

// countryOf is where a contact is, for its telephone numbers: where its customer is.
func (p *parser) countryOf(id ar.AccountID) string {
	for i := range p.c.history.Customers {
		if c := &p.c.history.Customers[i]; c.Account == id {
			return c.Address.Country
		}
	}
	return ""
}

// customerOf returns the account that an id names; where there is one customer
// only it need not be named.
func (p *parser) customerOf(key, id string) ar.AccountID {
	all := p.c.history.Customers
	if id == "" && len(all) == 1 {
		return all[0].Account
	}
	if !slices.ContainsFunc(all, func(c ar.Customer) bool { return string(c.Account.Customer) == id }) {
		p.Add(key, fmt.Sprintf("there is no customer %q in the case", id), "name one by its id")
	}
	return account(id)
}

// documents reads what is owed, and credit memos.
func (p *parser) documents() {
	p.c.history.Documents = make([]ar.Document, 0, len(p.raw.Document)+2*len(p.raw.Receipt))
	for i := range p.raw.Document {
		raw := &p.raw.Document[i]
		key := func(name string) string { return fmt.Sprintf("document[%d].%s", i+1, name) }
		kind := ar.Kind(cmp.Or(raw.Kind, string(ar.Invoice)))
		words := make([]string, len(ar.Kinds))
		for j, k := range ar.Kinds {
			words[j] = string(k)
		}
		p.known(key("kind"), string(kind), words)
		p.need(key("issued"), raw.Issued, "when the document was issued")
		m := p.amount(key("amount"), raw.Amount, p.c.history.Company.BaseCurrency)
		doc := ar.Document{
			Account: p.customerOf(key("customer"), raw.Customer), Number: raw.Number, Kind: kind, Instalment: 1, IssuedOn: raw.Issued.Day,
			PostedOn: raw.Posted.Day, DueOn: raw.Due.Day, Currency: m.Currency, Amount: m.Minor, PONumber: raw.PO, OrderNumber: raw.Order,
			RelatedID: ar.DocumentID(raw.Related), Extra: raw.X,
		}
		if doc.IsCredit() {
			doc.Amount = -doc.Amount
		}
		if raw.Number == "" || p.numbers[raw.Number] != nil {
			p.Add(key("number"), "each document needs a number of its own", fmt.Sprintf("write number = \"INV-%d\"", i+1))
			continue
		}
		from := p.document(raw.Number, doc)
		p.apply(key("applies"), from, raw.Applies, raw.Issued.Day)
	}
}

// document adds a document to the ledger.
func (p *parser) document(number string, doc ar.Document) *ar.Document {
	doc.ID = ar.DocumentID(number)
	h := &p.c.history
	h.Documents = append(h.Documents, doc)
	p.numbers[number] = &h.Documents[len(h.Documents)-1]
	return p.numbers[number]
}

// apply sets a credit against documents, on its own day unless they say.
func (p *parser) apply(key string, from *ar.Document, applies []fileApplied, on ar.Day) {
	for i, raw := range applies {
		to := p.numbered(fmt.Sprintf("%s[%d].document", key, i+1), raw.Document)
		if to == nil {
			continue
		}
		amount := -from.Amount
		if raw.Amount != "" {
			amount = p.amount(fmt.Sprintf("%s[%d].amount", key, i+1), raw.Amount, to.Currency).Minor
		}
		p.applied(from, to, cmp.Or(raw.On.Day, on), amount)
	}
}

func (p *parser) applied(from, to *ar.Document, on ar.Day, amount int64) {
	p.made++
	p.c.history.Applications = append(p.c.history.Applications, ar.Application{
		Account: to.Account, ID: fmt.Sprint("A", p.made), Receipt: from.ID, Document: to.ID, AppliedOn: on, PostedOn: on, Amount: amount,
	})
}

// numbered returns the document of a number, nil where there is none.
func (p *parser) numbered(key, number string) *ar.Document {
	doc := p.numbers[number]
	if doc == nil {
		p.Add(key, fmt.Sprintf("there is no document %q in the case", number), "name one by its number, above this line")
	}
	return doc
}

// receipts reads money in.
func (p *parser) receipts() {
	for i := range p.raw.Receipt {
		raw := &p.raw.Receipt[i]
		key := func(name string) string { return fmt.Sprintf("receipt[%d].%s", i+1, name) }
		p.need(key("on"), raw.On, "when the receipt came")
		p.made++
		number := cmp.Or(raw.Number, fmt.Sprint("R", p.made))
		cur := p.c.history.Company.BaseCurrency
		if raw.Document != "" {
			raw.Applies = append(raw.Applies, fileApplied{Document: raw.Document})
		}
		if len(raw.Applies) > 0 && p.numbers[raw.Applies[0].Document] != nil {
			cur = p.numbers[raw.Applies[0].Document].Currency
		}
		m := p.amount(key("amount"), raw.Amount, cur)
		from := p.document(number, ar.Document{
			Account: p.payerOf(key("customer"), raw), Number: number, Kind: ar.Receipt, Instalment: 1, IssuedOn: raw.On.Day, PostedOn: raw.On.Day,
			Currency: m.Currency, Amount: -m.Minor,
		})
		began := len(p.c.history.Applications)
		p.apply(key("applies"), from, raw.Applies, raw.On.Day)
		if raw.Reversed.Day != 0 {
			p.reverse(from, p.c.history.Applications[began:], raw.Reversed.Day)
		}
	}
}

// payerOf is the customer that a receipt names, or whose document it pays.
func (p *parser) payerOf(key string, raw *fileReceipt) ar.AccountID {
	if raw.Customer == "" && len(raw.Applies) > 0 && p.numbers[raw.Applies[0].Document] != nil {
		return p.numbers[raw.Applies[0].Document].Account
	}
	return p.customerOf(key, raw.Customer)
}

// reverse takes a receipt back: off what it paid, with an entry against it.
func (p *parser) reverse(from *ar.Document, applied []ar.Application, on ar.Day) {
	for _, a := range slices.Clone(applied) {
		p.applied(from, p.numbers[string(a.Document)], on, -a.Amount)
	}
	number := from.Number + "-reversed"
	back := p.document(number, ar.Document{
		Account: from.Account, Number: number, Kind: ar.Receipt, Instalment: 1, IssuedOn: on, PostedOn: on, Currency: from.Currency, Amount: -from.Amount,
	})
	p.applied(from, back, on, -from.Amount)
}

// contests reads the disputes that the ERP knows of.
func (p *parser) contests() {
	for i := range p.raw.Contested {
		raw := &p.raw.Contested[i]
		key := func(name string) string { return fmt.Sprintf("contested[%d].%s", i+1, name) }
		p.need(key("from"), raw.From, "since when it is contested")
		doc := p.numbered(key("document"), raw.Document)
		c := walk.Contested{Document: ar.DocumentID(raw.Document), From: raw.From.Day, To: raw.To.Day, Reason: raw.Reason}
		if raw.Amount != "" && doc != nil {
			c.Amount = p.amount(key("amount"), raw.Amount, doc.Currency).Minor
		}
		p.c.history.Contested = append(p.c.history.Contested, c)
	}
}
