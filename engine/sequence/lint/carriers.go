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
			l.mute(r)
		}
		if r.Asks() && !l.staffed(r.Role) {
			l.unstaffed[r.Role] = true
			l.warn(l.at(r, "to", fmt.Sprintf("nobody has the role %q: its tasks are in nobody's worklist", r.Role), "the config knows "+strings.Join(l.Roles, ", ")))
		}
	}
}

// everywhere are roles that customers and disputes name people for, and those
// outside of the house.
var everywhere = []string{"", "collector", "sales_rep", "sales rep", "owner", sequence.ToAgency, sequence.ToLegal}

// staffed reports whether somebody has a role, as far as is known, or whether
// it was said already that nobody has.
func (l *looker) staffed(role string) bool {
	return len(l.Roles) == 0 || slices.Contains(everywhere, role) || slices.Contains(l.Roles, role) || l.unstaffed[role]
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

// mute looks for media that cannot say what a step's message is about.
func (l *looker) mute(r *sequence.Rung) {
	purpose := l.s.Speaks(r)
	if r.Do == "statement" {
		purpose = sequence.Statement
	}
	named, silent, why := 0, 0, ""
	for _, medium := range r.Media {
		if medium == "preferred" {
			continue
		}
		named++
		if text := l.s.Carries(r, medium, purpose); text != "" {
			silent, why = silent+1, text
		}
	}
	cure := "name e-mail or letter, or let a person call: do = \"call\""
	switch {
	case silent == 0:
	case silent == named:
		l.refuse(l.at(r, "channel", fmt.Sprintf("%s: step %s never goes", why, r.ID), cure))
	default:
		l.warn(l.at(r, "channel", fmt.Sprintf("%s: step %s goes by another way", why, r.ID), cure))
	}
}
