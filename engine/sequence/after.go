package sequence

import (
	"slices"

	"holdfast/engine/ar"
)

// clone copies a state deeply, so that a decision changes only its own.
func (s State) clone() State {
	out := State{
		Raised: slices.Clone(s.Raised), Verdicts: slices.Clone(s.Verdicts),
		Refused: slices.Clone(s.Refused), Told: slices.Clone(s.Told), Positions: slices.Clone(s.Positions),
	}
	cloneDone(out.Positions)
	return out
}

// cloneDone copies the steps behind positions, all of them in one piece.
func cloneDone(positions []Position) {
	n := 0
	for i := range positions {
		n += len(positions[i].Done)
	}
	all := make([]Done, 0, n)
	for i := range positions {
		p := &positions[i]
		if from := len(all); len(p.Done) > 0 {
			all = append(all, p.Done...)
			p.Done = all[from:len(all):len(all)]
		}
	}
}

// After is the state of the case that follows a decision and what came of its
// intents: run persists it, plan walks along it. c is left as it is.
func (c Case) After(d Decision, outcomes []Outcome) Case {
	c.State = d.State.clone()
	c.Touches = slices.Clone(c.Touches)
	c.Holds = slices.Clone(c.Holds)
	c.Pending = slices.Clone(c.Pending)
	for _, o := range outcomes {
		c.settle(o)
	}
	return c
}

// settle puts what one intent came to into the case.
func (c *Case) settle(o Outcome) {
	in := o.Intent
	if !o.Done {
		c.wait(in)
		return
	}
	switch in.Kind {
	case Message:
		c.State.MarkDone(in.Occasions, o.On, DoneSent, 0)
		c.Touches = append(c.Touches, in.Touch(c.Party, o.On))
	case Task:
		c.State.markTask(&in, o.On)
	case Hold:
		c.State.MarkDone(in.Occasions, o.On, DoneHold, 0)
		c.NewHolds--
		c.Holds = append(c.Holds, ar.HoldEntry{Account: in.Account, State: ar.EntryPlaced, PlacedOn: o.On, Proposer: in.Occasions[0].Key()})
	case Release:
		c.lift(in, o.On)
	}
}

// wait keeps an intent that was not carried out from being asked for again.
func (c *Case) wait(in Intent) {
	switch in.Kind {
	case Message:
		c.Pending = append(c.Pending, Pending{State: "waiting", Occasions: in.Occasions, Cover: in.Cover})
	case Hold:
		c.Holds = append(c.Holds, ar.HoldEntry{Account: in.Account, State: ar.EntryProposed, Proposer: in.Occasions[0].Key()})
	}
}

// lift ends the hold that a release names: one that was never written is
// withdrawn.
func (c *Case) lift(in Intent, on ar.Day) {
	for i := range c.Holds {
		e := &c.Holds[i]
		switch {
		case e.Account != in.Account || e.ID != in.Entry || !e.State.Live():
		case e.State == ar.EntryPlanned || e.State == ar.EntryProposed:
			e.State = ar.EntryWithdrawn
		default:
			e.State, e.ReleasedOn = ar.EntryReleased, on
		}
	}
}

// Recipient returns the address a message goes to, lower case; empty for other
// kinds.
func (in *Intent) Recipient() string {
	if len(in.To) == 0 {
		return ""
	}
	return AddressOf(first(in.Medium, MediumEmail), &in.To[0])
}

// Touch is what a message leaves behind for gaps and caps.
func (in *Intent) Touch(party ar.PartyID, on ar.Day) Touch {
	return Touch{Channel: in.Channel, Medium: in.Medium, Address: in.Recipient(), Purpose: in.Purpose, On: on, Party: party}
}

// Documents lists the documents that an intent names.
func (in *Intent) Documents() []ar.DocumentID {
	ids := make([]ar.DocumentID, len(in.Lines))
	for i, line := range in.Lines {
		ids[i] = line.Document.ID
	}
	return ids
}
