package lint

import (
	"fmt"
	"slices"
	"strings"

	"holdfast/engine/policy"
	"holdfast/engine/sequence"
)

// channels are the media as contact rules name them.
var channels = map[string]policy.Channel{
	sequence.MediumEmail: policy.Email, sequence.MediumSMS: policy.SMS, sequence.MediumVoice: policy.VoiceArtificial, sequence.MediumLetter: policy.Letter,
}

// required finds what contact rules want of messages and no template provides.
// Where a fact about debtors is not known the stricter rule is taken, so these
// are warnings; each is given once.
func (c *checker) required() {
	said := map[string]bool{}
	for _, s := range c.Sequences {
		lines := s.Lines()
		for i := range s.Steps {
			r := &s.Steps[i]
			if r.Template == "" {
				continue
			}
			for _, lack := range c.lacks(s, r) {
				if !said[lack] {
					said[lack] = true
					c.warn(lines.Problem(stepKey(r, "template"), lack, "let a template of your own say it, or name who your debtors are in the config"))
				}
			}
		}
	}
}

// lacks lists what rules of any company want of a step's messages beyond what
// they carry.
func (c *checker) lacks(s *sequence.Sequence, r *sequence.Rung) []string {
	var out []string
	for _, co := range c.Companies {
		if co.Packs == nil || c.Today == 0 {
			continue
		}
		for _, medium := range r.Media {
			rules := co.Packs.Rules(policy.Question{
				Day: c.Today, Channel: channels[medium], Purpose: string(s.Speaks(r)),
				Relationship: co.Relationship, DebtorKind: co.DebtorKind, DebtKind: co.DebtKind,
			})
			for _, id := range rules.Required() {
				if channels[medium] != "" && !slices.Contains(c.provides(medium), id) {
					out = append(out, fmt.Sprintf("company %s: contact rules (%s) want the part %s in %s messages by %s, and nothing provides it",
						co.Key, strings.Join(rules.Applied, ", "), id, s.Speaks(r), medium))
				}
			}
		}
	}
	return out
}

// provides lists the parts that every message by a medium carries.
func (c *checker) provides(medium string) []string {
	switch medium {
	case sequence.MediumSMS:
		return c.Short
	case sequence.MediumVoice:
		return c.Spoken
	}
	return c.Provides
}
