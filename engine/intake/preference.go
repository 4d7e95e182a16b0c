package intake

import (
	"slices"
	"strings"
	"time"

	"holdfast/engine/calendar"
	"holdfast/engine/fault"
	"holdfast/engine/phone"
)

// media are the ways in which a customer is spoken to.
var media = []string{"email", "sms", "voice", "letter"}

// Values of a Consent.
const (
	Given   = "given"
	Revoked = "revoked"
)

// Preference is told when a customer wants to be dealt with in some way: code
// is one of PrefersChannel and so on. A newer one takes the place of an older.
func (a *Account) Preference(t Teller, code, value string) (Fact, error) {
	f, done, err := a.begin(t, Preference)
	if done || err != nil {
		return f, err
	}
	value = strings.TrimSpace(value)
	switch f.Code = lower(code); f.Code {
	case PrefersChannel:
		f.Value, err = oneOf("channel", value, media)
	case PrefersHour:
		f.Value, err = hour(value)
	case PrefersLanguage:
		f.Value, err = language(value)
	case PaysOn:
		f.Value, err = payDays(value)
	case DirectDebit, NeedsPO, NeedsPortal, WantsPeople, NoStatement:
		f.Value, err = oneOf("answer to "+f.Code, value, []string{Yes, No})
	default:
		_, err = oneOf("preference", code, []string{
			PrefersChannel, PrefersHour, PrefersLanguage, PaysOn, DirectDebit, NeedsPO, NeedsPortal, WantsPeople, NoStatement,
		})
	}
	if err != nil {
		return Fact{}, err
	}
	return f, nil
}

func hour(value string) (string, error) {
	at, err := time.Parse("15:04", value)
	if err != nil {
		return "", fault.New(fault.Invalid, "%q is no hour of the day", value).WithCure("write it as 10:00")
	}
	return at.Format("15:04"), nil
}

func language(value string) (string, error) {
	value = lower(value)
	if len(value) != 2 || strings.Trim(value, "abcdefghijklmnopqrstuvwxyz") != "" {
		return "", fault.New(fault.Invalid, "%q is no language", value).WithCure("write its two letters, such as de")
	}
	return value, nil
}

func payDays(value string) (string, error) {
	days, err := calendar.ParsePayDays(value)
	if err != nil {
		return "", fault.New(fault.Invalid, "%w", err)
	}
	if days.IsZero() {
		return "", fault.New(fault.Invalid, "no pay day is named").WithCure("write days as Thu, as 15 or last, or as 2nd Thu, with commas between")
	}
	return days.String(), nil
}

// Consent is told when a customer allows a channel or one address to be used,
// or takes that back. An empty channel or address is any.
func (a *Account) Consent(t Teller, channel, address string, given bool) (Fact, error) {
	f, done, err := a.reach(t, Consent, channel, address)
	if done || err != nil {
		return f, err
	}
	f.Value = Revoked
	if given {
		f.Value = Given
	}
	return f, nil
}

// DoNotContact is told when a customer must not be written to or called by a
// channel, or at an address, whoever it belongs to. Empty is any: both empty
// keep everything from the account.
func (a *Account) DoNotContact(t Teller, channel, address string) (Fact, error) {
	f, _, err := a.reach(t, DoNotContact, channel, address)
	return f, err
}

// reach starts a fact of a channel and an address.
func (a *Account) reach(t Teller, kind Kind, channel, address string) (f Fact, done bool, err error) {
	f, done, err = a.begin(t, kind)
	if done || err != nil {
		return f, done, err
	}
	f.Channel = lower(channel)
	f.Address = a.address(f.Channel, address)
	switch {
	case f.Channel != "" && !slices.Contains(media, f.Channel):
		_, err = oneOf("channel", channel, media)
	case strings.ContainsAny(f.Address, " \t\r\n") && !strings.HasPrefix(f.Address, "+"):
		err = fault.New(fault.Invalid, "%q is not one address", f.Address).WithCure("tell each address by itself")
	case f.Channel == "email" && f.Address != "" && !strings.Contains(f.Address, "@"):
		err = fault.New(fault.Invalid, "%q is no e-mail address", f.Address)
	case f.Channel == "sms" && f.Address != "" && !strings.HasPrefix(f.Address, "+"):
		err = fault.New(fault.Invalid, "%q is no telephone number of a known country", f.Address).WithCure("write it as +491711234567")
	}
	return f, false, err
}

// address is one in the form in which addresses are compared: a telephone number
// as E.164, by the customer's country where it names none; all else lower case.
func (a *Account) address(channel, address string) string {
	if channel != "email" && channel != "letter" && !strings.Contains(address, "@") {
		if number, ok := phone.E164(address, a.Customer.Address.Country); ok {
			return number
		}
	}
	return lower(address)
}
