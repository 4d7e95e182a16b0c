package message

import (
	"bytes"
	"embed"
	"errors"
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
	words   map[string]Words
	layout  *htmltemplate.Template
}

// key names a template in one language.
type key struct{ name, language string }

// source is one template file.
type source struct {
	file          string
	subject, body *template.Template
}

// New loads the shipped templates and, over them, those of a site's folder,
// which may be nil. A file is NAME.LANGUAGE.txt, or words.LANGUAGE.json for the
// fixed words. Every file is filled with sample data once, so that a mistake
// is found now: fault.Invalid names the file.
func New(site fs.FS) (*Templates, error) {
	layout, err := htmltemplate.New("layout.html").ParseFS(embedded, "layout/layout.html")
	if err != nil {
		return nil, fmt.Errorf("message layout: %w", err)
	}
	t := &Templates{sources: map[key]*source{}, words: map[string]Words{}, layout: layout}
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
	return nil
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
	s, err := parse(file, string(content))
	if err != nil {
		return err
	}
	name, language := base[:i], languageOf(path.Ext(base)[1:])
	for _, data := range trials(t.wordsOf(language)) {
		if _, _, err := s.fill(data); err != nil {
			return err
		}
	}
	t.sources[key{name, language}] = s
	return nil
}

// parse splits a file into its subject and body.
func parse(file, content string) (*source, error) {
	content = strings.TrimPrefix(strings.ReplaceAll(content, "\r\n", "\n"), "\ufeff")
	head, body, ok := strings.Cut(content, "\n\n")
	subject, isSubject := strings.CutPrefix(head, "Subject: ")
	if !ok || !isSubject || strings.Contains(subject, "\n") {
		return nil, fault.New(fault.Invalid, "template %s: it does not begin with its subject", file).
			WithCure(`write "Subject: ..." on the first line and leave the second empty`)
	}
	if err := checkMarkers(file, body); err != nil {
		return nil, err
	}
	s := &source{file: file}
	var err error
	if s.subject, err = template.New(file).Option("missingkey=error").Parse(subject); err == nil {
		s.body, err = template.New(file).Option("missingkey=error").Parse("\n\n" + body)
	}
	if err != nil {
		return nil, fault.New(fault.Invalid, "%w", err).WithCure("mend the line that it names")
	}
	return s, nil
}

// checkMarkers refuses a marker that does not exist and a body without a
// footer: that is where sender, dispute and opt-out stand.
func checkMarkers(file, body string) error {
	footer := false
	for n, line := range strings.Split(body, "\n") {
		line = strings.TrimSpace(line)
		if !strings.Contains(line, "[[") {
			continue
		}
		if !slices.Contains(markers, marker(line)) {
			return fault.New(fault.Invalid, "template %s:%d: %s is no marker on a line of its own", file, n+3, line).
				WithCure("there are [[documents]], [[totals]], [[pay]] and [[footer]]")
		}
		footer = footer || marker(line) == markFooter
	}
	if !footer {
		return fault.New(fault.Invalid, "template %s: it lacks [[footer]]", file).
			WithCure("add it: it says who writes, how to dispute and how to stop the mails")
	}
	return nil
}

// maxOutput is how large a filled template may get, in bytes.
const maxOutput = 1 << 20

// fill executes subject and body on plain maps.
func (s *source) fill(data map[string]any) (subject, body string, err error) {
	if subject, err = execute(s.subject, data); err == nil {
		body, err = execute(s.body, data)
	}
	if err != nil {
		return "", "", fault.New(fault.Invalid, "%w", err).WithCure("mend the template's line that it names")
	}
	if strings.TrimSpace(subject) == "" {
		return "", "", fault.New(fault.Invalid, "template %s: the subject is empty", s.file)
	}
	return subject, body, nil
}

func execute(t *template.Template, data map[string]any) (string, error) {
	out := &limited{}
	err := t.Execute(out, data)
	return out.String(), err
}

// limited is a buffer that refuses to grow beyond maxOutput.
type limited struct{ bytes.Buffer }

// Write adds b, or fails where the output gets too large.
func (l *limited) Write(b []byte) (int, error) {
	if l.Len()+len(b) > maxOutput {
		return 0, errors.New("the message is larger than 1 MiB")
	}
	return l.Buffer.Write(b)
}

// cutName returns what stands between prefix and suffix.
func cutName(name, prefix, suffix string) (string, bool) {
	name, a := strings.CutPrefix(name, prefix)
	name, b := strings.CutSuffix(name, suffix)
	return name, a && b
}
