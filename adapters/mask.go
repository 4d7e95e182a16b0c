package adapters

import (
	"strings"
	"unicode"

	"holdfast/engine/ar"
)

// Masked returns a record whose personal data are masked: names, addresses and
// ways to reach people keep their shape and nothing else. Keys, numbers, days
// and amounts stay, since they are what a person compares with the ERP.
func Masked(rec ar.Record) ar.Record {
	switch r := rec.(type) {
	case *ar.Customer:
		c := *r
		c.Name, c.LegalName, c.Address, c.Extra = masked(c.Name), masked(c.LegalName), maskedAddress(c.Address), maskedExtra(c.Extra)
		c.Collector, c.SalesRep = masked(c.Collector), masked(c.SalesRep)
		return &c
	case *ar.Contact:
		c := *r
		c.Name, c.Email, c.Phone, c.Mobile, c.Address = masked(c.Name), masked(c.Email), masked(c.Phone), masked(c.Mobile), maskedAddress(c.Address)
		return &c
	case *ar.Document:
		d := *r
		d.DisputeReason, d.Extra = masked(d.DisputeReason), maskedExtra(d.Extra)
		return &d
	}
	return rec
}

// masked keeps the shape of a text: letters become x or X, digits 9.
func masked(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsUpper(r):
			return 'X'
		case unicode.IsLetter(r):
			return 'x'
		case unicode.IsDigit(r):
			return '9'
		}
		return r
	}, text)
}

func maskedAddress(a ar.Address) ar.Address {
	return ar.Address{
		Line1: masked(a.Line1), Line2: masked(a.Line2), Postcode: masked(a.Postcode), City: masked(a.City), Region: a.Region, Country: a.Country,
	}
}

// maskedExtra masks the texts among a site's own fields: nobody knows what they
// hold.
func maskedExtra(extra ar.Extra) ar.Extra {
	if extra == nil {
		return nil
	}
	all := ar.Extra{}
	for name, value := range extra {
		if text, ok := value.(string); ok {
			value = masked(text)
		}
		all[name] = value
	}
	return all
}
