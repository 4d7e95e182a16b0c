package tsql

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

type kind int

// The kinds of token.
const (
	end      kind = iota
	word          // a bare name or keyword
	quoted        // [a name] or "a name"
	text          // 'a text' or N'a text'
	number        // 1, 1.5, 1e5
	binary        // 0x1F
	variable      // @p1, @@VERSION
	sign          // anything else
)

// token is one word of T-SQL: text is its content without quotes and brackets,
// from and to are its place in the batch.
type token struct {
	kind     kind
	text     string
	line     int
	from, to int
}

func (t token) upper() string { return strings.ToUpper(t.text) }

// scanner cuts a batch into tokens.
type scanner struct {
	src  string
	at   int
	line int
}

// scan returns the tokens of src, with one of kind end after the last.
func scan(src string) ([]token, error) {
	s := &scanner{src: src, line: 1}
	var tokens []token
	for {
		if err := s.skip(); err != nil {
			return nil, err
		}
		t, err := s.next()
		if err != nil {
			return nil, err
		}
		tokens = append(tokens, t)
		if t.kind == end {
			return tokens, nil
		}
	}
}

// skip passes blanks and comments; block comments nest.
func (s *scanner) skip() error {
	for s.at < len(s.src) {
		rest := s.src[s.at:]
		switch {
		case strings.HasPrefix(rest, "--"):
			to := strings.IndexByte(rest, '\n')
			if to < 0 {
				to = len(rest)
			}
			s.pass(to)
		case strings.HasPrefix(rest, "/*"):
			n, err := s.comment()
			if err != nil {
				return err
			}
			s.pass(n)
		default:
			r, size := utf8.DecodeRuneInString(rest)
			if !unicode.IsSpace(r) && r != '\ufeff' {
				return nil
			}
			s.pass(size)
		}
	}
	return nil
}

// comment returns the length of the block comment that begins here.
func (s *scanner) comment() (int, error) {
	rest, depth := s.src[s.at:], 0
	for i := 0; i+1 < len(rest); i++ {
		switch rest[i : i+2] {
		case "/*":
			depth++
			i++
		case "*/":
			depth--
			i++
		}
		if depth == 0 {
			return i + 1, nil
		}
	}
	return 0, &Error{113, s.line, "Missing end comment mark '*/'."}
}

func (s *scanner) pass(n int) {
	s.line += strings.Count(s.src[s.at:s.at+n], "\n")
	s.at += n
}

// next reads the token that begins here.
func (s *scanner) next() (token, error) {
	t := token{line: s.line, from: s.at}
	var err error
	rest := s.src[s.at:]
	r, size := utf8.DecodeRuneInString(rest)
	n := size
	switch {
	case rest == "":
		t.kind, t.text = end, ""
		n = 0
	case r == '\'':
		t.kind = text
		t.text, n, err = s.enclosed(0, '\'')
	case (r == 'N' || r == 'n') && strings.HasPrefix(rest[1:], "'"):
		t.kind = text
		t.text, n, err = s.enclosed(1, '\'')
	case r == '[':
		t.kind = quoted
		t.text, n, err = s.enclosed(0, ']')
	case r == '"':
		t.kind = quoted
		t.text, n, err = s.enclosed(0, '"')
	case strings.HasPrefix(strings.ToLower(rest), "0x"):
		t.kind, n = binary, 2+span(rest[2:], hexDigit)
		t.text = rest[:n]
	case digit(r) || r == '.' && len(rest) > 1 && digit(rune(rest[1])):
		t.kind, n = number, numeral(rest)
		t.text = rest[:n]
	case r == '@':
		t.kind, n = variable, 1+span(rest[1:], func(r rune) bool { return r == '@' || nameRune(r) })
		t.text = rest[:n]
	case unicode.IsLetter(r) || r == '_' || r == '#':
		t.kind, n = word, span(rest, nameRune)
		t.text = rest[:n]
	default:
		t.kind, t.text = sign, rest[:size]
		for _, two := range []string{"<=", ">=", "<>", "!=", "!<", "!>", "+=", "-=", "*=", "/="} {
			if strings.HasPrefix(rest, two) {
				t.text, n = two, 2
			}
		}
	}
	s.pass(n)
	t.to = s.at
	return t, err
}

// enclosed reads a text or name that begins at an offset from here and ends at
// close, where a doubled close stands for one. It returns the length passed.
func (s *scanner) enclosed(offset int, close byte) (string, int, error) {
	rest := s.src[s.at+offset:]
	var b strings.Builder
	for i := 1; i < len(rest); i++ {
		if rest[i] != close {
			b.WriteByte(rest[i])
			continue
		}
		if i+1 < len(rest) && rest[i+1] == close {
			b.WriteByte(close)
			i++
			continue
		}
		return b.String(), offset + i + 1, nil
	}
	return "", 0, &Error{105, s.line, "Unclosed quotation mark."}
}

func span(s string, in func(rune) bool) int {
	for i, r := range s {
		if !in(r) {
			return i
		}
	}
	return len(s)
}

// numeral returns the length of the number that s begins with.
func numeral(s string) int {
	n := span(s, digit)
	if n < len(s) && s[n] == '.' {
		n += 1 + span(s[n+1:], digit)
	}
	if n < len(s) && (s[n] == 'e' || s[n] == 'E') {
		m := n + 1
		if m < len(s) && (s[m] == '+' || s[m] == '-') {
			m++
		}
		if d := span(s[m:], digit); d > 0 {
			return m + d
		}
	}
	return n
}

func digit(r rune) bool    { return r >= '0' && r <= '9' }
func hexDigit(r rune) bool { return digit(r) || r >= 'a' && r <= 'f' || r >= 'A' && r <= 'F' }
func nameRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || strings.ContainsRune("_#$@", r)
}
