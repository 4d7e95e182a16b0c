package config

import (
	"encoding"
	"fmt"
	"os"
	"reflect"
	"regexp"
	"strings"
	"time"

	"holdfast/engine/tomlfile"
)

// binder moves a decoded TOML tree into the structs of this package. Unlike a
// plain decoder it goes on after a problem, so that a person sees all of them.
type binder struct {
	file *tomlfile.File
	dir  string
	bad  map[string]bool // keys that have a problem already
}

// add notes a problem once per key: what follows from it is no news.
func (b *binder) add(key, what, cure string) {
	if b.bad[key] {
		return
	}
	if b.bad == nil {
		b.bad = map[string]bool{}
	}
	b.bad[key] = true
	b.file.Problems = append(b.file.Problems, Problem{
		File: b.file.Name, Line: line(b.file, key), Key: key, What: what, Cure: cure,
	})
}

// table fills a struct from a TOML table.
func (b *binder) table(v reflect.Value, tree map[string]any, key string) {
	known := map[string]bool{}
	for i := range v.NumField() {
		f := fieldOf(v.Type().Field(i))
		if f.name == "" {
			continue
		}
		known[f.name] = true
		b.field(v.Field(i), f, tree, join(key, f.name))
	}
	for _, name := range tomlfile.Sorted(tree) {
		if !known[name] {
			b.unknown(name, tomlfile.Sorted(known), key)
		}
	}
}

// unknown notes a key that the table does not have.
func (b *binder) unknown(name string, known []string, key string) {
	cure := "remove it; known here are " + strings.Join(known, ", ")
	if near := tomlfile.Nearest(name, known); near != "" {
		cure = fmt.Sprintf("did you mean %q? Otherwise remove it", near)
	}
	b.add(join(key, name), "unknown key", cure)
}

// field fills one field, or gives it its default.
func (b *binder) field(v reflect.Value, f field, tree map[string]any, key string) {
	raw, given := tree[f.name]
	if v.Kind() == reflect.Struct && !isText(v) {
		sub, _ := raw.(map[string]any)
		if given && sub == nil {
			b.wrongType(key, f, v.Type())
			return
		}
		b.table(v, sub, key)
		return
	}
	switch {
	case given:
		b.value(v, f, raw, key)
		b.bounds(v, f, key)
	case f.required:
		b.missing(v, f, key)
	case f.def != "":
		b.value(v, f, f.defaultValue(), key)
	}
	b.path(v, f, key)
	b.secret(v, f, key)
}

// missing notes a key that must be there.
func (b *binder) missing(v reflect.Value, f field, key string) {
	cure := fmt.Sprintf("add %s = %s", f.name, f.sample(v.Type()))
	if cut := strings.LastIndexByte(key, '.'); cut > 0 {
		cure += " under " + header(key[:cut])
	}
	if isTables(v.Type()) {
		cure = fmt.Sprintf("add a [[%s]] table; config.example.toml shows one", f.name)
	}
	b.add(key, "missing", cure)
}

// path makes a path absolute, and wants a folder of the site's own to be there.
func (b *binder) path(v reflect.Value, f field, key string) {
	if f.path == "" || v.String() == "" {
		return
	}
	shown := v.String()
	v.SetString(absolute(b.dir, shown))
	if f.path != "folder" {
		return
	}
	if info, err := os.Stat(v.String()); err != nil || !info.IsDir() {
		b.add(key, fmt.Sprintf("there is no folder %q", shown), fmt.Sprintf("create it beside the config, or leave %s out to use what is shipped", f.name))
	}
}

// secret ties file: to the config's folder and refuses a secret in plain text;
// a connection is looked at later, since it need not hold one.
func (b *binder) secret(v reflect.Value, f field, key string) {
	s, ok := v.Addr().Interface().(*Secret)
	if !ok || s.IsZero() {
		return
	}
	s.dir = b.dir
	if s.IsRef() {
		b.reference(s.text, key)
	} else if !f.connection {
		b.plain(f.name, key)
	}
}

// reference checks the form of env:NAME and file:PATH.
func (b *binder) reference(text, key string) {
	name, env := strings.CutPrefix(text, "env:")
	switch {
	case env && !envForm.MatchString(name):
		b.add(key, fmt.Sprintf("%q names no environment variable", text), "write it as env:NAME")
	case text == "file:":
		b.add(key, "names no file", "write it as file:PATH")
	}
}

// plain notes a secret that stands in the file itself.
func (b *binder) plain(name, key string) {
	b.add(key, "holds a secret in plain text", fmt.Sprintf(`write %s = "env:NAME" or "file:PATH" and keep the value there`, name))
}

