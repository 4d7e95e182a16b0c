package casefile

import (
	"fmt"
	"strings"
)

// compare sets what was expected against what came, in order, with as few
// differences as there can be. A case that has no expect list expects nothing of
// it.
func (r *Result) compare(expected []Effect, lines []int) {
	if expected == nil {
		return
	}
	same := commonRests(expected, r.Got)
	i, j := 0, 0
	for i < len(expected) || j < len(r.Got) {
		switch {
		case i < len(expected) && j < len(r.Got) && len(expected[i].misses(&r.Got[j])) == 0:
			i, j = i+1, j+1
		case i < len(expected) && j < len(r.Got) && expected[i].near(&r.Got[j]) && same[i+1][j+1] >= max(same[i+1][j], same[i][j+1]):
			r.differ(&expected[i], lines[i], &r.Got[j])
			i, j = i+1, j+1
		case j == len(r.Got) || i < len(expected) && same[i+1][j] >= same[i][j+1]:
			r.differ(&expected[i], lines[i], nil)
			i++
		default:
			r.differ(nil, 0, &r.Got[j])
			j++
		}
	}
}

// near reports whether two effects may be the same one with other details.
func (e *Effect) near(got *Effect) bool { return e.On == got.On && e.Kind == got.Kind }

// commonRests is, for each rest of the two lists, how many effects can be the
// same in their order.
func commonRests(expected, got []Effect) [][]int {
	n := make([][]int, len(expected)+1)
	for i := range n {
		n[i] = make([]int, len(got)+1)
	}
	for i := len(expected) - 1; i >= 0; i-- {
		for j := len(got) - 1; j >= 0; j-- {
			n[i][j] = max(n[i+1][j], n[i][j+1])
			if len(expected[i].misses(&got[j])) == 0 {
				n[i][j] = max(n[i][j], n[i+1][j+1]+1)
			}
		}
	}
	return n
}

// differ notes a difference; either side may be nil.
func (r *Result) differ(expected *Effect, line int, got *Effect) {
	d := Difference{Line: line, Expected: "nothing", Got: "nothing"}
	if expected != nil {
		d.On, d.Expected = expected.On, expected.Line()
	}
	if got != nil {
		d.On, d.Got = got.On, got.Line()
	}
	if expected != nil && got != nil {
		d.Fields = expected.misses(got)
	}
	r.Differences = append(r.Differences, d)
}

// Text writes the result for a person: one line, and below it what differs,
// expected above got.
func (r *Result) Text() string {
	var b strings.Builder
	if r.Passed {
		fmt.Fprintf(&b, "ok    %s: %s\n", r.File, r.Title)
		return b.String()
	}
	fmt.Fprintf(&b, "FAIL  %s: %s\n", r.File, r.Title)
	for _, d := range r.Differences {
		where := ""
		if d.Line > 0 {
			where = fmt.Sprintf(" (line %d)", d.Line)
		}
		if len(d.Fields) > 0 {
			where += ", other " + strings.Join(d.Fields, ", ")
		}
		fmt.Fprintf(&b, "      %s%s\n        expected  %s\n        got       %s\n", d.On, where, d.Expected, d.Got)
	}
	return b.String()
}

// Show writes what happened as an expect list, ready to be pasted into the case.
func (r *Result) Show() string {
	var b strings.Builder
	b.WriteString("expect = [\n")
	for i := range r.Got {
		b.WriteString("  " + r.Got[i].Line() + "\n")
	}
	b.WriteString("]\n")
	return b.String()
}
