package policy

import (
	"time"

	"holdfast/engine/ar"
)

// Pack is one file of rules.
type Pack struct {
	Name  string
	Title string
	Rules []Rule
}

// Rule is one version of one rule: what it asks, of whom, from when to when,
// and where that is written.
type Rule struct {
	Pack       string
	ID         string // versions of one rule share it
	Says       string // a sentence for people
	ValidFrom  ar.Day // zero: always
	ValidTo    ar.Day // the last day; zero: until further notice
	Sources    []string
	ReviewedOn ar.Day
	Sure       string // A: read in the text itself, B: in a professional's summary, C: widely stated

	scope      scope
	hours      [7]hours // by weekday
	limited    bool     // hours hold
	holidays   bool     // closed on holidays
	caps       []limit
	pause      pause
	consent    bool
	required   []string
	forbidden  []string
	approval   []string
	retention  int // days
	revocation Revocation
}

// Revocation is how consent is taken back: the words that the law names and how
// many business days it leaves. The zero one asks nothing.
type Revocation struct {
	Words        []string
	BusinessDays int
}

// hours are an opening of one weekday, since midnight. None where both are 0.
type hours struct{ from, to time.Duration }

// meet returns the hours that lie in both.
func (h hours) meet(o hours) hours {
	h.from, h.to = max(h.from, o.from), min(h.to, o.to)
	if h.from > h.to {
		return hours{}
	}
	return h
}

// scope says to which questions a rule applies. An empty list asks nothing.
type scope struct {
	channel, purpose, stage, relationship, debtorKind, debtKind, line []string
	country, region, city                                             []string // places as folded by place
	guarantor                                                         bool     // also where a natural person answers for the debt
	workplace, first                                                  bool     // only there, only then
	maxTotal                                                          ar.Money // zero: no sum
}
