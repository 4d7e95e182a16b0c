package calendar_test

import (
	"testing"

	"holdfast/engine/ar"
	"holdfast/engine/calendar"
)

func TestNthBusinessDay(t *testing.T) {
	countries := calendar.NewCountries()
	for _, c := range []struct {
		country, month string
		n              int
		want           string
	}{
		{"US", "2026-11-17", 1, "2026-11-02"},
		{"US", "2026-11-17", -1, "2026-11-30"},
		{"US", "2026-11-30", -2, "2026-11-27"},
		{"US", "2026-11-30", -3, "2026-11-25"}, // the 26th is Thanksgiving
		{"DE", "2026-05-31", 1, "2026-05-04"},  // the 1st is Labour Day, a Friday
		{"DE", "2028-02-10", -1, "2028-02-29"},
		{"DE", "2026-11-01", 0, ""},
		{"DE", "2026-11-01", 24, ""},
		{"DE", "2026-11-01", -24, ""},
	} {
		if got := countries[c.country].NthBusinessDay(ar.MustDay(c.month), c.n); got.String() != c.want {
			t.Errorf("business day %d of %s in %s is %q, want %q", c.n, c.month, c.country, got, c.want)
		}
	}
}

func TestNthBusinessDayAgainstACount(t *testing.T) {
	us := calendar.NewCountries()["US"]
	for month := ar.MustDay("2026-01-01"); month < ar.MustDay("2029-01-01"); month = month.MonthEnd() + 1 {
		var days []ar.Day
		for day := month; day <= month.MonthEnd(); day++ {
			if us.IsBusinessDay(day) {
				days = append(days, day)
			}
		}
		for i, day := range days {
			if us.NthBusinessDay(month+9, i+1) != day || us.NthBusinessDay(month+9, i-len(days)) != day {
				t.Errorf("%s is not found as business day %d and %d", day, i+1, i-len(days))
			}
		}
	}
}

func TestMonthDay(t *testing.T) {
	for _, c := range []struct {
		month string
		n     int
		want  string
	}{
		{"2026-04-02", 31, "2026-04-30"}, {"2026-02-15", 31, "2026-02-28"}, {"2028-02-15", 30, "2028-02-29"},
		{"2026-12-31", 15, "2026-12-15"}, {"2026-12-31", 0, "2026-12-01"},
	} {
		if got := calendar.MonthDay(ar.MustDay(c.month), c.n); got != ar.MustDay(c.want) {
			t.Errorf("day %d of %s is %s, want %s", c.n, c.month, got, c.want)
		}
	}
}

func TestThreeDaysAfterAFridayDue(t *testing.T) {
	due := ar.MustDay("2026-11-06")
	var none *calendar.Country
	for text, want := range map[string]string{"3d": "2026-11-09", "3bd": "2026-11-11"} {
		span, err := calendar.ParseSpan(text)
		if err != nil {
			t.Fatal(err)
		}
		if got := span.From(due, none); got != ar.MustDay(want) {
			t.Errorf("%s after %s is %s, want %s", text, due, got, want)
		}
	}
}
