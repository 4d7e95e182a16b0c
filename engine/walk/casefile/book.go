package casefile

import (
	"fmt"
	"slices"
	"strings"

	"holdfast/engine/ar"
	"holdfast/engine/calendar"
	"holdfast/engine/policy"
	"holdfast/engine/sequence"
	"holdfast/engine/tomlfile"
)

// Parts are what all cases of a run share.
type Parts struct {
	Sequences []*sequence.Sequence // of the site, or the shipped ones
	Steps     []sequence.Step
	Countries calendar.Countries
	Packs     *policy.Packs // contact rules; nil: none
}

// book binds the case's sequences to its policy.
func (c *Case) book(parts Parts) (*sequence.Book, error) {
	chosen, err := c.chosen(parts.Sequences)
	if err != nil {
		return nil, err
	}
	p, err := c.policyOf(parts)
	if err != nil {
		return nil, err
	}
	book, problems := sequence.NewBook(chosen, nil, p, parts.Steps)
	return book, problems.Err()
}

// chosen returns the sequences that the case names, all where it names none.
func (c *Case) chosen(all []*sequence.Sequence) ([]*sequence.Sequence, error) {
	if c.sequences == nil {
		return all, nil
	}
	var chosen []*sequence.Sequence
	var names []string
	for _, s := range all {
		names = append(names, s.Name)
		if slices.Contains(c.sequences, s.Name) {
			chosen = append(chosen, s)
		}
	}
	for _, name := range c.sequences {
		if !slices.Contains(names, name) {
			return nil, tomlfile.Problems{{File: c.File, Key: "sequences", What: fmt.Sprintf("there is no sequence %q", name),
				Cure: "name some of " + strings.Join(names, ", ")}}.Err()
		}
	}
	return chosen, nil
}

// usual is what a company has decided that says nothing else: the defaults of
// the config.
func usual() sequence.Policy {
	return sequence.Policy{
		Roles: []string{"invoice", "ap", "billing"}, GapCourtesy: 1, GapDunning: 3, CapWeek: 2, CapMonth: 5,
		FloorItem: []ar.Money{{Minor: 500, Currency: "USD"}}, FloorAccount: []ar.Money{{Minor: 2500, Currency: "USD"}},
		DeductionPercent: 2, DeductionDays: 3, PromiseGrace: workdays(2), ReplyPause: workdays(3), CreditWait: workdays(20), CashLag: 2,
		HoldWritable: true, HoldWarned: workdays(5), HoldAgain: 30,
		Relationship: "first_party", DebtorKind: "company", DebtKind: "trade_credit",
	}
}

func workdays(n int) calendar.Span { return calendar.Span{N: n, Business: true} }

// policyOf is the usual policy with what the case changes.
func (c *Case) policyOf(parts Parts) (sequence.Policy, error) {
	p := usual()
	p.Zone, p.Countries, p.Packs = c.zone, parts.Countries, parts.Packs
	if p.Business = parts.Countries[c.company.Country]; p.Business == nil {
		p.Business = &calendar.Country{Code: c.company.Country}
	}
	var err error
	if p.Window, err = windowOr(c.company.Window, "Mon-Fri 09:00-16:30"); err != nil {
		return p, err
	}
	if p.Hours, err = windowOr(c.company.Hours, "Mon-Fri 08:00-17:00"); err != nil {
		return p, err
	}
	p.Channels = map[string]string{}
	for _, medium := range c.company.Media {
		p.Channels[medium] = medium
	}
	c.limits(&p)
	c.names(&p)
	return p, nil
}

func windowOr(w calendar.Window, text string) (calendar.Window, error) {
	if !w.IsZero() {
		return w, nil
	}
	return calendar.ParseWindow(text)
}

// limits puts the case's figures into a policy.
func (c *Case) limits(p *sequence.Policy) {
	raw := &c.policy
	days := func(to *int, s *calendar.Span) {
		if s != nil {
			*to = s.N
		}
	}
	days(&p.GapCourtesy, raw.GapCourtesy)
	days(&p.GapDunning, raw.GapDunning)
	days(&p.HoldAgain, raw.HoldAgain)
	days(&p.CashLag, raw.CashLag)
	set(&p.CapWeek, raw.Cap7Days)
	set(&p.CapMonth, raw.Cap30Days)
	set(&p.DeductionPercent, raw.Deduction)
	set(&p.DeductionDays, raw.DeductionFor)
	set(&p.ReplyPause, raw.ReplyPause)
	set(&p.PromiseGrace, raw.PromiseGrace)
	set(&p.CreditWait, raw.CreditWithin)
	set(&p.HoldWarned, raw.HoldWarned)
	set(&p.HoldWritable, raw.Holds)
	set(&p.SendsInvoices, raw.SendsBills)
	if raw.FloorItem != nil {
		p.FloorItem = c.floors[0]
	}
	if raw.FloorAccount != nil {
		p.FloorAccount = c.floors[1]
	}
	if raw.ContactRules != nil && !*raw.ContactRules {
		p.Packs = nil
	}
}

// set takes over what a case says.
func set[T any](to, from *T) {
	if from != nil {
		*to = *from
	}
}

// names puts the customers and words that the case names into a policy.
func (c *Case) names(p *sequence.Policy) {
	raw := &c.policy
	p.WhiteGlove, p.DoNotDun, p.HoldExempt = listed(raw.WhiteGlove), listed(raw.DoNotDun), listed(raw.HoldExempt)
	p.DirectDebit = raw.DirectDebit
	for _, word := range []struct {
		to   *string
		text string
	}{{&p.Relationship, raw.Relationship}, {&p.DebtorKind, raw.DebtorKind}, {&p.DebtKind, raw.DebtKind}} {
		if word.text != "" {
			*word.to = word.text
		}
	}
}

func listed(names []string) map[string]bool {
	all := map[string]bool{}
	for _, n := range names {
		all[n] = true
	}
	return all
}
