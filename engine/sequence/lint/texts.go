package lint

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"holdfast/engine/sequence"
)

// fallback is the language that a text must have.
const fallback = "en"

// Text is one template or script in one language.
type Text struct {
	File     string // for people
	Name     string
	Language string
	Source   string
}

// Texts is every template and script that a site can use.
type Texts struct {
	Templates []Text
	Scripts   []Text
	Short     []Text // of text messages, by the name of their template
}

// ReadTexts reads the shipped templates folder and, over it, a site's own, which
// may be nil. Labels are put before the names of their files.
func ReadTexts(shipped, site fs.FS, shippedLabel, siteLabel string) (*Texts, error) {
	t := &Texts{}
	for _, from := range []struct {
		folder fs.FS
		label  string
	}{{shipped, shippedLabel}, {site, siteLabel}} {
		if from.folder == nil {
			continue
		}
		if err := t.read(from.folder, from.label); err != nil {
			return nil, err
		}
	}
	return t, nil
}

func (t *Texts) read(folder fs.FS, label string) error {
	for _, kind := range []struct {
		pattern string
		list    *[]Text
	}{{"*.txt", &t.Templates}, {"scripts/*.txt", &t.Scripts}, {"short/*.txt", &t.Short}} {
		files, err := fs.Glob(folder, kind.pattern)
		if err != nil {
			return err
		}
		for _, file := range files {
			data, err := fs.ReadFile(folder, file)
			if err != nil {
				return err
			}
			put(kind.list, path.Join(label, file), file, string(data))
		}
	}
	return nil
}

// put adds a text, in the place of one that is there already.
func put(list *[]Text, label, file, source string) {
	name, language, ok := strings.Cut(strings.TrimSuffix(path.Base(file), ".txt"), ".")
	if !ok {
		return
	}
	text := Text{File: label, Name: name, Language: language, Source: source}
	i := slices.IndexFunc(*list, func(o Text) bool { return o.Name == name && o.Language == language })
	if i >= 0 {
		(*list)[i] = text
		return
	}
	*list = append(*list, text)
}

// named lists the languages of one text, nil where there is none.
func named(list []Text, name string) []Text {
	var out []Text
	for _, t := range list {
		if t.Name == name {
			out = append(out, t)
		}
	}
	return out
}

// texts looks at every text that a step uses.
func (c *checker) texts() {
	seen := map[string]bool{}
	for _, s := range c.Sequences {
		l := &looker{checker: c, s: s, lines: s.Lines()}
		for i := range s.Steps {
			r := &s.Steps[i]
			l.there(r, "template", r.Template, c.Texts.Templates, seen)
			l.there(r, "script", r.Script, c.Texts.Scripts, seen)
			for _, t := range named(c.Texts.Templates, r.Template) {
				l.claims(r, t)
				l.amounts(r, t, seen)
			}
			l.short(r, seen)
		}
	}
	c.required()
}

// there finds a text that is missing, or missing in a language.
func (l *looker) there(r *sequence.Rung, key, name string, list []Text, seen map[string]bool) {
	if name == "" {
		return
	}
	have := named(list, name)
	if len(have) == 0 {
		l.refuse(l.at(r, keyOf(key), fmt.Sprintf("there is no %s %q", key, name), fmt.Sprintf("write %s, or name another; there are %s", fileOf(key, name, fallback), strings.Join(names(list), ", "))))
		return
	}
	var lacks []string
	for _, language := range languages(l.Texts.Templates) {
		if !slices.ContainsFunc(have, func(t Text) bool { return t.Language == language }) {
			lacks = append(lacks, language)
		}
	}
	switch {
	case len(lacks) == 0 || seen[key+name]:
	case slices.Contains(lacks, fallback):
		l.refuse(l.at(r, keyOf(key), fmt.Sprintf("%s %q is not there in English, which stands in for every other language", key, name), "write "+fileOf(key, name, fallback)))
	default:
		l.warn(l.at(r, keyOf(key), fmt.Sprintf("%s %q is not there in %s: it goes out in English", key, name, strings.Join(lacks, ", ")), "write "+fileOf(key, name, lacks[0])))
	}
	seen[key+name] = true
}

// shortText is what a step says by text message; it has no key of its own.
const shortText = "short text"

// keyOf is the key of a step that names a kind of text.
func keyOf(kind string) string {
	if kind == shortText {
		return "template"
	}
	return kind
}

// fileOf is where a text belongs in a templates folder.
func fileOf(key, name, language string) string {
	folder := "templates/"
	switch key {
	case "script":
		folder += "scripts/"
	case shortText:
		folder += "short/"
	}
	return folder + name + "." + language + ".txt"
}

func names(list []Text) []string {
	var out []string
	for _, t := range list {
		out = append(out, t.Name)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// languages are those in which any template is there.
func languages(list []Text) []string {
	var out []string
	for _, t := range list {
		out = append(out, t.Language)
	}
	slices.Sort(out)
	return slices.Compact(out)
}
