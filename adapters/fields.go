package adapters

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"time"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
)

// text fills a display field.
func text[T any](name string, at func(*T) *string) field[T] {
	return field[T]{name, func(_ *mapping, rec *T, cell []byte) error {
		*at(rec) = string(trimmed(cell))
		return nil
	}}
}

// unlessEmpty fills a display field that has a text already, and keeps it where
// the row has none.
func unlessEmpty[T any](name string, at func(*T) *string) field[T] {
	return field[T]{name, func(_ *mapping, rec *T, cell []byte) error {
		if len(trimmed(cell)) > 0 {
			*at(rec) = string(trimmed(cell))
		}
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
		minor, err := parseAmount(cell, m.base, m.baseDigits)
		*at(rec) = &minor
		return err
	}}
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
