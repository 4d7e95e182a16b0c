package config

import (
	"fmt"
	"maps"
	"net/mail"
	"net/url"
	"slices"
	"strings"
	"time"

	"holdfast/engine/ar"
	"holdfast/engine/calendar"
	"holdfast/engine/outbox"
	"holdfast/engine/tomlfile"
)

// media are the ways to reach a person that a channel can carry.
var media = []string{"email", "sms", "voice", "letter", "chat"}

func (v *validator) companies() {
	keys, ids := map[string]int{}, map[string]string{}
	countries := calendar.NewCountries().Codes()
	for i := range v.Company {
		c, key := &v.Company[i], fmt.Sprintf("company[%d]", i+1)
		if c.Key != "" && !keyForm.MatchString(c.Key) {
			v.bound.add(key+".key", fmt.Sprintf("%q cannot be used in commands", c.Key), "use no blanks and no slash; the ERP's own id goes into id")
		}
		v.once(keys, c.Key, i, "company", "key")
		v.ownID(ids, c, key)
		v.refers(c.ERP, key+".erp", "erp", v.erpNames())
		v.media(c, key)
		v.place(c, key, countries)
		v.sender(c, key)
		v.links(c, key)
		v.rules(c, key)
	}
}

// ownID refuses a second company with the same id in the same ERP.
func (v *validator) ownID(seen map[string]string, c *Company, key string) {
	id := c.ERP + "/" + string(c.CompanyID())
	if other, ok := seen[id]; ok && other != c.Key {
		v.bound.add(key+".id", fmt.Sprintf("company %q of ERP %q is followed as %q already", c.CompanyID(), c.ERP, other),
			"remove one of the two tables")
		return
	}
	seen[id] = c.Key
}

func (v *validator) media(c *Company, key string) {
	for _, medium := range tomlfile.Sorted(c.Channels) {
		at := key + ".channels." + medium
		if !slices.Contains(media, medium) {
			v.bound.add(at, fmt.Sprintf("%q is not a medium", medium), "write one of "+strings.Join(media, ", "))
		}
		v.refers(c.Channels[medium], at, "channel", v.channelNames())
	}
	if len(c.Channels) == 0 {
		v.bound.add(key+".channels", "names no channel", `write channels = { email = "file" }`)
	}
}

// place checks the zone and the country whose days count.
func (v *validator) place(c *Company, key string, countries []string) {
	if _, err := time.LoadLocation(c.TimeZone); err != nil || c.TimeZone == "Local" {
		v.bound.add(key+".time_zone", fmt.Sprintf("there is no time zone %q", c.TimeZone), `write an IANA name such as "America/New_York"`)
	}
	if c.Holidays != "none" && !slices.Contains(countries, c.Holidays) {
		v.bound.add(key+".holidays", fmt.Sprintf("the holidays of %q are not known", c.Holidays),
			`write one of `+strings.Join(countries, ", ")+`, or "none" for weekends only`)
	}
}

func (v *validator) sender(c *Company, key string) {
	v.tester(c, key)
	v.address(c.Sender.From, key+".sender.from")
	v.address(c.Sender.ReplyTo, key+".sender.reply_to")
	for i, a := range c.Sender.Cc {
		v.address(a, fmt.Sprintf("%s.sender.cc[%d]", key, i+1))
	}
	if c.Mode == outbox.Live && strings.HasSuffix(c.Sender.From, "@example.com") {
		v.warn(key+".sender.from", "is an address of the example, and the mode is live", "write the address that your customers know")
	}
	if c.Mode == outbox.Live && len(c.Sender.Address) == 0 {
		v.warn(key+".sender.address", "no postal address stands in the messages", "add your postal address; many countries ask for it")
	}
}

// address checks a bare e-mail address; an empty one is left to others.
func (v *validator) address(a, key string) {
	if a == "" {
		return
	}
	if p, err := mail.ParseAddress(a); err != nil || p.Address != a {
		v.bound.add(key, fmt.Sprintf("%q is not an e-mail address", a), "write it bare, as name@company.com")
	}
}

// links checks the patterns of pay links and invoice copies.
func (v *validator) links(c *Company, key string) {
	for _, cur := range slices.Sorted(maps.Keys(c.PayURL)) {
		pattern := c.PayURL[cur]
		at := fmt.Sprintf("%s.pay_url.%s", key, cur)
		if _, err := cur.Digits(); err != nil {
			v.bound.add(at, err.Error(), "write the currency as a code such as USD")
		}
		v.fields(pattern, at, []string{"reference", "amount", "currency", "customer"}, []string{"reference"})
		v.payURL(pattern, at)
	}
	if len(c.PayURL) > 0 && c.SigningKey.IsZero() {
		v.bound.add(key+".signing_key", "missing, but pay_url is given", `add signing_key = "file:signing.key" and put 32 random bytes or more into that file`)
	}
	if !langForm.MatchString(c.Language) {
		v.bound.add(key+".language", fmt.Sprintf("%q is not a language", c.Language), `write a code such as "en" or "de"`)
	}
	if c.NewInvoices == "holdfast" && c.InvoiceCopy == "" {
		v.warn(key+".new_invoices", "new invoices go without their copy", "say in invoice_copy where the copies are")
	}
	if c.InvoiceCopy != "" {
		v.fields(c.InvoiceCopy, key+".invoice_copy", []string{"number", "id", "customer"}, []string{"number", "id"})
	}
}

