// Package calendar knows business days, send windows and spans of days. Days
// are compared with days; an instant appears only where a window opens.
package calendar

import (
	"slices"
	"time"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/at"
	"github.com/rickar/cal/v2/au"
	"github.com/rickar/cal/v2/be"
	"github.com/rickar/cal/v2/ca"
	"github.com/rickar/cal/v2/ch"
	"github.com/rickar/cal/v2/cz"
	"github.com/rickar/cal/v2/de"
	"github.com/rickar/cal/v2/dk"
	"github.com/rickar/cal/v2/es"
	"github.com/rickar/cal/v2/fi"
	"github.com/rickar/cal/v2/fr"
	"github.com/rickar/cal/v2/gb"
	"github.com/rickar/cal/v2/ie"
	"github.com/rickar/cal/v2/it"
	"github.com/rickar/cal/v2/lu"
	"github.com/rickar/cal/v2/mx"
	"github.com/rickar/cal/v2/nl"
	"github.com/rickar/cal/v2/no"
	"github.com/rickar/cal/v2/nz"
	"github.com/rickar/cal/v2/pl"
	"github.com/rickar/cal/v2/pt"
	"github.com/rickar/cal/v2/se"
	"github.com/rickar/cal/v2/us"

	"holdfast/engine/ar"
)

// countries holds the national holidays by ISO 3166 alpha-2 code. Regional
// ones are left out. Source: github.com/rickar/cal, which names its own.
func countries() map[string][]*cal.Holiday {
	return map[string][]*cal.Holiday{
		"AT": at.Holidays, "AU": au.HolidaysNSW, "BE": be.Holidays, "CA": ca.Holidays, "CH": ch.Holidays,
		"CZ": cz.Holidays, "DE": de.Holidays, "DK": dk.Holidays, "ES": es.Holidays, "FI": fi.Holidays,
		"FR": fr.Holidays, "GB": gb.Holidays, "IE": ie.Holidays, "IT": it.Holidays, "LU": lu.Holidays,
		"MX": mx.Holidays, "NL": nl.Holidays, "NO": no.Holidays, "NZ": nz.Holidays, "PL": pl.Holidays,
		"PT": pt.Holidays, "SE": se.Holidays, "US": us.Holidays,
	}
}

// firstYear and lastYear bound the years whose holidays are worked out; outside
// them only weekends are free.
const firstYear, lastYear = 2000, 2060

// Country is the business days of one country.
type Country struct {
	Code string
	free map[ar.Day]string // holidays by name, on the day they are observed
}

// Countries is every country whose holidays are known, by code. It is built
// once and read by many.
type Countries map[string]*Country

// NewCountries works out the holidays of all known countries.
func NewCountries() Countries {
	all := Countries{}
	for code, holidays := range countries() {
		c := &Country{Code: code, free: map[ar.Day]string{}}
		for year := firstYear; year <= lastYear; year++ {
			for _, h := range holidays {
				if actual, observed := h.Calc(year); !actual.IsZero() {
					c.free[ar.DayOf(observed)] = h.Name
				}
			}
		}
		all[code] = c
	}
	return all
}

// Codes lists the known countries in order.
func (cs Countries) Codes() []string {
	codes := make([]string, 0, len(cs))
	for code := range cs {
		codes = append(codes, code)
	}
	slices.Sort(codes)
	return codes
}

// IsBusinessDay reports whether day is neither a weekend nor a holiday. A nil
// Country, one whose holidays are not known, has weekends only.
func (c *Country) IsBusinessDay(day ar.Day) bool {
	if w := day.Weekday(); w == time.Saturday || w == time.Sunday {
		return false
	}
	return c.Holiday(day) == ""
}

// Holiday names the holiday observed on day, empty where there is none.
func (c *Country) Holiday(day ar.Day) string {
	if c == nil {
		return ""
	}
	return c.free[day]
}

// AddBusinessDays returns the nth business day after day, or before it where n
// is negative; n 0 gives day itself.
func (c *Country) AddBusinessDays(day ar.Day, n int) ar.Day {
	step := ar.Day(1)
	if n < 0 {
		step, n = -1, -n
	}
	for n > 0 {
		day += step
		if c.IsBusinessDay(day) {
			n--
		}
	}
	return day
}

// BusinessDaysBetween counts the business days after from up to and with to; 0
// where to is not after from.
func (c *Country) BusinessDaysBetween(from, to ar.Day) int {
	n := 0
	for day := from + 1; day <= to; day++ {
		if c.IsBusinessDay(day) {
			n++
		}
	}
	return n
}
