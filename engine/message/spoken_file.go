package message

import (
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"text/template"

	"holdfast/engine/fault"
	"holdfast/engine/sequence"
)

// spokenFolder is the folder of what automatic calls say within a templates
// folder.
const spokenFolder = "spoken"

// maySayNothing are the sections that may come out empty: nothing is left with
// an answering machine, there is no choice.
var maySayNothing = []string{saidMachine, saidMenu, saidLinkText, saidLinkSent, saidAskDay, saidDayTaken, saidSpeak}

// loadSpoken reads the spoken texts of a templates folder; it may have none. A
// file that leaves out a section takes that of the general reminder.
func (t *Templates) loadSpoken(dir fs.FS) error {
	files, err := fs.Glob(dir, spokenFolder+"/*.txt")
	if err != nil {
		return fault.New(fault.Invalid, "%s folder: %w", spokenFolder, err)
	}
	loaded := map[key]*spoken{}
	for _, file := range files {
		base := strings.TrimSuffix(path.Base(file), ".txt")
		i := strings.LastIndexByte(base, '.')
		if i <= 0 {
			return fault.New(fault.Invalid, "spoken text %s: the name has no language", file).WithCure("name it like reminder.en.txt")
		}
		content, err := fs.ReadFile(dir, file)
		if err != nil {
			return fault.New(fault.Invalid, "spoken text %s: %w", file, err)
		}
		s, err := parseSpoken(file, plainContent(string(content)))
		if err != nil {
			return err
		}
		loaded[key{base[:i], languageOf(base[i+1:])}] = s
	}
	maps.Copy(t.spoken, loaded)
	for k, s := range loaded {
		if err := t.trySpoken(s, k.language); err != nil {
			return err
		}
	}
	return nil
}

// parseSpoken cuts a file into its sections.
func parseSpoken(file, content string) (*spoken, error) {
	s := &spoken{file: file, sections: map[string]*template.Template{}}
	name, from := "", 0
	lines := strings.Split(content, "\n")
	for n, line := range append(lines, "[["+saidSections[0]+"]]") {
		mark := marker(line)
		if mark == "" && strings.Contains(line, "[[") || mark != "" && !slices.Contains(saidSections, mark) {
			return nil, fault.New(fault.Invalid, "spoken text %s:%d: %s begins no section", file, n+1, strings.TrimSpace(line)).
				WithCure("the sections are %s, each on a line of its own as [[%s]]", strings.Join(saidSections, ", "), saidScript)
		}
		if mark == "" {
			continue
		}
		if err := s.add(name, lines[from:n], from); err != nil {
			return nil, err
		}
		name, from = mark, n+1
	}
	return s, nil
}

// add compiles one section, whose lines begin behind the first skip ones. What
// stands before the first section is refused.
func (s *spoken) add(name string, lines []string, skip int) error {
	text := strings.Join(lines, "\n")
	switch {
	case name == "" && strings.TrimSpace(text) == "":
		return nil
	case name == "":
		return fault.New(fault.Invalid, "spoken text %s: it does not begin with a section", s.file).WithCure("write [[%s]] on the first line", saidScript)
	case s.sections[name] != nil:
		return fault.New(fault.Invalid, "spoken text %s:%d: section [[%s]] is there twice", s.file, skip, name).WithCure("keep one of them")
	case name == saidDayTaken && (strings.Count(text, "%s") != 1 || strings.Count(text, "%") != 1):
		return fault.New(fault.Invalid, "spoken text %s:%d: [[%s]] needs %%s once, where the day is said, and no other percent sign", s.file, skip, name).
			WithCure("write it as: We have understood %%s. If that is right, press 1.")
	}
	t, err := compile(s.file, strings.Repeat("\n", skip)+text)
	s.sections[name] = t
	return err
}

// sectionsOf is a spoken text with the sections of the general one in the places
// of those that it leaves out.
func (t *Templates) sectionsOf(s *spoken, language string) spoken {
	whole := spoken{file: s.file, sections: map[string]*template.Template{}}
	if general := t.spoken[key{generalCall, language}]; general != nil {
		maps.Copy(whole.sections, general.sections)
	}
	maps.Copy(whole.sections, s.sections)
	return whole
}

// trySpoken fills a spoken text with sample data, as a reminder to a firm and to
// a natural person and as an answer, so that a mistake is found when it is
// loaded.
func (t *Templates) trySpoken(s *spoken, language string) error {
	whole := t.sectionsOf(s, language)
	for _, name := range saidSections {
		if whole.sections[name] == nil {
			return fault.New(fault.Invalid, "spoken text %s: it lacks [[%s]]", s.file, name).
				WithCure("add the section, or %s/%s.%s.txt with all of them", spokenFolder, generalCall, language)
		}
	}
	for _, in := range trials() {
		for _, purpose := range []sequence.Purpose{sequence.Dunning, sequence.Response} {
			in.Intent.Purpose = purpose
			if err := in.tryCall(t.wordsOf(language), whole); err != nil {
				return err
			}
		}
	}
	return nil
}

// tryCall fills a spoken text with one of the trials, with a link and without,
// and refuses a script that hides who calls: 47 CFR 64.1200(b) wants name and
// number in every call by a made voice.
func (in Input) tryCall(w Words, s spoken) error {
	for _, links := range [][]link{nil, {{URL: "https://pay.example"}}} {
		if _, err := in.call(w, s, links); err != nil {
			return err
		}
	}
	in.Company.Name, in.Company.Phone = "The Caller", "0123"
	for _, name := range []string{saidScript, saidMachine} {
		text, err := s.say(name, in.callData(w, nil))
		if err != nil {
			return err
		}
		if text != "" && (!strings.Contains(text, in.Company.Name) || !strings.Contains(text, in.Company.Phone)) {
			return fault.New(fault.Invalid, "spoken text %s: [[%s]] does not say who calls and by which number to reach them", s.file, name).
				WithCure("put {{.company.name}} and {{.company.phone}} into it")
		}
	}
	return nil
}

// say fills one section and puts it on one line.
func (s spoken) say(name string, data map[string]any) (string, error) {
	text, err := execute(s.sections[name], data)
	if err != nil {
		return "", fault.New(fault.Invalid, "spoken text: %w", err).
			WithCure("mend the line that it names; a call sees no amounts and no documents, since nobody knows who answers")
	}
	text = strings.ReplaceAll(strings.Join(strings.Fields(text), " "), "..", ".") // a name such as Harbour, Inc. ends a sentence
	if text == "" && !slices.Contains(maySayNothing, name) {
		return "", fault.New(fault.Invalid, "spoken text %s: [[%s]] says nothing", s.file, name).WithCure("write what is to be said")
	}
	return text, nil
}
