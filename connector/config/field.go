package config

import (
	"encoding"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"holdfast/engine/calendar"
	"holdfast/engine/tomlfile"
)

// field is what the tags of a struct field say about its key.
type field struct {
	name     string // empty: not a key
	def      string // default, as TOML without quotes; empty: the zero value
	doc      string
	sampled  string // a value to show where there is no default
	oneof    []string
	min, max string
	path     string // "yes", or "folder": it must be there
	required bool

	connection bool // a Secret that may be plain if it holds no password
}

func fieldOf(f reflect.StructField) field {
	t := f.Tag
	name := t.Get("toml")
	if name == "-" {
		name = ""
	}
	return field{
		name: name, def: t.Get("default"), doc: t.Get("doc"), sampled: t.Get("example"),
		oneof: strings.Fields(t.Get("oneof")), min: t.Get("min"), max: t.Get("max"),
		path: t.Get("path"), required: t.Get("required") != "",
		connection: t.Get("secret") == "dsn",
	}
}

// defaultValue returns the default as TOML would decode it.
func (f field) defaultValue() any {
	if n, err := strconv.ParseInt(f.def, 10, 64); err == nil {
		return n
	}
	if list, ok := strings.CutPrefix(f.def, "["); ok {
		var out []any
		for item := range strings.SplitSeq(strings.TrimSuffix(list, "]"), ",") {
			out = append(out, strings.Trim(strings.TrimSpace(item), `"`))
		}
		return out
	}
	return f.def
}

// sample returns a value of the right shape, as TOML.
func (f field) sample(t reflect.Type) string {
	v := f.sampled
	if v == "" {
		v = f.def
	}
	if v == "" && len(f.oneof) > 0 {
		v = f.oneof[0]
	}
	return quoted(v, t)
}

// quoted writes a tag's value as TOML.
func quoted(v string, t reflect.Type) string {
	switch {
	case t.Kind() == reflect.Int && v != "":
		return v
	case t.Kind() == reflect.Int:
		return "0"
	case isList(t) && v == "":
		return "[]"
	case isList(t) && strings.HasPrefix(v, "["):
		return v
	case t.Kind() == reflect.Map && v == "":
		return "{}"
	case t.Kind() == reflect.Map:
		return v
	}
	return strconv.Quote(v)
}

// wrongType notes a value of another kind than the key's.
func (b *binder) wrongType(key string, f field, t reflect.Type) {
	kind := "a text in quotes"
	switch {
	case t.Kind() == reflect.Int:
		kind = "a whole number without quotes"
	case isTables(t):
		kind = "a list of tables"
	case isList(t):
		kind = "a list"
	case t.Kind() == reflect.Map, t.Kind() == reflect.Struct && !isText(reflect.New(t).Elem()):
		kind = "a table"
	}
	cure := fmt.Sprintf("write %s = %s", f.name, f.sample(t))
	switch {
	case kind == "a table":
		cure = "write " + header(key) + " with its keys below it"
	case kind == "a list of tables":
		cure = "write [[" + plainKey(key) + "]] with its keys below it"
	case strings.HasSuffix(key, "]"):
		cure = "mend this one of the list"
	}
	b.add(key, "must be "+kind, cure)
}

// bounds checks a value that was given against oneof, min and max.
func (b *binder) bounds(v reflect.Value, f field, key string) {
	if b.bad[key] {
		return
	}
	if len(f.oneof) > 0 && !slices.Contains(f.oneof, v.String()) && (v.String() != "" || f.def != "") {
		cure := "write " + strconv.Quote(f.oneof[0])
		if len(f.oneof) > 1 {
			cure = "write one of " + strings.Join(f.oneof, ", ")
		}
		if near := tomlfile.Nearest(v.String(), f.oneof); near != "" {
			cure = fmt.Sprintf("did you mean %q? Possible are %s", near, strings.Join(f.oneof, ", "))
		}
		b.add(key, fmt.Sprintf("%q is not possible here", v.String()), cure)
	}
	if f.max == "" {
		return
	}
	low, high := measure(v.Type(), f.min), measure(v.Type(), f.max)
	if n := size(v); n < low || n > high {
		b.add(key, fmt.Sprintf("%v is out of range", v.Interface()), fmt.Sprintf("write a value from %s to %s", f.min, f.max))
		return
	}
	if span, ok := v.Interface().(calendar.Span); ok && (span.Hours || span.Business != strings.HasSuffix(f.max, "bd")) {
		b.add(key, fmt.Sprintf("%s counts the wrong sort of days", span), fmt.Sprintf("write it as %s", f.def))
	}
}

// measure reads a bound as a value of type t would be read.
func measure(t reflect.Type, text string) int64 {
	v := reflect.New(t)
	if u, ok := v.Interface().(encoding.TextUnmarshaler); ok {
		if err := u.UnmarshalText([]byte(text)); err != nil {
			panic("config: bound " + text + ": " + err.Error())
		}
		return size(v.Elem())
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		panic("config: bound " + text + ": " + err.Error())
	}
	return n
}

// size returns a bounded value as a number.
func size(v reflect.Value) int64 {
	switch x := v.Interface().(type) {
	case Duration:
		return int64(x.Duration)
	case calendar.Span:
		return int64(x.N)
	}
	return v.Int()
}

// isText reports whether the value reads itself from a string.
func isText(v reflect.Value) bool {
	return reflect.PointerTo(v.Type()).Implements(reflect.TypeFor[encoding.TextUnmarshaler]())
}

// isList reports whether t is written as a TOML list.
func isList(t reflect.Type) bool { return t.Kind() == reflect.Slice }

// isTables reports whether t is a list of tables.
func isTables(t reflect.Type) bool {
	return isList(t) && t.Elem().Kind() == reflect.Struct && !isText(reflect.New(t.Elem()).Elem())
}
