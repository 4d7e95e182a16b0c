// Package year is a trial that draws a ledger with a year of invoices,
// payments, disputes and promises, lives it in memory and through the store, and
// looks whether every rule was kept and both did the same.
package year

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"

	"holdfast/engine/ar"
	"holdfast/engine/intake"
	"holdfast/engine/walk"
)

// The company of every drawn ledger.
const (
	source    ar.Source    = "main"
	companyID ar.CompanyID = "1"
)

// Options say what is drawn.
type Options struct {
	Seed     uint64
	Accounts int
	First    ar.Day // of the walk; what was issued before it is old debt
	Days     int
	Invoices int // a year and account, about
	Facts    bool
}

// drawing is a ledger being drawn.
type drawing struct {
	Options
	random  *rand.Rand
	history walk.History
	last    ar.Day
	numbers int
}

// Draw draws a ledger. The same options draw the same.
func Draw(o Options) walk.History {
	d := &drawing{Options: o, random: rand.New(rand.NewPCG(o.Seed, 1)), last: o.First + ar.Day(o.Days)}
	d.history = walk.History{
		Company: ar.Company{Source: source, ID: companyID, Name: "Trial Trading", BaseCurrency: "USD", TimeZone: "UTC"},
		SeenOn:  map[ar.AccountID]ar.Day{},
	}
	for i := range o.Accounts {
		d.account(i)
	}
	slices.SortStableFunc(d.history.Facts, func(a, b intake.Fact) int { return cmp.Compare(a.On, b.On) })
	for i := range d.history.Facts {
		d.history.Facts[i].ID = int64(i + 1)
	}
	return d.history
}

// chance is true n times in a hundred.
func (d *drawing) chance(n int) bool { return d.random.IntN(100) < n }

// between draws a number from low up to and with high.
func (d *drawing) between(low, high int) int { return low + d.random.IntN(high-low+1) }

func id(customer ar.CustomerID) ar.AccountID {
	return ar.AccountID{Source: source, Company: companyID, Customer: customer}
}

// account draws a customer with all that ever was on it. One in twelve is paid
// for by the one before it, one in forty shares its mailbox with it, and one in
// fifteen is new in the year.
func (d *drawing) account(i int) {
	c := ar.Customer{
		Account: id(ar.CustomerID(fmt.Sprintf("C%05d", i))), Number: fmt.Sprint(10000 + i), Name: fmt.Sprintf("Customer %d", i),
		Currency: "USD", TermsCode: "N30", Language: "en", Active: true, Segment: "standard", TimeZone: "UTC",
		Address: ar.Address{Line1: "1 Main Street", Postcode: "12345", City: "Springfield", Region: "IL", Country: "US"},
	}
	limit := int64(d.between(5, 80)) * 100_000
	c.CreditLimit, c.Payer = &limit, c.Account.Customer
	owner := i
	switch {
	case i > 0 && i%12 == 5:
		c.Payer = ar.CustomerID(fmt.Sprintf("C%05d", i-1))
	case i > 0 && i%40 == 17:
		owner = i - 1
	}
	first := d.First - 60
	if i%15 == 14 {
		first = d.First + ar.Day(d.between(5, max(6, d.Days-60)))
		d.history.SeenOn[c.Account] = first
	}
	d.history.Customers = append(d.history.Customers, c)
	d.history.Contacts = append(d.history.Contacts, ar.Contact{
		Account: c.Account, ID: "1", Role: "ap", Name: "Accounts Payable", Email: fmt.Sprintf("ap@c%d.example.com", owner),
		Phone: fmt.Sprintf("+1217555%04d", i%10000), Language: "en", Valid: !d.chance(1),
	})
	d.live(c.Account, first)
}

// live draws an account's documents from a day on.
func (d *drawing) live(account ar.AccountID, from ar.Day) {
	p := d.payer()
	if d.Facts {
		d.wishes(account, from)
	}
	every := max(1, 365/max(1, d.Invoices))
	for day := from + ar.Day(d.between(0, every)); day < d.last; day += ar.Day(d.between(max(1, every/2), every*3/2)) {
		d.invoice(account, p, day)
	}
}

// payer is how a customer pays.
type payer struct {
	late, spread int // days after the due day, about
	never        int // chances in a hundred
	part         int
}

func (d *drawing) payer() payer {
	switch n := d.random.IntN(100); {
	case n < 55:
		return payer{late: -3, spread: 5, part: 2}
	case n < 80:
		return payer{late: 9, spread: 9, never: 1, part: 6}
	case n < 94:
		return payer{late: 30, spread: 20, never: 3, part: 10}
	}
	return payer{late: 70, spread: 45, never: 12, part: 15}
}

