package calendar

import (
	"time"

	"holdfast/engine/ar"
)

// Instant returns when a clock in zone shows a time of day, counted from
// midnight; 24 hours are the midnight that ends day. A time that comes twice is
// taken the first time; one that is skipped, when the clock jumps.
func Instant(day ar.Day, since time.Duration, zone *time.Location) time.Time {
	shown := day.Time(time.UTC).Add(since) // the clock's face, read as UTC
	before, after := offsetAt(shown.Add(-24*time.Hour), zone), offsetAt(shown.Add(24*time.Hour), zone)
	first := shown.Add(-before).In(zone)
	if before == after || offsetAt(first, zone) == before {
		return first
	}
	second := shown.Add(-after).In(zone)
	if offsetAt(second, zone) == after {
		return second
	}
	jump, _ := first.ZoneBounds() // first lies past the jump
	return jump
}

// offsetAt returns how far zone is ahead of UTC at t.
func offsetAt(t time.Time, zone *time.Location) time.Duration {
	_, seconds := t.In(zone).Zone()
	return time.Duration(seconds) * time.Second
}
