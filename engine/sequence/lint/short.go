package lint

import (
	"slices"

	"holdfast/engine/sequence"
)

// short looks at what a step says by text message, where it has a short text of
// its own: that it is there in every language, and that what it says is held
// against what the sequence does, as its template is.
func (l *looker) short(r *sequence.Rung, seen map[string]bool) {
	own := named(l.Texts.Short, r.Template)
	if len(own) == 0 || !slices.Contains(r.Media, sequence.MediumSMS) && !slices.Contains(r.Media, "preferred") {
		return
	}
	l.there(r, shortText, r.Template, l.Texts.Short, seen)
	for _, t := range own {
		l.claims(r, t)
	}
}
