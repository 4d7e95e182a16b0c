package policy

import (
	"slices"
	"sort"
	"sync"
	"sync/atomic"

	"holdfast/engine/ar"
)

// Packs is all packs that hold at a site. It does not change, and several
// goroutines may use it.
type Packs struct {
	list  []Pack
	rules []Rule
	hash  string

	all                                   set // every rule
	changes                               []ar.Day
	valid                                 []set // from the change of the same number on
	channel, purpose, stage, relationship map[string]set
	debtor, guaranteed, debt, line        map[string]set
	country, region, city                 atlas
	onlyWorkplace, onlyFirst, summed      set
	mu                                    sync.Mutex // guards the growth of terms
	terms                                 atomic.Pointer[map[set]*terms]
}

// atlas finds the rules of a place.
type atlas struct {
	named  map[string]set // rules that hold there
	other  set            // rules that hold in places nobody names
	scoped set            // rules that ask for a place
}

// Hash changes whenever any pack does.
func (p *Packs) Hash() string { return p.hash }

// List returns the packs in order of their names.
func (p *Packs) List() []Pack { return slices.Clone(p.list) }

// index sorts the rules by what their scopes ask.
func (p *Packs) index() {
	for i := range p.rules {
		p.all.add(i)
		s := &p.rules[i].scope
		addIf(&p.onlyWorkplace, i, s.workplace)
		addIf(&p.onlyFirst, i, s.first)
		addIf(&p.summed, i, s.maxTotal.Currency != "")
	}
	p.channel = p.words(channels, func(s *scope) []string { return s.channel })
	p.purpose = p.words(purposes, func(s *scope) []string { return s.purpose })
	p.stage = p.words(stages, func(s *scope) []string { return s.stage })
	p.relationship = p.words(relationships, func(s *scope) []string { return s.relationship })
	p.debt = p.words(debtKinds, func(s *scope) []string { return s.debtKind })
	p.line = p.words(lines, func(s *scope) []string { return s.line })
	p.debtor = p.words(debtorKinds, func(s *scope) []string { return s.debtorKind })
	p.guaranteed = p.words(debtorKinds, func(s *scope) []string {
		if s.guarantor {
			return nil
		}
		return s.debtorKind
	})
	p.country = p.places(func(s *scope) []string { return s.country })
	p.region = p.places(func(s *scope) []string { return s.region })
	p.city = p.places(func(s *scope) []string { return s.city })
	p.days()
	p.terms.Store(&map[set]*terms{})
}

func addIf(s *set, i int, yes bool) {
	if yes {
		s.add(i)
	}
}

// words finds for each known word the rules whose scope allows it.
func (p *Packs) words(known []string, asks func(*scope) []string) map[string]set {
	found := map[string]set{}
	for _, word := range known {
		var s set
		for i := range p.rules {
			list := asks(&p.rules[i].scope)
			addIf(&s, i, len(list) == 0 || slices.Contains(list, word))
		}
		found[word] = s
	}
	return found
}

func (p *Packs) places(asks func(*scope) []string) atlas {
	a := atlas{named: map[string]set{}}
	var names []string
	for i := range p.rules {
		list := asks(&p.rules[i].scope)
		addIf(&a.scoped, i, len(list) > 0)
		addIf(&a.other, i, len(list) == 0)
		names = append(names, list...)
	}
	a.named = p.words(names, asks)
	return a
}

// days finds the days on which the rules change, and what is valid from each on.
func (p *Packs) days() {
	days := []ar.Day{0}
	for i := range p.rules {
		days = append(days, p.rules[i].ValidFrom)
		if to := p.rules[i].ValidTo; to != 0 {
			days = append(days, to+1)
		}
	}
	slices.Sort(days)
	p.changes = slices.Compact(days)
	for _, day := range p.changes {
		var s set
		for i := range p.rules {
			r := &p.rules[i]
			addIf(&s, i, r.ValidFrom <= day && (r.ValidTo == 0 || day <= r.ValidTo))
		}
		p.valid = append(p.valid, s)
	}
}

// Rules returns what holds for a contact: the strictest of all rules that apply.
// It is cheap, and allocates nothing once a combination of rules has been met.
func (p *Packs) Rules(q Question) Rules {
	s := p.applying(&q)
	t, ok := (*p.terms.Load())[s]
	if !ok {
		t = p.remember(s)
	}
	return Rules{Applied: t.applied, terms: t, zones: q.Zones}
}

// applying finds the rules whose scope q meets.
func (p *Packs) applying(q *Question) set {
	change := sort.Search(len(p.changes), func(i int) bool { return p.changes[i] > q.Day }) - 1
	s := p.valid[max(change, 0)]
	s = known(s, p.channel, string(q.Channel))
	s = known(s, p.purpose, q.Purpose)
	s = known(s, p.stage, q.Stage)
	s = known(s, p.relationship, q.Relationship)
	s = known(s, p.debt, q.DebtKind)
	s = known(s, p.line, q.Line)
	if q.Guarantor {
		s = known(s, p.guaranteed, q.DebtorKind)
	} else {
		s = known(s, p.debtor, q.DebtorKind)
	}
	if !q.Workplace {
		s = s.without(p.onlyWorkplace)
	}
	if !q.First {
		s = s.without(p.onlyFirst)
	}
	if len(q.Country) == 2 {
		s = p.country.narrow(s, q.Country)
	}
	s = p.city.narrow(p.region.narrow(s, q.Region), q.City)
	return p.sums(s, q.Total)
}

// known keeps the rules that a word allows; a word that is not known keeps all.
func known(s set, words map[string]set, word string) set {
	if allowed, ok := words[word]; ok {
		return s.and(allowed)
	}
	return s
}

// narrow keeps the rules of a place; an empty one, not known, keeps all.
func (a *atlas) narrow(s set, name string) set {
	if name == "" || !s.meets(a.scoped) {
		return s
	}
	if here, ok := a.named[place(name)]; ok {
		return s.and(here)
	}
	return s.and(a.other)
}

// sums drops the rules that end below what is owed. A sum in another currency
// drops none.
func (p *Packs) sums(s set, total ar.Money) set {
	if !s.meets(p.summed) {
		return s
	}
	var over set
	s.and(p.summed).each(func(i int) {
		most := p.rules[i].scope.maxTotal
		addIf(&over, i, total.Currency == most.Currency && total.Minor > most.Minor)
	})
	return s.without(over)
}

// remember works out the terms of a combination of rules and keeps them.
func (p *Packs) remember(s set) *terms {
	p.mu.Lock()
	defer p.mu.Unlock()
	old := *p.terms.Load()
	if t, ok := old[s]; ok {
		return t
	}
	grown := make(map[set]*terms, len(old)+1)
	for k, v := range old {
		grown[k] = v
	}
	t := p.strictest(s)
	grown[s] = t
	p.terms.Store(&grown)
	return t
}
