package sms

import (
	"strings"
	"unicode"
)

// word is what an answer asks for by a single word, as carriers understand it.
type word int

const (
	ordinary word = iota
	stop
	help
)

// keywords are the carriers' and the provider's words for a whole message. What
// people write in their own words is read by whoever takes the reply.
var keywords = map[string]word{
	"stop": stop, "stopall": stop, "unsubscribe": stop, "cancel": stop, "end": stop, "quit": stop,
	"revoke": stop, "optout": stop, "opt out": stop, "arret": stop, "arrêt": stop,
	"help": help, "info": help,
}

// wordOf reads an answer: whatever its case, blanks and punctuation. told is the
// provider's own reading, STOP, HELP or START, and counts before ours; empty
// where it has none.
func wordOf(text, told string) word {
	switch strings.ToUpper(told) {
	case "STOP":
		return stop
	case "HELP":
		return help
	case "START":
		return ordinary
	}
	letters := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
			return unicode.ToLower(r)
		}
		return ' '
	}, text)
	return keywords[strings.Join(strings.Fields(letters), " ")]
}
