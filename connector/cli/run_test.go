package cli

import (
	"testing"
	"time"

	"holdfast/engine/ar"
	"holdfast/engine/cycle"
)

// TestTodayIsPlayedLikeAnyDay names today's date: a played day is run at its
// latest permitted instant, whatever the clock says.
func TestTodayIsPlayedLikeAnyDay(t *testing.T) {
	c := &cycle.Cycle{Clock: cycle.SystemClock{}}
	co := &cycle.Company{Zone: time.UTC}
	today := c.Today(co).Day
	for _, v := range []runVerb{{}, {AsOf: today}} {
		if m := v.moment(c, co); m.Now.IsZero() {
			t.Errorf("%+v runs at no instant of the clock", v)
		}
	}
	for _, day := range []ar.Day{today, today + 7} {
		if m := (&runVerb{AsOf: day, Rehearsal: true, played: true}).moment(c, co); m.Day != day || !m.Now.IsZero() || !m.Rehearsal {
			t.Errorf("%s is played as %+v", day, m)
		}
	}
}
