// Package phone writes telephone numbers in one form, E.164, so that what an
// ERP, a person and a provider call the same telephone is compared as such.
package phone

import (
	"strings"
	"unicode"

	"github.com/nyaruka/phonenumbers"
)

// most is how many digits a number has at most, by E.164; least is fewer than
// any country's.
const (
	most  = 15
	least = 7
)

// E164 writes a number as + and digits. country, ISO 3166 alpha-2, is whose
// number it is where it does not begin with its international prefix; empty:
// then it must begin with +. An extension is left out. It reports false for what
// cannot be a number: nothing is guessed.
func E164(text, country string) (string, bool) {
	if number := compact(text); written(number) {
		return number, true
	}
	text = strings.TrimSpace(strings.Map(visible, text))
	if text == "" || country == "" && !strings.HasPrefix(text, "+") && !strings.HasPrefix(text, "＋") {
		return "", false
	}
	n, err := phonenumbers.Parse(text, strings.ToUpper(country))
	if err != nil || !phonenumbers.IsPossibleNumber(n) {
		return "", false
	}
	number := phonenumbers.Format(n, phonenumbers.E164)
	if len(number) <= least {
		return "", false
	}
	return number, true
}

// visible drops the marks of direction that come along when a number is copied.
func visible(r rune) rune {
	if unicode.Is(unicode.Cf, r) {
		return -1
	}
	return r
}

// compact is a text without the blanks and marks that people group digits by.
func compact(text string) string {
	if !strings.ContainsAny(text, " -./") {
		return text
	}
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" -./", r) {
			return -1
		}
		return r
	}, text)
}

// twoDigits are the country codes of two digits; 1 and 7 have one, all others
// three.
const twoDigits = " 20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98 "

// written reports whether a text is E.164 as it stands, by its look alone: most
// are, and parsing costs a hundred times as much. What begins with a zero behind
// the country code is parsed: some countries keep it and most do not. So are the
// numbers of Mexico, Argentina and Brazil, which are written in several ways.
func written(text string) bool {
	if len(text) <= least || len(text) > most+1 || text[0] != '+' || text[1] == '0' {
		return false
	}
	for i := 1; i < len(text); i++ {
		if text[i] < '0' || text[i] > '9' {
			return false
		}
	}
	code := 3
	switch {
	case text[1] == '1' || text[1] == '7':
		code = 1
	case strings.Contains(twoDigits, " "+text[1:3]+" "):
		code = 2
	}
	return text[code+1] != '0' && text[1:3] != "52" && text[1:3] != "54" && text[1:3] != "55"
}
