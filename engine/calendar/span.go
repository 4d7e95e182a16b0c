package calendar

import (
	"fmt"
	"strconv"
	"strings"

	"holdfast/engine/ar"
)

// Span is a number of calendar days or of business days, written "3d", "-2d"
// or "5bd".
type Span struct {
	N        int
	Business bool
}

// ParseSpan reads "3d" or "5bd".
func ParseSpan(text string) (Span, error) {
	s := strings.ReplaceAll(strings.TrimSpace(text), " ", "")
	number, business := strings.CutSuffix(s, "bd")
	if !business {
		var ok bool
		if number, ok = strings.CutSuffix(s, "d"); !ok {
			return Span{}, fmt.Errorf("%q is not a span of days; write 3d for days or 3bd for business days", text)
		}
	}
	n, err := strconv.Atoi(number)
	if err != nil || n > 3660 || n < -3660 {
		return Span{}, fmt.Errorf("%q is not a span of days; write 3d for days or 3bd for business days", text)
	}
	return Span{N: n, Business: business}, nil
}

// From returns the day that lies s after day, business days counted by c.
func (s Span) From(day ar.Day, c *Country) ar.Day {
	if s.Business {
		return c.AddBusinessDays(day, s.N)
	}
	return day + ar.Day(s.N)
}

// Passed reports whether s has gone by from a day to another.
func (s Span) Passed(from, to ar.Day, c *Country) bool { return s.From(from, c) <= to }

// String writes the span as it is read.
func (s Span) String() string {
	if s.Business {
		return fmt.Sprintf("%dbd", s.N)
	}
	return fmt.Sprintf("%dd", s.N)
}

// UnmarshalText reads "3d" or "5bd".
func (s *Span) UnmarshalText(text []byte) error {
	v, err := ParseSpan(string(text))
	*s = v
	return err
}

// MarshalText writes the span as it is read.
func (s Span) MarshalText() ([]byte, error) { return []byte(s.String()), nil }
