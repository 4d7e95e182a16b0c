package calendar_test

import (
	"testing"
	"time"

	"holdfast/engine/ar"
	"holdfast/engine/calendar"
)

func TestBusinessDays(t *testing.T) {
	countries := calendar.NewCountries()
	cases := []struct {
		country, day string
		want         bool
	}{
		{"US", "2026-11-26", false}, // Thanksgiving
		{"US", "2026-11-27", true},
		{"US", "2026-07-03", false}, // Independence Day on a Saturday is observed on Friday
		{"GB", "2026-12-28", false}, // Boxing Day on a Saturday moves to Monday
		{"DE", "2026-05-01", false},
		{"DE", "2026-11-26", true},
		{"XX", "2026-05-01", true}, // unknown country: weekends only
		{"XX", "2026-05-02", false},
	}
	for _, c := range cases {
		if got := countries[c.country].IsBusinessDay(ar.MustDay(c.day)); got != c.want {
			t.Errorf("%s %s: business day %t, want %t", c.country, c.day, got, c.want)
		}
	}
}

func TestSpanFromFriday(t *testing.T) {
	us := calendar.NewCountries()["US"]
	friday := ar.MustDay("2026-11-20")
	for text, want := range map[string]string{
		"3d": "2026-11-23", "3bd": "2026-11-25", "-2d": "2026-11-18", "4bd": "2026-11-27", "-1bd": "2026-11-19",
	} {
		span, err := calendar.ParseSpan(text)
		if err != nil {
			t.Fatal(err)
		}
		if got := span.From(friday, us); got != ar.MustDay(want) {
			t.Errorf("%s after %s is %s, want %s", text, friday, got, want)
		}
	}
	if n := us.BusinessDaysBetween(friday, ar.MustDay("2026-11-30")); n != 5 {
		t.Errorf("business days from Friday to Monday week with a holiday between: %d, want 5", n)
	}
}

func TestWindowOnTheDaysTheClockChanges(t *testing.T) {
	w, err := calendar.ParseWindow("Mon-Sun 02:30-03:30")
	if err != nil {
		t.Fatal(err)
	}
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	from, to := w.On(ar.MustDay("2026-03-08"), newYork) // 02:30 does not exist
	if from.Hour() != 3 || to.Before(from) {
		t.Errorf("window on the spring day is %s to %s", from, to)
	}
	from, _ = w.On(ar.MustDay("2026-11-01"), newYork)
	if from.Hour() != 2 || from.Minute() != 30 {
		t.Errorf("window on the autumn day opens %s", from)
	}
}

func TestParseWindowRefuses(t *testing.T) {
	for _, text := range []string{"", "Mon-Fri", "Mon-Fri 16:30-09:00", "Mon-Fry 09:00-16:30", "Mon 9-17", "Mon-Fri 09:00-25:00"} {
		if _, err := calendar.ParseWindow(text); err == nil {
			t.Errorf("%q was taken as a window", text)
		}
	}
	w, err := calendar.ParseWindow("Fri-Mon 08:00-24:00")
	if err != nil || w.String() != "Mon,Fri,Sat,Sun 08:00-24:00" {
		t.Errorf("Fri-Mon reads as %s, %v", w, err)
	}
}
