package sequence

import "slices"

// StillWanted is the last look before a message leaves the house: it decides
// anew as if the delivery did not exist, and says whether the same message with
// the same cover comes out. Otherwise it names why not.
func (b *Book) StillWanted(c Case, delivery int64, occasions []Occasion, cover string) (Reason, string, bool) {
	c.Pending = slices.DeleteFunc(slices.Clone(c.Pending), func(p Pending) bool { return p.Delivery == delivery })
	d := b.Decide(c)
	for _, in := range d.Intents {
		if in.Kind == Message && sharesOccasion(in.Occasions, occasions) {
			if in.Cover == cover {
				return "", "", true
			}
			return ReasonChanged, "what it says of the account is no longer so", false
		}
	}
	return d.whyNot(occasions)
}

// Stale is a message that waits for a yes and would not come out the same any
// more.
type Stale struct {
	Pending Pending
	Reason  Reason
	Detail  string
}

// Review returns a case without the messages that wait for a yes in vain, since
// they would not come out the same today, and those messages. What time alone
// keeps back goes on waiting.
func (b *Book) Review(c Case) (Case, []Stale) {
	var stale []Stale
	for _, p := range c.Pending {
		if p.State != "waiting" {
			continue
		}
		reason, detail, ok := b.StillWanted(c, p.Delivery, p.Occasions, p.Cover)
		if !ok && !passesBy(reason) {
			stale = append(stale, Stale{Pending: p, Reason: reason, Detail: detail})
		}
	}
	if len(stale) > 0 {
		c.Pending = slices.DeleteFunc(slices.Clone(c.Pending), func(p Pending) bool {
			return slices.ContainsFunc(stale, func(s Stale) bool { return sharesOccasion(s.Pending.Occasions, p.Occasions) })
		})
	}
	return c, stale
}

// passesBy reports whether a reason says nothing against a message but that it
// does not go today.
func passesBy(reason Reason) bool {
	switch reason {
	case ReasonOutsideWindow, ReasonHoliday, ReasonGap, ReasonCap, ReasonSuperseded, ReasonFlawed, ReasonNotYet:
		return true
	}
	return false
}

// StillHeld is the last look before a hold is written: it says whether the step
// that asked for it would ask again.
func (b *Book) StillHeld(c Case, entry int64, occasions []Occasion) (Reason, string, bool) {
	c.NewHolds = 1
	kept := c.Holds[:0:0]
	for _, e := range c.Holds {
		if e.ID != entry {
			kept = append(kept, e)
		}
	}
	c.Holds = kept
	d := b.Decide(c)
	for _, in := range d.Intents {
		if in.Kind == Hold && sharesOccasion(in.Occasions, occasions) {
			return "", "", true
		}
	}
	return d.whyNot(occasions)
}

// whyNot returns the verdict on the first of the occasions that has one.
func (d *Decision) whyNot(occasions []Occasion) (Reason, string, bool) {
	for _, o := range occasions {
		for _, verdict := range d.Verdicts {
			if verdict.Subject == o.Subject && verdict.Sequence == o.Sequence && verdict.Reason != ReasonDue {
				return verdict.Reason, verdict.Detail, false
			}
		}
	}
	return ReasonSettled, "nothing it was about is open any more", false
}

func sharesOccasion(a, b []Occasion) bool {
	return slices.ContainsFunc(a, func(o Occasion) bool { return slices.Contains(b, o) })
}
