package message

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"strings"
	"time"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
)

// Words are the fixed words of one language: column heads, the footer's
// sentences, how numbers and days are written.
type Words map[string]string

// loadWords reads a language's words over those that are there already. Keys
// that English does not have are refused.
func (t *Templates) loadWords(dir fs.FS, file, language string) error {
	content, err := fs.ReadFile(dir, file)
	if err != nil {
		return fault.New(fault.Invalid, "%s: %w", file, err)
	}
	var read Words
	if err := json.Unmarshal(content, &read); err != nil {
		return fault.New(fault.Invalid, "%s: %w", file, err).WithCure("it is an object of texts, as words.en.json")
	}
	language = languageOf(language)
	if english := t.words[fallback]; english != nil {
		for k := range read {
			if _, ok := english[k]; !ok {
				return fault.New(fault.Invalid, "%s: there is no word %q", file, k).WithCure("take the keys of words.en.json")
			}
		}
	}
	merged := maps.Clone(t.wordsOf(language))
	if merged == nil {
		merged = Words{}
	}
	maps.Copy(merged, read)
	t.words[language] = merged
	return nil
}

// wordsOf returns a language's words, else the English ones.
func (t *Templates) wordsOf(language string) Words {
	if w := t.words[language]; w != nil {
		return w
	}
	return t.words[fallback]
}

// money writes an amount with its currency: 1,234.50 USD.
func (w Words) money(minor int64, cur ar.Currency) string {
	return w.amount(minor, cur) + " " + string(cur)
}

// amount writes an amount without its currency, with the language's marks.
func (w Words) amount(minor int64, cur ar.Currency) string {
	text, _, _ := strings.Cut(ar.Money{Minor: minor, Currency: cur}.String(), " ")
	return strings.NewReplacer(",", w["group_mark"], ".", w["decimal_mark"]).Replace(text)
}

// day writes a day in running text.
func (w Words) day(d ar.Day) string {
	if d == 0 {
		return ""
	}
	return d.Time(time.UTC).Format(w["day_layout"])
}

// say fills the one blank of a sentence.
func (w Words) say(key, blank string) string {
	if !strings.Contains(w[key], "%s") {
		return w[key]
	}
	return fmt.Sprintf(w[key], blank)
}

// and joins texts: a, b and c.
func (w Words) and(texts []string) string {
	if len(texts) < 2 {
		return strings.Join(texts, "")
	}
	return strings.Join(texts[:len(texts)-1], ", ") + " " + w["and"] + " " + texts[len(texts)-1]
}
