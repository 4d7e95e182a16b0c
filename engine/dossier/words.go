package dossier

import (
	"fmt"
	"slices"
	"strings"

	"holdfast/engine/ar"
	"holdfast/engine/intake"
	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
)

// words writes a code for a person, its first letter a capital.
func words(code string) string {
	text := strings.ReplaceAll(code, "_", " ")
	if text == "" {
		return ""
	}
	return strings.ToUpper(text[:1]) + text[1:]
}

// name is a document's number, with the instalment where there are several.
func name(d *ar.Document) string {
	text := first(d.Number, string(d.ID))
	if d.Instalment > 1 {
		return fmt.Sprintf("%s (%d)", text, d.Instalment)
	}
	return text
}

// issued is the day on a document's face, else the day it was posted.
func issued(d *ar.Document) ar.Day {
	if d.IssuedOn != 0 {
		return d.IssuedOn
	}
	return d.PostedOn
}

// debtor is the name by which the customer is sued: the legal one where there is
// one.
func debtor(c *ar.Customer) string { return first(c.LegalName, c.Name) }

// addressText writes a postal address on one line.
func addressText(a ar.Address) string {
	return join(", ", a.Line1, a.Line2, join(" ", a.Postcode, a.City), a.Region, a.Country)
}

// mediumWords name what a message is to a person.
var mediumWords = map[string]string{
	"": "E-mail", sequence.MediumEmail: "E-mail", sequence.MediumLetter: "Letter", sequence.MediumSMS: "Text message",
}

func mediumText(medium string) string { return first(mediumWords[medium], words(medium)) }

// stateText says what became of a message.
func stateText(d *outbox.Delivery) string {
	switch d.State {
	case outbox.Accepted:
		return "Sent"
	case outbox.Refused:
		return "Refused: " + first(d.Detail, strings.ReplaceAll(string(d.Reason), "_", " "))
	}
	return "May have left: " + string(d.State)
}

// saysText says what a person told, beside its documents, amount and day.
func saysText(f *intake.Fact) string {
	switch f.Kind {
	case intake.Plan:
		var parts []string
		for _, p := range f.Parts {
			parts = append(parts, p.Amount.String()+" on "+p.Day.String())
		}
		return strings.Join(parts, "; ")
	case intake.Preference:
		return join(": ", words(f.Code), f.Value)
	case intake.Consent, intake.DoNotContact:
		return join(" ", words(f.Value), prefixed("by ", f.Channel), prefixed("at ", f.Address))
	}
	return join(": ", words(f.Code), f.Text)
}

// amountOf is how much a fact speaks of, per currency.
func amountOf(f *intake.Fact) ar.Balance {
	switch f.Kind {
	case intake.Promise:
		return f.Amount
	case intake.Plan:
		return f.Total(len(f.Parts) - 1)
	case intake.Dispute:
		var sum ar.Balance
		for _, c := range f.Documents {
			sum = sum.Add(f.Contested(c.Document, c.Open), c.Currency)
		}
		return sum
	}
	return nil
}

// endText says how what was told came to its end.
func endText(f *intake.Fact) string {
	if f == nil {
		return ""
	}
	return join(": ", fmt.Sprintf("%s on %s by %s", words(f.Code), f.On, person(f.By)), f.Text)
}

// coveredText lists the documents that a fact speaks of.
func coveredText(f *intake.Fact) string {
	var numbers []string
	for _, c := range f.Documents {
		if n := first(c.Number, string(c.Document)); !slices.Contains(numbers, n) {
			numbers = append(numbers, n)
		}
	}
	return first(strings.Join(numbers, ", "), "the account")
}

// person is the name of who did something.
func person(by string) string { return strings.TrimPrefix(by, ar.ProposedBy("")) }

func prefixed(prefix, text string) string {
	if text == "" {
		return ""
	}
	return prefix + text
}

// first returns the first text that is not empty.
func first(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}

// join joins the texts that are not empty.
func join(sep string, texts ...string) string {
	var kept []string
	for _, t := range texts {
		if t = strings.TrimSpace(t); t != "" {
			kept = append(kept, t)
		}
	}
	return strings.Join(kept, sep)
}
