package demoerp

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"holdfast/engine/ar"
)

// account is one customer while it is being made up.
type account struct {
	id, name, parent, payer string
	segment, terms          string
	town                    town
	limit                   any // minor units, nil: no limit
	noMail                  bool
	profile                 profile
	size, share             int64
}

func (a *account) currency() string {
	if a.town.country == "US" {
		return "USD"
	}
	return "EUR"
}

// Customers that a demonstration names: one that only people write to, and one
// that pays when it must and not before.
const (
	WhiteGlove ar.CustomerID = "C1010"
	Deadbeat   ar.CustomerID = "C1012"
)

// closed is the customer that went out of business and left a debt.
const closed = "Old Pier Chandlery"

// odd are the customers that every ERP has and every program trips over.
var odd = []func(*account){
	func(a *account) { a.name, a.town = "Müller & Söhne Großhandel GmbH", townsEUR[0] },
	func(a *account) { a.name, a.profile = "O'Brien's Boatyard", slow },
	func(a *account) { a.name, a.profile = "🦀 Crab Shack Provisions", verySlow },
	func(a *account) { a.name, a.profile = "=SUM(A1:A9) Trading Ltd", slow },
	func(a *account) { a.name, a.noMail, a.profile = "Paper Mill Antiques", true, slow },
	func(a *account) { a.name, a.segment, a.profile = "Cormorant Shipyards Group", "key", slow },
	func(a *account) {
		a.name, a.parent, a.payer, a.profile = "Cormorant Shipyards East", "C1006", "C1006", slow
	},
	func(a *account) {
		a.name, a.parent, a.payer, a.profile = "Cormorant Shipyards West", "C1006", "C1006", partial
	},
	func(a *account) { a.name, a.profile = closed, never },
	func(a *account) { a.name, a.segment, a.profile = "Admiralty Yacht Club", "key", slow },
	func(a *account) { a.name, a.town, a.profile = "Élan Café & Épicerie SARL", townsEUR[2], disputer },
	func(a *account) {
		a.name, a.profile, a.town, a.terms = "Deadbeat Diving, Inc.", never, townsUSD[2], "N30"
		a.size, a.share, a.limit = 240000, 90, 1500000
	},
	func(a *account) { a.name, a.profile = `Smith; "Quoted", Barnes`, partial },
}

var (
	termsCodes = []string{"N30", "N30", "N30", "N30", "N14", "N45", "N60", "3X30"}
	collectors = []string{"dana", "marcus", "noor"}
	reps       = []string{"r.alvarez", "k.chen", "t.okafor", "s.byrne"}
)

// found sets up the company, its rates and its customers.
func (b *book) found(rng *rand.Rand, customers int) {
	b.exec("INSERT INTO company (company_id, name, base_currency, time_zone, changed_at) VALUES (?, ?, ?, ?, ?)",
		string(CompanyID), "Harbourline Supply Co", "USD", "America/New_York", b.stamp)
	b.exec("INSERT INTO exchange_rate (currency, rate_e4) VALUES ('USD', 10000), ('EUR', 11250)")
	used := map[string]bool{}
	for n := range customers {
		a := drawAccount(rng, n, used)
		b.enrol(rng, a)
		b.contacts(rng, a)
	}
}

// closeDown ends the business of the customer that went out of it.
func (b *book) closeDown() {
	b.exec("UPDATE customer SET active = 0, changed_at = ? WHERE name = ?", b.stamp, closed)
}

func drawAccount(rng *rand.Rand, n int, used map[string]bool) *account {
	towns := townsUSD
	if chance(rng, 12) {
		towns = townsEUR
	}
	a := &account{id: fmt.Sprintf("C%d", 1001+n), segment: "standard", profile: drawProfile(rng)}
	a.town, a.payer, a.terms = towns[rng.IntN(len(towns))], a.id, termsCodes[rng.IntN(len(termsCodes))]
	a.size = int64(between(rng, 180, 900)) * 100 * int64(between(rng, 1, 8))
	a.share = int64(between(rng, 20, 160))
	a.limit = (a.size*15/100000 + 5) * 100000
	if chance(rng, 5) {
		a.limit = nil
	}
	if chance(rng, 4) {
		a.segment = "key"
	}
	if n < len(odd) {
		odd[n](a)
	} else {
		a.name = drawName(rng, a.town, used)
		a.noMail = chance(rng, 3)
	}
	return a
}

func (b *book) enrol(rng *rand.Rand, a *account) {
	var parent any
	if a.parent != "" {
		parent = a.parent
	}
	methods := []string{"check", "ach", "wire", "card"}
	b.exec(`INSERT INTO customer (customer_id, company_id, name, legal_name, parent_id, payer_id, currency, credit_limit,
			terms_code, payment_method, language, address1, postcode, city, region, country, time_zone,
			collector, sales_rep, segment, changed_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		a.id, string(CompanyID), a.name, a.name, parent, a.payer, a.currency(), a.limit,
		a.terms, methods[rng.IntN(len(methods))], a.town.language(),
		fmt.Sprintf("%d %s", between(rng, 1, 240), streets[rng.IntN(len(streets))]), fmt.Sprintf(a.town.postcode, rng.IntN(100)),
		a.town.city, a.town.region, a.town.country, a.town.zone,
		collectors[rng.IntN(len(collectors))], reps[rng.IntN(len(reps))], a.segment, b.stamp)
	b.exec("INSERT INTO behaviour (customer_id, profile, order_size, order_share) VALUES (?, ?, ?, ?)",
		a.id, string(a.profile), a.size, a.share)
}

// contacts gives a customer its accounts-payable mailbox and often an owner and
// a person who buys.
func (b *book) contacts(rng *rand.Rand, a *account) {
	domain := strings.Trim(fmt.Sprintf("%.28s", slug(a.name)), "-") + "-" + strings.ToLower(a.id)
	if chance(rng, 50) {
		domain += ".example.net"
	} else {
		domain += ".example.com"
	}
	roles := []string{"ap"}
	if chance(rng, 60) {
		roles = append(roles, "owner")
	}
	if chance(rng, 40) {
		roles = append(roles, "purchasing")
	}
	for i, role := range roles {
		b.contact(rng, a, fmt.Sprintf("%s-%d", a.id, i+1), role, domain)
	}
}

func (b *book) contact(rng *rand.Rand, a *account, id, role, domain string) {
	first, last := firsts[rng.IntN(len(firsts))], lasts[rng.IntN(len(lasts))]
	local := slug(first) + "." + slug(last)
	if role == "ap" {
		local = "ap"
	}
	var email, mobile any
	if !a.noMail {
		email = local + "@" + domain
	}
	if chance(rng, 45) {
		mobile = fmt.Sprintf(a.town.phone, rng.IntN(100))
	}
	b.exec(`INSERT INTO contact (contact_id, customer_id, role, name, email, phone, mobile, language, changed_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		id, a.id, role, first+" "+last, email, fmt.Sprintf(a.town.phone, rng.IntN(100)), mobile, a.town.language(), b.stamp)
}
