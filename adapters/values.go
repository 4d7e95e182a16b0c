package adapters

import (
	"bytes"
	"fmt"
	"math"
	"strconv"
	"time"

	"holdfast/engine/ar"
)

// parseAmount reads a decimal exactly. The plain form is read in place; any
// other goes to ar.ParseAmount, which also words the errors.
func parseAmount(cell []byte, cur ar.Currency, digits int) (int64, error) {
	b, neg := cell, false
	if len(b) > 0 && b[0] == '-' {
		b, neg = b[1:], true
	}
	point := bytes.IndexByte(b, '.')
	frac := 0
	if point >= 0 {
		frac = len(b) - point - 1
	}
	if len(b) == 0 || len(b) > 17 || point == 0 || frac > digits {
		return ar.ParseAmount(string(cell), cur)
	}
	var minor int64
	for i, c := range b {
		switch {
		case i == point:
		case c >= '0' && c <= '9':
			minor = minor*10 + int64(c-'0')
		default:
			return ar.ParseAmount(string(cell), cur)
		}
	}
	for range digits - frac {
		if minor > math.MaxInt64/10 {
			return ar.ParseAmount(string(cell), cur)
		}
		minor *= 10
	}
	if neg {
		minor = -minor
	}
	return minor, nil
}

// parseDay reads 2026-11-21, with or without a time of the day behind it.
func parseDay(cell []byte) (ar.Day, error) {
	b := trimmed(cell)
	if len(b) == 0 {
		return 0, nil
	}
	if len(b) > 10 && (b[10] == ' ' || b[10] == 'T') {
		b = b[:10]
	}
	y, yok := digitsOf(b, 0, 4)
	mo, mok := digitsOf(b, 5, 7)
	d, dok := digitsOf(b, 8, 10)
	if len(b) != 10 || b[4] != '-' || b[7] != '-' || !yok || !mok || !dok {
		return 0, fmt.Errorf("%q is not a day; it must read like 2026-11-21", cell)
	}
	day := ar.NewDay(y, time.Month(mo), d)
	if gy, gm, gd := day.Date(); gy != y || int(gm) != mo || gd != d {
		return 0, fmt.Errorf("%q is a day that does not exist", cell)
	}
	if noDays[day] {
		return 0, nil
	}
	return day, nil
}

func digitsOf(b []byte, from, to int) (n int, ok bool) {
	if len(b) < to {
		return 0, false
	}
	for _, c := range b[from:to] {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, true
}

func parseFlag(cell []byte) (bool, error) {
	switch string(bytes.ToLower(bytes.TrimSpace(cell))) {
	case "t", "true", "1", "y", "yes", "x":
		return true, nil
	case "f", "false", "0", "n", "no", "":
		return false, nil
	}
	return false, fmt.Errorf("%q is neither yes nor no; it must be true or false, Y or N, 1 or 0", cell)
}

// parseStamp reads an instant; without a zone it is UTC.
func parseStamp(cell []byte) (time.Time, error) {
	if len(trimmed(cell)) == 0 {
		return time.Time{}, nil
	}
	if t, ok := plainStamp(trimmed(cell)); ok {
		return t, nil
	}
	s := string(trimmed(cell))
	for _, layout := range stampLayouts {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC(), nil
		}
	}
	return time.Time{}, fmt.Errorf("%q is not an instant; it must read like 2026-11-21 10:30:00, in UTC", s)
}

// plainStamp reads "2026-11-21 10:30:00.123456", the form that most rows have,
// without trying layouts.
func plainStamp(b []byte) (time.Time, bool) {
	if len(b) < 19 || len(b) > 26 || b[4] != '-' || b[7] != '-' || b[10] != ' ' || b[13] != ':' || b[16] != ':' {
		return time.Time{}, false
	}
	var part [6]int
	for i, at := range [6][2]int{{0, 4}, {5, 7}, {8, 10}, {11, 13}, {14, 16}, {17, 19}} {
		n, ok := digitsOf(b, at[0], at[1])
		if !ok {
			return time.Time{}, false
		}
		part[i] = n
	}
	nanos, unit := 0, 1_000_000_000
	if len(b) > 19 {
		n, ok := digitsOf(b, 20, len(b))
		if b[19] != '.' || !ok {
			return time.Time{}, false
		}
		for range len(b) - 20 {
			unit /= 10
		}
		nanos = n * unit
	}
	t := time.Date(part[0], time.Month(part[1]), part[2], part[3], part[4], part[5], nanos, time.UTC)
	return t, int(t.Month()) == part[1] && t.Day() == part[2] && t.Hour() == part[3] && t.Minute() == part[4] && t.Second() == part[5]
}

func extraValue(m *mapping, typ Type, cell []byte) (any, error) {
	if cell == nil {
		return nil, nil
	}
	switch typ {
	case Int:
		return strconv.ParseInt(string(cell), 10, 64)
	case Bool:
		return parseFlag(cell)
	case Day:
		return parseDay(cell)
	}
	return m.intern(trimmed(cell)), nil
}

// trimmed is a text without the blanks that a CHAR column pads it with.
func trimmed(cell []byte) []byte { return bytes.TrimRight(cell, " ") }

// noDays are written by ERPs where they mean no day at all.
var noDays = map[ar.Day]bool{
	ar.NewDay(1, time.January, 1): true, ar.NewDay(1753, time.January, 1): true, ar.NewDay(1900, time.January, 1): true,
}

var stampLayouts = []string{
	"2006-01-02 15:04:05.999999999Z07:00", "2006-01-02 15:04:05.999999999Z07",
	"2006-01-02 15:04:05.999999999", time.RFC3339Nano, "2006-01-02T15:04:05.999999999", time.DateOnly,
}
