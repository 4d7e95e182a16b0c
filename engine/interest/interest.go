// Package interest works out what the law gives a supplier whom another business
// pays late: interest and a fixed sum. Schemes and reference rates are dated
// data with sources; amounts are exact until they are rounded once, at the end.
package interest

import (
	"math/big"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
)

// Charge is what may be claimed for one document that was paid late. A document
// paid in time has a Charge of zeros.
type Charge struct {
	Scheme   string
	Days     int // late
	Interest ar.Money
	Fixed    ar.Money // the sum for the supplier's trouble
	Total    ar.Money // the amount itself, interest and the fixed sum
	Parts    []Part   // how the interest came about, for people
	Sources  []string
}

// Part is days that bear interest at one rate.
type Part struct {
	From, To ar.Day // both bear interest
	Days     int
	Percent  string // a year, as written: 12.75
}

// Late returns the charge on an amount that was due on one day and paid on
// another, or stands open on it. The amount is positive and in the scheme's
// currency. An unknown scheme, and a day for which no rate is known, are errors.
func (r *Rates) Late(scheme string, amount ar.Money, due, paid ar.Day) (Charge, error) {
	s, err := r.scheme(scheme)
	if err != nil {
		return Charge{}, err
	}
	if err := s.check(amount, due, paid); err != nil {
		return Charge{}, err
	}
	nothing := ar.Money{Currency: amount.Currency}
	c := Charge{Scheme: s.Name, Interest: nothing, Fixed: nothing, Total: amount, Sources: s.Sources}
	if paid <= due {
		return c, nil
	}
	c.Days = int(paid - due)
	exact := new(big.Rat)
	for from := due + 1; from <= paid; {
		percent, to, err := r.period(s, from, paid)
		if err != nil {
			return Charge{}, err
		}
		days := int(to-from) + 1
		exact.Add(exact, new(big.Rat).Mul(percent, big.NewRat(int64(days), 1)))
		c.Parts = append(c.Parts, Part{From: from, To: to, Days: days, Percent: percent.FloatString(2)})
		from = to + 1
	}
	exact.Mul(exact, big.NewRat(amount.Minor, int64(s.yearDays)*100))
	c.Interest.Minor, err = round(exact)
	if err != nil {
		return Charge{}, err
	}
	c.Fixed.Minor = s.fixedSum(amount.Minor)
	c.Total.Minor += c.Interest.Minor + c.Fixed.Minor
	return c, nil
}

// check refuses what the scheme cannot be asked.
func (s *Scheme) check(amount ar.Money, due, paid ar.Day) error {
	switch {
	case amount.Currency != s.Currency:
		return fault.New(fault.Unsupported, "late-payment scheme %q counts in %s, and the amount is in %s", s.Name, s.Currency, amount.Currency).
			WithCure("convert the amount at the rate that the contract names, or choose another scheme")
	case amount.Minor <= 0:
		return fault.New(fault.Invalid, "no interest on %s", amount).WithCure("ask for an amount above zero")
	case due == 0 || paid == 0:
		return fault.New(fault.Invalid, "interest needs the day it was due and the day it was paid").WithCure("give the document a due date")
	case due+1 < s.ValidFrom:
		return fault.New(fault.NotFound, "late-payment scheme %q holds from %s, and interest would start on %s", s.Name, s.ValidFrom, due+1).
			WithCure("work out interest on so old a debt by hand")
	}
	return nil
}

// period returns the rate a year that holds on a day, and the last day up to
// paid on which it does.
func (r *Rates) period(s *Scheme, from, paid ar.Day) (percent *big.Rat, to ar.Day, err error) {
	base, next, err := r.rate(s.Reference, from)
	if err != nil {
		return nil, 0, err
	}
	to = paid
	if !s.Pinned && next != 0 {
		to = min(paid, next-1)
	}
	if !s.Pinned && next == 0 {
		if err := r.fresh(s.Reference, paid); err != nil {
			return nil, 0, err
		}
	}
	return new(big.Rat).Add(base, s.points), to, nil
}

// fixedSum returns the sum for an amount, by the scheme's bands.
func (s *Scheme) fixedSum(minor int64) int64 {
	for _, b := range s.bands {
		if b.below == 0 || minor < b.below {
			return b.sum
		}
	}
	return 0
}

// round rounds half up, away from zero never: amounts are positive.
func round(exact *big.Rat) (int64, error) {
	doubled := new(big.Int).Lsh(exact.Num(), 1)
	doubled.Add(doubled, exact.Denom())
	minor := doubled.Quo(doubled, new(big.Int).Lsh(exact.Denom(), 1))
	if !minor.IsInt64() {
		return 0, fault.New(fault.Invalid, "the interest is too large a sum").WithCure("look at the amount and the days")
	}
	return minor.Int64(), nil
}
