package policy

import (
	"cmp"
	"embed"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

//go:embed words/*.toml
var words embed.FS

// claimKinds are the kinds of wording that need proof.
var claimKinds = []string{
	"agency", "bailiff", "court", "credit_bureau", "deadline", "fee", "interest", "lawsuit", "lawyer", "official", "police",
}

// Claim is wording that must be true, or must not be there: a court that nobody
// goes to, a deadline on which nothing happens, interest without a basis.
type Claim struct {
	Kind   string // agency, bailiff, court, credit_bureau, deadline, fee, interest, lawsuit, lawyer, official, police
	Text   string // as it stands
	Offset int    // of its first byte
}

// claimFile is words/claims-LANGUAGE.toml: for each kind, regular expressions of
// whole words, case apart. A blank stands for any white space, <n> for a number or
// a template's action.
type claimFile struct {
	Language string      `toml:"language"`
	Claim    []claimRule `toml:"claim"`
}

type claimRule struct {
	Kind   string   `toml:"kind"`
	Words  []string `toml:"words"`
	Except []string `toml:"except"` // wording around a word that makes it harmless
}

// pattern is one kind of claim in one language.
type pattern struct {
	kind          string
	words, except *regexp.Regexp // except may be nil
}

// claimPatterns are the patterns by language; they do not change.
var claimPatterns = sync.OnceValue(func() map[string][]pattern {
	files, err := fs.Glob(words, "words/claims-*.toml")
	if err != nil {
		panic(err) // the pattern is sound
	}
	all := map[string][]pattern{}
	for _, name := range files {
		var f claimFile
		mustRead(name, &f)
		for _, c := range f.Claim {
			all[f.Language] = append(all[f.Language], pattern{c.Kind, alternatives(c.Words), alternatives(c.Except)})
		}
	}
	return all
})

// alternatives joins expressions into one, the longest match counting; nil where
// there is none.
func alternatives(list []string) *regexp.Regexp {
	if len(list) == 0 {
		return nil
	}
	expr := strings.NewReplacer(" ", `\s+`, "<n>", `(?:[0-9]+|\{\{[^}]*\}\})`).Replace(strings.Join(list, "|"))
	re := regexp.MustCompile(`(?i)(?:` + expr + `)`)
	re.Longest()
	return re
}

// Claims finds the wording in a text that needs proof, in order of its place. A
// language that is not known, or empty, is looked at in all that are: "de-AT" is
// "de".
func Claims(text, language string) []Claim {
	all := claimPatterns()
	language, _, _ = strings.Cut(strings.ToLower(language), "-")
	var found []Claim
	for known, patterns := range all {
		if known != language && all[language] != nil {
			continue
		}
		for i := range patterns {
			found = append(found, patterns[i].find(text)...)
		}
	}
	slices.SortFunc(found, func(a, b Claim) int {
		return cmp.Or(a.Offset-b.Offset, strings.Compare(a.Kind, b.Kind), len(b.Text)-len(a.Text))
	})
	return slices.CompactFunc(found, func(a, b Claim) bool { return a.Offset == b.Offset && a.Kind == b.Kind })
}

// find returns the claims of one kind.
func (p *pattern) find(text string) []Claim {
	var harmless [][]int
	if p.except != nil {
		harmless = p.except.FindAllStringIndex(text, -1)
	}
	var found []Claim
	for at := 0; at < len(text); {
		m := p.words.FindStringIndex(text[at:])
		if m == nil {
			break
		}
		from, to := at+m[0], at+m[1]
		at = to
		inside := slices.ContainsFunc(harmless, func(h []int) bool { return h[0] <= from && to <= h[1] })
		if !inside && whole(text, from, to) {
			found = append(found, Claim{Kind: p.kind, Text: text[from:to], Offset: from})
		}
	}
	return found
}

// whole reports whether a stretch of text begins and ends where words do.
func whole(text string, from, to int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:from])
	after, _ := utf8.DecodeRuneInString(text[to:])
	inWord := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	return !inWord(before) && !inWord(after)
}
