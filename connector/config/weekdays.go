package config

import (
	"fmt"
	"strings"
	"time"
)

// Weekdays is a set of days of the week, written as "Mon-Fri" or "Mon, Wed,
// Fri". The index is a time.Weekday.
type Weekdays [7]bool

var weekdayNames = [7]string{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"}

// UnmarshalText reads a set of days of the week.
func (w *Weekdays) UnmarshalText(text []byte) error {
	var set Weekdays
	for part := range strings.SplitSeq(string(text), ",") {
		first, last, isRange := strings.Cut(strings.TrimSpace(part), "-")
		if !isRange {
			last = first
		}
		from, to := weekday(first), weekday(last)
		if from < 0 || to < 0 {
			return fmt.Errorf("%q is not a set of weekdays; write it as Mon-Fri or Mon, Wed, Fri", text)
		}
		for day := from; ; day = (day + 1) % 7 {
			set[day] = true
			if day == to {
				break
			}
		}
	}
	*w = set
	return nil
}

// weekday returns the number of a day's English short name, -1 where there is
// no such day.
func weekday(name string) int {
	for i, n := range weekdayNames {
		if strings.EqualFold(strings.TrimSpace(name), n) {
			return i
		}
	}
	return -1
}

// Has reports whether day is one of them.
func (w Weekdays) Has(day time.Weekday) bool { return w[day] }

// MarshalText writes the set as UnmarshalText reads it.
func (w Weekdays) MarshalText() ([]byte, error) { return []byte(w.String()), nil }

// String writes the set from Monday on, runs of three and more as a range.
func (w Weekdays) String() string {
	var parts []string
	for i := 0; i < 7; {
		if !w[(i+1)%7] {
			i++
			continue
		}
		end := i
		for end < 6 && w[(end+2)%7] {
			end++
		}
		first, last := weekdayNames[(i+1)%7], weekdayNames[(end+1)%7]
		switch end - i {
		case 0:
			parts = append(parts, first)
		case 1:
			parts = append(parts, first, last)
		default:
			parts = append(parts, first+"-"+last)
		}
		i = end + 1
	}
	return strings.Join(parts, ", ")
}
