package policy_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"holdfast/engine/ar"
	"holdfast/engine/policy"
)

func hour(day ar.Day, hours int) time.Time {
	return day.Time(time.UTC).Add(time.Duration(hours) * time.Hour)
}

func zones(t testing.TB, names ...string) []*time.Location {
	t.Helper()
	var all []*time.Location
	for _, name := range names {
		z, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, z)
	}
	return all
}

func TestWindowVectors(t *testing.T) {
	p := shipped(t)
	boston := zones(t, "America/New_York")
	both := zones(t, "America/New_York", "America/Los_Angeles")
	sydney := zones(t, "Australia/Sydney")
	workplace := with(consumer("AU", "NSW", policy.VoiceLive), func(q *policy.Question) { q.Workplace = true })
	office := with(supplier("US", policy.VoiceLive), func(q *policy.Question) { q.Line = "landline" })
	for _, c := range []struct {
		name           string
		q              policy.Question
		zones          []*time.Location
		day            string
		holiday        bool
		opens, expires string // local to the first zone; empty: closed
	}{
		{"Regulation F", consumer("US", "TX", policy.VoiceLive), boston, "2026-06-15", false, "08:00", "21:00"},
		{"an e-mail counts too", consumer("US", "TX", policy.Email), boston, "2026-06-15", false, "08:00", "21:00"},
		{"a letter does not", consumer("US", "TX", policy.Letter), boston, "2026-06-15", false, "00:00", "24:00"},
		{"phone in Los Angeles, address in Boston", consumer("US", "MA", policy.VoiceLive), both, "2026-06-15", false, "11:00", "21:00"},
		{"the same with zones turned round", consumer("US", "MA", policy.VoiceLive), []*time.Location{both[1], both[0]}, "2026-06-15", false, "08:00", "18:00"},
		{"Massachusetts", consumer("US", "MA", policy.VoiceLive), boston, "2026-06-15", false, "08:00", "21:00"},
		{"Florida at night", with(consumer("US", "FL", policy.SMS), func(q *policy.Question) { q.Relationship = "first_party" }), boston, "2026-06-15", false, "08:00", "21:00"},
		{"Australia, a weekday", consumer("AU", "NSW", policy.VoiceLive), sydney, "2026-06-15", false, "07:30", "21:00"},
		{"Australia, Saturday", consumer("AU", "NSW", policy.VoiceLive), sydney, "2026-06-13", false, "09:00", "21:00"},
		{"Australia, Sunday", consumer("AU", "NSW", policy.VoiceLive), sydney, "2026-06-14", false, "09:00", "21:00"},
		{"Australia, a holiday", consumer("AU", "NSW", policy.VoiceLive), sydney, "2026-06-08", true, "", ""},
		{"Australia, e-mail on a holiday", consumer("AU", "NSW", policy.Email), sydney, "2026-06-08", true, "00:00", "24:00"},
		{"Australia, a visit", consumer("AU", "NSW", policy.Visit), sydney, "2026-06-15", false, "09:00", "21:00"},
		{"Australia, at work", workplace, sydney, "2026-06-15", false, "09:00", "17:00"},
		{"Australia, at work on Saturday", workplace, sydney, "2026-06-13", false, "", ""},
		{"an office", office, boston, "2026-06-15", false, "08:00", "18:00"},
		{"an office on Sunday", office, boston, "2026-06-14", false, "", ""},
		{"an office on a holiday", office, boston, "2026-06-15", true, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			day := ar.MustDay(c.day)
			c.q.Zones = c.zones
			midnight, next := day.Time(c.zones[0]), (day + 1).Time(c.zones[0])
			from, to, ok := p.Rules(c.q).Window(day, midnight, next, c.holiday)
			opens, closes := from.Format("15:04"), to.Format("15:04")
			if to.Equal(next) {
				closes = "24:00"
			}
			if !ok {
				opens, closes = "", ""
			}
			if opens != c.opens || closes != c.expires {
				t.Errorf("open %s to %s, want %s to %s", opens, closes, c.opens, c.expires)
			}
		})
	}
}

