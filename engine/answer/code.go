package answer

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"holdfast/engine/ar"
)

// Answer is what a customer answers.
type Answer struct {
	Action    Action
	Day       ar.Day   // of a promise; zero where none could be read
	Documents []string // ids or numbers; none: those that the message was about
	Code      string   // of a dispute, one of intake.DisputeCodes; empty: other
	Text      string   // in their own words, may be empty
}

// codes are the words by which an answer begins, as the messages name them, in
// every shipped language.
var codes = map[string]Action{
	"DISPUTE": Dispute, "REKLAMATION": Dispute, "LITIGE": Dispute, "DISPUTA": Dispute,
	"PROMISE": Promise, "ZUSAGE": Promise, "PROMESSE": Promise, "PROMESA": Promise,
	"WRONG": WrongContact, "FALSCH": WrongContact, "ERREUR": WrongContact, "EQUIVOCADO": WrongContact,
	"COPY": Copy, "KOPIE": Copy, "COPIE": Copy, "COPIA": Copy,
}

// longestCode is the most words of a line that is a code with what belongs to
// it; a longer one is a sentence, for a person to read.
const longestCode = 6

// Parse reads a reply that begins with a code: the first line that is not empty
// is the code alone, or "PROMISE 2026-12-31". What follows is the text. ok is
// false for every other reply.
func Parse(text string, today ar.Day) (a Answer, ok bool) {
	head, rest, _ := strings.Cut(strings.TrimLeftFunc(text, unicode.IsSpace), "\n")
	words := strings.FieldsFunc(head, func(r rune) bool {
		return unicode.IsSpace(r) || r == ':' || r == ',' && !strings.ContainsAny(head, "0123456789")
	})
	if len(words) == 0 || len(words) > longestCode {
		return Answer{}, false
	}
	action, known := codes[strings.ToUpper(strings.Trim(words[0], ".!\"'*"))]
	if !known {
		return Answer{}, false
	}
	a = Answer{Action: action, Text: strings.TrimSpace(rest)}
	said := strings.Trim(strings.Join(words[1:], " "), " .!")
	if action == Promise {
		a.Day = dayIn(said, today)
		return a, said == "" || a.Day != 0 // "Promise me that ..." is a sentence
	}
	if said != "" {
		a.Text = strings.TrimSpace(said + "\n" + a.Text)
	}
	return a, true
}

// dayForms are the ways of writing a day that can be read in one way only.
// Without a year the next such day is meant.
var dayForms = []string{"2006-01-02", "2.1.2006", "2.1.06", "2 January 2006", "January 2 2006", "January 2, 2006", "2 Jan 2006", "Jan 2 2006", "Jan 2, 2006"}

var yearless = []string{"2.1.", "2.1", "2 January", "January 2", "2 Jan", "Jan 2"}

// dayIn reads a day, zero where it is none or could be another one: 3/4 is in
// March for some and in April for others.
func dayIn(text string, today ar.Day) ar.Day {
	for _, form := range dayForms {
		if t, err := time.Parse(form, text); err == nil {
			return ar.DayOf(t)
		}
	}
	for _, form := range yearless {
		t, err := time.Parse(form, text)
		if err != nil {
			continue
		}
		return nextDay(t, today)
	}
	return slashed(text)
}

// nextDay is the first day from today on with the month and day of t.
func nextDay(t time.Time, today ar.Day) ar.Day {
	year := today.Time(time.UTC).Year()
	for _, y := range []int{year, year + 1} {
		d := time.Date(y, t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
		if d.Day() == t.Day() && ar.DayOf(d) >= today {
			return ar.DayOf(d)
		}
	}
	return 0
}

// slashed reads 31/12/2026 and 12/31/2026, of which only one is a day.
func slashed(text string) ar.Day {
	var days []ar.Day
	for _, form := range []string{"2/1/2006", "1/2/2006"} {
		if t, err := time.Parse(form, text); err == nil {
			days = append(days, ar.DayOf(t))
		}
	}
	if days = slices.Compact(days); len(days) == 1 {
		return days[0]
	}
	return 0
}
