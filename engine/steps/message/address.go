package message

import (
	"fmt"
	"slices"

	"holdfast/engine/ar"
	"holdfast/engine/sequence"
)

// Address chooses medium, channel and contact: the first medium that the
// company has a channel for and the party an address.
func Address(v *sequence.View, d sequence.Due, in *sequence.Intent) (sequence.Reason, string) {
	for _, medium := range d.Rung.Media {
		channel := v.Book.Policy.Channels[medium]
		if channel == "" || medium != "email" {
			continue
		}
		if to, ok := contact(v, d.Rung.To); ok {
			in.Medium, in.Channel, in.To = medium, channel, []ar.Contact{to}
			return "", ""
		}
	}
	return sequence.ReasonNoAddress, fmt.Sprintf("no contact can be reached by %v", d.Rung.Media)
}

// contact returns the best contact with an e-mail address: by the step's roles,
// then the company's, then any; the payer's own account first.
func contact(v *sequence.View, roles []string) (ar.Contact, bool) {
	var reachable []ar.Contact
	lead := v.Lead()
	collect := func(a *sequence.Account) {
		for _, c := range a.Contacts {
			if v.Reachable(&c) {
				reachable = append(reachable, c)
			}
		}
	}
	collect(lead)
	for i := range v.Case.Accounts {
		if a := &v.Case.Accounts[i]; a != lead {
			collect(a)
		}
	}
	for _, role := range append(slices.Clone(roles), v.Book.Policy.Roles...) {
		for _, c := range reachable {
			if c.Role == role {
				return c, true
			}
		}
	}
	if len(reachable) == 0 {
		return ar.Contact{}, false
	}
	return reachable[0], true
}

// byPerson turns a message to a white-glove party into a task that does the
// same steps, on a day on which people work.
func byPerson(v *sequence.View, lead sequence.Due, due []sequence.Due) []sequence.Intent {
	if business := v.Book.Policy.Business; !business.IsBusinessDay(v.Case.Today) {
		return waitAll(v, due, sequence.ReasonHoliday, "", business.AddBusinessDays(v.Case.Today, 1))
	}
	return []sequence.Intent{v.TaskFor(lead, due, sequence.ReasonWhiteGlove, "this party is spoken to by people only")}
}

// noAddress asks a person for an address, once for as long as there is none.
func noAddress(v *sequence.View, lead sequence.Due, due []sequence.Due) []sequence.Intent {
	key := "no_address|" + string(lead.Account.Customer.Account.Customer)
	if !v.RaiseOnce(key) {
		return nil
	}
	in := v.TaskFor(lead, due, sequence.ReasonNoAddress, "no contact has a valid e-mail address; enter one in the ERP")
	in.Occasions, in.Key = nil, fmt.Sprintf("%s|%s|%s", key, v.Case.Party, v.Case.Today)
	return []sequence.Intent{in}
}
