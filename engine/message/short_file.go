package message

import (
	"io/fs"
	"maps"
	"path"
	"strings"

	"holdfast/engine/fault"
)

// shortFolder is the folder of what text messages say within a templates folder.
const shortFolder = "short"

// optOutWord is what whoever wants no more texts answers; carriers know it in
// every language.
const optOutWord = "STOP"

// loadShort reads the short texts of a templates folder; it may have none.
func (t *Templates) loadShort(dir fs.FS) error {
	files, err := fs.Glob(dir, shortFolder+"/*.txt")
	if err != nil {
		return fault.New(fault.Invalid, "%s folder: %w", shortFolder, err)
	}
	loaded := map[key]*source{}
	for _, file := range files {
		base := strings.TrimSuffix(path.Base(file), ".txt")
		i := strings.LastIndexByte(base, '.')
		if i <= 0 {
			return fault.New(fault.Invalid, "short text %s: the name has no language", file).WithCure("name it like reminder.en.txt")
		}
		content, err := fs.ReadFile(dir, file)
		if err != nil {
			return fault.New(fault.Invalid, "short text %s: %w", file, err)
		}
		k := key{base[:i], languageOf(base[i+1:])}
		if loaded[k], err = parseShort(file, plainContent(string(content))); err != nil {
			return err
		}
		if err := loaded[k].tryShort(t.wordsOf(k.language)); err != nil {
			return err
		}
	}
	maps.Copy(t.short, loaded)
	return nil
}

// parseShort compiles a short text: fields only, no markers and no subject.
func parseShort(file, content string) (*source, error) {
	if strings.Contains(content, "[[") || strings.HasPrefix(content, "Subject: ") {
		return nil, fault.New(fault.Invalid, "short text %s: it has a subject or a marker", file).
			WithCure("write one or two sentences, with fields such as {{.asked_text}} and {{.pay_link}}")
	}
	s := &source{file: file, asks: strings.Contains(content, ".asked")}
	var err error
	s.body, err = compile(file, content)
	return s, err
}

// tryShort fills a short text with each of the trials, as for a firm and as for a
// natural person. It must say who writes and how to end the texts.
func (s *source) tryShort(w Words) error {
	for _, in := range trials() {
		for _, kind := range []string{"company", "consumer"} {
			for i := range in.Accounts {
				in.Accounts[i].Customer.DebtorKind = kind
			}
			in.Intent.Purpose = ""
			p, err := in.parts(w, s)
			if err != nil {
				return err
			}
			data, err := in.shortData(w, p)
			if err != nil {
				return err
			}
			_, body, err := s.fill(data)
			if err != nil {
				return err
			}
			if !strings.Contains(body, in.Company.Name) || !strings.Contains(body, optOutWord) {
				return fault.New(fault.Invalid, "short text %s: it does not always say who writes and how to end the texts", s.file).
					WithCure("name {{.company.name}}, and write such as: Reply %s to opt out", optOutWord)
			}
		}
	}
	return nil
}
