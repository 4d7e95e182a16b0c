package calendar

import (
	"time"

	"holdfast/engine/ar"
)

// AddWorkingHours returns the instant at which a number of working hours have
// gone by since an instant. Hours count while the window is open on a business
// day, in a zone; a clock that jumps makes that day's hours shorter or longer.
func (c *Country) AddWorkingHours(since time.Time, hours int, w Window, zone *time.Location) time.Time {
	left := time.Duration(hours) * time.Hour
	day := ar.DayOf(since.In(zone))
	for range 10 * 366 {
		if w.Has(day) && c.IsBusinessDay(day) {
			from, to := w.On(day, zone)
			if since.After(from) {
				from = since
			}
			if open := to.Sub(from); open >= left && open > 0 {
				return from.Add(left)
			} else if open > 0 {
				left -= open
			}
		}
		day++
	}
	return since
}
