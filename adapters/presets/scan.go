package presets

import "strings"

// scanner splits the lines of a statement into plain text and binds. It
// remembers what is open at the end of a line: a quote or a block comment.
type scanner struct {
	quote   byte // ' or " while inside one
	comment bool // inside /* */
}

func (s *scanner) inside() bool { return s.quote != 0 || s.comment }

// split returns the parts of one line, without its comments. Each quoted text
// is a part of its own that begins with the quote.
func (s *scanner) split(raw string) []part {
	var parts []part
	start, i := 0, 0
	flush := func(end int) {
		if end > start {
			parts = append(parts, part{text: raw[start:end]})
		}
		start = end
	}
	for i < len(raw) {
		switch {
		case s.comment:
			i = s.skipComment(raw, i)
			start = i
		case s.quote != 0:
			i = s.skipQuote(raw, i)
			flush(i)
		case strings.HasPrefix(raw[i:], "--"):
			flush(i)
			return trimEmpty(parts)
		case strings.HasPrefix(raw[i:], "/*"):
			flush(i)
			s.comment, i = true, i+2
			start = i
		case raw[i] == '\'' || raw[i] == '"':
			flush(i)
			s.quote, i = raw[i], i+1
		case strings.HasPrefix(raw[i:], "::"):
			i += 2
		case bindName.MatchString(raw[i:]):
			flush(i)
			name := bindName.FindString(raw[i:])
			parts = append(parts, part{bind: name[1:]})
			i += len(name)
			start = i
		default:
			i++
		}
	}
	flush(len(raw))
	return trimEmpty(parts)
}

func (s *scanner) skipComment(raw string, i int) int {
	end := strings.Index(raw[i:], "*/")
	if end < 0 {
		return len(raw)
	}
	s.comment = false
	return i + end + 2
}

// skipQuote returns the index after the closing quote. A doubled quote closes
// and opens again, which comes to the same.
func (s *scanner) skipQuote(raw string, i int) int {
	end := strings.IndexByte(raw[i:], s.quote)
	if end < 0 {
		return len(raw)
	}
	s.quote = 0
	return i + end + 1
}

// trimEmpty drops a line that has nothing but blanks.
func trimEmpty(parts []part) []part {
	for _, p := range parts {
		if p.bind != "" || strings.TrimSpace(p.text) != "" {
			return parts
		}
	}
	return nil
}
