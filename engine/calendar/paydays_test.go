package calendar_test

import (
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
	"time"

	"holdfast/engine/ar"
	"holdfast/engine/calendar"
)

func TestPayDaysNext(t *testing.T) {
	countries := calendar.NewCountries()
	for _, c := range []struct{ pays, country, from, want string }{
		{"Thu", "US", "2026-11-20", "2026-11-27"}, // Thanksgiving is a Thursday
		{"Thu", "US", "2026-11-19", "2026-11-19"},
		{"Tue,Fri", "DE", "2026-11-25", "2026-11-27"},
		{"15", "DE", "2026-11-16", "2026-11-16"}, // the 15th was a Sunday: paid today
		{"15", "DE", "2026-11-17", "2026-12-15"},
		{"15,last", "DE", "2026-11-17", "2026-11-30"},
		{"last", "DE", "2026-02-03", "2026-03-02"}, // 28 February is a Saturday
		{"last", "DE", "2028-02-01", "2028-02-29"},
		{"31", "DE", "2026-04-01", "2026-04-30"},
		{"30", "DE", "2027-02-02", "2027-03-01"}, // 28 February, a Sunday
		{"1st Mon", "DE", "2026-11-03", "2026-12-07"},
		{"2nd Thu", "DE", "2026-11-01", "2026-11-12"},
		{"last Fri", "GB", "2026-12-01", "2026-12-29"}, // the 25th, then Saturday to Boxing Day's Monday
		{"5th Mon", "XX", "2026-12-01", "2027-03-29"},
		{"", "DE", "2026-11-22", "2026-11-22"},
	} {
		pays, err := calendar.ParsePayDays(c.pays)
		if err != nil {
			t.Fatal(err)
		}
		if got := pays.Next(ar.MustDay(c.from), countries[c.country]); got != ar.MustDay(c.want) {
			t.Errorf("%q from %s in %s is %s, want %s", c.pays, c.from, c.country, got, c.want)
		}
	}
}

// runs lists a year's pay runs as a person would: by writing every day of the
// calendar beside its names, and moving what falls on free days.
func runs(text string, c *calendar.Country) map[ar.Day]bool {
	named := map[ar.Day][]string{}
	for month := time.Month(1); month <= 15; month++ {
		end := time.Date(2026, month+1, 0, 0, 0, 0, 0, time.UTC)
		for n := 1; n <= end.Day(); n++ {
			date := time.Date(2026, month, n, 0, 0, 0, 0, time.UTC)
			weekday := date.Format("Mon")
			names := []string{weekday, strconv.Itoa(n), []string{"1st", "2nd", "3rd", "4th", "5th"}[(n-1)/7] + " " + weekday}
			if n+7 > end.Day() {
				names = append(names, "last "+weekday)
			}
			if n == end.Day() {
				names = append(names, "last")
				for missing := n + 1; missing <= 31; missing++ {
					names = append(names, strconv.Itoa(missing))
				}
			}
			named[ar.DayOf(date)] = names
		}
	}
	made := map[ar.Day]bool{}
	for day, names := range named {
		for _, wanted := range strings.Split(text, ",") {
			for _, name := range names {
				if name == wanted {
					made[c.AddBusinessDays(day-1, 1)] = true
				}
			}
		}
	}
	return made
}

func TestPayDaysAgainstAWrittenCalendar(t *testing.T) {
	us := calendar.NewCountries()["US"]
	dice := rand.New(rand.NewPCG(7, 7))
	names := strings.Split("Mon,Tue,Wed,Thu,Fri,Sat,Sun,1,15,29,30,31,last,1st Mon,2nd Thu,3rd Sat,last Fri,5th Wed", ",")
	for range 200 {
		var parts []string
		for range 1 + dice.IntN(3) {
			parts = append(parts, names[dice.IntN(len(names))])
		}
		text := strings.Join(parts, ",")
		pays, err := calendar.ParsePayDays(text)
		if err != nil {
			t.Fatal(err)
		}
		if again, err := calendar.ParsePayDays(pays.String()); err != nil || again != pays {
			t.Errorf("%q is written as %q, which reads as %q, %v", text, pays, again, err)
		}
		made := runs(text, us)
		for day := ar.MustDay("2026-01-10"); day < ar.MustDay("2026-12-31"); day++ {
			want := day
			for !made[want] {
				want++
			}
			if got := pays.Next(day, us); got != want {
				t.Fatalf("%q from %s is %s, want %s", text, day, got, want)
			}
		}
	}
}

func TestParsePayDaysRefuses(t *testing.T) {
	for _, text := range []string{"Thursday", "32", "0", "-1", "first Mon", "6th Mon", "1st", "1st Mon Tue", "15;last", "Tue,,Fri", "Tue,"} {
		if p, err := calendar.ParsePayDays(text); err == nil {
			t.Errorf("%q was taken as %q", text, p)
		}
	}
	var p calendar.PayDays
	if err := p.UnmarshalText([]byte(" last fri , THU,15 ")); err != nil || p.String() != "Thu,15,last Fri" {
		t.Errorf("reads as %q, %v", p, err)
	}
}
