package lint

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"holdfast/engine/sequence"
	"holdfast/engine/tomlfile"
)

// shows are the fields of templates that tell a debt.
var shows = regexp.MustCompile(`\.(asked\w*|oldest|open)\b`)

// nothingOwed finds an amount that is none written out.
var nothingOwed = regexp.MustCompile(`(?:^|[\s(])[-−]\s?[0-9][0-9.,]*[.,][0-9]{2}\b|(?:^|[\s(])0[.,]00\b`)

// amounts finds sums where they must not stand: in the subject, or where there
// may be none. It looks once at each template for each purpose.
func (l *looker) amounts(r *sequence.Rung, t Text, seen map[string]bool) {
	purpose := l.s.Speaks(r)
	key := fmt.Sprint("amounts ", t.File, purpose)
	if seen[key] {
		return
	}
	seen[key] = true
	at := func(offset int, what, cure string) tomlfile.Problem {
		return tomlfile.Problem{File: t.File, Line: lineOf(t.Source, offset), What: what, Cure: cure}
	}
	subject, _, _ := strings.Cut(t.Source, "\n")
	if m := shows.FindStringIndex(subject); m != nil {
		l.warn(at(m[0], "the subject shows a debt to whoever sees the list of mails; a natural person gets another subject, one whose kind is not known does not", "write the subject without "+subject[m[0]:m[1]]))
	}
	if m := nothingOwed.FindStringIndex(t.Source); m != nil {
		l.refuse(at(m[1]-1, fmt.Sprintf("names an amount of zero or less: %q", oneLine(t.Source[m[0]:m[1]])), "let [[totals]] or {{.asked_text}} name what is asked"))
	}
	if !slices.Contains([]sequence.Purpose{sequence.Response, sequence.Statement}, purpose) {
		return
	}
	for _, m := range asked.FindAllStringIndex(t.Source, -1) {
		if conditions, _ := guards(t.Source, m[0]); !strings.Contains(conditions, ".asked") {
			l.refuse(at(m[0], fmt.Sprintf("%s names a sum that may be none at step %s of %s", t.Source[m[0]:m[1]], r.ID, l.s.Name), "write it within {{if .asked}}...{{end}}"))
			return
		}
	}
}

// asked finds the sums that are asked for.
var asked = regexp.MustCompile(`\{\{-?\s*\.asked_(text|step)\s*-?\}\}`)
