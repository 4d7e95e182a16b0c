package message

import (
	"strings"

	"holdfast/engine/ar"
	"holdfast/engine/sequence"
)

// callData is what the sections of a call see. There are no amounts, documents
// or days past due in it, so that none can be said to whoever answers.
func (in Input) callData(w Words, links []link) map[string]any {
	var urls []string
	for _, l := range links {
		urls = append(urls, l.URL)
	}
	company := in.companyData()
	return map[string]any{
		"company":  map[string]any{"name": company["name"], "phone": company["phone"]},
		"customer": map[string]any{"name": oneLine(in.customer().Name), "number": oneLine(in.customer().Number)},
		"contact":  map[string]any{"name": oneLine(in.person().Name)},
		"private":  in.naturalPerson(), "pay_link": strings.Join(urls, " "), "speak_to": in.speakTo(),
		"ask_day": in.canPromise(), "last_day": w.day(in.lastSpoken()),
	}
}

// canPromise reports whether a call asks for a day of payment: of whom something
// is past due. A natural person is not asked by a machine, which cannot know
// whom it tells of a debt.
func (in Input) canPromise() bool {
	return in.Intent.Purpose == sequence.Dunning && !in.naturalPerson()
}

// lastSpoken is the last day that can be promised to a machine: never one that
// the site does not take.
func (in Input) lastSpoken() ar.Day {
	last := in.Today + promiseWithin
	if in.LastPromise != 0 {
		last = min(last, in.LastPromise)
	}
	return last
}

// naturalPerson reports whether the customer is one: nobody else may learn of
// the debt.
func (in Input) naturalPerson() bool {
	kind := in.customer().DebtorKind
	return kind == "consumer" || kind == "sole_trader"
}
