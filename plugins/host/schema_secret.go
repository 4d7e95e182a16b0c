package host

import (
	"encoding/json"
	"slices"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// shortestSecret is the length from which a value that only the schema calls
// secret is looked for in texts; a shorter one would hit harmless words.
const shortestSecret = 4

// secretsIn returns the texts in settings below what a schema marks
// "writeOnly": true, sorted, each once.
func secretsIn(schema *jsonschema.Schema, settings any) []string {
	w := secretWalk{}
	w.value(schema, settings, false)
	slices.Sort(w.found)
	return slices.Compact(w.found)
}

// secretWalk goes through settings and their schema side by side.
type secretWalk struct {
	found []string
	open  []*jsonschema.Schema // that are being applied to the value at hand: references may go in circles
}

// value looks at a value by every schema that applies to it; hidden means that
// one around it is a secret already.
func (w *secretWalk) value(schema *jsonschema.Schema, v any, hidden bool) {
	if schema == nil || slices.Contains(w.open, schema) {
		return
	}
	hidden = hidden || schema.WriteOnly
	if hidden {
		w.keep(v)
	}
	w.open = append(w.open, schema)
	for _, same := range besides(schema) {
		w.value(same, v, hidden)
	}
	w.open = w.open[:len(w.open)-1]
	outer := w.open
	w.open = nil
	switch v := v.(type) {
	case map[string]any:
		for name, sub := range v {
			for _, s := range ofProperty(schema, name) {
				w.value(s, sub, hidden)
			}
		}
	case []any:
		for i, sub := range v {
			for _, s := range ofItem(schema, i) {
				w.value(s, sub, hidden)
			}
		}
	}
	w.open = outer
}

// keep notes the texts in a secret value.
func (w *secretWalk) keep(v any) {
	switch v := v.(type) {
	case string:
		if len(v) >= shortestSecret {
			w.found = append(w.found, v)
		}
	case json.Number:
		w.keep(v.String())
	case map[string]any:
		for _, sub := range v {
			w.keep(sub)
		}
	case []any:
		for _, sub := range v {
			w.keep(sub)
		}
	}
}

// besides are the further schemas that apply to the same value.
func besides(s *jsonschema.Schema) []*jsonschema.Schema {
	return slices.Concat([]*jsonschema.Schema{s.Ref, s.If, s.Then, s.Else}, s.AllOf, s.AnyOf, s.OneOf)
}

// ofProperty are the schemas of a property.
func ofProperty(s *jsonschema.Schema, name string) []*jsonschema.Schema {
	var list []*jsonschema.Schema
	if p, ok := s.Properties[name]; ok {
		list = append(list, p)
	}
	for pattern, p := range s.PatternProperties {
		if pattern.MatchString(name) {
			list = append(list, p)
		}
	}
	if rest, ok := s.AdditionalProperties.(*jsonschema.Schema); ok && len(list) == 0 {
		list = append(list, rest)
	}
	return list
}

// ofItem are the schemas of an item of a list.
func ofItem(s *jsonschema.Schema, i int) []*jsonschema.Schema {
	if i < len(s.PrefixItems) {
		return s.PrefixItems[i : i+1]
	}
	return []*jsonschema.Schema{s.Items2020}
}
