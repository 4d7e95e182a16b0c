package message

import (
	"embed"
	"fmt"
	htmltemplate "html/template"
	"io/fs"
	"path"
	"slices"
	"strings"
	"text/template"

	"holdfast/engine/fault"
)

//go:embed templates layout
var embedded embed.FS

// Defaults returns the shipped templates, for a site to copy.
func Defaults() fs.FS {
	sub, err := fs.Sub(embedded, "templates")
	if err != nil {
		panic(err) // the folder is embedded above
	}
	return sub
}

// Templates holds every template by name and language. It does not change
// after New and may be used by several goroutines.
type Templates struct {
	sources map[key]*source
	scripts map[key]*source
	spoken  map[key]*spoken
	short   map[key]*source
	words   map[string]Words
	layout  *htmltemplate.Template
}

// key names a template in one language.
type key struct{ name, language string }

// source is one template file. A script has no subject.
type source struct {
	file          string
	subject, body *template.Template
	marks         []string // the markers in it
	asks          bool     // it speaks of the sum that is asked for
	warns         bool     // it speaks of a hold to come
}

// New loads the shipped templates and, over them, those of a site's folder,
// which may be nil. A file is NAME.LANGUAGE.txt, words.LANGUAGE.json for the
// fixed words, scripts/NAME.LANGUAGE.txt for what a person says,
// spoken/NAME.LANGUAGE.txt for what an automatic call says, or
// short/NAME.LANGUAGE.txt for a text message. Every file is filled with sample
// data once, so that a mistake is found now: fault.Invalid names the file.
func New(site fs.FS) (*Templates, error) {
	layout, err := htmltemplate.New("layout.html").ParseFS(embedded, "layout/layout.html")
	if err != nil {
		return nil, fmt.Errorf("message layout: %w", err)
	}
	t := &Templates{sources: map[key]*source{}, scripts: map[key]*source{}, spoken: map[key]*spoken{}, short: map[key]*source{}, words: map[string]Words{}, layout: layout}
	if err := t.load(Defaults()); err != nil {
		return nil, err
	}
	if site == nil {
		return t, nil
	}
	return t, t.load(site)
}

// Has reports whether a template is there in a language itself, without
// falling back.
func (t *Templates) Has(name, language string) bool {
	return t.sources[key{name, languageOf(language)}] != nil
}

