package config

import (
	"fmt"
	"reflect"
	"strings"
)

const exampleHead = `## The configuration of Holdfast. What must be given is written out with an
## example; every other option is commented out and stands at its default.
## Paths are relative to the folder of this file. A secret is never written
## here: env:NAME takes it from the environment, file:PATH from a file.
## docs/configuration.md has the same as tables.
`

// Example returns config.example.toml: every option with its meaning, the
// required ones live, the others commented out at their default.
func Example() []byte {
	var b strings.Builder
	b.WriteString(exampleHead)
	exampleTable(&b, reflect.TypeFor[Config](), "")
	return []byte(b.String())
}

// exampleTable writes the keys of one table, then the tables below it.
func exampleTable(b *strings.Builder, t reflect.Type, table string) {
	var below []reflect.StructField
	for i := range t.NumField() {
		f := fieldOf(t.Field(i))
		switch {
		case f.name == "":
		case opensTable(t.Field(i)):
			below = append(below, t.Field(i))
		default:
			exampleKey(b, f, t.Field(i).Type)
		}
	}
	for _, sf := range below {
		f := fieldOf(sf)
		name := join(table, f.name)
		switch {
		case sf.Type == reflect.TypeFor[Settings]():
			fmt.Fprintf(b, "\n## %s\n[%s]\n%s\n", f.doc, name, f.sampled)
		case isList(sf.Type):
			fmt.Fprintf(b, "\n## %s\n[[%s]]\n", f.doc, name)
			exampleTable(b, sf.Type.Elem(), name)
		default:
			fmt.Fprintf(b, "\n## %s\n[%s]\n", f.doc, name)
			exampleTable(b, sf.Type, name)
		}
	}
}

// exampleKey writes one key with its meaning above it.
func exampleKey(b *strings.Builder, f field, t reflect.Type) {
	fmt.Fprintf(b, "\n## %s\n", f.doc)
	if f.required {
		fmt.Fprintf(b, "%s = %s\n", f.name, f.sample(t))
		return
	}
	if f.sampled != "" {
		fmt.Fprintf(b, "## Such as: %s\n", quoted(f.sampled, t))
	}
	fmt.Fprintf(b, "# %s = %s\n", f.name, quoted(f.def, t))
}

// opensTable reports whether a field is written as a table of its own.
func opensTable(sf reflect.StructField) bool {
	if sf.Type == reflect.TypeFor[Settings]() {
		return true
	}
	if isTables(sf.Type) {
		return sf.Tag.Get("required") != "" // others are short enough for a line
	}
	return sf.Type.Kind() == reflect.Struct && !isText(reflect.New(sf.Type).Elem())
}
