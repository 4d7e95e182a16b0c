package policy

import (
	"time"

	"holdfast/engine/ar"
	"holdfast/engine/calendar"
)

// Window returns the first stretch of the sender's own opening, from to to, that
// the rules allow in every zone of the debtor; false where there is none. Both
// ends are allowed. holiday says that day is one where the debtor is. Without
// zones, the location of from is the debtor's.
func (r Rules) Window(day ar.Day, from, to time.Time, holiday bool) (time.Time, time.Time, bool) {
	t := r.term()
	if !t.limited {
		return from, to, !from.After(to)
	}
	closed := ar.Day(0)
	if holiday && t.holidays {
		closed = day
	}
	zones := r.zones
	if len(zones) == 0 {
		zones = []*time.Location{from.Location()}
	}
	for at := from; !at.After(to); {
		opens, closes := at, to
		for _, zone := range zones {
			o, c, ok := t.opening(at, closed, zone)
			if !ok {
				return from, from, false
			}
			opens, closes = later(opens, o), earlier(closes, c)
		}
		if !opens.After(closes) {
			return opens.In(from.Location()), closes.In(from.Location()), true
		}
		at = opens
	}
	return from, from, false
}

// opening returns the first opening in a zone that is not over at an instant.
func (t *terms) opening(at time.Time, closed ar.Day, zone *time.Location) (from, to time.Time, ok bool) {
	first := ar.DayOf(at.In(zone))
	for day := first; day <= first+8; day++ {
		h := t.hours[day.Weekday()]
		if h == (hours{}) || day == closed {
			continue
		}
		if to = calendar.Instant(day, h.to, zone); !to.Before(at) {
			return calendar.Instant(day, h.from, zone), to, true
		}
	}
	return at, at, false
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}
