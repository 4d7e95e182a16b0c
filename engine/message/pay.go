package message

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"net/url"
	"strings"
	"time"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
)

// stampLayout writes the day of a reference.
const stampLayout = "20060102"

// Reference signs what a pay link asks for: the day, a dash and 26 letters and
// digits that only the holder of key can make for this party, amount and day.
func Reference(key []byte, party ar.PartyID, amount ar.Money, day ar.Day) string {
	stamp := day.Time(time.UTC).Format(stampLayout)
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(strings.Join([]string{
		string(party.Source), string(party.Company), string(party.Payer), string(amount.Currency), amount.Amount(), stamp,
	}, "\x00")))
	return stamp + "-" + base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(mac.Sum(nil)[:16])
}

// VerifyReference reports whether reference was made by Reference with the same
// key for this party and amount, and the day that it names.
func VerifyReference(key []byte, party ar.PartyID, amount ar.Money, reference string) (ar.Day, bool) {
	stamp, _, _ := strings.Cut(reference, "-")
	t, err := time.Parse(stampLayout, stamp)
	if err != nil || len(key) == 0 {
		return 0, false
	}
	day := ar.DayOf(t)
	return day, hmac.Equal([]byte(reference), []byte(Reference(key, party, amount, day)))
}

// PayLink fills a pattern such as
// https://pay.example.com/{customer}?ref={reference}&amount={amount}&currency={currency},
// where customer is the payer's number. Values are escaped. fault.Invalid where the pattern is no http or https
// address.
func PayLink(pattern, customer, reference string, amount ar.Money) (string, error) {
	filled := strings.NewReplacer(
		"{customer}", url.QueryEscape(customer), "{reference}", url.QueryEscape(reference),
		"{amount}", url.QueryEscape(amount.Amount()), "{currency}", url.QueryEscape(string(amount.Currency)),
	).Replace(pattern)
	u, err := url.Parse(filled)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || strings.ContainsAny(filled, "{} \n") {
		return "", fault.New(fault.Invalid, "pay_url %q gives no address", pattern).
			WithCure("write it as https://pay.example.com/{customer}?ref={reference}&amount={amount}&currency={currency}")
	}
	return filled, nil
}

// links makes a pay link for each asked currency that has a pattern.
func (in Input) links(w Words, asked ar.Balance) ([]link, error) {
	var out []link
	for _, m := range asked {
		pattern := in.PayURL[m.Currency]
		if pattern == "" {
			continue
		}
		reference := ""
		if strings.Contains(pattern, "{reference}") {
			if len(in.SigningKey) == 0 {
				return nil, fault.New(fault.Invalid, "pay_url %q wants a reference and there is no key to sign it with", pattern).
					WithCure("set the company's signing key")
			}
			reference = Reference(in.SigningKey, in.Party, m, in.Today)
		}
		address, err := PayLink(pattern, in.payerNumber(), reference, m)
		if err != nil {
			return nil, err
		}
		if in.mail() { // a text message has no room for the longer one
			address = in.Links.Over(in.tag(), address)
		}
		out = append(out, link{
			Label: w.say("pay_now", w.money(m.Minor, m.Currency)), URL: address, Amount: w.amount(m.Minor, m.Currency), Currency: m.Currency,
		})
	}
	return out, nil
}

// payerNumber returns the number of the payer's own account, or else of the
// first.
func (in Input) payerNumber() string {
	for _, a := range in.Accounts {
		if a.Customer.Account.Customer == in.Party.Payer {
			return a.Customer.Number
		}
	}
	return in.customer().Number
}

// payTexts says how to pay without a link.
func (in Input) payTexts(w Words, links int) []string {
	var out []string
	switch {
	case in.Company.PayText != "":
		out = append(out, oneLine(in.Company.PayText))
	case links == 0:
		out = append(out, w["pay_usual"])
	}
	if in.Company.Portal != "" {
		out = append(out, w.say("pay_portal", oneLine(in.Company.Portal)))
	}
	return out
}
