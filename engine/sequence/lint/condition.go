package lint

import (
	"fmt"
	"slices"
	"strings"

	"holdfast/engine/intake"
	"holdfast/engine/sequence"
	"holdfast/engine/tomlfile"
)

// conditions finds conditions that are never true, and words that a field never
// is.
func (l *looker) conditions() {
	l.never = map[int]bool{}
	fields, exact := l.s.Asked()
	l.wordsOf("enter", fields)
	entered := l.solve(fields, l.s.Takes)
	if exact && entered == nil {
		l.refuse(l.lines.Problem("enter", "enter and segment are never true together: the sequence takes nothing", "mend the one that excludes the other"))
	}
	for i := range l.s.Steps {
		r := &l.s.Steps[i]
		fields, exact := r.Asked()
		l.wordsOf(stepKey(r, "when"), fields)
		met := l.solve(fields, r.Meets)
		switch {
		case !exact || !r.Conditional():
		case met == nil:
			l.never[i] = true
			l.refuse(l.at(r, "when", "the condition is never true: the step is never done", "mend the condition, or remove the step"))
		case entered != nil && !met.meets(entered):
			l.warn(l.at(r, "when", "the condition contradicts enter and segment: a subject for which it is true never gets here", "mend one of them, or remove the step"))
		}
	}
}

// stepKey is the key of a step in its file.
func stepKey(r *sequence.Rung, key string) string { return fmt.Sprintf("step[%d].%s", r.Index+1, key) }

// solutions are combinations of lasting fields for which a condition is true.
type solutions struct {
	fields []sequence.Asked
	found  [][]any
	capped bool
}

// solve tries a condition with the boundary values of its fields and returns for
// which values of lasting fields it is true, nil where it never is.
func (l *looker) solve(fields []sequence.Asked, test func(*sequence.Facts) (bool, error)) *solutions {
	s := newSpace(fields, l.shared())
	out, seen := &solutions{capped: s.capped()}, map[string]bool{}
	var lasting []int
	for i, f := range s.fields {
		if slices.Contains(lastingFields, f.Name()) {
			out.fields, lasting = append(out.fields, f), append(lasting, i)
		}
	}
	s.each(func(f *sequence.Facts, at []int) bool {
		if ok, err := test(f); err != nil || !ok {
			return true
		}
		var values []any
		for _, i := range lasting {
			values = append(values, s.values[i][at[i]])
		}
		if key := fmt.Sprint(values); !seen[key] {
			seen[key], out.found = true, append(out.found, values)
		}
		return len(lasting) > 0
	})
	if len(out.found) == 0 && !out.capped {
		return nil
	}
	return out
}

// lastingFields are those that a subject keeps for good.
var lastingFields = []string{
	"document.kind", "document.currency", "document.number", "document.amount", "dispute.code", "dispute.in_erp",
	"promise.plan", "promise.part", "promise.parts", "event.code", "event.value", "month.name", "customer.number", "customer.country",
	"customer.debtor_kind",
}

// shared lists the lasting fields that enter and segment ask, so that every
// condition is tried with the same values of them.
func (l *looker) shared() []sequence.Asked {
	var out []sequence.Asked
	all, _ := l.s.Asked()
	for i := range l.s.Steps {
		more, _ := l.s.Steps[i].Asked()
		all = append(all, more...)
	}
	for _, f := range all {
		if slices.Contains(lastingFields, f.Name()) {
			out = append(out, f)
		}
	}
	return out
}

// meets reports whether some values of the lasting fields solve both.
func (s *solutions) meets(o *solutions) bool {
	if s.capped || o.capped {
		return true
	}
	for _, a := range s.found {
		for _, b := range o.found {
			if s.agrees(a, o, b) {
				return true
			}
		}
	}
	return false
}

func (s *solutions) agrees(a []any, o *solutions, b []any) bool {
	for i := range s.fields {
		for j := range o.fields {
			if s.fields[i].Name() == o.fields[j].Name() && fmt.Sprint(a[i]) != fmt.Sprint(b[j]) {
				return false
			}
		}
	}
	return true
}

// wordsOf finds constants that a field of few words never is.
func (l *looker) wordsOf(key string, fields []sequence.Asked) {
	for _, f := range fields {
		known := words[f.Name()]
		if step, isOutcome := strings.CutPrefix(f.Name(), "outcome."); isOutcome {
			if known = l.outcomes(key, step); known == nil {
				continue
			}
		}
		if known == nil {
			continue
		}
		for _, c := range f.With {
			if word, ok := c.(string); ok && word != "" && !slices.Contains(known, word) {
				cure := "it is one of " + strings.Join(known, ", ")
				if near := tomlfile.Nearest(word, known); near != "" {
					cure = fmt.Sprintf("did you mean %q?", near)
				}
				l.refuse(l.lines.Problem(key, fmt.Sprintf("%s is never %q", f.Name(), word), cure))
			}
		}
	}
}

// outcomes lists how the task of a step can end, nil where there is none.
func (l *looker) outcomes(key, step string) []string {
	i := slices.IndexFunc(l.s.Steps, func(r sequence.Rung) bool { return r.ID == step })
	if i < 0 || !l.s.Steps[i].Asks() {
		var tasks []string
		for i := range l.s.Steps {
			if l.s.Steps[i].Asks() {
				tasks = append(tasks, l.s.Steps[i].ID)
			}
		}
		cure := "ask for the outcome of one of " + strings.Join(tasks, ", ")
		if len(tasks) == 0 {
			cure = "the sequence gives no task: ask for something else"
		}
		l.refuse(l.lines.Problem(key, fmt.Sprintf("no task of the sequence is called %q: it has no outcome", step), cure))
		return nil
	}
	return slices.Concat(l.s.Steps[i].Outcomes, intake.Outcomes, []string{intake.Yes, intake.No, "not_done"})
}
