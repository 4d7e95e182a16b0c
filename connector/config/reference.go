package config

import (
	"fmt"
	"reflect"
	"strings"

	"holdfast/engine/ar"
	"holdfast/engine/calendar"
)

// Reference returns the tables of docs/configuration.md: every key with its
// kind, default and meaning, in the order of the file.
func Reference() []byte {
	var b strings.Builder
	b.WriteString("\n## Top of the file\n")
	referenceTable(&b, reflect.TypeFor[Config](), "")
	return []byte(b.String())
}

func referenceTable(b *strings.Builder, t reflect.Type, table string) {
	var below []reflect.StructField
	head := "\n| key | kind | default | meaning |\n|---|---|---|---|\n"
	for i := range t.NumField() {
		sf := t.Field(i)
		f := fieldOf(sf)
		if f.name == "" {
			continue
		}
		if opensTable(sf) || isTables(sf.Type) {
			below = append(below, sf)
			continue
		}
		b.WriteString(head)
		head = ""
		referenceRow(b, f, sf.Type)
	}
	for _, sf := range below {
		f := fieldOf(sf)
		name := join(table, f.name)
		fmt.Fprintf(b, "\n## `%s`\n\n%s\n", tableHeader(sf, name), f.doc)
		if isTables(sf.Type) {
			referenceTable(b, sf.Type.Elem(), name)
		} else if sf.Type.Kind() == reflect.Struct {
			referenceTable(b, sf.Type, name)
		}
	}
}

func tableHeader(sf reflect.StructField, name string) string {
	switch {
	case isTables(sf.Type) && !opensTable(sf):
		return name + " = [{ … }]"
	case isTables(sf.Type):
		return "[[" + name + "]]"
	}
	return "[" + name + "]"
}

func referenceRow(b *strings.Builder, f field, t reflect.Type) {
	def := "`" + quoted(f.def, t) + "`"
	if f.required {
		def = "**required**"
	}
	doc := f.doc
	if f.sampled != "" {
		doc += " Such as `" + quoted(f.sampled, t) + "`."
	}
	fmt.Fprintf(b, "| `%s` | %s | %s | %s |\n", f.name, kindOf(f, t), def, strings.ReplaceAll(doc, "|", "\\|"))
}

// kindOf says in words what a key takes.
func kindOf(f field, t reflect.Type) string {
	switch {
	case len(f.oneof) > 0:
		return "`" + strings.Join(f.oneof, "`, `") + "`"
	case f.max != "":
		return kindOfType(t) + ", " + f.min + " to " + f.max
	case f.path == "folder":
		return "folder"
	case f.path != "":
		return "path"
	}
	return kindOfType(t)
}

func kindOfType(t reflect.Type) string {
	switch t {
	case reflect.TypeFor[Secret]():
		return "secret"
	case reflect.TypeFor[Duration]():
		return "time"
	case reflect.TypeFor[calendar.Span]():
		return "days"
	case reflect.TypeFor[calendar.Window]():
		return "window"
	case reflect.TypeFor[Weekdays]():
		return "weekdays"
	case reflect.TypeFor[ar.Money]():
		return "money"
	}
	switch t.Kind() {
	case reflect.Int:
		return "number"
	case reflect.Slice:
		return "list of " + kindOfType(t.Elem())
	case reflect.Map:
		return "table of text"
	}
	return "text"
}
