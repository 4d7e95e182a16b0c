package calendar

import (
	"fmt"
	"strconv"
	"strings"

	"holdfast/engine/ar"
)

// Span is a number of calendar days, of business days or of working hours,
// written "3d", "-2d", "5bd" or "16bh".
type Span struct {
	N        int
	Business bool
	Hours    bool // N counts working hours
}

// workday is how many working hours count as a business day where only days are
// compared.
const workday = 8

// units are the endings of a span, the longer first.
var units = []struct {
	ending string
	span   Span
}{{"bd", Span{Business: true}}, {"bh", Span{Business: true, Hours: true}}, {"d", Span{}}}

// ParseSpan reads "3d", "5bd" or "16bh".
func ParseSpan(text string) (Span, error) {
	number := strings.ReplaceAll(strings.TrimSpace(text), " ", "")
	for _, unit := range units {
		digits, ok := strings.CutSuffix(number, unit.ending)
		if !ok {
			continue
		}
		n, err := strconv.Atoi(digits)
		if err != nil || n > 3660 || n < -3660 {
			break
		}
		span := unit.span
		span.N = n
		return span, nil
	}
	return Span{}, fmt.Errorf("%q is not a span of days; write 3d for days, 3bd for business days or 8bh for working hours", text)
}

// From returns the day that lies s after day, business days counted by c.
// Working hours count as business days of 8.
func (s Span) From(day ar.Day, c *Country) ar.Day {
	if s.Hours {
		return c.AddBusinessDays(day, (s.N+workday-1)/workday)
	}
	if s.Business {
		return c.AddBusinessDays(day, s.N)
	}
	return day + ar.Day(s.N)
}

// Passed reports whether s has gone by from a day to another.
func (s Span) Passed(from, to ar.Day, c *Country) bool { return s.From(from, c) <= to }

// String writes the span as it is read.
func (s Span) String() string {
	if s.Hours {
		return fmt.Sprintf("%dbh", s.N)
	}
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