func (v *validator) payURL(pattern, key string) {
	u, err := url.Parse(fieldsForm.ReplaceAllString(pattern, "x"))
	switch {
	case err != nil || u.Host == "":
		v.bound.add(key, fmt.Sprintf("%q is not a URL", pattern), "write it as https://pay.your.company/?ref={reference}")
	case u.Scheme != "https" && !(u.Scheme == "http" && isLocal(u.Hostname())):
		v.bound.add(key, "a pay link must be encrypted", "begin it with https://")
	}
}

// fields checks the {placeholders} of a pattern: all must be known, and one of
// needed must be there.
func (v *validator) fields(pattern, key string, known, needed []string) {
	found := false
	for _, f := range fieldsForm.FindAllString(pattern, -1) {
		name := strings.Trim(f, "{}")
		found = found || slices.Contains(needed, name)
		if !slices.Contains(known, name) {
			v.bound.add(key, fmt.Sprintf("%s is not a placeholder here", f), "known are {"+strings.Join(known, "}, {")+"}")
		}
	}
	if !found {
		v.bound.add(key, fmt.Sprintf("%q is the same for every customer", pattern), "put {"+strings.Join(needed, "} or {")+"} into it")
	}
}

// rules checks floors, cash sources and lists of customers.
func (v *validator) rules(c *Company, key string) {
	v.sums(c.Floor.Item, key+".floor.item", "floor")
	v.sums(c.Floor.Account, key+".floor.account", "floor")
	v.sums(c.Approve.TwoAbove, key+".approve.two_above", "limit")
	seen := map[string]bool{}
	for i, s := range c.Cash.Sources {
		if seen[s.Name] && s.Name != "" {
			v.bound.add(fmt.Sprintf("%s.cash.sources[%d].name", key, i+1), fmt.Sprintf("%q stands twice", s.Name), "remove one of the two")
		}
		seen[s.Name] = true
	}
	v.filled(c.WhiteGlove, key+".white_glove", "a customer's number")
	v.filled(c.DoNotDun, key+".do_not_dun", "a customer's number")
	v.filled(c.Holds.Exempt, key+".holds.exempt", "a customer's number")
	v.filled(c.DirectDebit, key+".direct_debit", "a payment method as the ERP names it")
	v.collectors(c.Collector, key+".collector")
	v.notices(c, key+".notice")
}

// sums checks a list with one sum per currency.
func (v *validator) sums(sums []ar.Money, key, what string) {
	seen := map[ar.Currency]bool{}
	for i, m := range sums {
		at := fmt.Sprintf("%s[%d]", key, i+1)
		if m.Minor < 0 {
			v.bound.add(at, "a "+what+" cannot be negative", "write 0.00 for none")
		}
		if seen[m.Currency] && m.Currency != "" {
			v.bound.add(at, fmt.Sprintf("there are two %ss in %s", what, m.Currency), "leave one for each currency")
		}
		seen[m.Currency] = true
	}
}

// filled refuses an empty text in a list of what.
func (v *validator) filled(list []string, key, what string) {
	for i, n := range list {
		if strings.TrimSpace(n) == "" {
			v.bound.add(fmt.Sprintf("%s[%d]", key, i+1), "is empty", "write "+what+" or remove it")
		}
	}
}

// collectors checks that each has a name and an address of its own, and that a
// deputy is one of the others.
func (v *validator) collectors(list []Collector, key string) {
	var names []string
	for i, c := range list {
		at := fmt.Sprintf("%s[%d]", key, i+1)
		if c.Name != "" && slices.Contains(names, c.Name) {
			v.bound.add(at+".name", fmt.Sprintf("%q stands twice", c.Name), "remove one of the two")
		}
		names = append(names, c.Name)
		v.address(c.Email, at+".email")
	}
	for i, c := range list {
		at := fmt.Sprintf("%s[%d].deputy", key, i+1)
		switch {
		case c.Deputy == "":
		case c.Deputy == c.Name:
			v.bound.add(at, fmt.Sprintf("%q cannot stand in for themselves", c.Name), "name another collector or remove it")
		case !slices.Contains(names, c.Deputy):
			v.bound.add(at, fmt.Sprintf("there is no collector %q", c.Deputy), "write one of "+strings.Join(names, ", "))
		}
	}
}
