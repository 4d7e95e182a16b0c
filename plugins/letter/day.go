package letter

import (
	"regexp"
	"strconv"
	"time"
)

var (
	yearFirst = regexp.MustCompile(`^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})`)
	yearLast  = regexp.MustCompile(`^(\d{1,2})([-/.])(\d{1,2})[-/.](\d{4}|\d{2})\b`)
)

// dayIn reads a day as spreadsheet programs write it: 2026-11-23, 23.11.2026,
// 23/11/2026 or 11/23/2026. Where day and month could be either, the reading
// counts that is nearer to listed, the day of the list, and not before it.
func dayIn(text string, listed, today time.Time) (time.Time, bool) {
	if m := yearFirst.FindStringSubmatch(text); m != nil {
		return dayOf(m[1], m[2], m[3], listed, today)
	}
	m := yearLast.FindStringSubmatch(text)
	if m == nil {
		return time.Time{}, false
	}
	european, ok := dayOf(m[4], m[3], m[1], listed, today)
	american, also := dayOf(m[4], m[1], m[3], listed, today)
	if m[2] != "." && also && (!ok || american.Before(european)) {
		return american, true
	}
	return european, ok
}

// dayOf is a day that there is, from the list's on and not to come.
func dayOf(year, month, day string, listed, today time.Time) (time.Time, bool) {
	var n [3]int
	for i, text := range []string{year, month, day} {
		n[i], _ = strconv.Atoi(text) // digits alone
	}
	if n[0] < 100 {
		n[0] += 2000
	}
	t := time.Date(n[0], time.Month(n[1]), n[2], 12, 0, 0, 0, today.Location())
	there := t.Month() == time.Month(n[1]) && t.Day() == n[2]
	return t, there && t.Format(time.DateOnly) >= listed.Format(time.DateOnly) && t.Format(time.DateOnly) <= today.Format(time.DateOnly)
}
