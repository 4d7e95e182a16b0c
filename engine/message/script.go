package message

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"holdfast/engine/fault"
	"holdfast/engine/sequence"
)

// scriptsFolder is the folder of scripts within a templates folder.
const scriptsFolder = "scripts"

// Script writes what a person says, asks and records, in the company's language
// or else in English; a first line names the language that the customer wants
// where it is another one. It fails with fault.NotFound where there is no such
// script, and with fault.Invalid where it cannot be filled.
func (t *Templates) Script(name string, in Input) (string, error) {
	spoken := languageOf(in.Language)
	s := t.scripts[key{name, spoken}]
	if s == nil {
		spoken = fallback
		s = t.scripts[key{name, spoken}]
	}
	if s == nil {
		return "", fault.New(fault.NotFound, "there is no script %q, not even in English", name).
			WithCure("add %s/%s.%s.txt to the templates folder", scriptsFolder, name, fallback)
	}
	in.Intent.Kind, in.Intent.Purpose = sequence.Task, sequence.Response
	words := t.wordsOf(spoken)
	_, blocks, err := in.written(words, s)
	if err != nil {
		return "", err
	}
	text := asText(blocks, words)
	if wanted := in.wanted()[0]; wanted != spoken {
		text = words.say("script_language", words.named("language", wanted)) + "\n\n" + text
	}
	return text, nil
}

// Scripts lists the scripts that are there in any language, sorted.
func (t *Templates) Scripts() []string {
	var names []string
	for k := range t.scripts {
		names = append(names, k.name)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// HasScript reports whether a script is there in a language itself, without
// falling back.
func (t *Templates) HasScript(name, language string) bool {
	return t.scripts[key{name, languageOf(language)}] != nil
}

// loadScripts reads the scripts of a templates folder; it may have none.
func (t *Templates) loadScripts(dir fs.FS) error {
	files, err := fs.Glob(dir, scriptsFolder+"/*.txt")
	if err != nil {
		return fault.New(fault.Invalid, "%s folder: %w", scriptsFolder, err)
	}
	for _, file := range files {
		if err := t.loadScript(dir, file); err != nil {
			return err
		}
	}
	return nil
}

// loadScript parses one script and fills it with sample data.
func (t *Templates) loadScript(dir fs.FS, file string) error {
	base := strings.TrimSuffix(path.Base(file), ".txt")
	i := strings.LastIndexByte(base, '.')
	if i <= 0 {
		return fault.New(fault.Invalid, "script %s: the name has no language", file).WithCure("name it like call-past-due.en.txt")
	}
	content, err := fs.ReadFile(dir, file)
	if err != nil {
		return fault.New(fault.Invalid, "script %s: %w", file, err)
	}
	body := plainContent(string(content))
	s := &source{file: file}
	if s.marks, err = marksOf(file, body, 1); err != nil {
		return err
	}
	if s.body, err = compile(file, body); err != nil {
		return err
	}
	language := languageOf(base[i+1:])
	t.scripts[key{base[:i], language}] = s
	return s.try(t.wordsOf(language))
}
