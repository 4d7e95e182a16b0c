package message

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"slices"
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
			if _, ok := english[k]; !ok && !siteWord(k) {
				return fault.New(fault.Invalid, "%s: there is no word %q", file, k).WithCure("take the keys of words.en.json")
			}
		}
	}
	for k, word := range read {
		if blanks := strings.Count(word, "%s"); blanks > 1 || blanks == 1 && strings.Count(word, "%") > 1 {
			return fault.New(fault.Invalid, "%s: the word %q has more than the one blank %%s: %q", file, k, word).WithCure("keep one %%s and no other percent sign")
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

// siteWord reports whether a word is for something that the site may name: a
// label of a step, a code.
func siteWord(k string) bool {
	kind, _, ok := strings.Cut(k, ":")
	return ok && slices.Contains([]string{"dispute", "label", "language", "stops", "terms"}, kind)
}

// named words a label or a code of the site, which stays as it is where the
// language has no word for it.
func (w Words) named(kind, text string) string {
	if word := w[kind+":"+text]; word != "" {
		return word
	}
	return oneLine(text)
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

// above writes an amount above zero, nothing for any other.
func (w Words) above(minor int64, cur ar.Currency) string {
	if minor <= 0 {
		return ""
	}
	return w.amount(minor, cur)
}

// moneys writes amounts in running text: 880.00 EUR and 14,294.50 USD.
func (w Words) moneys(b ar.Balance) string {
	var texts []string
	for _, m := range b {
		texts = append(texts, w.money(m.Minor, m.Currency))
	}
	return w.and(texts)
}

// day writes a day in running text.
func (w Words) day(d ar.Day) string {
	if d == 0 {
		return ""
	}
	return w.format(d, w["day_layout"])
}

// month writes a month such as 2026-10 in running text.
func (w Words) month(text string) string {
	first, err := ar.ParseDay(text + "-01")
	if err != nil {
		return ""
	}
	return w.format(first, w["month_layout"])
}

// format writes a day as a layout of package time says, with the language's own
// name of the month and of the first day.
func (w Words) format(d ar.Day, layout string) string {
	const name, first = "\x01", "\x02"
	layout = strings.ReplaceAll(layout, "January", name)
	_, month, day := d.Date()
	if day == 1 && w["day_first"] != "" {
		layout = strings.Replace(layout, "2 ", first, 1)
	}
	text := strings.ReplaceAll(d.Time(time.UTC).Format(layout), first, w["day_first"])
	months := strings.Split(w["months"], ",")
	if len(months) != 12 {
		return strings.ReplaceAll(text, name, month.String())
	}
	return strings.ReplaceAll(text, name, months[month-1])
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
