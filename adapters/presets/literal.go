package presets

import (
	"strings"

	"holdfast/engine/fault"
)

// Literal writes the statement for a person to run by hand: each bind is
// replaced by the SQL text that literals holds for it. It ends in a semicolon.
func (q *Query) Literal(literals, places map[string]string) (string, error) {
	var b strings.Builder
	for _, l := range q.lines {
		if l.marker != "" {
			continue
		}
		for _, p := range l.parts {
			if p.bind == "" {
				put, err := Put(p.text, places)
				if err != nil {
					return "", fault.Wrap(q.File, err)
				}
				b.WriteString(put)
				continue
			}
			text, given := literals[p.bind]
			if !given {
				return "", fault.New(fault.Invalid, "%s: the bind :%s has no value here", q.File, p.bind)
			}
			b.WriteString(text)
		}
		b.WriteByte('\n')
	}
	return strings.TrimRight(b.String(), "; \n\t\r") + ";", nil
}
