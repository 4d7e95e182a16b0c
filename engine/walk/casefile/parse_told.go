package casefile

import (
	"fmt"
	"time"

	"holdfast/engine/ar"
	"holdfast/engine/intake"
)

// factKinds are the kinds of fact that a case can tell.
var factKinds = []string{
	string(intake.Promise), string(intake.Plan), string(intake.Dispute), string(intake.Pause), string(intake.Note), string(intake.Outcome),
	string(intake.Reply), string(intake.Preference), string(intake.Consent), string(intake.DoNotContact), string(intake.Accepted),
	string(intake.Event), string(intake.Returned), string(intake.Classified), string(intake.End),
}

// facts reads what people tell. A fact's id is its place in the file.
func (p *parser) facts() {
	for i := range p.raw.Fact {
		raw := &p.raw.Fact[i]
		key := func(name string) string { return fmt.Sprintf("fact[%d].%s", i+1, name) }
		p.known(key("kind"), raw.Kind, factKinds)
		p.need(key("on"), raw.On, "on which day it is told")
		if on := raw.On.Day; on != 0 && (on < p.c.From || on > p.c.To) {
			p.Add(key("on"), fmt.Sprintf("%s is no day of the case", on), fmt.Sprintf("tell it from %s to %s", p.c.From, p.c.To))
		}
		f := p.fact(key, raw)
		f.ID = int64(i + 1)
		if raw.Step != "" {
			p.c.outcomes = append(p.c.outcomes, outcome{f, raw.Sequence, raw.Step})
			continue
		}
		p.c.history.Facts = append(p.c.history.Facts, f)
	}
}

func (p *parser) fact(key func(string) string, raw *fileFact) intake.Fact {
	f := intake.Fact{
		Kind: intake.Kind(raw.Kind), Account: p.customerOf(key("customer"), raw.Customer), Day: raw.Day.Day, Code: raw.Code, Value: raw.Value,
		Text: raw.Text, Owner: raw.Owner, Channel: raw.Channel, Address: raw.Address, By: "case", On: raw.On.Day, Ref: int64(raw.Ends),
	}
	if p.c.zone != nil {
		f.At = raw.On.Day.Time(p.c.zone).Add(9 * time.Hour)
	}
	for j, number := range raw.Documents {
		if doc := p.numbered(fmt.Sprintf("%s[%d]", key("documents"), j+1), number); doc != nil {
			covered := intake.Covered{Document: doc.ID, Number: doc.Number, Currency: doc.Currency}
			if f.Kind == intake.Dispute && raw.Amount != "" {
				covered.Amount = p.amount(key("amount"), raw.Amount, doc.Currency).Minor
			}
			f.Documents = append(f.Documents, covered)
		}
	}
	p.promised(key, raw, &f)
	p.answered(key, raw, &f)
	return f
}

// promised reads what a promise or a plan is about.
func (p *parser) promised(key func(string) string, raw *fileFact, f *intake.Fact) {
	cur := p.c.history.Company.BaseCurrency
	switch f.Kind {
	case intake.Promise:
		p.need(key("day"), raw.Day, "for which day it is promised")
		m := p.amount(key("amount"), raw.Amount, cur)
		f.Amount = f.Amount.Add(m.Minor, m.Currency)
	case intake.Plan:
		if len(raw.Parts) == 0 {
			p.Add(key("parts"), "a plan needs parts", `write parts = [{ day = 2026-04-01, amount = "500.00" }]`)
		}
		for j, part := range raw.Parts {
			p.need(fmt.Sprintf("%s[%d].day", key("parts"), j+1), part.Day, "when the part is due")
			f.Parts = append(f.Parts, intake.Part{Day: part.Day.Day, Amount: p.amount(fmt.Sprintf("%s[%d].amount", key("parts"), j+1), part.Amount, cur)})
		}
	case intake.Pause:
		p.need(key("day"), raw.Day, "which day of the pause is the last")
	}
}

// answered checks what ends something.
func (p *parser) answered(key func(string) string, raw *fileFact, f *intake.Fact) {
	switch f.Kind {
	case intake.Outcome:
		if raw.Code == "" {
			p.Add(key("code"), "nothing says how the task ended", `write code = "reached"`)
		}
		if raw.Step != "" && raw.Sequence == "" {
			p.Add(key("sequence"), "nothing says whose step it is", `write sequence = "past-due"`)
		}
	case intake.End:
		if raw.Ends < 1 || raw.Ends > len(p.raw.Fact) {
			p.Add(key("ends"), fmt.Sprintf("there is no fact %d in the case", raw.Ends), "count the [[fact]] tables from 1")
		}
	}
	if raw.Step != "" && f.Kind != intake.Outcome {
		p.Add(key("step"), "only an outcome closes the task of a step", `write kind = "outcome", or remove step`)
	}
}

// expects reads what should happen.
func (p *parser) expects() {
	if p.Line("expect") == 0 && len(p.raw.Nothing) == 0 && len(p.raw.Why) == 0 {
		p.Add("expect", "the case expects nothing", "write expect = [ ... ]; holdfast test --show FILE prints what happens")
	}
	if p.Line("expect") > 0 {
		p.c.expect = []Effect{}
	}
	for i := range p.raw.Expect {
		e := p.raw.Expect[i].effect()
		p.c.expect = append(p.c.expect, e)
		key := fmt.Sprintf("expect[%d]", i+1)
		p.within(key+".on", e.On)
		p.known(key+".kind", e.Kind, kinds[:])
		p.c.lines = append(p.c.lines, p.Line(key))
		for j, number := range e.Documents {
			p.numbered(fmt.Sprintf("%s.documents[%d]", key, j+1), number)
		}
	}
	for _, d := range p.raw.Nothing {
		p.within("nothing", d.Day)
		p.c.nothing = append(p.c.nothing, d.Day)
	}
	for i := range p.raw.Why {
		raw := p.raw.Why[i]
		key := fmt.Sprintf("why[%d]", i+1)
		p.within(key+".on", raw.On.Day)
		if raw.Document != "" {
			p.numbered(key+".document", raw.Document)
		} else {
			p.customerOf(key+".customer", raw.Customer)
		}
		if raw.Reason == "" {
			p.Add(key+".reason", "nothing says which reason is expected", `write reason = "promised"`)
		}
		p.c.why = append(p.c.why, why{raw, p.Line(key)})
	}
}

// within notes a day that the case does not live.
func (p *parser) within(key string, day ar.Day) {
	if day < p.c.From || day > p.c.To {
		p.Add(key, fmt.Sprintf("%q is no day of the case", day), fmt.Sprintf("name one from %s to %s", p.c.From, p.c.To))
	}
}
