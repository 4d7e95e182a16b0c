package sequence

import "holdfast/engine/policy"

// Heard returns what people told of a party and the ERP says of disputes, as it
// stands on the case's day: promises and parts of plans, disputes, events.
func (b *Book) Heard(c Case) []Heard {
	if len(c.Accounts) == 0 {
		return nil
	}
	return b.view(&c).heard
}

// RulesFor returns the contact rules that have a say when the party is reminded
// by a medium on the case's day, in their order; nil where the company has no
// packs.
func (b *Book) RulesFor(c Case, medium string) []*policy.Rule {
	if len(c.Accounts) == 0 {
		return nil
	}
	return b.view(&c).rules(channelOf[medium], Dunning).Because()
}