// value fills v with raw, which is of the kind that TOML knows.
func (b *binder) value(v reflect.Value, f field, raw any, key string) {
	switch {
	case v.Type() == reflect.TypeFor[Settings]():
		b.settings(v, f, raw, key)
	case isText(v):
		b.text(v, f, raw, key)
	case v.Kind() == reflect.String:
		if s, ok := raw.(string); ok {
			v.SetString(s)
			return
		}
		b.wrongType(key, f, v.Type())
	case v.Kind() == reflect.Int:
		if n, ok := raw.(int64); ok {
			v.SetInt(n)
			return
		}
		b.wrongType(key, f, v.Type())
	case v.Kind() == reflect.Slice:
		b.list(v, f, raw, key)
	case v.Kind() == reflect.Map:
		b.texts(v, f, raw, key)
	default:
		panic("config: no rule for " + v.Type().String())
	}
}

// text fills a type that reads itself from a string.
func (b *binder) text(v reflect.Value, f field, raw any, key string) {
	s, ok := raw.(string)
	if !ok {
		b.wrongType(key, f, v.Type())
		return
	}
	if err := v.Addr().Interface().(encoding.TextUnmarshaler).UnmarshalText([]byte(s)); err != nil {
		what, cure, _ := strings.Cut(err.Error(), "; ")
		if cure == "" {
			cure = "write it as " + strings.Trim(f.sample(v.Type()), `[]"\`)
		}
		b.add(key, what, cure)
	}
}

// list fills a list, of tables or of values.
func (b *binder) list(v reflect.Value, f field, raw any, key string) {
	items, ok := raw.([]any)
	if !ok {
		b.wrongType(key, f, v.Type())
		return
	}
	out := reflect.MakeSlice(v.Type(), len(items), len(items))
	for i, item := range items {
		at := fmt.Sprintf("%s[%d]", key, i+1)
		e := out.Index(i)
		if e.Kind() != reflect.Struct || isText(e) {
			b.value(e, f, item, at)
			continue
		}
		sub, ok := item.(map[string]any)
		if !ok {
			b.wrongType(at, f, e.Type())
			continue
		}
		b.table(e, sub, at)
	}
	v.Set(out)
}

// texts fills a map of strings.
func (b *binder) texts(v reflect.Value, f field, raw any, key string) {
	m, ok := raw.(map[string]any)
	if !ok {
		b.wrongType(key, f, v.Type())
		return
	}
	out := reflect.MakeMap(v.Type())
	for _, name := range tomlfile.Sorted(m) {
		s, ok := m[name].(string)
		if !ok {
			b.add(join(key, name), "must be a text", fmt.Sprintf("write %s = \"...\"", name))
			continue
		}
		out.SetMapIndex(reflect.ValueOf(name).Convert(v.Type().Key()), reflect.ValueOf(s))
	}
	v.Set(out)
}

// settings fills the free table of a channel.
func (b *binder) settings(v reflect.Value, f field, raw any, key string) {
	m, ok := raw.(map[string]any)
	if !ok {
		b.wrongType(key, f, v.Type())
		return
	}
	v.Set(reflect.ValueOf(b.settingsOf(m, key)))
}

func (b *binder) settingsOf(m map[string]any, key string) Settings {
	out := Settings{}
	for _, name := range tomlfile.Sorted(m) {
		out[name] = b.setting(name, m[name], join(key, name))
	}
	return out
}

// setting turns one TOML value into one of Settings.
func (b *binder) setting(name string, raw any, key string) any {
	switch raw := raw.(type) {
	case string:
		if isRef(raw) {
			b.reference(raw, key)
			return Secret{text: raw, dir: b.dir}
		}
		if isSecretKey(name) && raw != "" {
			b.plain(name, key)
		}
		if isPathKey(name) {
			return absolute(b.dir, raw)
		}
		return raw
	case map[string]any:
		return b.settingsOf(raw, key)
	case []any:
		out := make([]any, len(raw))
		for i := range raw {
			out[i] = b.setting(name, raw[i], fmt.Sprintf("%s[%d]", key, i+1))
		}
		return out
	case time.Time:
		return raw.Format(time.RFC3339)
	case fmt.Stringer: // TOML's local dates and times
		return raw.String()
	}
	return raw
}

var indexForm = regexp.MustCompile(`\[\d+\]`)

// plainKey returns a key without the numbers of its tables.
func plainKey(key string) string { return indexForm.ReplaceAllString(key, "") }

// header writes the line that opens a table.
func header(table string) string {
	if strings.HasSuffix(table, "]") {
		return "[[" + plainKey(table) + "]]"
	}
	return "[" + plainKey(table) + "]"
}

// join puts a key below a table.
func join(table, key string) string {
	if table == "" {
		return key
	}
	return table + "." + key
}
