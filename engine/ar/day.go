package ar

import (
	"fmt"
	"time"
)

// Day is a calendar day without a zone. The zero Day means "no day": an
// undated document, an open document's closing day. Days compare with < and >.
type Day int32

// dayEpoch is the day before Day 1, so that the zero Day stays free.
var dayEpoch = time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, -1)

// epochUnixDays is the number of days from dayEpoch to 1970-01-01.
const epochUnixDays = 719163

// NewDay returns the day of a year, month and day of the month. Values outside
// their range are normalised as time.Date does.
func NewDay(year int, month time.Month, day int) Day {
	return Day(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix()/86400 + epochUnixDays)
}

// DayOf returns the calendar day that t shows in its own location.
func DayOf(t time.Time) Day {
	if t.IsZero() {
		return 0
	}
	y, m, d := t.Date()
	return NewDay(y, m, d)
}

// ParseDay reads an ISO day, "2026-11-21". The empty string is the zero Day.
func ParseDay(s string) (Day, error) {
	if s == "" {
		return 0, nil
	}
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return 0, fmt.Errorf("%q is not a day; write it as 2026-11-21", s)
	}
	y, m, d := t.Date()
	return NewDay(y, m, d), nil
}

// MustDay is ParseDay for texts known to be right, such as those in tests.
func MustDay(s string) Day {
	d, err := ParseDay(s)
	if err != nil {
		panic(err)
	}
	return d
}

// IsZero reports whether d is no day at all.
func (d Day) IsZero() bool { return d == 0 }

// Time returns midnight of d in loc; the zero Day gives the zero Time.
func (d Day) Time(loc *time.Location) time.Time {
	if d == 0 {
		return time.Time{}
	}
	y, m, day := d.Date()
	return time.Date(y, m, day, 0, 0, 0, 0, loc)
}

// Date returns the year, month and day of the month of d.
func (d Day) Date() (int, time.Month, int) {
	return dayEpoch.AddDate(0, 0, int(d)).Date()
}

// Weekday returns the day of the week of d.
func (d Day) Weekday() time.Weekday { return time.Weekday(d % 7) }

// MonthEnd returns the last day of the month of d.
func (d Day) MonthEnd() Day {
	y, m, _ := d.Date()
	return NewDay(y, m+1, 0)
}

// MonthStart returns the first day of the month of d.
func (d Day) MonthStart() Day {
	y, m, _ := d.Date()
	return NewDay(y, m, 1)
}

// String writes d as an ISO day; the zero Day is the empty string.
func (d Day) String() string {
	if d == 0 {
		return ""
	}
	return d.Time(time.UTC).Format(time.DateOnly)
}

// MarshalText writes d as an ISO day.
func (d Day) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads an ISO day.
func (d *Day) UnmarshalText(text []byte) error {
	v, err := ParseDay(string(text))
	*d = v
	return err
}
