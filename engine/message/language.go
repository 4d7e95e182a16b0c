package message

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"holdfast/engine/fault"
)

// fallback is the language that every template has.
const fallback = "en"

// shippedLanguages are those of the shipped templates.
var shippedLanguages = []string{"de", fallback, "es", "fr"}

// wanted lists the languages to try, best first: what the customer has asked
// for, the contact's, the customer's, the company's, English.
func (in Input) wanted() []string {
	contact := ""
	if len(in.Intent.To) > 0 {
		contact = in.Intent.To[0].Language
	}
	var out []string
	for _, language := range []string{in.Stated, contact, in.customer().Language, in.Language, fallback} {
		if language = languageOf(language); language != "" {
			out = append(out, language)
		}
	}
	return out
}

// choose finds the template in the first language that has it. A note says that
// it is not the one that was wanted.
func (t *Templates) choose(in Input) (string, *source, []string, error) {
	name, wanted := in.Intent.Template, in.wanted()
	for _, language := range wanted {
		s := t.sources[key{name, language}]
		if s == nil {
			continue
		}
		if language == wanted[0] {
			return language, s, nil, nil
		}
		return language, s, []string{fmt.Sprintf("customer %s wants %s, template %s is not there in it: used %s",
			in.customer().Number, wanted[0], name, language)}, nil
	}
	return "", nil, nil, fault.New(fault.NotFound, "there is no template %q, not even in English", name).
		WithCure("add %s.%s.txt to the templates folder", name, fallback)
}

// Gap is a template that is not there in a language.
type Gap struct{ Name, Language string }

// Missing lists what falls back to another language: each template, for every
// language that is shipped or that the site has a template or words in. Sorted
// by name and language.
func (t *Templates) Missing() []Gap {
	languages := slices.Clone(shippedLanguages)
	for k := range t.sources {
		languages = append(languages, k.language)
	}
	for language := range t.words {
		languages = append(languages, language)
	}
	slices.Sort(languages)
	languages = slices.Compact(languages)
	var gaps []Gap
	for _, name := range t.Names() {
		for _, language := range languages {
			if !t.Has(name, language) {
				gaps = append(gaps, Gap{name, language})
			}
		}
	}
	slices.SortFunc(gaps, func(a, b Gap) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Language, b.Language))
	})
	return gaps
}

// languageOf reduces "de_DE", "de-AT" and "DE" to "de".
func languageOf(text string) string {
	text = strings.ToLower(strings.TrimSpace(text))
	if i := strings.IndexAny(text, "_-."); i >= 0 {
		text = text[:i]
	}
	return text
}
