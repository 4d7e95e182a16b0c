package calendar_test

import (
	"testing"
	"time"

	"holdfast/engine/calendar"
)

func TestWorkingHoursPassOverNightsWeekendsAndHolidays(t *testing.T) {
	w, err := calendar.ParseWindow("Mon-Fri 09:00-17:00")
	if err != nil {
		t.Fatal(err)
	}
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	us := calendar.NewCountries()["US"]
	cases := []struct {
		since, want string
		hours       int
	}{
		{"2026-11-16 10:00", "2026-11-16 12:00", 2},
		{"2026-11-16 16:00", "2026-11-17 10:00", 2},
		{"2026-11-20 16:30", "2026-11-23 10:30", 2}, // over a weekend
		{"2026-11-25 16:00", "2026-11-27 10:00", 2}, // over Thanksgiving
		{"2026-11-21 12:00", "2026-11-23 17:00", 8}, // told on a Saturday
		{"2026-11-16 03:00", "2026-11-17 17:00", 16},
	}
	for _, c := range cases {
		since, err := time.ParseInLocation("2006-01-02 15:04", c.since, zone)
		if err != nil {
			t.Fatal(err)
		}
		if got := us.AddWorkingHours(since, c.hours, w, zone).Format("2006-01-02 15:04"); got != c.want {
			t.Errorf("%d working hours after %s end at %s, want %s", c.hours, c.since, got, c.want)
		}
	}
}
