package policy

import (
	"slices"
	"strings"
	"time"
)

// Rules is what holds for one contact. The zero Rules limits nothing.
type Rules struct {
	Applied []string // names of the packs that had a say, in order; not to be changed

	terms *terms
	zones []*time.Location
}

// terms are the strictest of a combination of rules.
type terms struct {
	applied             []string
	rules               []*Rule
	hours               [7]hours
	limited             bool
	holidays            bool // closed on holidays
	caps                []limit
	pauses              []pause
	consent             bool
	required, forbidden []string
	approval            []string
	retention           int
	retentionFrom       string
	revocation          Revocation
}

var unlimited = &terms{}

func (r Rules) term() *terms {
	if r.terms == nil {
		return unlimited
	}
	return r.terms
}

// strictest puts the rules of a set together.
func (p *Packs) strictest(s set) *terms {
	t := &terms{}
	for day := range t.hours {
		t.hours[day] = hours{0, 24 * time.Hour}
	}
	s.each(func(i int) { t.take(&p.rules[i]) })
	slices.Sort(t.required)
	slices.Sort(t.forbidden)
	t.required, t.forbidden = slices.Compact(t.required), slices.Compact(t.forbidden)
	return t
}

// take makes t as strict as a rule is.
func (t *terms) take(r *Rule) {
	t.rules = append(t.rules, r)
	if !slices.Contains(t.applied, r.Pack) {
		t.applied = append(t.applied, r.Pack)
	}
	if r.limited {
		t.limited, t.holidays = true, t.holidays || r.holidays
		for day := range t.hours {
			t.hours[day] = t.hours[day].meet(r.hours[day])
		}
	}
	for _, c := range r.caps {
		c.rule = r
		t.caps = append(t.caps, c)
	}
	if r.pause.days > 0 {
		t.pauses = append(t.pauses, pause{days: r.pause.days, per: r.pause.per, rule: r})
	}
	t.consent = t.consent || r.consent
	t.required = append(t.required, r.required...)
	t.forbidden = append(t.forbidden, r.forbidden...)
	t.approval = append(t.approval, r.approval...)
	if r.retention > t.retention {
		t.retention, t.retentionFrom = r.retention, r.source()
	}
	t.revoke(r.revocation)
}

// revoke takes the words of all and the fewest days.
func (t *terms) revoke(v Revocation) {
	if v.BusinessDays == 0 {
		return
	}
	t.revocation.Words = slices.Compact(slices.Sorted(slices.Values(append(slices.Clone(t.revocation.Words), v.Words...))))
	if t.revocation.BusinessDays == 0 || v.BusinessDays < t.revocation.BusinessDays {
		t.revocation.BusinessDays = v.BusinessDays
	}
}

// source names where a rule is written, for people.
func (r *Rule) source() string { return r.Pack + ": " + strings.Join(r.Sources, ", ") }

// Because lists the rules that had a say, for those who ask why. They are not
// to be changed.
func (r Rules) Because() []*Rule { return r.term().rules }

// NeedsConsent reports whether the debtor must have agreed to be contacted this
// way.
func (r Rules) NeedsConsent() bool { return r.term().consent }

// NeedsApproval reports whether an automatic effect, such as "hold", needs a
// person's yes.
func (r Rules) NeedsApproval(effect string) bool { return slices.Contains(r.term().approval, effect) }

// Required lists the parts that the message must have, in order, as TextIDs. Not
// to be changed.
func (r Rules) Required() []string { return r.term().required }

// Forbidden lists what the message must not have, in order, as ForbiddenIDs. Not
// to be changed.
func (r Rules) Forbidden() []string { return r.term().forbidden }

// Retention returns how many days records are kept after the last activity, and
// where that is written; 0 where no rule says.
func (r Rules) Retention() (days int, source string) {
	return r.term().retention, r.term().retentionFrom
}

// Revocation returns how the debtor may take consent back.
func (r Rules) Revocation() Revocation { return r.term().revocation }
