package lint

import (
	"fmt"
	"slices"
	"strings"

	"holdfast/engine/sequence"
)

// carriers finds steps whose media no company carries, and roles that nobody
// has.
func (l *looker) carriers() {
	for i := range l.s.Steps {
		r := &l.s.Steps[i]
		if r.Do == "message" || r.Do == "statement" {
			l.carried(r)
		}
		if r.Asks() && len(l.Roles) > 0 && r.Role != sequence.ToAgency && r.Role != sequence.ToLegal && !slices.Contains(l.Roles, r.Role) {
			l.warn(l.at(r, "to", fmt.Sprintf("nobody has the role %q: its tasks wait in the list", r.Role), "the config knows "+strings.Join(l.Roles, ", ")))
		}
	}
}

// carried looks for companies that have no channel for any medium of a step.
func (l *looker) carried(r *sequence.Rung) {
	var without []string
	for _, co := range l.Companies {
		if !slices.ContainsFunc(r.Media, func(m string) bool { return slices.Contains(co.Media, m) }) {
			without = append(without, co.Key)
		}
	}
	media := strings.Join(r.Media, ", ")
	switch {
	case len(without) == 0:
	case len(without) == len(l.Companies):
		l.refuse(l.at(r, "channel", fmt.Sprintf("no company has a channel for %s: step %s never goes", media, r.ID), "name the channel under [company] channels, or another medium"))
	default:
		l.warn(l.at(r, "channel", fmt.Sprintf("company %s has no channel for %s: step %s never goes there", strings.Join(without, ", "), media, r.ID), "name the channel under [company] channels"))
	}
}
