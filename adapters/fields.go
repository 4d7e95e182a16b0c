package adapters

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"strconv"
	"time"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
)

// trimmed is a text without the blanks that a CHAR column pads it with.
func trimmed(cell []byte) []byte { return bytes.TrimRight(cell, " ") }

// text fills a display field.
func text[T any](name string, at func(*T) *string) field[T] {
	return field[T]{name, func(_ *mapping, rec *T, cell []byte) error {
		*at(rec) = string(trimmed(cell))
		return nil
	}}
}

// word fills a display field whose few values many rows repeat.
func word[T any, S ~string](name string, at func(*T) *S) field[T] {
	return field[T]{name, func(m *mapping, rec *T, cell []byte) error {
		*at(rec) = S(m.intern(trimmed(cell)))
		return nil
	}}
}

// key fills a reference to another row, raw: blanks may be part of it.
func key[T any, S ~string](name string, at func(*T) *S) field[T] {
	return field[T]{name, func(_ *mapping, rec *T, cell []byte) error {
		if len(trimmed(cell)) > 0 {
			*at(rec) = S(cell)
		}
		return nil
	}}
}

// rowID fills the key of the row itself, without which nothing can be said.
func rowID[T any, S ~string](at func(*T) *S) field[T] {
	return field[T]{"id", func(m *mapping, rec *T, cell []byte) error {
		if len(trimmed(cell)) == 0 {
			return fault.New(fault.Invalid, "it is NULL or empty").WithCure("leave rows without a key out of the query")
		}
		m.id = string(cell)
		*at(rec) = S(m.id)
		return nil
	}}
}

// ofCustomer fills the account of the row, without which nothing can be said.
func ofCustomer[T any](at func(*T) *ar.AccountID) field[T] {
	return field[T]{"customer_id", func(m *mapping, rec *T, cell []byte) error {
		if len(trimmed(cell)) == 0 {
			return fault.New(fault.Invalid, "it is NULL or empty").WithCure("leave rows without a customer out of the query")
		}
		m.customer = ar.CustomerID(m.intern(cell))
		*at(rec) = m.account()
		return nil
	}}
}

// inCurrency fills the currency that the amounts of the row are read in.
func inCurrency[T any](at func(*T) *ar.Currency) field[T] {
	return field[T]{"currency", func(m *mapping, rec *T, cell []byte) error {
		cur := ar.Currency(m.intern(trimmed(cell)))
		digits, err := cur.Digits()
		if err != nil {
			return err
		}
		m.currency, m.digits = cur, digits
		*at(rec) = cur
		return nil
	}}
}

// amount fills minor units of the row's currency; NULL is an error.
func amount[T any](name string, at func(*T) *int64) field[T] {
	return field[T]{name, func(m *mapping, rec *T, cell []byte) error {
		if cell == nil {
			return errors.New("it is NULL; an amount must be given")
		}
		minor, err := parseAmount(cell, m.currency, m.digits)
		*at(rec) = minor
		return err
	}}
}

// amountOr0 fills minor units of the row's currency; NULL is 0.
func amountOr0[T any](name string, at func(*T) *int64) field[T] {
	inner := amount(name, at)
	return field[T]{name, func(m *mapping, rec *T, cell []byte) error {
		if cell == nil {
			return nil
		}
		return inner.set(m, rec, cell)
	}}
}

// baseAmount fills minor units of the company's currency; NULL is nil.
func baseAmount[T any](name string, at func(*T) **int64) field[T] {
	return field[T]{name, func(m *mapping, rec *T, cell []byte) error {
		if cell == nil {
			return nil
		}
		minor, err := ar.ParseAmount(string(cell), m.base)
		*at(rec) = &minor
		return err
	}}
}

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

// onDay fills a day. NULL and the days that ERPs write for "none" are the zero
// Day.
func onDay[T any](name string, at func(*T) *ar.Day) field[T] {
	return field[T]{name, func(_ *mapping, rec *T, cell []byte) error {
		day, err := parseDay(cell)
		*at(rec) = day
		return err
	}}
}

// noDays are written by ERPs where they mean no day at all.
var noDays = map[ar.Day]bool{
	ar.NewDay(1, time.January, 1): true, ar.NewDay(1753, time.January, 1): true, ar.NewDay(1900, time.January, 1): true,
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

// flag fills a yes or no; NULL leaves what is there.
func flag[T any](name string, at func(*T) *bool) field[T] {
	return field[T]{name, func(_ *mapping, rec *T, cell []byte) error {
		if cell == nil {
			return nil
		}
		yes, err := parseFlag(cell)
		*at(rec) = yes
		return err
	}}
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

// number fills a whole number; NULL is 0.
func number[T any](name string, at func(*T) *int) field[T] {
	return field[T]{name, func(_ *mapping, rec *T, cell []byte) error {
		if cell == nil {
			return nil
		}
		n, err := strconv.Atoi(string(bytes.TrimSpace(cell)))
		if err != nil {
			return fmt.Errorf("%q is not a whole number", cell)
		}
		*at(rec) = n
		return nil
	}}
}

// changedAt notes the row's stamp for the mark, and in rec where at is given.
func changedAt[T any](at func(*T) *time.Time) field[T] {
	return field[T]{"changed_at", func(m *mapping, rec *T, cell []byte) error {
		stamp, err := parseStamp(cell)
		m.changed = stamp
		if at != nil {
			*at(rec) = stamp
		}
		return err
	}}
}

var stampLayouts = []string{
	"2006-01-02 15:04:05.999999999Z07:00", "2006-01-02 15:04:05.999999999Z07",
	"2006-01-02 15:04:05.999999999", time.RFC3339Nano, "2006-01-02T15:04:05.999999999", time.DateOnly,
}

// parseStamp reads an instant; without a zone it is UTC.
func parseStamp(cell []byte) (time.Time, error) {
	if len(trimmed(cell)) == 0 {
		return time.Time{}, nil
	}
	s := string(trimmed(cell))
	for _, layout := range stampLayouts {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC(), nil
		}
	}
	return time.Time{}, fmt.Errorf("%q is not an instant; it must read like 2026-11-21 10:30:00, in UTC", s)
}

// extraField fills one x_ column of a site.
func extraField[T any](name string, typ Type, at func(*T) *ar.Extra) field[T] {
	return field[T]{"x_" + name, func(m *mapping, rec *T, cell []byte) error {
		extra := at(rec)
		if *extra == nil {
			*extra = ar.Extra{}
		}
		value, err := extraValue(m, typ, cell)
		(*extra)[name] = value
		return err
	}}
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
