package cli

import (
	"fmt"
	"slices"
	"strings"

	"holdfast/engine/ar"
	"holdfast/engine/cycle"
	"holdfast/engine/intake"
	"holdfast/engine/sequence"
)

// explainedTold is one thing that a person told, as it stands.
type explainedTold struct {
	ID        int64         `json:"id"`
	Kind      intake.Kind   `json:"kind"`
	Customer  ar.CustomerID `json:"customer_id"`
	Documents []string      `json:"documents"`
	Says      string        `json:"says"`
	State     string        `json:"state,omitempty"`
	On        ar.Day        `json:"on"`
	By        string        `json:"by"`
}

// explainedRule is one contact rule that has a say in reminders by e-mail.
type explainedRule struct {
	Pack string `json:"pack"`
	ID   string `json:"rule"`
	Says string `json:"says"`
}

// told lists what people told that bears on the day, and the contact rules that
// apply.
func (e *explained) told(co *cycle.Company, cs *sequence.Case) {
	heard := co.Book.Heard(*cs)
	for i := range cs.Facts {
		f := &cs.Facts[i]
		ended := slices.ContainsFunc(cs.Facts, func(end intake.Fact) bool {
			return end.Kind == intake.End && end.Ref == f.ID && end.Code != intake.Granted
		})
		if says := saysFact(f); says != "" && !ended {
			e.Told = append(e.Told, explainedTold{
				ID: f.ID, Kind: f.Kind, Customer: f.Account.Customer, Documents: coveredNumbers(f), Says: says,
				State: stateTold(f, heard), On: f.On, By: teller(f.By),
			})
		}
	}
	for _, r := range co.Book.RulesFor(*cs, sequence.MediumEmail) {
		e.Rules = append(e.Rules, explainedRule{r.Pack, r.ID, r.Says})
	}
}

// saysFact says a fact in a few words, empty where it says nothing of today.
func saysFact(f *intake.Fact) string {
	switch f.Kind {
	case intake.Promise:
		return fmt.Sprintf("%s by %s for %s", f.Amount, dayText(f.Day), aboutText(f))
	case intake.Plan:
		return fmt.Sprintf("%s in %d parts until %s for %s", f.Total(len(f.Parts)-1), len(f.Parts), dayText(f.Parts[len(f.Parts)-1].Day), aboutText(f))
	case intake.Dispute:
		return fmt.Sprintf("%s of %s, %s%s", contested(f), aboutText(f), kindText(f.Code), ownerText(f.Owner))
	case intake.Pause:
		return fmt.Sprintf("%s until %s: %s", aboutText(f), dayText(f.Day), f.Code)
	case intake.Preference:
		return f.Code + " is " + f.Value
	case intake.DoNotContact:
		return "no contact" + reachText(f.Channel, f.Address)
	case intake.Consent:
		return f.Value + reachText(f.Channel, f.Address)
	case intake.Reply, intake.Event, intake.Outcome:
		return strings.TrimSpace(kindText(f.Code) + " " + f.Text)
	}
	return ""
}

func ownerText(owner string) string {
	if owner == "" {
		return ""
	}
	return ", with " + owner
}

// stateTold is where a promise, a plan or a dispute stands, with what came in.
func stateTold(f *intake.Fact, heard []sequence.Heard) string {
	var parts []string
	for _, h := range heard {
		if h.Fact == nil || h.Fact.ID != f.ID || h.Subject.Kind == sequence.SubjectAccount {
			continue
		}
		state := string(h.State)
		if f.Kind != intake.Dispute && len(h.Paid) > 0 && (h.State == sequence.ToldOpen || h.State == sequence.ToldPartly) {
			state += ", " + h.Left.String() + " still to come"
		}
		if f.Kind == intake.Plan {
			state = fmt.Sprintf("part %d %s", h.Part+1, state)
		}
		parts = append(parts, state)
	}
	return strings.Join(parts, "; ")
}

// textTold writes what was told and which contact rules apply.
func (e *explained) textTold(a *App) {
	if len(e.Told) > 0 {
		a.Say("")
		a.Say("What was told:")
		for _, t := range e.Told {
			state := ""
			if t.State != "" {
				state = ": " + t.State
			}
			a.Say("  %s %d, %s by %s: %s%s", kindWords(t.Kind), t.ID, t.On, t.By, t.Says, state)
		}
	}
	if len(e.Rules) > 0 {
		a.Say("")
		a.Say("Contact rules for reminders by e-mail:")
		for _, r := range e.Rules {
			a.Say("  %s: %s", r.Pack, r.Says)
		}
	}
}
