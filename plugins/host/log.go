package host

import (
	"bytes"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"
)

// Bounds on what a channel may say: bytes in a line, lines in a row, and lines
// a second after that.
const (
	maxLine   = 4096
	lineBurst = 100
	lineRate  = 20
	maxDetail = 1000
)

// lineLog passes the lines that a channel writes to a logger: cut, without
// secrets, and not faster than the bounds allow, which hold for all its streams
// together. Safe for concurrent use.
type lineLog struct {
	logger  *slog.Logger
	secrets []string
	now     func() time.Time

	mu      sync.Mutex
	tokens  float64
	last    time.Time
	dropped int
}

// stream is one stream of lines: what comes by another does not tear them apart.
type stream struct {
	*lineLog
	line bytes.Buffer
}

// stream returns a writer of its own.
func (l *lineLog) stream() *stream { return &stream{lineLog: l} }

func newLineLog(logger *slog.Logger, secrets []string) *lineLog {
	return &lineLog{logger: logger, secrets: secrets, now: time.Now, tokens: lineBurst}
}

// hide replaces the values that are taken out of lines.
func (l *lineLog) hide(secrets []string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.secrets = secrets
}

// Write takes any piece of text; a line is logged when its end has come. It
// never fails.
func (s *stream) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for rest := b; len(rest) > 0; {
		piece, after, whole := bytes.Cut(rest, []byte{'\n'})
		if room := s.room() - s.line.Len(); room > 0 {
			s.line.Write(piece[:min(room, len(piece))])
		}
		if whole {
			s.flush()
		}
		rest = after
	}
	return len(b), nil
}

// room leaves space behind the bound, so that a secret cut by it is still seen.
func (l *lineLog) room() int {
	longest := 0
	for _, s := range l.secrets {
		longest = max(longest, len(s))
	}
	return maxLine + longest
}

func (s *stream) flush() {
	text := s.line.String()
	s.line.Reset()
	if strings.TrimSpace(text) != "" {
		s.pass(text)
	}
}

// pass logs a line unless there were too many. The caller holds mu.
func (l *lineLog) pass(text string) {
	now := l.now()
	l.tokens = min(lineBurst, l.tokens+now.Sub(l.last).Seconds()*lineRate)
	l.last = now
	if l.tokens < 1 {
		l.dropped++
		return
	}
	l.tokens--
	attrs := []any{}
	if l.dropped > 0 {
		attrs = append(attrs, "lines_dropped", l.dropped)
		l.dropped = 0
	}
	l.logger.Info(clean(text, l.secrets, maxLine), attrs...)
}

// tidy makes a channel's words fit to be kept: one line, bounded, no secrets.
func tidy(text string, secrets []string) string { return clean(text, secrets, maxDetail) }

func clean(text string, secrets []string, limit int) string {
	text = cut(without(text, secrets), limit)
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, text))
}

// longestFirst orders secrets so that one which begins with another is taken out
// whole.
func longestFirst(secrets []string) []string {
	return slices.SortedStableFunc(slices.Values(secrets), func(a, b string) int { return len(b) - len(a) })
}

// without takes secrets, the longest first, out of a text.
func without(text string, secrets []string) string {
	for _, s := range secrets {
		if s != "" {
			text = strings.ReplaceAll(text, s, "[secret]")
		}
	}
	return text
}

// cut bounds a text to so many bytes and makes it valid UTF-8.
func cut(text string, limit int) string {
	if len(text) <= limit {
		return strings.ToValidUTF8(text, "?")
	}
	for limit > 0 && !utf8.RuneStart(text[limit]) {
		limit--
	}
	return strings.ToValidUTF8(text[:limit], "?") + "…"
}
