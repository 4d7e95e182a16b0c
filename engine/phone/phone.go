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
	if written(text) {
		return text, true
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

// written reports whether a text is E.164 as it stands, by its look alone: most
// are, and parsing costs a thousand times as much. A zero near the front may be
// the one that people write in brackets, so such a number is parsed.
func written(text string) bool {
	if len(text) <= least || len(text) > most+1 || text[0] != '+' || text[1] == '0' {
		return false
	}
	for i := 1; i < len(text); i++ {
		if text[i] < '0' || text[i] > '9' || text[i] == '0' && i <= 4 {
			return false
		}
	}
	return true
}
