package policy

import (
	"strings"
	"sync"
	"unicode"

	"holdfast/engine/tomlfile"
)

// Word is what a reply by text asks of us.
type Word string

// What a reply may ask. An opt-out takes effect at once; what a person must read
// pauses the channel until then.
const (
	None  Word = ""      // an ordinary reply
	Stop  Word = "stop"  // no more by this channel
	Start Word = "start" // again, please
	Help  Word = "help"  // who is this, and how do I stop it
	Ask   Word = "ask"   // it may be a refusal: a person decides
)

// shortReply is the most words in which a stop word stands for itself.
const shortReply = 5

// keywords is words/keywords.toml.
type keywords struct {
	Stop       []string `toml:"stop"`
	Alone      []string `toml:"alone"`
	Start      []string `toml:"start"`
	Help       []string `toml:"help"`
	Filler     []string `toml:"filler"`
	Refusal    []string `toml:"refusal"`
	Sources    []string `toml:"sources"`
	ReviewedOn string   `toml:"reviewed_on"`
}

// shippedKeywords reads the file once; it does not change.
var shippedKeywords = sync.OnceValue(func() *keywords {
	var k keywords
	mustRead("words/keywords.toml", &k)
	return &k
})

// mustRead reads an embedded file, whose form a test has seen.
func mustRead(name string, v any) {
	data, err := words.ReadFile(name)
	if err != nil {
		panic(err) // the file is embedded: cannot happen
	}
	if err := tomlfile.Read(name, data, v).Problems.Err(); err != nil {
		panic(err)
	}
}

// Keyword reads what a reply asks. Carriers stop at single words only; people
// write "please stop". In a message of at most five words a stop word stops; in a
// longer one it, or whatever looks like a refusal, is for a person. Start and
// help must stand alone.
func Keyword(text string) Word {
	k := shippedKeywords()
	said := fold(text)
	count := len(strings.Fields(said))
	rest := without(said, k.Filler)
	switch {
	case count == 0:
		return None
	case count <= shortReply && (has(said, k.Stop) || has(said, k.Alone) && without(rest, k.Alone) == ""):
		return Stop
	case has(said, k.Stop) || has(said, k.Alone) || has(said, k.Refusal):
		return Ask
	case rest != "" && without(rest, k.Start) == "":
		return Start
	case rest != "" && without(rest, k.Help) == "":
		return Help
	}
	return None
}

// fold writes a text in small letters, words apart by one blank, without
// punctuation; "opt-out" is two words and "don't" is one.
func fold(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
			return unicode.ToLower(r)
		case r == '\'' || r == '’':
			return -1
		}
		return ' '
	}, text)
	return strings.Join(strings.Fields(text), " ")
}

// has reports whether one of some phrases stands in a folded text as words.
func has(said string, phrases []string) bool {
	for _, p := range phrases {
		if strings.Contains(" "+said+" ", " "+fold(p)+" ") {
			return true
		}
	}
	return false
}

// without returns a folded text without some words.
func without(said string, words []string) string {
	var left []string
	for w := range strings.FieldsSeq(said) {
		if !has(w, words) {
			left = append(left, w)
		}
	}
	return strings.Join(left, " ")
}
