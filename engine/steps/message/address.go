package message

import (
	"cmp"
	"fmt"
	"slices"

	"holdfast/engine/ar"
	"holdfast/engine/sequence"
)

// Address chooses medium, channel and contact: the first medium that can say
// what the message is about, that the company has a channel for and the party an
// address that may be used. The medium "preferred" stands for the one that the
// customer asked for, or that it was found to answer.
func Address(v *sequence.View, d sequence.Due, in *sequence.Intent) (sequence.Reason, string) {
	refused, silent := "", ""
	for _, medium := range v.Media(d.Rung.Media) {
		channel := v.Book.Policy.Channels[medium]
		if channel == "" {
			continue
		}
		if why := d.Sequence.Carries(d.Rung, medium, in.Purpose); why != "" {
			silent = cmp.Or(silent, "; "+why)
			continue
		}
		to, why, ok := v.Contact(medium, d.Rung.To, in.Purpose)
		if ok {
			in.Medium, in.Channel, in.To = medium, channel, []ar.Contact{to}
			return "", ""
		}
		refused = cmp.Or(refused, why)
	}
	if refused != "" {
		return sequence.ReasonConsent, refused
	}
	return sequence.ReasonNoAddress, fmt.Sprintf("no contact can be reached by %v", d.Rung.Media) + silent
}

// byPerson turns a message to a white-glove party into a task that does the
// same steps, on a day on which people work.
func byPerson(v *sequence.View, lead sequence.Due, due []sequence.Due) []sequence.Intent {
	if business := v.Book.Policy.Business; !business.IsBusinessDay(v.Case.Today) {
		return waitAll(v, due, sequence.ReasonHoliday, "", business.AddBusinessDays(v.Case.Today, 1))
	}
	return []sequence.Intent{v.TaskFor(lead, due, sequence.ReasonWhiteGlove, "this party is spoken to by people only")}
}

// noAddress asks a person for an address, once for as long as there is none and
// no sequence looks for one. detail is why nobody can be reached by what is not
// e-mail.
func noAddress(v *sequence.View, lead sequence.Due, due []sequence.Due, detail string) []sequence.Intent {
	key := "no_address|" + string(lead.Account.Customer.Account.Customer)
	if v.Sought() || !v.RaiseOnce(key) {
		return nil
	}
	if slices.Contains(v.Media(lead.Rung.Media), sequence.MediumEmail) {
		detail = "no contact has a valid e-mail address; enter one in the ERP"
	}
	in := v.TaskFor(lead, due, sequence.ReasonNoAddress, detail)
	in.Occasions, in.Key = nil, fmt.Sprintf("%s|%s|%s", key, v.Case.Party, v.Case.Today)
	return []sequence.Intent{in}
}