// document adds a document and returns its index.
func (d *drawing) document(account ar.AccountID, kind ar.Kind, on, due ar.Day, amount int64) *ar.Document {
	d.numbers++
	prefix := map[ar.Kind]string{ar.Invoice: "INV", ar.CreditMemo: "CM", ar.Receipt: "R"}[kind]
	d.history.Documents = append(d.history.Documents, ar.Document{
		ID: ar.DocumentID(fmt.Sprintf("D%07d", d.numbers)), Account: account, Number: fmt.Sprintf("%s-%d", prefix, d.numbers), Kind: kind,
		Instalment: 1, IssuedOn: on, PostedOn: on, DueOn: due, Currency: "USD", Amount: amount, PONumber: fmt.Sprintf("PO-%d", d.numbers),
	})
	return &d.history.Documents[len(d.history.Documents)-1]
}

// apply sets a receipt or a credit against an invoice.
func (d *drawing) apply(account ar.AccountID, from, to ar.DocumentID, on ar.Day, amount int64) {
	d.history.Applications = append(d.history.Applications, ar.Application{
		Account: account, ID: fmt.Sprintf("A%07d", len(d.history.Applications)+1), Receipt: from, Document: to, AppliedOn: on, PostedOn: on, Amount: amount,
	})
}

// invoice draws an invoice with what becomes of it.
func (d *drawing) invoice(account ar.AccountID, p payer, on ar.Day) {
	amount := int64(d.between(2_000, 900_000))
	if d.chance(2) {
		amount = int64(d.between(100, 450)) // under the floor
	}
	due := on + 30
	if d.chance(1) {
		due = 0 // undated
	}
	doc := d.document(account, ar.Invoice, on, due, amount)
	invoice := invoiced{account: account, id: doc.ID, number: doc.Number, on: on, due: max(due, on+30), open: amount}
	if d.chance(3) {
		d.dispute(&invoice)
	}
	if d.chance(3) {
		d.credit(&invoice)
	}
	if d.chance(p.part) {
		d.pay(&invoice, invoice.due+ar.Day(d.between(-2, 12)), int64(d.between(10, 99)))
	}
	if d.Facts && p.late > 0 && d.chance(8) {
		d.told(&invoice)
	}
	if d.chance(p.never) {
		return
	}
	d.pay(&invoice, invoice.due+ar.Day(p.late+d.between(-p.spread, p.spread)), 100)
}

// invoiced is an invoice on its way.
type invoiced struct {
	account ar.AccountID
	id      ar.DocumentID
	number  string
	on, due ar.Day
	open    int64
	since   ar.Day // nothing is paid before what was paid last
}

// pay draws a receipt of a share of what is open. One in eighty comes back some
// days later, one in sixty is set against its invoice later than it came.
func (d *drawing) pay(v *invoiced, on ar.Day, percent int64) {
	on = max(on, v.on, v.since)
	amount := v.open * percent / 100
	if amount <= 0 || on >= d.last {
		return
	}
	receipt := d.document(v.account, ar.Receipt, on, 0, -amount).ID
	applied := on
	if d.random.IntN(60) == 0 {
		applied = on + ar.Day(d.between(1, 9))
	}
	d.apply(v.account, receipt, v.id, applied, amount)
	v.open, v.since = v.open-amount, applied
	if d.random.IntN(80) == 0 {
		d.bounce(v, receipt, applied+ar.Day(d.between(2, 8)), amount)
	}
}

// bounce takes a receipt back: it comes off the invoice, and a second entry
// stands against it. It may be paid anew weeks later.
func (d *drawing) bounce(v *invoiced, receipt ar.DocumentID, on ar.Day, amount int64) {
	d.apply(v.account, receipt, v.id, on, -amount)
	back := d.document(v.account, ar.Receipt, on, 0, amount).ID
	d.apply(v.account, receipt, back, on, amount)
	v.open, v.since = v.open+amount, on
	if again := on + ar.Day(d.between(10, 50)); d.chance(70) && again < d.last {
		second := d.document(v.account, ar.Receipt, again, 0, -amount).ID
		d.apply(v.account, second, v.id, again, amount)
		v.open, v.since = v.open-amount, again
	}
}

// credit draws a credit memo, set against the invoice at once, later or never.
func (d *drawing) credit(v *invoiced) {
	on := v.on + ar.Day(d.between(3, 60))
	amount := v.open * int64(d.between(5, 40)) / 100
	if amount <= 0 {
		return
	}
	memo := d.document(v.account, ar.CreditMemo, on, 0, -amount).ID
	if applied := on + ar.Day(d.between(0, 20)); d.chance(80) {
		d.apply(v.account, memo, v.id, applied, amount)
		v.open, v.since = v.open-amount, applied
	}
}

// dispute contests an invoice in the ERP for some weeks, whole or in part.
func (d *drawing) dispute(v *invoiced) {
	from := v.on + ar.Day(d.between(2, 50))
	c := walk.Contested{Document: v.id, From: from, To: from + ar.Day(d.between(5, 60)), Reason: "price"}
	if d.chance(40) {
		c.Amount = v.open * int64(d.between(10, 60)) / 100
	}
	d.history.Contested = append(d.history.Contested, c)
}
