package policy_test

import (
	"testing"
	"time"

	"holdfast/engine/ar"
	"holdfast/engine/policy"
)

func ask(b *testing.B, q policy.Question) {
	b.Helper()
	p := shipped(b)
	day := ar.MustDay("2026-10-01")
	from, to := day.Time(q.Zones[0]).Add(9*time.Hour), day.Time(q.Zones[0]).Add(17*time.Hour)
	earlier := contacts(q.Channel, "2026-09-01", "2026-09-20")
	next := contacts(q.Channel, "2026-10-01")[0]
	b.ReportAllocs()
	for b.Loop() {
		r := p.Rules(q)
		_, _, open := r.Window(day, from, to, false)
		if _, _, capped := r.Capped(earlier, next); capped || !open {
			b.Fatal("the contact is kept back")
		}
	}
}

func BenchmarkBusinessEmail(b *testing.B) {
	ask(b, with(supplier("FR", policy.Email), func(q *policy.Question) {
		q.City, q.Zones = "Saint-Étienne", zones(b, "Europe/Paris")
	}))
}

func BenchmarkConsumerCall(b *testing.B) {
	ask(b, with(consumer("US", "CA", policy.VoiceLive), func(q *policy.Question) {
		q.City, q.Zones = "Oakland", zones(b, "America/New_York", "America/Los_Angeles")
	}))
}

func TestAskingAllocatesNothing(t *testing.T) {
	p := shipped(t)
	q := supplier("FR", policy.Email)
	q.Zones = zones(t, "Europe/Paris")
	day := ar.MustDay("2026-10-01")
	from, to := hour(day, 9), hour(day, 17)
	earlier, next := contacts("email", "2026-09-20"), contacts("email", "2026-10-01")[0]
	if n := testing.AllocsPerRun(100, func() {
		r := p.Rules(q)
		r.Window(day, from, to, false)
		r.Capped(earlier, next)
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
