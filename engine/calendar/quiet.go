package calendar

import (
	"fmt"
	"strings"
	"time"

	"holdfast/engine/ar"
)

// Quiet is hours in which nothing may happen, written "21:00-08:00". They may
// run over midnight, and belong to the evening they start. Hours are local.
type Quiet struct {
	start, end time.Duration // since midnight of the day it starts; the end may lie past 24 hours
}

// ParseQuiet reads "21:00-08:00"; where the end is not after the start it is
// the next morning's.
func ParseQuiet(text string) (Quiet, error) {
	from, to, ok := strings.Cut(strings.TrimSpace(text), "-")
	start, err1 := parseHour(from)
	end, err2 := parseHour(to)
	if !ok || err1 != nil || err2 != nil || start == end || start == 24*time.Hour {
		return Quiet{}, fmt.Errorf("%q are no quiet hours; write them as 21:00-08:00", text)
	}
	if end < start {
		end += 24 * time.Hour
	}
	return Quiet{start: start, end: end}, nil
}

// IsZero reports whether q was never set.
func (q Quiet) IsZero() bool { return q.end == 0 }

// On returns the instants at which the quiet hours of day's evening begin and
// end in zone.
func (q Quiet) On(day ar.Day, zone *time.Location) (from, to time.Time) {
	from = Instant(day, q.start, zone)
	if q.end > 24*time.Hour {
		return from, Instant(day+1, q.end-24*time.Hour, zone)
	}
	return from, Instant(day, q.end, zone)
}

// Evening returns the day to whose quiet hours t belongs, and false where t is
// not in quiet hours. Their first and their last instant are not quiet.
func (q Quiet) Evening(t time.Time, zone *time.Location) (ar.Day, bool) {
	today := ar.DayOf(t.In(zone))
	for _, day := range [2]ar.Day{today, today - 1} {
		if from, to := q.On(day, zone); t.After(from) && t.Before(to) {
			return day, true
		}
	}
	return 0, false
}

// Waking returns the hours of a day that q leaves free, since midnight, and
// false where it leaves none or splits the day: "12:00-13:00" does.
func (q Quiet) Waking() (from, to time.Duration, ok bool) {
	switch {
	case q.end > 24*time.Hour:
		return q.end - 24*time.Hour, q.start, true
	case q.end == 24*time.Hour:
		return 0, q.start, q.start > 0
	case q.start == 0:
		return q.end, 24 * time.Hour, true
	}
	return 0, 0, false
}

// String writes the quiet hours as they are read.
func (q Quiet) String() string {
	end := q.end
	if end > 24*time.Hour {
		end -= 24 * time.Hour
	}
	return hourText(q.start) + "-" + hourText(end)
}

// MarshalText writes the quiet hours as they are read.
func (q Quiet) MarshalText() ([]byte, error) { return []byte(q.String()), nil }

// UnmarshalText reads "21:00-08:00".
func (q *Quiet) UnmarshalText(text []byte) error {
	v, err := ParseQuiet(string(text))
	*q = v
	return err
}
