package host

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"
	"golang.org/x/text/language"
	words "golang.org/x/text/message"
)

// problemsOf says for a person what a schema has against settings, in the order
// of the keys. A nil error has no problems.
func problemsOf(schema *jsonschema.Schema, err error) []Problem {
	var wrong *jsonschema.ValidationError
	if !errors.As(err, &wrong) {
		if err != nil {
			return []Problem{{Text: err.Error(), Cure: "mend the settings"}}
		}
		return nil
	}
	var list []Problem
	for _, leaf := range leaves(wrong) {
		list = append(list, explain(schema, leaf)...)
	}
	slices.SortFunc(list, func(a, b Problem) int { return cmp.Or(cmp.Compare(a.Key, b.Key), cmp.Compare(a.Text, b.Text)) })
	return slices.Compact(list)
}

// leaves are the errors that have no cause but themselves. Where one of several
// forms would do, none of which fits, the choice itself is the leaf.
func leaves(e *jsonschema.ValidationError) []*jsonschema.ValidationError {
	switch e.ErrorKind.(type) {
	case *kind.AnyOf, *kind.OneOf:
		return []*jsonschema.ValidationError{e}
	}
	if len(e.Causes) == 0 {
		return []*jsonschema.ValidationError{e}
	}
	var list []*jsonschema.ValidationError
	for _, cause := range e.Causes {
		list = append(list, leaves(cause)...)
	}
	return list
}

// explain turns one error into problems: one for each setting that it names.
func explain(schema *jsonschema.Schema, e *jsonschema.ValidationError) []Problem {
	at := e.InstanceLocation
	here := inSchema(schema, at)
	one := func(text, cure string) []Problem {
		return []Problem{{Key: Key(at), Text: text, Cure: cmp.Or(cure, meaning(here), "mend its value")}}
	}
	switch k := e.ErrorKind.(type) {
	case *kind.Required:
		return each(at, k.Missing, func(name string) Problem {
			return Problem{Text: "is missing", Cure: cmp.Or(with("add "+name, meaning(inSchema(here, []string{name}))), "add it")}
		})
	case *kind.AdditionalProperties:
		return each(at, k.Properties, func(string) Problem {
			return Problem{Text: "is not a setting of this channel", Cure: "remove it or mend its name; known are " + known(here)}
		})
	case *kind.Type:
		return one(fmt.Sprintf("is %s, must be %s", article(k.Got), article(k.Want...)), with("write "+article(k.Want...), meaning(here)))
	case *kind.Enum:
		return one(quoted(k.Got)+" is not possible here", "write one of "+values(k.Want))
	case *kind.Const:
		return one(quoted(k.Got)+" is not possible here", "write "+quoted(k.Want))
	case *kind.FalseSchema:
		return one("is not a setting of this channel", "remove it")
	case *kind.AnyOf, *kind.OneOf:
		return one("fits none of the forms that it may have, or more than one", "")
	}
	return one(e.ErrorKind.LocalizedString(words.NewPrinter(language.English)), "")
}

// each makes a problem for every name below a place.
func each(at, names []string, problem func(name string) Problem) []Problem {
	var list []Problem
	for _, name := range names {
		p := problem(name)
		p.Key = Key(below(at, name))
		list = append(list, p)
	}
	return list
}

// Key writes a place in settings as the config does: lists are counted from 1.
func Key(at []string) string {
	var b strings.Builder
	for _, part := range at {
		if n, err := strconv.Atoi(part); err == nil && b.Len() > 0 {
			fmt.Fprintf(&b, "[%d]", n+1)
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('.')
		}
		b.WriteString(part)
	}
	return b.String()
}

// inSchema follows a place in settings through a schema, as far as properties and
// lists tell it; nil where they do not.
func inSchema(schema *jsonschema.Schema, at []string) *jsonschema.Schema {
	for _, part := range at {
		schema = follow(schema)
		if schema == nil {
			return nil
		}
		if sub, ok := schema.Properties[part]; ok {
			schema = sub
		} else {
			schema = schema.Items2020
		}
	}
	return follow(schema)
}

// follow goes through references.
func follow(schema *jsonschema.Schema) *jsonschema.Schema {
	for range 16 {
		if schema == nil || schema.Ref == nil {
			return schema
		}
		schema = schema.Ref
	}
	return schema
}

// meaning is what the author wrote about a setting.
func meaning(schema *jsonschema.Schema) string {
	if schema == nil {
		return ""
	}
	return schema.Description
}

// with adds a meaning to a cure.
func with(cure, meaning string) string {
	if meaning == "" {
		return cure
	}
	return cure + ": " + meaning
}

func known(schema *jsonschema.Schema) string {
	if schema == nil || len(schema.Properties) == 0 {
		return "none"
	}
	return strings.Join(slices.Sorted(maps.Keys(schema.Properties)), ", ")
}

func values(list []any) string {
	texts := make([]string, len(list))
	for i, v := range list {
		texts[i] = quoted(v)
	}
	return strings.Join(texts, ", ")
}

// article writes JSON's types for a person.
func article(types ...string) string {
	names := map[string]string{
		"string": "a text", "integer": "a whole number", "number": "a number", "boolean": "true or false",
		"array": "a list", "object": "a table", "null": "nothing",
	}
	texts := make([]string, len(types))
	for i, t := range types {
		texts[i] = cmp.Or(names[t], t)
	}
	return strings.Join(texts, " or ")
}
