package message

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
)

// letter reports whether the message goes on paper.
func (in Input) letter() bool { return in.Intent.Medium == sequence.MediumLetter }

// asLetter writes the whole letter: sender, receiver, place and date, subject,
// each a paragraph of its own, then the body.
func (in Input) asLetter(w Words, m outbox.Message, blocks []block) string {
	var body []block
	for _, b := range blocks {
		if b.Kind == markFooter {
			b = block{Lines: b.Parts.Footer}
		}
		body = append(body, b)
	}
	head := []string{strings.Join(in.letterSender(), "\n"), strings.Join(m.Postal, "\n"), in.placeAndDate(w, m.Date), m.Subject}
	return strings.Join(append(head, asText(body, w)), "\n\n")
}

// placeAndDate heads a letter.
func (in Input) placeAndDate(w Words, date time.Time) string {
	text := w.say("letter_date", w.day(ar.DayOf(date)))
	if in.Company.Place != "" {
		return oneLine(in.Company.Place) + ", " + text
	}
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[size:]
}

// postal is the receiver's address: the contact's, else the customer's. The
// customer's name stands first, since that is who owes.
// fault.Invalid where neither has one.
func (in Input) postal() ([]string, error) {
	c := in.customer()
	name := oneLine(c.LegalName)
	if name == "" {
		name = oneLine(c.Name)
	}
	lines, address := []string{name}, c.Address
	if len(in.Intent.To) > 0 {
		to := in.Intent.To[0]
		if person := oneLine(to.Name); person != oneLine(c.Name) && person != name {
			lines = appendLine(lines, person)
		}
		if to.Address.City != "" {
			address = to.Address
		}
	}
	if address.City == "" {
		return nil, fault.New(fault.Invalid, "a letter to customer %s has no postal address", oneLine(c.Number)).
			WithCure("enter the address in the ERP")
	}
	return append(lines, in.addressLines(address)...), nil
}

// addressLines writes a postal address as its country does; the country itself,
// as the post wants it, only where the letter goes abroad.
func (in Input) addressLines(a ar.Address) []string {
	lines := appendLine(appendLine(nil, a.Line1), a.Line2)
	switch a.Country {
	case "US", "CA", "AU":
		lines = appendLine(lines, joinWords(joinComma(a.City, a.Region, a.Country), a.Postcode))
	case "GB", "IE":
		lines = appendLine(appendLine(lines, a.City), a.Postcode)
	default:
		lines = appendLine(lines, joinWords(a.Postcode, a.City))
	}
	if a.Country != "" && in.Company.Country != "" && a.Country != in.Company.Country {
		lines = appendLine(lines, countryName(a.Country))
	}
	return lines
}

// joinComma writes town and state; Australia and Canada set no comma.
func joinComma(city, region, country string) string {
	if region == "" || country != "US" {
		return joinWords(city, region)
	}
	return city + ", " + region
}

func joinWords(texts ...string) string {
	return strings.Join(strings.Fields(strings.Join(texts, " ")), " ")
}

// countryName is the name in capitals by which the post of every country knows
// the other; the code itself where there is none.
func countryName(code string) string {
	region, err := language.ParseRegion(code)
	if err != nil {
		return oneLine(code)
	}
	return strings.ToUpper(display.English.Regions().Name(region))
}

// appendLine adds a line unless it is empty.
func appendLine(lines []string, text string) []string {
	if text = oneLine(text); text == "" {
		return lines
	}
	return append(lines, text)
}
