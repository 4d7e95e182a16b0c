package observe

import (
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// Hidden stands where a secret was.
const Hidden = "•••"

// shortest is the length from which a registered value is looked for in texts;
// a shorter one would hit harmless words.
const shortest = 4

// Redactor takes secrets out of texts: values that were registered, whatever
// follows a telling key, and the user part of URLs. Its methods may be called
// at once from several goroutines. The zero Redactor knows no values yet.
type Redactor struct {
	mu       sync.RWMutex
	replacer *strings.Replacer
	values   []string
}

const telling = `password|passwd|pwd|dsn|secret|token|signing[_-]?key|api[_-]?key|private[_-]?key|authorization`

var (
	tellingKey  = regexp.MustCompile(`(?i)(?:` + telling + `)`)
	tellingPair = regexp.MustCompile(`(?i)\b([a-z_-]*(?:` + telling + `)["']?\s*[=:]\s*)((?:basic|bearer)\s+)?("(?:[^"\\]|\\.)*"|'[^']*'|[^\s;&,}\])]+)`)
	userInfo    = regexp.MustCompile("([A-Za-z][A-Za-z0-9+.-]*://)[^\\s\"'`]*@")
)

// Add registers values that must never be shown. They are also known in the
// spelling that JSON and quoted text give them.
func (r *Redactor) Add(values ...string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, v := range values {
		if len(v) < shortest {
			continue
		}
		quoted := strconv.Quote(v)
		js, err := json.Marshal(v)
		if err != nil {
			continue // a string always marshals
		}
		r.values = append(r.values, v, quoted[1:len(quoted)-1], string(js[1:len(js)-1]))
	}
	// the longest first, so that a secret within another leaves no rest of it
	slices.SortFunc(r.values, func(a, b string) int { return len(b) - len(a) })
	r.values = slices.Compact(r.values)
	pairs := make([]string, 0, 2*len(r.values))
	for _, v := range r.values {
		pairs = append(pairs, v, Hidden)
	}
	r.replacer = strings.NewReplacer(pairs...)
}

// Known takes registered values out of s.
func (r *Redactor) Known(s string) string {
	r.mu.RLock()
	defer r.mu.RUnlock()
	if r.replacer == nil {
		return s
	}
	return r.replacer.Replace(s)
}

// Text takes every secret out of s: registered values, what follows a telling
// key, and the user part of URLs.
func (r *Redactor) Text(s string) string {
	s = r.Known(s)
	s = userInfo.ReplaceAllString(s, "${1}"+Hidden+"@")
	return tellingPair.ReplaceAllString(s, "${1}"+Hidden)
}

// isTelling reports whether a key's value must be hidden whatever it is.
func isTelling(key string) bool { return tellingKey.MatchString(key) }
