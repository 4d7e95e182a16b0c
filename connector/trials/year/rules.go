package year

import (
	"fmt"

	"holdfast/engine/ar"
	"holdfast/engine/calendar"
	"holdfast/engine/sequence"
	"holdfast/engine/walk"
)

// rules looks at every effect of a year whether the rules were kept that hold
// over all sequences. What is wrong is counted; the first of each rule is named.
type rules struct {
	erp      *erp // says by itself what was open
	business *calendar.Country
	broken   map[string]int
	first    []string

	any      map[ar.PartyID]ar.Day // the last message
	spoken   map[ar.PartyID]ar.Day // the last message that is no answer
	dunned   map[string][]ar.Day   // dunning messages of the last 30 days, by address
	happened map[string]bool       // occasions
	warned   map[sequence.Subject]ar.Day
	held     map[ar.AccountID]bool
}

func newRules(e *erp, business *calendar.Country) *rules {
	r := &rules{
		erp: e, business: business, broken: map[string]int{}, any: map[ar.PartyID]ar.Day{}, spoken: map[ar.PartyID]ar.Day{}, dunned: map[string][]ar.Day{},
		happened: map[string]bool{}, warned: map[sequence.Subject]ar.Day{}, held: map[ar.AccountID]bool{},
	}
	return r
}

// wrong counts a broken rule.
func (r *rules) wrong(rule string, t *walk.Touch, detail string) {
	r.broken[rule]++
	if r.broken[rule] == 1 {
		r.first = append(r.first, fmt.Sprintf("%s: %s %s %s %s/%s %s", rule, t.Day, t.Kind, t.Account.Customer, t.Sequence, t.Step, detail))
	}
}

// look checks one effect.
func (r *rules) look(t *walk.Touch) {
	r.erp.day = t.Day
	if t.Waits() || t.Withdrawn {
		return
	}
	for _, o := range t.Occasions {
		if r.happened[o.Key()] {
			r.wrong("no step twice", t, o.Key())
		}
		r.happened[o.Key()] = true
	}
	switch t.Kind {
	case sequence.Message:
		r.message(t)
	case sequence.Hold:
		r.hold(t)
	case sequence.Release:
		if !r.held[t.Account] {
			r.wrong("only our own holds are lifted", t, "")
		}
		r.held[t.Account] = false
	}
}

func (r *rules) message(t *walk.Touch) {
	if r.any[t.Party] == t.Day {
		r.wrong("at most one message a party a day", t, "")
	}
	r.any[t.Party] = t.Day
	if t.Purpose != sequence.Response {
		r.gap(t)
		r.spoken[t.Party] = t.Day
	}
	if !r.business.IsBusinessDay(t.Day) {
		r.wrong("messages leave on business days", t, "")
	}
	if t.Purpose == sequence.Dunning || t.Purpose == sequence.Legal || t.Purpose == sequence.Courtesy {
		r.asked(t)
	}
	if t.Purpose == sequence.Dunning {
		r.capped(t)
	}
	if t.Template == warning {
		for _, o := range t.Occasions {
			r.warned[o.Subject] = t.Day
		}
	}
}

// warning is the template that a hold is warned by, promises the sequence that
// speaks of promises.
const (
	warning  = "hold-warning"
	promises = "promise"
)

// gap looks at the days since the last message to the party, whatever sequence
// it was of.
func (r *rules) gap(t *walk.Touch) {
	least := ar.Day(0)
	switch t.Purpose {
	case sequence.Courtesy:
		least = gapCourtesy
	case sequence.Dunning, sequence.Legal:
		least = gapDunning
	}
	if last := r.spoken[t.Party]; last != 0 && t.Day-last < least {
		r.wrong("the gap is kept over all sequences", t, fmt.Sprintf("last on %s", last))
	}
}

// asked looks at the documents that a reminder names at its own step.
func (r *rules) asked(t *walk.Touch) {
	for _, l := range t.Lines {
		if !l.AtStep {
			continue
		}
		doc, _ := r.erp.asOf(l.Document.ID)
		switch {
		case doc.Open <= 0:
			r.wrong("nothing for what is paid", t, string(doc.ID))
		case doc.DisputedOpen() == doc.Open:
			r.wrong("nothing for what is wholly disputed", t, string(doc.ID))
		case l.Sequence == promises: // of what was promised it reminds, whatever it is
		case doc.Open < floorItem:
			r.wrong("nothing below the floor", t, string(doc.ID))
		case doc.DueOn == 0:
			r.wrong("nothing for what is undated", t, string(doc.ID))
		}
	}
	for _, m := range t.Asked {
		if m.Minor <= 0 {
			r.wrong("never nothing asked for", t, m.String())
		}
	}
}

// capped looks at the rolling caps of an address.
func (r *rules) capped(t *walk.Touch) {
	days := append(r.dunned[t.Recipient()], t.Day)
	week := 0
	for len(days) > 0 && t.Day-days[0] >= 30 {
		days = days[1:]
	}
	for _, day := range days {
		if t.Day-day < 7 {
			week++
		}
	}
	if week > capWeek || len(days) > capMonth {
		r.wrong("the caps of an address are kept", t, fmt.Sprintf("%d in 7 days, %d in 30", week, len(days)))
	}
	r.dunned[t.Recipient()] = days
}

// hold looks for the warning that went before.
func (r *rules) hold(t *walk.Touch) {
	if r.held[t.Account] {
		r.wrong("no account is held twice", t, "")
	}
	r.held[t.Account] = true
	on := r.warned[t.Occasions[0].Subject]
	if on == 0 || r.business.AddBusinessDays(on, warnedAgo) > t.Day {
		r.wrong("no hold without a warning old enough", t, fmt.Sprintf("warned on %s", on))
	}
}
