package conform

import (
	"bytes"
	"strings"
	"sync"
	"time"
	"unicode"
)

// kept bounds how much of what a channel says is remembered, in bytes.
const kept = 1 << 20

// output is what a channel writes to one of its streams. Safe for concurrent
// use; its zero value is empty.
type output struct {
	mu      sync.Mutex
	text    bytes.Buffer
	size    int
	lines   int
	current int
	longest int       // bytes of a line
	began   time.Time // of the first byte
	last    time.Time
}

// Write remembers, and never fails.
func (o *output) Write(b []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.last = time.Now()
	if o.size == 0 {
		o.began = o.last
	}
	o.size += len(b)
	if room := kept - o.text.Len(); room > 0 {
		o.text.Write(b[:min(room, len(b))])
	}
	for i, line := range bytes.Split(b, []byte{'\n'}) {
		if i > 0 {
			o.lines++
			o.current = 0
		}
		o.current += len(line)
		o.longest = max(o.longest, o.current)
	}
	return len(b), nil
}

// String returns what is remembered.
func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.String()
}

// firstLine returns the first line without its end, and whether it has one.
func (o *output) firstLine() (line string, whole bool) {
	line, _, whole = strings.Cut(o.String(), "\n")
	return line, whole
}

// afterFirst returns what came after the first line.
func (o *output) afterFirst() string {
	_, rest, _ := strings.Cut(o.String(), "\n")
	return rest
}

// figures returns the number of lines, the bytes of the longest, and how long
// it took to write them.
func (o *output) figures() (lines, longest int, span time.Duration) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.lines, o.longest, o.last.Sub(o.began)
}

// oneLine makes a channel's words fit to be shown: one line, bounded.
func oneLine(text string) string {
	const most = 300
	text = strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(text, "?"))), " ")
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return text
}
