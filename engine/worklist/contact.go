package worklist

import (
	"cmp"
	"slices"

	"holdfast/engine/ar"
	"holdfast/engine/intake"
	"holdfast/engine/sequence"
)

// noCall stands for a telephone number that must not be called.
const noCall = "do not call"

// contact returns the name and the telephone number of whom to speak to: of the
// valid contacts those with a number first, then by the order of roles. Where
// somebody asked not to be called, the number says so.
func (p *party) contact() (name, phone string) {
	list := slices.Clone(p.lead.Contacts)
	list = slices.DeleteFunc(list, func(c ar.Contact) bool { return !c.Valid })
	slices.SortStableFunc(list, func(x, y ar.Contact) int {
		return cmp.Or(
			cmp.Compare(numberless(&x), numberless(&y)), cmp.Compare(p.role(&x), p.role(&y)), cmp.Compare(x.ID, y.ID),
		)
	})
	if len(list) == 0 {
		return "", ""
	}
	c := &list[0]
	for _, number := range []string{c.Phone, c.Mobile} {
		if number == "" {
			continue
		}
		if !p.forbids(number, cmp.Or(c.Address.Country, p.lead.Customer.Address.Country)) {
			return c.Name, number
		}
		phone = noCall
	}
	return c.Name, phone
}

// numberless is 1 for a contact that has no telephone number.
func numberless(c *ar.Contact) int {
	if c.Phone == "" && c.Mobile == "" {
		return 1
	}
	return 0
}

// role returns where a contact's role stands among the roles asked for.
func (p *party) role(c *ar.Contact) int {
	if i := slices.Index(p.roles, c.Role); i >= 0 {
		return i
	}
	return len(p.roles)
}

// forbids reports whether somebody asked that a number, or the account, not be
// called. country is where the number is dialled.
func (p *party) forbids(number, country string) bool {
	number = sequence.PhoneAddress(number, country)
	for i := range p.Facts {
		f := &p.Facts[i]
		if f.Kind != intake.DoNotContact || f.Channel != "" && f.Channel != "voice" || !p.stands(f) {
			continue
		}
		if sequence.SameAddress(f.Address, number, country) || f.Address == "" && p.speaksFor(f.Account) {
			return true
		}
	}
	return false
}
