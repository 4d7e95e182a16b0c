package demoerp

import (
	"time"

	"holdfast/engine/ar"
)

// businessDay reports whether Harbourline works on d: no weekend and none of
// the holidays that every office of the country keeps.
func businessDay(d ar.Day) bool {
	if wd := d.Weekday(); wd == time.Saturday || wd == time.Sunday {
		return false
	}
	_, month, day := d.Date()
	switch month {
	case time.January:
		return day != 1
	case time.July:
		return day != 4
	case time.November:
		return d.Weekday() != time.Thursday || day < 22 || day > 28
	case time.December:
		return day != 25
	}
	return true
}

// onBusinessDay returns d, or the next business day after it.
func onBusinessDay(d ar.Day) ar.Day {
	for !businessDay(d) {
		d++
	}
	return d
}
