package sequence

import (
	"fmt"
	"slices"
	"strings"

	"holdfast/engine/ar"
	"holdfast/engine/phone"
)

// The media by which a customer is spoken to.
const (
	MediumEmail  = "email"
	MediumSMS    = "sms"
	MediumVoice  = "voice"
	MediumLetter = "letter"
)

// Media lists the media of a step in the order in which they are tried, with
// "preferred" replaced by what the customer asked for, else by what its contacts
// were found to answer; where neither is known it falls out.
func (v *View) Media(named []string) []string {
	var media []string
	for _, medium := range named {
		if medium == "preferred" {
			if medium = v.preferred(); medium == "" {
				continue
			}
		}
		if !slices.Contains(media, medium) {
			media = append(media, medium)
		}
	}
	if len(media) == 0 {
		media = []string{MediumEmail}
	}
	return media
}

// leastEvents is how many events a habit is learned from.
const leastEvents = 3

// preferred returns the medium that the customer asked for, else the one that
// its contacts answered most; empty where neither is known.
func (v *View) preferred() string {
	if medium := v.terms(v.Lead()).medium; medium != "" {
		return medium
	}
	best := Habit{Events: leastEvents - 1}
	for _, h := range v.Case.Habits {
		if h.Events > best.Events {
			best = h
		}
	}
	return best.Medium
}

// habit returns what was learned of an address, nil where that is too little.
func (v *View) habit(address string) *Habit {
	for i := range v.Case.Habits {
		if h := &v.Case.Habits[i]; h.Address == address && h.Events >= leastEvents {
			return h
		}
	}
	return nil
}

// Contact returns the best contact that a medium reaches: by the step's roles,
// then the company's, then any; the payer's own account first. why says what
// forbade the contacts that there are.
func (v *View) Contact(medium string, roles []string, purpose Purpose) (to ar.Contact, why string, ok bool) {
	var reachable []ar.Contact
	for _, a := range v.leadFirst() {
		for i := range a.Contacts {
			c := a.Contacts[i]
			if AddressOf(medium, &c) == "" || !v.usable(medium, &c) {
				continue
			}
			if forbidden := v.forbidden(medium, &c, purpose); forbidden != "" {
				why = forbidden
				continue
			}
			reachable = append(reachable, c)
		}
	}
	if len(reachable) == 0 {
		return v.postal(medium), why, medium == MediumLetter && why == "" && v.postal(medium).Address.City != ""
	}
	for _, role := range append(slices.Clone(roles), v.Book.Policy.Roles...) {
		for _, c := range reachable {
			if c.Role == role {
				return c, "", true
			}
		}
	}
	return reachable[0], "", true
}

// postal is the customer itself as the contact of a letter.
func (v *View) postal(medium string) ar.Contact {
	if medium != MediumLetter {
		return ar.Contact{}
	}
	c := &v.Lead().Customer
	return ar.Contact{Account: c.Account, Name: c.Name, Language: c.Language, Valid: true, Address: c.Address}
}

// leadFirst lists the party's accounts, the payer's own first.
func (v *View) leadFirst() []*Account {
	lead := v.Lead()
	accounts := []*Account{lead}
	for i := range v.Case.Accounts {
		if a := &v.Case.Accounts[i]; a != lead {
			accounts = append(accounts, a)
		}
	}
	return accounts
}

// usable reports whether an address is valid and was not refused lately, and for
// an automatic call whether a machine can dial it.
func (v *View) usable(medium string, c *ar.Contact) bool {
	return c.Valid && (medium != MediumVoice || dialable(AddressOf(medium, c))) && !v.State.refused(AddressOf(medium, c), v.Case.Today)
}

// forbidden says why a contact must not be spoken to by a medium, empty where it
// may.
func (v *View) forbidden(medium string, c *ar.Contact, purpose Purpose) string {
	address := AddressOf(medium, c)
	switch {
	case v.optedOut(medium, address):
		return fmt.Sprintf("%s must not be contacted by %s", c.Name, medium)
	case v.needsConsent(medium, purpose) && !v.consented(medium, address):
		return fmt.Sprintf("no consent to %s is on record", medium)
	}
	return ""
}

// AddressOf returns the address by which a medium reaches a contact, in the form
// in which addresses are compared; empty where there is none. A text goes only to
// a mobile that can be written as E.164; a telephone is called as PhoneAddress
// has it.
func AddressOf(medium string, c *ar.Contact) string {
	switch medium {
	case MediumEmail:
		return strings.ToLower(strings.TrimSpace(c.Email))
	case MediumSMS:
		number, _ := phone.E164(c.Mobile, c.Address.Country)
		return number
	case MediumVoice:
		return PhoneAddress(first(c.Phone, c.Mobile), c.Address.Country)
	case MediumLetter:
		if c.Address.City == "" {
			return ""
		}
		return PostalAddress(c.Account)
	}
	return ""
}

// PhoneAddress is the form in which telephone numbers are compared: E.164, with
// the country of whom it belongs to where it does not name one, or else as it is
// written, lower case: a person can call what a program cannot.
func PhoneAddress(number, country string) string {
	if e164, ok := phone.E164(number, country); ok {
		return e164
	}
	return strings.ToLower(strings.TrimSpace(number))
}

// SameAddress reports whether what was told of an address is of this one, in the
// form in which addresses are compared. A number that was told before numbers
// were kept as E.164 is read as one of the country.
func SameAddress(told, address, country string) bool {
	return told == address || told != "" && !strings.Contains(told, "@") && PhoneAddress(told, country) == address
}

// Addresses lists every mailbox and telephone of a contact in the form in which
// addresses are compared.
func Addresses(c *ar.Contact) []string {
	var list []string
	for _, address := range []string{
		AddressOf(MediumEmail, c), PhoneAddress(c.Phone, c.Address.Country), PhoneAddress(c.Mobile, c.Address.Country),
	} {
		if address != "" && !slices.Contains(list, address) {
			list = append(list, address)
		}
	}
	return list
}

// PostalAddress is what stands for an account's letter box where addresses are
// compared.
func PostalAddress(id ar.AccountID) string { return "letter:" + strings.ToLower(id.String()) }
