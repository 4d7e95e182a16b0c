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
