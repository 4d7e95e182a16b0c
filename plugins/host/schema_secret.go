package host

import (
	"encoding/json"
	"slices"
	"strconv"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// shortestSecret is the length from which a value that only the schema calls
// secret is looked for in texts; a shorter one would hit harmless words.
const shortestSecret = 4

// secret is a value in settings that a schema marks "writeOnly": true, or that
// lies below one.
type secret struct {
	at   []string // the keys that lead to it; items of lists count from 0
	text string
}

// secretsIn returns the secrets in settings.
func secretsIn(schema *jsonschema.Schema, settings any) []secret {
	w := secretWalk{}
	w.value(schema, settings, nil, false)
	return w.found
}

// texts returns the values of secrets that are long enough to be looked for.
func texts(secrets []secret) []string {
	var list []string
	for _, s := range secrets {
		if len(s.text) >= shortestSecret {
			list = append(list, s.text)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// places returns where the secrets stand, each place once.
func places(secrets []secret) [][]string {
	var list [][]string
	for _, s := range secrets {
		list = append(list, s.at)
	}
	slices.SortFunc(list, slices.Compare)
	return slices.CompactFunc(list, slices.Equal)
}

// secretWalk goes through settings and their schema side by side.
type secretWalk struct {
	found []secret
	open  []*jsonschema.Schema // that are being applied to the value at hand: references may go in circles
}

// value looks at a value, at a place, by every schema that applies to it; hidden
// means that one around it is a secret already.
func (w *secretWalk) value(schema *jsonschema.Schema, v any, at []string, hidden bool) {
	if schema == nil || slices.Contains(w.open, schema) {
		return
	}
	hidden = hidden || schema.WriteOnly
	if hidden {
		w.keep(v, at)
	}
	w.open = append(w.open, schema)
	for _, same := range besides(schema) {
		w.value(same, v, at, hidden)
	}
	w.open = w.open[:len(w.open)-1]
	outer := w.open
	w.open = nil
	switch v := v.(type) {
	case map[string]any:
		for name, sub := range v {
			for _, s := range ofProperty(schema, name) {
				w.value(s, sub, below(at, name), hidden)
			}
		}
	case []any:
		for i, sub := range v {
			for _, s := range ofItem(schema, i) {
				w.value(s, sub, below(at, strconv.Itoa(i)), hidden)
			}
		}
	}
	w.open = outer
}

// keep notes the texts in a secret value.
func (w *secretWalk) keep(v any, at []string) {
	switch v := v.(type) {
	case string:
		if v != "" {
			w.found = append(w.found, secret{at, v})
		}
	case json.Number:
		w.keep(v.String(), at)
	case map[string]any:
		for name, sub := range v {
			w.keep(sub, below(at, name))
		}
	case []any:
		for i, sub := range v {
			w.keep(sub, below(at, strconv.Itoa(i)))
		}
	}
}

// below returns the place of a part of the value at a place.
func below(at []string, part string) []string { return append(slices.Clip(at), part) }

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
