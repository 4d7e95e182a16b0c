package sequence

import (
	"time"

	"holdfast/engine/ar"
)

// Step is one kind of step, for example "message" or "hold".
type Step interface {
	// Kind is the word that `do` names it by.
	Kind() string
	// Check says what is wrong with a step of this kind; the zero Fault: nothing.
	Check(r *Rung) Fault
	// Plan turns the steps of this kind that are due for one party today into
	// intents. What cannot happen now it hands to v.Wait, with the reason.
	Plan(v *View, due []Due) []Intent
}

// Fault is something wrong with one key of a step.
type Fault struct{ Key, What, Cure string }

// Due is one subject whose next step is due today.
type Due struct {
	Position *Position
	Sequence *Sequence
	Rung     *Rung
	Repeat   int
	Item     *Item  // the document; nil where the subject is none, or it is not open
	Told     *Heard // the promise, dispute or event; nil where the subject is none
	Account  *Account
	On       ar.Day    // the day it fell due
	From     time.Time // not before this instant of that day; zero: any
}

// Purpose is what a message of the step is for.
func (d *Due) Purpose() Purpose {
	if d.Rung.Purpose != "" {
		return d.Rung.Purpose
	}
	return d.Sequence.Purpose
}

// Month is the month that a step is about, empty where its subject is none.
func (d *Due) Month() string {
	if d.Position.Subject.Kind == SubjectMonth {
		return d.Position.Subject.Ref
	}
	return ""
}

// Speaks lists the open documents that the subject is about: its own, those of
// its promise, dispute or event, or all that is overdue on its account.
func (d *Due) Speaks(v *View) []*Item {
	switch {
	case d.Told != nil:
		return d.Told.Items
	case d.Item != nil:
		return []*Item{d.Item}
	}
	var items []*Item
	for _, item := range v.Items {
		if item.Account == d.Account && item.Asked > 0 && item.DueOn < v.Case.Today {
			items = append(items, item)
		}
	}
	return items
}

// Occasion names what the step would be done for.
func (d Due) Occasion() Occasion {
	return Occasion{
		Sequence: d.Sequence.Name, Subject: d.Position.Subject, Step: d.Rung.ID,
		Repeat: d.Repeat, Episode: d.Position.Episode,
	}
}

// Occasions names what all of due would be done for, in their order.
func Occasions(due []Due) []Occasion {
	out := make([]Occasion, len(due))
	for i, d := range due {
		out[i] = d.Occasion()
	}
	return out
}
