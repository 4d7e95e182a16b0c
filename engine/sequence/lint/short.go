package lint

import (
	"fmt"
	"slices"
	"strings"

	"holdfast/engine/sequence"
)

// short finds a step that goes by text message and has nothing that one could
// say: a statement, a legal step, a warning of a hold without a short text of its
// own. What it says is held against what the sequence does, as a template's.
func (l *looker) short(r *sequence.Rung, seen map[string]bool) {
	if r.Template == "" || !slices.Contains(r.Media, sequence.MediumSMS) {
		return
	}
	purpose := l.s.Speaks(r)
	own := named(l.Texts.Short, r.Template)
	switch {
	case purpose == sequence.Statement || purpose == sequence.Legal:
		l.refuse(l.at(r, "channel", fmt.Sprintf("step %s is of purpose %q: no text message says that", r.ID, purpose), "take sms out, and send it by e-mail or letter"))
	case len(own) == 0 && l.warns(r):
		l.refuse(l.at(r, "channel", fmt.Sprintf("template %q warns of a hold, and there is no short text for it", r.Template),
			"write "+fileOf(shortText, r.Template, fallback)+", or take sms out"))
	case len(own) > 0:
		l.there(r, shortText, r.Template, l.Texts.Short, seen)
	}
	for _, t := range own {
		l.claims(r, t)
	}
}

// warns reports whether a step's template speaks of a hold to come.
func (l *looker) warns(r *sequence.Rung) bool {
	return slices.ContainsFunc(named(l.Texts.Templates, r.Template), func(t Text) bool { return strings.Contains(t.Source, ".hold_from") })
}
