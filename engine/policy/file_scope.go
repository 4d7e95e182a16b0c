package policy

import (
	"slices"
	"strings"

	"holdfast/engine/ar"
)

// scope reads a rule's scope; a key that it leaves out is the pack's.
func (p *parser) scope(raw, base fileScope) scope {
	pick := func(own, packs []string) []string {
		if own != nil {
			return own
		}
		return packs
	}
	s := scope{
		channel: pick(raw.Channel, base.Channel), purpose: pick(raw.Purpose, base.Purpose),
		stage: pick(raw.Stage, base.Stage), relationship: pick(raw.Relationship, base.Relationship),
		debtorKind: pick(raw.DebtorKind, base.DebtorKind), debtKind: pick(raw.DebtKind, base.DebtKind),
		line:    pick(raw.Line, base.Line),
		country: places(pick(raw.Country, base.Country)), region: places(pick(raw.Region, base.Region)),
		city:      places(pick(raw.City, base.City)),
		workplace: raw.Workplace || base.Workplace, first: raw.First || base.First,
	}
	if flag := raw.Guarantor; flag != nil {
		s.guarantor = *flag
	} else if base.Guarantor != nil {
		s.guarantor = *base.Guarantor
	}
	p.scopeWords(s)
	total := raw.MaxTotal
	if total == "" {
		total = base.MaxTotal
	}
	if total != "" {
		money, err := ar.ParseMoney(total)
		if err != nil {
			p.wrong("scope.max_total", `write max_total = "500000.00 USD"`, "%v", err)
		}
		s.maxTotal = money
	}
	return s
}

func (p *parser) scopeWords(s scope) {
	p.words("scope.channel", s.channel, channels)
	p.words("scope.purpose", s.purpose, purposes)
	p.words("scope.stage", s.stage, stages)
	p.words("scope.relationship", s.relationship, relationships)
	p.words("scope.debtor_kind", s.debtorKind, debtorKinds)
	p.words("scope.debt_kind", s.debtKind, debtKinds)
	p.words("scope.line", s.line, lines)
	for _, code := range s.country {
		if len(code) != 2 {
			p.wrong("scope.country", `write ISO 3166 codes of two letters, such as "US"`, "%q is no code of a country", code)
		}
	}
	if len(s.region)+len(s.city) > 0 && len(s.country) == 0 {
		p.wrong("scope", `write country = ["US"] beside it`, "a region or city needs its country")
	}
}

// place folds the name of a place, so that "N.Y." and "ny" are one.
func place(name string) string {
	if plain(name) {
		return name
	}
	name = strings.ToUpper(strings.ReplaceAll(name, ".", ""))
	name = strings.Join(strings.Fields(strings.ReplaceAll(name, "-", " ")), " ")
	if len(name) > 3 && strings.HasPrefix(name, "US ") {
		return name[3:] // US-NY
	}
	return name
}

// plain reports whether a name needs no folding.
func plain(name string) bool {
	return !slices.ContainsFunc([]byte(name), func(b byte) bool { return b < 'A' || b > 'Z' })
}

func places(names []string) []string {
	folded := make([]string, len(names))
	for i, name := range names {
		folded[i] = place(name)
	}
	return folded
}
