package calendar

import "holdfast/engine/ar"

// NthBusinessDay returns the nth business day of the month that contains a day,
// counted from the end where n is negative; -1 is the last. The zero Day where
// n is 0 or the month has not as many.
func (c *Country) NthBusinessDay(month ar.Day, n int) ar.Day {
	day, step, left := month.MonthStart()-1, ar.Day(1), n
	if n < 0 {
		day, step, left = month.MonthEnd()+1, -1, -n
	}
	for first, last := month.MonthStart(), month.MonthEnd(); left > 0; {
		if day += step; day < first || day > last {
			return 0
		}
		if c.IsBusinessDay(day) {
			left--
		}
	}
	if n == 0 {
		return 0
	}
	return day
}

// NextBusinessDay returns day where it is a business day, else the first one
// after it.
func (c *Country) NextBusinessDay(day ar.Day) ar.Day {
	for !c.IsBusinessDay(day) {
		day++
	}
	return day
}

// MonthDay returns the nth day of the month that contains a day. A month that
// is shorter gives its last day: the 31st of April is the 30th.
func MonthDay(month ar.Day, n int) ar.Day {
	first, last := month.MonthStart(), month.MonthEnd()
	return min(max(first+ar.Day(n)-1, first), last)
}