func TestWindowToTheSecond(t *testing.T) {
	q := consumer("US", "TX", policy.VoiceLive)
	q.Zones = zones(t, "America/Chicago")
	r := shipped(t).Rules(q)
	day := ar.MustDay("2026-06-15")
	for clock, want := range map[string]bool{"07:59:59": false, "08:00:00": true, "21:00:00": true, "21:00:01": false} {
		at, err := time.ParseInLocation("2006-01-02 15:04:05", day.String()+" "+clock, q.Zones[0])
		if err != nil {
			t.Fatal(err)
		}
		if _, _, ok := r.Window(day, at, at, false); ok != want {
			t.Errorf("%s allowed %t, want %t", clock, ok, want)
		}
	}
}

// allowed says for one minute, by looking at each clock, whether the rules of
// the drawn questions let it be.
func allowed(q policy.Question, at time.Time, holiday ar.Day) bool {
	for _, z := range q.Zones {
		local := at.In(z)
		clock := local.Hour()*60 + local.Minute()
		weekend := local.Weekday() == time.Saturday || local.Weekday() == time.Sunday
		switch {
		case q.Country == "AU":
			if ar.DayOf(local) == holiday || clock > 21*60 || weekend && clock < 9*60 || clock < 7*60+30 {
				return false
			}
		case q.DebtorKind == "company":
			if ar.DayOf(local) == holiday || weekend || clock < 8*60 || clock > 18*60 {
				return false
			}
		default:
			if clock < 8*60 || clock > 21*60 {
				return false
			}
		}
	}
	return true
}

// The first good minute and the last one after it are found by trying each.
func TestWindowAgainstAWalk(t *testing.T) {
	p := shipped(t)
	dice := rand.New(rand.NewPCG(8, 21))
	names := []string{"America/New_York", "America/Los_Angeles", "Pacific/Honolulu", "Europe/London", "Europe/Berlin", "Australia/Sydney", "Australia/Lord_Howe", "Asia/Kolkata", "America/Santiago"}
	changes := []string{"2026-03-08", "2026-11-01", "2026-03-29", "2026-10-25", "2026-04-05", "2026-10-04", "2026-09-06", "2026-06-15", "2026-02-28", "2028-02-29"}
	questions := []policy.Question{consumer("US", "TX", policy.VoiceLive), consumer("AU", "NSW", policy.VoiceLive), supplier("GB", policy.VoiceLive)}
	for range 400 {
		q := questions[dice.IntN(3)]
		q.Zones = nil
		for range 1 + dice.IntN(3) {
			q.Zones = append(q.Zones, zones(t, names[dice.IntN(len(names))])...)
		}
		day := ar.MustDay(changes[dice.IntN(len(changes))])
		from := day.Time(q.Zones[0]).Add(time.Duration(dice.IntN(24*60)) * time.Minute)
		to := from.Add(time.Duration(dice.IntN(30*60)) * time.Minute)
		holiday := dice.IntN(4) == 0
		free := ar.Day(0)
		if holiday {
			free = day
		}
		var first, last time.Time
		for at := from; !at.After(to); at = at.Add(time.Minute) {
			if good := allowed(q, at, free); good && (first.IsZero() || last.Equal(at.Add(-time.Minute))) {
				last = at
				if first.IsZero() {
					first = at
				}
			}
		}
		gotFrom, gotTo, ok := p.Rules(q).Window(day, from, to, holiday)
		if ok == first.IsZero() || ok && (!gotFrom.Equal(first) || !gotTo.Equal(last)) {
			t.Fatalf("%s %s from %s to %s in %v, holiday %t:\n got %s to %s, %t\nwant %s to %s", q.Country, day, from, to, q.Zones, holiday, gotFrom, gotTo, ok, first, last)
		}
	}
}
