package calendar

import (
	"fmt"
	"math/bits"
	"slices"
	"strconv"
	"strings"
	"time"

	"holdfast/engine/ar"
)

// PayDays is when a customer pays: weekdays ("Tue,Fri"), days of the month
// ("15,last"), weekdays of the month ("1st Mon", "last Fri"), or several of
// these. The zero PayDays is not known. Two of them compare with ==.
type PayDays struct {
	weekly  uint8    // a bit per weekday, Sunday the lowest
	monthly uint32   // a bit per day of the month; bit 0 is the last day
	nth     [6]uint8 // weekday bits of the 1st to 5th week; 0 is the last
}

var ordinals = []string{"last", "1st", "2nd", "3rd", "4th", "5th"}

// ParsePayDays reads "Thu", "Tue,Fri", "15,last" or "2nd Thu". The empty text
// is the zero PayDays.
func ParsePayDays(text string) (PayDays, error) {
	var p PayDays
	if strings.TrimSpace(text) == "" {
		return p, nil
	}
	for part := range strings.SplitSeq(text, ",") {
		if !p.add(strings.Fields(part)) {
			return PayDays{}, fmt.Errorf("%q is no pay day; write days as Thu, as 15 or last, or as 2nd Thu, with commas between", strings.TrimSpace(part))
		}
	}
	return p, nil
}

// add takes one pay day in, and reports whether it is one.
func (p *PayDays) add(words []string) bool {
	switch len(words) {
	case 1:
		if day := weekdayIndex(words[0]); day >= 0 {
			p.weekly |= 1 << day
			return true
		}
		if strings.EqualFold(words[0], "last") {
			p.monthly |= 1
			return true
		}
		n, err := strconv.Atoi(words[0])
		if err != nil || n < 1 || n > 31 {
			return false
		}
		p.monthly |= 1 << n
		return true
	case 2:
		week, day := slices.Index(ordinals, strings.ToLower(words[0])), weekdayIndex(words[1])
		if week < 0 || day < 0 {
			return false
		}
		p.nth[week] |= 1 << day
		return true
	}
	return false
}

// weekdayIndex returns the weekday of "Thu" in any case, -1 where it is none.
func weekdayIndex(text string) int {
	return slices.IndexFunc(weekdays, func(w string) bool { return strings.EqualFold(w, text) })
}

// IsZero reports whether no pay day is known.
func (p PayDays) IsZero() bool { return p == PayDays{} }

// Next returns the first pay run on or after a day. A run that falls on no
// business day of c is made on the next one. The zero PayDays gives from.
func (p PayDays) Next(from ar.Day, c *Country) ar.Day {
	if p.IsZero() {
		return from
	}
	day := from
	for !c.IsBusinessDay(day - 1) { // a run of the free days before is made now
		day--
	}
	for !p.on(day) {
		day++
	}
	return c.NextBusinessDay(day)
}

// on reports whether day is a pay day, business day or not.
func (p PayDays) on(day ar.Day) bool {
	weekday := uint8(1) << day.Weekday()
	if p.weekly&weekday != 0 {
		return true
	}
	_, _, d := day.Date()
	last := int(day.MonthEnd()-day) + d
	if p.monthly&(1<<d) != 0 || d == last && (p.monthly&1 != 0 || p.monthly>>last > 1) {
		return true // a month too short for a day has its run on the last
	}
	return p.nth[(d+6)/7]&weekday != 0 || last-d < 7 && p.nth[0]&weekday != 0
}

// String writes the pay days as they are read, in one order.
func (p PayDays) String() string {
	var parts []string
	each := func(set uint32, write func(int)) {
		for ; set != 0; set &= set - 1 {
			write(bits.TrailingZeros32(set))
		}
	}
	each(uint32(p.weekly), func(d int) { parts = append(parts, time.Weekday(d).String()[:3]) })
	each(p.monthly&^1, func(d int) { parts = append(parts, strconv.Itoa(d)) })
	each(p.monthly&1, func(int) { parts = append(parts, "last") })
	for i := range ordinals {
		week := (i + 1) % len(ordinals)
		each(uint32(p.nth[week]), func(d int) { parts = append(parts, ordinals[week]+" "+weekdays[d]) })
	}
	return strings.Join(parts, ",")
}

// MarshalText writes the pay days as they are read.
func (p PayDays) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText reads "Tue,Fri" or "15,last".
func (p *PayDays) UnmarshalText(text []byte) error {
	v, err := ParsePayDays(string(text))
	*p = v
	return err
}
