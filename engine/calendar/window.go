package calendar

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"holdfast/engine/ar"
)

// Window is the weekdays and hours in which something may happen, written
// "Mon-Fri 09:00-16:30" or "Mon,Wed,Fri 08:00-12:00". Hours are local.
type Window struct {
	days       [7]bool
	start, end time.Duration // since midnight; start < end
}

var weekdays = []string{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"}

// ParseWindow reads "Mon-Fri 09:00-16:30".
func ParseWindow(text string) (Window, error) {
	var w Window
	days, hours, ok := strings.Cut(strings.TrimSpace(text), " ")
	from, to, okHours := strings.Cut(hours, "-")
	if !ok || !okHours {
		return w, windowError(text)
	}
	if err := w.setDays(days); err != nil {
		return w, windowError(text)
	}
	start, err1 := parseHour(from)
	end, err2 := parseHour(to)
	if err1 != nil || err2 != nil || start >= end {
		return w, windowError(text)
	}
	w.start, w.end = start, end
	return w, nil
}

func windowError(text string) error {
	return fmt.Errorf("%q is not a window; write it as Mon-Fri 09:00-16:30", text)
}

func (w *Window) setDays(text string) error {
	for _, part := range strings.Split(text, ",") {
		first, last, isRange := strings.Cut(part, "-")
		if !isRange {
			last = first
		}
		a, b := slices.Index(weekdays, first), slices.Index(weekdays, last)
		if a < 0 || b < 0 {
			return fmt.Errorf("%q is no weekday", part)
		}
		for day := a; ; day = (day + 1) % 7 {
			w.days[day] = true
			if day == b {
				break
			}
		}
	}
	return nil
}

// parseHour reads "09:00" as the time since midnight; "24:00" is the day's end.
func parseHour(text string) (time.Duration, error) {
	text = strings.TrimSpace(text)
	if text == "24:00" {
		return 24 * time.Hour, nil
	}
	t, err := time.Parse("15:04", text)
	if err != nil {
		return 0, err
	}
	return time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute, nil
}

// IsZero reports whether w was never set.
func (w Window) IsZero() bool { return w.end == 0 }

// Has reports whether the window opens on day.
func (w Window) Has(day ar.Day) bool { return w.days[day.Weekday()] }

// HasWeekday reports whether the window opens on a day of the week.
func (w Window) HasWeekday(day time.Weekday) bool { return w.days[day] }

// Hours returns when the window opens and closes, counted from midnight.
func (w Window) Hours() (from, to time.Duration) { return w.start, w.end }

// On returns the instants at which the window opens and closes on day in zone.
// The hour that a change of the clock skips is taken as the next that exists.
func (w Window) On(day ar.Day, zone *time.Location) (from, to time.Time) {
	return Instant(day, w.start, zone), Instant(day, w.end, zone)
}

// At returns the instant of an hour on day in zone, kept within the window.
func (w Window) At(day ar.Day, hour time.Duration, zone *time.Location) time.Time {
	return Instant(day, min(max(hour, w.start), w.end), zone)
}

// UnmarshalText reads "Mon-Fri 09:00-16:30".
func (w *Window) UnmarshalText(text []byte) error {
	v, err := ParseWindow(string(text))
	*w = v
	return err
}

// String writes the window with every weekday named.
func (w Window) String() string {
	var days []string
	for i := range 7 {
		if day := (i + 1) % 7; w.days[day] {
			days = append(days, weekdays[day])
		}
	}
	return strings.Join(days, ",") + " " + hourText(w.start) + "-" + hourText(w.end)
}

// hourText writes the time since midnight as "09:00".
func hourText(d time.Duration) string {
	return fmt.Sprintf("%02d:%02d", int(d/time.Hour), int(d%time.Hour/time.Minute))
}
