package voice

import (
	"testing"
	"time"
)

func TestDayOf(t *testing.T) {
	day := func(text string) time.Time {
		d, err := time.Parse(time.DateOnly, text)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	for _, c := range []struct{ keys, today, last, want string }{
		{"0512", "2026-11-21", "2026-12-05", "2026-12-05"},
		{"2111", "2026-11-21", "2026-12-05", "2026-11-21"}, // today
		{"2011", "2026-11-21", "2026-12-05", ""},           // past: the next one is too far
		{"0612", "2026-11-21", "2026-12-05", ""},           // after the last day
		{"0501", "2026-12-28", "2027-01-11", "2027-01-05"}, // over the year's end
		{"2712", "2026-12-28", "2027-01-11", ""},
		{"2902", "2028-02-20", "2028-03-05", "2028-02-29"},
		{"2902", "2027-02-20", "2027-03-06", ""}, // no leap year
		{"3111", "2026-11-21", "2026-12-05", ""}, // no such day
		{"0013", "2026-11-21", "2026-12-05", ""},
		{"0000", "2026-11-21", "2026-12-05", ""},
		{"12*5", "2026-11-21", "2026-12-05", ""},
		{"512", "2026-11-21", "2026-12-05", ""},
		{"05122", "2026-11-21", "2026-12-05", ""},
		{"", "2026-11-21", "2026-12-05", ""},
		{"0512", "2026-12-06", "2026-12-05", ""}, // the call came late
	} {
		got, ok := dayOf(c.keys, day(c.today), day(c.last))
		if ok != (c.want != "") || ok && got.Format(time.DateOnly) != c.want {
			t.Errorf("%s from %s to %s: %s %t, want %q", c.keys, c.today, c.last, got.Format(time.DateOnly), ok, c.want)
		}
	}
}

// The day is the sender's, whatever the clock of the machine is set to.
func TestTodayIsTheSenders(t *testing.T) {
	c := New().(*Channel)
	c.now = func() time.Time { return time.Date(2026, 11, 22, 3, 0, 0, 0, time.UTC) }
	for offset, want := range map[int]string{-5 * 3600: "2026-11-21", 0: "2026-11-22", 13 * 3600: "2026-11-22", 22 * 3600: "2026-11-23"} {
		if got := c.today(&call{Offset: offset}).Format(time.DateOnly); got != want {
			t.Errorf("%d: %s, want %s", offset, got, want)
		}
	}
}
