package worklist

import (
	"fmt"
	"strings"

	"holdfast/engine/sequence"
)

// join writes two texts as one; either may be empty.
func join(x, y string) string {
	if x == "" || y == "" {
		return x + y
	}
	return x + "; " + y
}

func dayCount(n int64) string {
	if n == 1 {
		return "1 day"
	}
	return fmt.Sprintf("%d days", n)
}

// stateWords says what became of a promise.
func stateWords(s sequence.ToldState) string {
	if s == sequence.ToldPartly {
		return "kept in part only"
	}
	return string(s)
}

// words writes a code for a person.
func words(code string) string { return strings.ReplaceAll(code, "_", " ") }

// promiseText writes a promise for a person, over up to three lines.
func promiseText(p *Promise) string {
	if p == nil {
		return ""
	}
	lines := []string{p.Amount.String(), "by " + p.Day.String()}
	if len(p.Amount) == 0 {
		lines = lines[1:]
	}
	return strings.Join(append(lines, stateWords(p.State)), "\n")
}

// lastText writes the last contact for a person, over up to three lines.
func lastText(l *LastContact) string {
	if l == nil {
		return "none known"
	}
	lines := []string{l.On.String(), l.How}
	if l.Outcome != "" {
		lines = append(lines, words(l.Outcome))
	}
	return strings.Join(lines, "\n")
}
