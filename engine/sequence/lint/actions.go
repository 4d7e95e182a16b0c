package lint

import (
	"regexp"
	"strings"
)

// action is what stands in double braces in a template.
var action = regexp.MustCompile(`\{\{-?\s*(.*?)\s*-?\}\}`)

// opens finds the first word of an action that others depend on.
var opens = regexp.MustCompile(`^(if|with|range)\b`)

// guards returns the conditions under which the text at an offset is written,
// and whether the offset lies within an action itself.
func guards(source string, offset int) (conditions string, inside bool) {
	var stack []string
	for _, m := range action.FindAllStringSubmatchIndex(source, -1) {
		if m[0] > offset {
			break
		}
		if offset < m[1] {
			inside = true
			break
		}
		switch text := source[m[2]:m[3]]; {
		case opens.MatchString(text):
			stack = append(stack, text)
		case strings.HasPrefix(text, "else") && len(stack) > 0:
			stack[len(stack)-1] = strings.TrimPrefix(text, "else")
		case text == "end" && len(stack) > 0:
			stack = stack[:len(stack)-1]
		}
	}
	return strings.Join(stack, " "), inside
}

// lineOf is the line of an offset, from 1.
func lineOf(source string, offset int) int { return 1 + strings.Count(source[:offset], "\n") }
