package store

import "strings"

// conditions gathers the conditions of a query with their arguments.
type conditions struct {
	parts []string
	args  []any
}

func (c *conditions) add(part string, args ...any) {
	c.parts = append(c.parts, part)
	c.args = append(c.args, args...)
}

// text adds a condition on a text, none where the text is empty.
func (c *conditions) text(part, value string) {
	if value != "" {
		c.add(part, value)
	}
}

// among asks for one of some values; none at all matches nothing.
func (c *conditions) among(column string, values []any) {
	if len(values) == 0 {
		c.add("1 = 0")
		return
	}
	c.add(column+" IN ("+placeholders(len(values))+")", values...)
}

// where writes the conditions, "" where there are none.
func (c *conditions) where() string {
	if len(c.parts) == 0 {
		return ""
	}
	return " WHERE " + strings.Join(c.parts, " AND ")
}

// anys turns a list into arguments.
func anys[T any](list []T, f func(T) any) []any {
	out := make([]any, len(list))
	for i, v := range list {
		out[i] = f(v)
	}
	return out
}
