package sequence

import (
	"bytes"
	"fmt"
	"unicode/utf8"

	"holdfast/engine/tomlfile"
)

const (
	maxFile   = 1 << 20 // bytes of a sequence file
	maxSteps  = 200
	maxRepeat = 100            // times of a cadence
	utf8Mark  = "\xef\xbb\xbf" // what some editors on Windows begin a file with
)

// unreadable says why the bytes of a file are not looked at any further, nil
// where they are.
func unreadable(name string, data []byte) *tomlfile.Problem {
	at := func(line int, what, cure string) *tomlfile.Problem {
		return &tomlfile.Problem{File: name, Line: line, What: what, Cure: cure}
	}
	if len(data) > maxFile {
		return at(1, fmt.Sprintf("the file has %d bytes; a sequence has at most %d", len(data), maxFile), "put a sequence file there, and split what is larger")
	}
	if bytes.HasPrefix(data, []byte("\xff\xfe")) || bytes.HasPrefix(data, []byte("\xfe\xff")) {
		return at(1, "the file is UTF-16", "save it as UTF-8")
	}
	line := 1
	for rest := data; len(rest) > 0; {
		r, size := utf8.DecodeRune(rest)
		switch {
		case r == utf8.RuneError && size <= 1:
			return at(line, fmt.Sprintf("byte %#02x is no UTF-8", rest[0]), "save the file as UTF-8")
		case r == 0:
			return at(line, "the file holds a NUL byte", "remove it; the file may be damaged or no text")
		case r == '\n':
			line++
		}
		rest = rest[size:]
	}
	return nil
}

// onSomeLine puts what is missing from the whole file on its first line.
func onSomeLine(problems tomlfile.Problems) tomlfile.Problems {
	for i := range problems {
		problems[i].Line = max(problems[i].Line, 1)
	}
	return problems
}