// Names lists the templates that are there in any language, sorted.
func (t *Templates) Names() []string {
	var names []string
	for k := range t.sources {
		names = append(names, k.name)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// load reads the words first, since the trial of a template shows them.
func (t *Templates) load(dir fs.FS) error {
	files, err := fs.ReadDir(dir, ".")
	if err != nil {
		return fault.New(fault.Invalid, "templates folder: %w", err).WithCure("name a folder that can be read, or leave it out")
	}
	for _, f := range files {
		if language, ok := cutName(f.Name(), "words.", ".json"); ok && !f.IsDir() {
			if err := t.loadWords(dir, f.Name(), language); err != nil {
				return err
			}
		}
	}
	for _, f := range files {
		if base, ok := strings.CutSuffix(f.Name(), ".txt"); ok && !f.IsDir() {
			if err := t.loadSource(dir, f.Name(), base); err != nil {
				return err
			}
		}
	}
	if err := t.loadSpoken(dir); err != nil {
		return err
	}
	if err := t.loadShort(dir); err != nil {
		return err
	}
	return t.loadScripts(dir)
}

// loadSource parses one template and fills it with sample data.
func (t *Templates) loadSource(dir fs.FS, file, base string) error {
	i := strings.LastIndexByte(base, '.')
	if i <= 0 {
		return fault.New(fault.Invalid, "template %s: the name has no language", file).WithCure("name it like past-due-1.en.txt")
	}
	content, err := fs.ReadFile(dir, file)
	if err != nil {
		return fault.New(fault.Invalid, "template %s: %w", file, err)
	}
	s, err := parseSource(file, string(content))
	if err != nil {
		return err
	}
	name, language := base[:i], languageOf(path.Ext(base)[1:])
	t.sources[key{name, language}] = s
	return s.try(t.wordsOf(language))
}

// try fills a source with each of the trials.
func (s *source) try(w Words) error {
	for _, in := range trials() {
		p, err := in.parts(w, s)
		if err != nil {
			return err
		}
		data, err := in.data(w, p)
		if err != nil {
			return err
		}
		if _, _, err := s.fill(data); err != nil {
			return err
		}
	}
	return nil
}

// plainContent is a file's text without what editors add.
func plainContent(content string) string {
	return strings.TrimPrefix(strings.ReplaceAll(content, "\r\n", "\n"), "\ufeff")
}

// parseSource splits a file into its subject and body.
func parseSource(file, content string) (*source, error) {
	content = plainContent(content)
	head, body, ok := strings.Cut(content, "\n\n")
	subject, isSubject := strings.CutPrefix(head, "Subject: ")
	if !ok || !isSubject || strings.Contains(subject, "\n") {
		return nil, fault.New(fault.Invalid, "template %s: it does not begin with its subject", file).
			WithCure(`write "Subject: ..." on the first line and leave the second empty`)
	}
	s := &source{file: file, asks: strings.Contains(content, ".asked"), warns: strings.Contains(content, ".hold_from")}
	var err error
	if s.marks, err = marksOf(file, body, 3); err != nil {
		return nil, err
	}
	if !slices.Contains(s.marks, markFooter) {
		return nil, fault.New(fault.Invalid, "template %s: it lacks [[footer]]", file).
			WithCure("add it: it says who writes, how to dispute and how to stop the mails")
	}
	if s.subject, err = compile(file, subject); err == nil {
		s.body, err = compile(file, "\n\n"+body)
	}
	return s, err
}

// compile parses a text and makes sure that it ends.
func compile(file, text string) (*template.Template, error) {
	if len(text) > maxSource {
		return nil, fault.New(fault.Invalid, "template %s: it is larger than 64 KiB", file).WithCure("shorten it")
	}
	t, err := template.New(file).Option("missingkey=error").Parse(text)
	if err != nil {
		return nil, fault.New(fault.Invalid, "%w", err).WithCure("mend the line that it names")
	}
	return t, guard(file, t)
}

// marksOf lists the markers in a text whose first line is number first. It
// refuses one that does not exist.
func marksOf(file, body string, first int) ([]string, error) {
	var marks []string
	for n, line := range strings.Split(body, "\n") {
		line = strings.TrimSpace(line)
		if !strings.Contains(line, "[[") {
			continue
		}
		if !slices.Contains(markers, marker(line)) {
			return nil, fault.New(fault.Invalid, "template %s:%d: %s is no marker on a line of its own", file, n+first, line).
				WithCure("there are [[documents]], [[step-documents]], [[totals]], [[pay]] and [[footer]]")
		}
		marks = append(marks, marker(line))
	}
	return marks, nil
}

// fill executes subject and body on plain maps. A script has no subject.
func (s *source) fill(data map[string]any) (subject, body string, err error) {
	if s.subject != nil {
		subject, err = execute(s.subject, data)
	}
	if err == nil {
		body, err = execute(s.body, data)
	}
	if err != nil {
		return "", "", fault.New(fault.Invalid, "%w", err).WithCure("mend the template's line that it names")
	}
	if s.subject != nil && strings.TrimSpace(subject) == "" {
		return "", "", fault.New(fault.Invalid, "template %s: the subject is empty", s.file)
	}
	return subject, body, nil
}

func execute(t *template.Template, data map[string]any) (string, error) {
	out := &limited{}
	err := t.Execute(out, data)
	return out.String(), err
}

// cutName returns what stands between prefix and suffix.
func cutName(name, prefix, suffix string) (string, bool) {
	name, a := strings.CutPrefix(name, prefix)
	name, b := strings.CutSuffix(name, suffix)
	return name, a && b
}
