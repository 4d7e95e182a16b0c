package cli

import (
	"fmt"
	"slices"
	"strings"

	"holdfast/engine/ar"
	"holdfast/engine/cycle"
	"holdfast/engine/sequence"
	"holdfast/engine/store"
)

// text writes it all for a person.
func (e *explained) text(a *App, co *cycle.Company) error {
	a.Say("%s %s, company %s, as of %s", e.Number, e.Name, e.Company, dayText(e.Day))
	if e.Payer != e.Customer {
		a.Say("Its accounts are settled by %s, who is written to for all of them.", e.Payer)
	}
	if err := e.textWhen(a); err != nil {
		return err
	}
	e.textToday(a)
	e.textDocuments(a)
	e.textTold(a)
	e.textHolds(a, co)
	e.textSent(a)
	for _, t := range e.Tasks {
		a.Say("Task %d for the %s, by %s: %s (%s)", t.ID, t.Role, dayText(t.DueOn), taskText(&t), reasonText(t.Reason))
	}
	return nil
}

// taskText says in a few words what a task asks for.
func taskText(t *store.Task) string {
	return first(t.Script, strings.TrimSpace(t.Sequence+" "+t.Step), t.Detail, "look at the account")
}

// textToday writes what the day brings, and why nothing does.
func (e *explained) textToday(a *App) {
	a.Say("")
	switch {
	case len(e.Next) > 0:
	case e.Source == fromJournal:
		a.Say("Nothing happened on this day.")
	default:
		a.Say("Nothing happens on this day.")
	}
	for _, n := range e.Next {
		line := "This day: " + string(n.Kind)
		if n.Step != "" {
			line += ", " + n.Sequence + " " + n.Step
		}
		if n.To != "" {
			line += " to " + n.To
		}
		if len(n.Asked) > 0 && n.Kind == sequence.Message {
			line += ", asking for " + n.Asked.String()
		}
		a.Say("%s: %s%s", line, reasonText(n.Reason), detailText(n.Detail))
	}
	for _, n := range e.Notes {
		a.Say("%s: %s%s", strings.Join(strings.Fields("Account "+string(n.Customer)+" "+n.Sequence+" "+n.About), " "), reasonText(n.Reason), detailText(n.Detail))
	}
	if on := e.soonest(); !on.IsZero() {
		a.Say("The next step that has a day of its own: %s.", dayText(on))
	}
}

// soonest is the first day ahead on which a step is due.
func (e *explained) soonest() ar.Day {
	var day ar.Day
	for _, d := range e.Documents {
		for _, p := range d.Positions {
			if p.On > e.Day && (day.IsZero() || p.On < day) {
				day = p.On
			}
		}
	}
	return day
}

func detailText(detail string) string {
	if detail == "" {
		return ""
	}
	return " (" + detail + ")"
}

// textDocuments writes each open document with its steps.
func (e *explained) textDocuments(a *App) {
	a.Say("")
	if len(e.Documents) == 0 {
		a.Say("Nothing is open.")
		return
	}
	var total ar.Balance
	for _, d := range e.Documents {
		if minor, err := ar.ParseAmount(d.Open, d.Currency); err == nil {
			total = total.Add(minor, d.Currency)
		}
	}
	a.Say("%s open, %s in all:", count(len(e.Documents), "document"), total)
	for _, d := range e.Documents {
		a.Say("  %-12s %-12s %s %s %s%s", d.Number, strings.ReplaceAll(string(d.Kind), "_", " "), comma(d.Open), d.Currency, dueText(d, e.Day), disputedText(d))
		for _, p := range d.Positions {
			e.textPosition(a, p)
		}
	}
}

func dueText(d explainedDocument, today ar.Day) string {
	switch {
	case strings.HasPrefix(d.Open, "-"):
		return "not applied"
	case d.DueOn.IsZero():
		return "without a due day"
	case d.DueOn < today:
		return fmt.Sprintf("due %s, %s late", d.DueOn, count(int(today-d.DueOn), "day"))
	}
	return "due " + d.DueOn.String()
}

func disputedText(d explainedDocument) string {
	if strings.Trim(d.Disputed, "0.") == "" {
		return ""
	}
	return ", " + comma(d.Disputed) + " disputed"
}

// textPosition writes what was done, what is next, and why not now.
func (e *explained) textPosition(a *App, p explainedPosition) {
	var done []string
	for _, d := range p.Done {
		if !slices.Contains([]sequence.How{sequence.DoneAdopted, sequence.DoneLapsed}, d.How) {
			done = append(done, fmt.Sprintf("%s %s (%s)", d.Step, d.On, d.How))
		}
	}
	if len(done) > 0 {
		a.Say("    %s: done %s", p.Sequence, strings.Join(done, ", "))
	}
	switch {
	case p.Ended != "":
		a.Say("    %s: over: %s", p.Sequence, reasonText(p.Ended))
	case p.Next != "" && !p.On.IsZero() && p.On <= e.Day:
		a.Say("    %s: next %s, due since %s: %s%s", p.Sequence, p.Next, dayText(p.On), reasonText(p.Reason), detailText(p.Detail))
	case p.Next != "" && !p.On.IsZero():
		a.Say("    %s: next %s on %s: %s%s", p.Sequence, p.Next, dayText(p.On), reasonText(p.Reason), detailText(p.Detail))
	case p.Reason != "":
		a.Say("    %s: %s%s", strings.TrimSpace(p.Sequence+" "+p.Next), reasonText(p.Reason), detailText(p.Detail))
	}
}

// textHolds writes our holds and how far they reach.
func (e *explained) textHolds(a *App, co *cycle.Company) {
	if len(e.Holds) == 0 {
		return
	}
	level := co.Adapter.Capability().Level
	a.Say("")
	a.Say("Holds of ours (a hold here %s, level %d):", level, int(level))
	for _, h := range e.Holds {
		line := fmt.Sprintf("  %s on %s", h.State, h.Account.Customer)
		if !h.PlacedOn.IsZero() {
			line += ", placed " + h.PlacedOn.String()
		}
		if !h.ReleasedOn.IsZero() {
			line += ", lifted " + h.ReleasedOn.String()
		}
		a.Say("%s: %s%s", line, first(h.Reason, h.Proposer), detailText(h.Outcome))
	}
}

// textSent writes the last messages.
func (e *explained) textSent(a *App) {
	if len(e.Sent) == 0 {
		return
	}
	a.Say("")
	a.Say("Messages, the newest first:")
	for _, s := range e.Sent {
		a.Say("  %s  %-10s %s to %s, asking for %s", dayText(s.Day), s.State, s.Step, s.Recipient, s.Asked)
	}
	a.Say("")
}
