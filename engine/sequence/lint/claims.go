package lint

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"holdfast/engine/policy"
	"holdfast/engine/sequence"
	"holdfast/engine/tomlfile"
)

// claims finds wording of a step's template that no later step makes true.
// Where a person approves each of its messages it is a warning.
func (l *looker) claims(r *sequence.Rung, t Text) {
	said := map[string]bool{}
	for _, claim := range policy.Claims(t.Source, t.Language) {
		conditions, inside := guards(t.Source, claim.Offset)
		what, cure := l.unproved(r, claim, conditions)
		line := lineOf(t.Source, claim.Offset)
		key := fmt.Sprint(line, claim.Kind)
		if inside || what == "" || said[key] {
			continue
		}
		said[key] = true
		problem := tomlfile.Problem{
			File: t.File, Line: line, What: fmt.Sprintf("%q: %s (step %s of %s)", oneLine(claim.Text), what, r.ID, l.s.Name), Cure: cure,
		}
		if r.Always || l.s.Speaks(r) == sequence.Response {
			l.warn(problem)
		} else {
			l.refuse(problem)
		}
	}
	l.holdSaid(r, t)
}

// unproved says what a claim lacks, empty where it is true.
func (l *looker) unproved(r *sequence.Rung, claim policy.Claim, conditions string) (what, cure string) {
	switch claim.Kind {
	case "agency":
		if !l.later(r, escalatesTo(sequence.ToAgency)) {
			return "names an agency, and no later step hands over to one", `add a step do = "escalate", to = "agency", or write without it`
		}
	case "lawyer", "court", "lawsuit", "bailiff":
		if !l.later(r, escalatesTo(sequence.ToLegal)) {
			return "names the law, and no later step goes there", `add a step do = "escalate", to = "legal", or write without it`
		}
	case "credit_bureau", "police":
		return "names a " + strings.ReplaceAll(claim.Kind, "_", " ") + ", and no step does anything there", "write without it"
	case "official":
		return "looks like a paper of a court or an office", "write as who you are"
	case "interest", "fee":
		if !l.Interest && !strings.Contains(conditions, "interest") && !strings.Contains(conditions, "fee") {
			return "names interest or a fee without a basis", "write it within {{if .late_fee}}, with the basis in the config, or leave it out"
		}
	case "deadline":
		return l.deadline(r, claim.Text)
	}
	return "", ""
}

// later reports whether a step that a subject can come to after r is as wanted.
func (l *looker) later(r *sequence.Rung, wanted func(*sequence.Rung) bool) bool {
	come := l.reachable(r.Index, -1)
	for i := r.Index + 1; i < len(l.s.Steps); i++ {
		if come[i] && wanted(&l.s.Steps[i]) {
			return true
		}
	}
	return false
}

func escalatesTo(role string) func(*sequence.Rung) bool {
	return func(r *sequence.Rung) bool { return r.Do == "escalate" && r.Role == role }
}

// deadline says what is wrong with a time that the customer is given: no step
// comes when it is over.
func (l *looker) deadline(r *sequence.Rung, text string) (what, cure string) {
	limit := daysOf(text)
	acts := func(o *sequence.Rung) bool {
		if o.At.Farewell() {
			return false
		}
		gap, known := between(r, o)
		return limit < 0 || !known || gap <= limit+weekend
	}
	if l.later(r, acts) || r.Every.N > 0 && r.Times > 1 && limit < 0 {
		return "", ""
	}
	if limit < 0 {
		return "sets a deadline, and no step comes after it", "add the step that it leads to, or write without it"
	}
	return fmt.Sprintf("sets a deadline of %d days, and no step comes when it is over", limit), "name the time of the next step, or move that"
}

// weekend is how many days a step may come after a deadline, for want of working
// days.
const weekend = 3

// between is the days from a step to a later one, where both count from the same
// day.
func between(r, o *sequence.Rung) (gap int, known bool) {
	switch {
	case o.Every.N > 0 && o.Index == r.Index+1:
		return nominal(o.Every.N, o.Every.Business), true
	case o.At.Anchor == sequence.AnchorPrevious && o.Index == r.Index+1:
		return nominal(o.At.Span.N, o.At.Span.Business), true
	case o.At.Anchor == r.At.Anchor && !o.At.IsZero() && o.At.Anchor != sequence.AnchorPrevious:
		return nominal(o.At.Span.N, o.At.Span.Business) - nominal(r.At.Span.N, r.At.Span.Business), true
	}
	return 0, false
}

// nominal turns business days into about as many calendar days.
func nominal(n int, business bool) int {
	if business {
		return n * 7 / 5
	}
	return n
}

var (
	number = regexp.MustCompile(`[0-9]+`)
	spoken = map[string]int{
		"twenty-four": 24, "forty-eight": 48, "seventy-two": 72, "two": 2, "three": 3, "five": 5, "seven": 7, "ten": 10, "fourteen": 14,
		"zwei": 2, "drei": 3, "fünf": 5, "sieben": 7, "zehn": 10, "vierzehn": 14,
		"deux": 2, "trois": 3, "cinq": 5, "sept": 7, "huit": 8, "dix": 10, "quinze": 15, "quatorze": 14,
		"dos": 2, "tres": 3, "cinco": 5, "siete": 7, "ocho": 8, "diez": 10, "quince": 15, "catorce": 14,
	}
	hours    = regexp.MustCompile(`(?i)hour|stunde|heure|hora`)
	weeks    = regexp.MustCompile(`(?i)week|woche|semaine|semana`)
	business = regexp.MustCompile(`(?i)business|working|werktag|arbeitstag|ouvr|hábil|laborable`)
)

// daysOf reads how many days a deadline leaves, -1 where it names no number.
func daysOf(text string) int {
	n := -1
	if digits := number.FindString(text); digits != "" {
		n, _ = strconv.Atoi(digits) // digits; what is too large is no deadline
	}
	for _, word := range strings.Fields(strings.ToLower(text)) {
		if v, ok := spoken[word]; ok {
			n = v
		}
	}
	switch {
	case n < 0 || strings.Contains(text, "{{"):
		return -1
	case hours.MatchString(text):
		return (n + 23) / 24
	case weeks.MatchString(text):
		return 7 * n
	}
	return nominal(n, business.MatchString(text))
}

// holdSaid finds a template that speaks of a coming hold at a step which no hold
// names as its warning.
func (l *looker) holdSaid(r *sequence.Rung, t Text) {
	at := strings.Index(t.Source, ".hold_from")
	if at < 0 || l.later(r, func(o *sequence.Rung) bool { return o.Do == "hold" && o.WarnedBy == r.ID }) {
		return
	}
	l.refuse(tomlfile.Problem{
		File: t.File, Line: lineOf(t.Source, at), What: fmt.Sprintf("names the day of a hold, and no later hold of %s is warned by step %s", l.s.Name, r.ID),
		Cure: `add a step do = "hold" with warned_by, or use another template`,
	})
}

// oneLine keeps a stretch of text on one line.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
