package calendar_test

import (
	"testing"
	"time"

	"holdfast/engine/ar"
	"holdfast/engine/calendar"
)

// changing are zones whose clocks change twice in 2026: north and south, at
// night and at midnight, by an hour and by half of one, off the hour.
var changing = []string{
	"America/New_York", "Europe/London", "Europe/Berlin", "Australia/Sydney", "America/Santiago",
	"Australia/Lord_Howe", "Pacific/Chatham", "Africa/Cairo", "Australia/Adelaide", "Asia/Beirut",
}

func zone(t *testing.T, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

// changes lists the days of 2026 on which a zone's clock changes.
func changes(z *time.Location) []ar.Day {
	var days []ar.Day
	offset := func(t time.Time) int { _, o := t.In(z).Zone(); return o }
	for t := time.Date(2026, 1, 1, 0, 0, 0, 0, z); t.Year() == 2026; t = t.Add(time.Minute * 15) {
		if offset(t) != offset(t.Add(15*time.Minute)) {
			days = append(days, ar.DayOf(t), ar.DayOf(t.Add(15*time.Minute)))
		}
	}
	return days
}

// walk finds an instant by looking at the clock minute by minute: the first one
// at which it shows the wanted time or more.
func walk(day ar.Day, since time.Duration, z *time.Location) time.Time {
	want := day.Time(time.UTC).Add(since).Format("2006-01-02 15:04")
	for t := day.Time(time.UTC).Add(-15 * time.Hour); ; t = t.Add(time.Minute) {
		if t.In(z).Format("2006-01-02 15:04") >= want {
			return t
		}
	}
}

func TestInstantOnTheDaysTheClockChanges(t *testing.T) {
	for _, name := range changing {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			z := zone(t, name)
			days := changes(z)
			if len(days) != 4 {
				t.Fatalf("the clock changes on %v", days)
			}
			for _, day := range days {
				for since := time.Duration(0); since <= 24*time.Hour; since += 15 * time.Minute {
					got, want := calendar.Instant(day, since, z), walk(day, since, z)
					if !got.Equal(want) {
						t.Errorf("%s %s is %s, want %s", day, since, got.Format(time.RFC3339), want.In(z).Format(time.RFC3339))
					}
				}
			}
		})
	}
}

func TestInstantVectors(t *testing.T) {
	for _, c := range []struct{ zone, day, hour, want string }{
		{"America/New_York", "2026-03-08", "02:30", "2026-03-08T07:00:00Z"}, // skipped: 03:00
		{"America/New_York", "2026-11-01", "01:30", "2026-11-01T05:30:00Z"}, // twice: the first
		{"Europe/London", "2026-03-29", "01:30", "2026-03-29T01:00:00Z"},
		{"Europe/London", "2026-10-25", "01:30", "2026-10-25T00:30:00Z"},
		{"Europe/Berlin", "2026-03-29", "02:30", "2026-03-29T01:00:00Z"},
		{"Europe/Berlin", "2026-10-25", "02:30", "2026-10-25T00:30:00Z"},
	} {
		z := zone(t, c.zone)
		w, err := calendar.ParseWindow("Mon-Sun " + c.hour + "-24:00")
		if err != nil {
			t.Fatal(err)
		}
		if from, _ := w.On(ar.MustDay(c.day), z); from.UTC().Format(time.RFC3339) != c.want {
			t.Errorf("%s %s in %s is %s, want %s", c.day, c.hour, c.zone, from.UTC().Format(time.RFC3339), c.want)
		}
	}
}

func TestQuietHoursBelongToTheirEvening(t *testing.T) {
	quiet, err := calendar.ParseQuiet("21:00-08:00")
	if err != nil {
		t.Fatal(err)
	}
	berlin := zone(t, "Europe/Berlin")
	for _, c := range []struct{ at, evening string }{
		{"2026-10-24 20:59", ""}, {"2026-10-24 21:00", ""}, {"2026-10-24 21:01", "2026-10-24"},
		{"2026-10-25 00:30", "2026-10-24"}, {"2026-10-25 07:59", "2026-10-24"}, {"2026-10-25 08:00", ""},
		{"2026-12-31 23:30", "2026-12-31"}, {"2027-01-01 01:00", "2026-12-31"},
	} {
		at, err := time.ParseInLocation("2006-01-02 15:04", c.at, berlin)
		if err != nil {
			t.Fatal(err)
		}
		if day, in := quiet.Evening(at, berlin); day.String() != c.evening || in != (c.evening != "") {
			t.Errorf("%s is in the quiet hours of %q, want %q", c.at, day, c.evening)
		}
	}
	from, to := quiet.On(ar.MustDay("2026-10-24"), berlin) // the night has an hour more
	if to.Sub(from) != 12*time.Hour {
		t.Errorf("the night in which the clock goes back is %s long", to.Sub(from))
	}
}

func TestParseQuiet(t *testing.T) {
	for _, text := range []string{"", "21:00", "21:00-21:00", "24:00-08:00", "9-8", "Mon 21:00-08:00"} {
		if q, err := calendar.ParseQuiet(text); err == nil {
			t.Errorf("%q was taken as quiet hours %s", text, q)
		}
	}
	for text, want := range map[string]string{"21:00-08:00": "08:00 21:00", "00:00-08:00": "08:00 24:00", "20:00-24:00": "00:00 20:00", "12:00-13:00": ""} {
		q, err := calendar.ParseQuiet(text)
		if err != nil || q.String() != text {
			t.Errorf("%s reads as %s, %v", text, q, err)
		}
		clock := func(d time.Duration) string { return ar.Day(1).Time(time.UTC).Add(d).Format("15:04") }
		got := ""
		if from, to, ok := q.Waking(); ok {
			if got = clock(from) + " " + clock(to); to == 24*time.Hour {
				got = clock(from) + " 24:00"
			}
		}
		if got != want {
			t.Errorf("%s leaves %q free, want %q", text, got, want)
		}
	}
}
