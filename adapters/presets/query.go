package presets

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"holdfast/engine/fault"
)

// Query is one SQL file: a single statement with named binds and optional
// lines.
type Query struct {
	Name string // "documents"
	File string // for errors
	Text string // as written

	lines []line
}

// line is one line of a statement. It is kept where marker is empty or its
// bind is given.
type line struct {
	marker string
	parts  []part
}

// part is plain text, or a bind by its name.
type part struct {
	text string
	bind string
}

// Optional lists the binds whose lines may be left out.
var Optional = []string{"since", "since_no", "customers", "ids", "closed_since"}

// companyKnown marks a line that is left out where the companies are only
// listed.
const companyKnown = "company"

// plain lists the binds that may stand in any line, reading or writing.
var (
	readBinds = []string{"company"}
	holdBinds = []string{"company", "customer", "order", "value", "seen", "version", "now"}
)

var (
	markerLine = regexp.MustCompile(`--\?\s*(\w*)\s*$`)
	bindName   = regexp.MustCompile(`^:[a-z_]+`)
)

// Holds reports whether the query belongs to the holds.
func (q *Query) Holds() bool {
	return strings.HasPrefix(q.Name, "hold_") || strings.HasPrefix(q.Name, "orders_hold_")
}

// Has reports whether the query has lines for an optional bind.
func (q *Query) Has(bind string) bool {
	return slices.ContainsFunc(q.lines, func(l line) bool { return l.marker == bind })
}

// LineOf returns the first line that holds word, counted from 1, or 0.
func (q *Query) LineOf(word string) int {
	exact := regexp.MustCompile(`\b` + regexp.QuoteMeta(word) + `\b`)
	for i, text := range strings.Split(q.Text, "\n") {
		if exact.MatchString(text) {
			return i + 1
		}
	}
	return 0
}

// Given is what a statement is rendered with.
type Given struct {
	Placeholder func(n int) string // writes the nth bind
	Binds       map[string]any     // a []any becomes a list
	Places      map[string]string
}

// Render writes the statement for the binds that are given; the arguments come
// in the order of the placeholders.
func (q *Query) Render(g Given) (text string, args []any, err error) {
	var b strings.Builder
	for _, l := range q.lines {
		if _, given := g.Binds[l.marker]; l.marker != "" && !given {
			continue
		}
		for _, p := range l.parts {
			if p.bind == "" {
				put, err := Put(p.text, g.Places)
				if err != nil {
					return "", nil, fault.Wrap(q.File, err)
				}
				b.WriteString(put)
				continue
			}
			value, given := g.Binds[p.bind]
			if !given {
				return "", nil, fault.New(fault.Invalid, "%s: the bind :%s has no value here", q.File, p.bind)
			}
			args = writeBind(&b, g.Placeholder, args, value)
		}
		b.WriteByte('\n')
	}
	return strings.TrimRight(b.String(), "; \n\t\r"), args, nil
}

func writeBind(b *strings.Builder, placeholder func(int) string, args []any, value any) []any {
	list, isList := value.([]any)
	if !isList {
		b.WriteString(placeholder(len(args) + 1))
		return append(args, value)
	}
	for i, v := range list {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(placeholder(len(args) + 1))
		args = append(args, v)
	}
	if len(list) == 0 {
		b.WriteString("NULL")
	}
	return args
}

// parse reads one SQL file.
func parse(name, file, text string) (*Query, error) {
	q := &Query{Name: name, File: file, Text: text}
	if !known(name) {
		return nil, fault.New(fault.Invalid, "%s: a preset has no file of this name", file).
			WithCure("see docs/presets.md for the names")
	}
	scan := scanner{}
	for i, raw := range strings.Split(text, "\n") {
		l, err := q.parseLine(&scan, strings.TrimRight(raw, "\r"))
		if err != nil {
			return nil, fault.New(fault.Invalid, "%s:%d: %w", file, i+1, err)
		}
		if len(l.parts) > 0 {
			q.lines = append(q.lines, l)
		}
	}
	return q, q.checkVerb()
}

func (q *Query) parseLine(scan *scanner, raw string) (line, error) {
	l := line{}
	if m := markerLine.FindStringSubmatch(raw); m != nil && !scan.inside() {
		if !slices.Contains(Optional, m[1]) && m[1] != companyKnown {
			return l, fmt.Errorf("there is no optional bind %q; write --? followed by one of %s", m[1],
				strings.Join(append(slices.Clone(Optional), companyKnown), ", "))
		}
		l.marker = m[1]
	}
	l.parts = scan.split(raw)
	for _, p := range l.parts {
		if p.bind == "" {
			continue
		}
		if err := q.checkBind(p.bind, l.marker); err != nil {
			return l, err
		}
	}
	return l, nil
}

// checkBind refuses a bind that would have no value when its line is kept.
func (q *Query) checkBind(bind, marker string) error {
	allowed := readBinds
	if q.Holds() {
		allowed = holdBinds
	}
	switch {
	case bind == marker || slices.Contains(allowed, bind):
		return nil
	case slices.Contains(Optional, bind):
		return fmt.Errorf("the bind :%s stands in a line that does not end in --? %s", bind, bind)
	}
	return fmt.Errorf("there is no bind :%s here; use %s", bind, ":"+strings.Join(allowed, " :"))
}

// checkVerb refuses a file that would do something else than its name says.
func (q *Query) checkVerb() error {
	verbs, writes := writers[q.Name]
	if !writes {
		verbs = []string{"SELECT", "WITH"}
	}
	text, _, err := q.Render(Given{Placeholder: func(int) string { return "?" }, Binds: q.allBinds(), Places: q.anyPlaces()})
	if err != nil {
		return err
	}
	first, _, _ := strings.Cut(strings.Join(strings.Fields(text), " "), " ")
	if !slices.Contains(verbs, strings.ToUpper(first)) {
		return fault.New(fault.Invalid, "%s: the statement begins with %q; it must begin with %s", q.File, first, strings.Join(verbs, " or "))
	}
	if q.Name != "hold_call" && strings.Contains(q.bare(), ";") {
		return fault.New(fault.Invalid, "%s: there is more than one statement", q.File).WithCure("leave one; each file holds one statement")
	}
	return nil
}

// writers are the files that change the ERP, and what they may begin with.
var writers = map[string][]string{
	"hold_set": {"UPDATE"}, "hold_insert": {"INSERT"}, "hold_delete": {"DELETE"}, "orders_hold_set": {"UPDATE"},
	"hold_ask": {"INSERT"}, "hold_told": {"UPDATE"}, "hold_lease": {"UPDATE"}, "hold_call": {"EXEC", "EXECUTE", "BEGIN", "CALL", "SELECT"},
}

// anyPlaces fills every place of the statement with a name.
func (q *Query) anyPlaces() map[string]string {
	places := map[string]string{}
	for _, m := range placeForm.FindAllStringSubmatch(q.Text, -1) {
		places[m[1]] = "x"
	}
	return places
}

func (q *Query) allBinds() map[string]any {
	all := map[string]any{}
	for _, name := range slices.Concat(Optional, holdBinds) {
		all[name] = ""
	}
	return all
}

// bare is the statement without its quoted texts and without its last
// semicolon.
func (q *Query) bare() string {
	var b strings.Builder
	for _, l := range q.lines {
		for _, p := range l.parts {
			if !strings.HasPrefix(p.text, "'") && !strings.HasPrefix(p.text, `"`) {
				b.WriteString(p.text)
			}
		}
	}
	return strings.TrimRight(b.String(), "; \n\t\r")
}
