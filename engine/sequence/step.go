package sequence

import "holdfast/engine/ar"

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
	Item     *Item // the document; nil where the subject is the account
	Account  *Account
	On       ar.Day // the day it fell due
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
