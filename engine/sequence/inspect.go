package sequence

import (
	"reflect"
	"strings"

	"github.com/expr-lang/expr/vm"

	"holdfast/engine/tomlfile"
)

// Takes reports whether the sequence would take a subject of which f is known:
// its enter and its segment are true. An error means that it abstains.
func (s *Sequence) Takes(f *Facts) (bool, error) {
	machine := &vm.VM{}
	for _, c := range []*condition{s.enter, s.segment} {
		if ok, err := c.holds(machine, f); err != nil || !ok {
			return false, err
		}
	}
	return true, nil
}

// Meets reports whether the step's condition is true, as it is where the step
// has none. An error means that it abstains.
func (r *Rung) Meets(f *Facts) (bool, error) { return r.when.holds(&vm.VM{}, f) }

// Conditional reports whether the step has a condition.
func (r *Rung) Conditional() bool { return r.when != nil }

// Asks reports whether the step gives a task whose end the sequence waits for.
func (r *Rung) Asks() bool { return r.asks() }

// Speaks is what a message of the step is for.
func (s *Sequence) Speaks(r *Rung) Purpose {
	if r.Purpose != "" {
		return r.Purpose
	}
	return s.Purpose
}

// Farewell reports whether a moment comes after its subject is settled.
func (m Moment) Farewell() bool { return m.farewell() }

// Asked lists what a sequence's enter and segment ask. exact says that boundary
// values of these fields are all that matters to them.
func (s *Sequence) Asked() (fields []Asked, exact bool) { return askedBy(s.enter, s.segment) }

// Asked lists what the step's condition asks, as a sequence's Asked does.
func (r *Rung) Asked() (fields []Asked, exact bool) { return askedBy(r.when) }

// Lines finds the lines of a sequence's keys, for problems with it.
type Lines struct{ file *tomlfile.File }

// Lines reads where each key of the sequence's file stands.
func (s *Sequence) Lines() Lines {
	var raw file
	return Lines{tomlfile.Read(s.File, s.Source, &raw)}
}

// Problem is something wrong with a key, on its line; a key that is not there
// stands at its table, or at the top.
func (l Lines) Problem(key, what, cure string) tomlfile.Problem {
	return tomlfile.Problem{File: l.file.Name, Line: max(l.file.Line(key), 1), Key: key, What: what, Cure: cure}
}

// Problem is something wrong with one key of the sequence, on its line.
func (s *Sequence) Problem(key, what, cure string) tomlfile.Problem {
	return s.Lines().Problem(key, what, cure)
}

// NewFacts returns facts of which nothing is known.
func NewFacts() *Facts {
	return &Facts{Customer: &CustomerFacts{X: map[string]any{}}, Account: &AccountFacts{}, Document: DocumentFacts{X: map[string]any{}}, Outcome: map[string]string{}}
}

// Set gives the field at a path of NewFacts a value of its type. A path or a
// value that does not fit changes nothing.
func (f *Facts) Set(path []string, value any) {
	v := reflect.ValueOf(f).Elem()
	for i, name := range path {
		if v.Kind() == reflect.Pointer {
			v = v.Elem()
		}
		if v.Kind() == reflect.Map {
			setKey(v, strings.Join(path[i:], "."), value)
			return
		}
		at := fieldIndex(v.Type(), name)
		if at < 0 {
			return
		}
		v = v.Field(at)
	}
	if given := reflect.ValueOf(value); given.IsValid() && given.Type().AssignableTo(v.Type()) {
		v.Set(given)
	}
}

// setKey puts a value into a map; nil takes it out.
func setKey(m reflect.Value, key string, value any) {
	given := reflect.ValueOf(value)
	if given.IsValid() && !given.Type().AssignableTo(m.Type().Elem()) {
		return
	}
	m.SetMapIndex(reflect.ValueOf(key), given)
}
