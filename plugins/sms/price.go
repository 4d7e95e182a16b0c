package sms

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// price is what one segment costs, as the site says; the zero price is not known.
type price struct {
	unscaled int64 // without the point
	decimals int
	currency string
}

var priceForm = regexp.MustCompile(`^(\d{1,6})(?:\.(\d{1,8}))? ([A-Z]{3})$`)

// priceOf reads "0.0079 USD"; empty is the zero price.
func priceOf(text string) (price, error) {
	if text == "" {
		return price{}, nil
	}
	m := priceForm.FindStringSubmatch(text)
	if m == nil {
		return price{}, fmt.Errorf("%q is no amount with a currency", text)
	}
	unscaled, err := strconv.ParseInt(m[1]+m[2], 10, 64)
	return price{unscaled, len(m[2]), m[3]}, err
}

// of writes what some segments cost, empty where the price is not known.
func (p price) of(segments int) string {
	if p.currency == "" {
		return ""
	}
	digits := fmt.Sprintf("%0*d", p.decimals+1, p.unscaled*int64(segments))
	whole, part := digits[:len(digits)-p.decimals], digits[len(digits)-p.decimals:]
	return strings.TrimSuffix(whole+"."+part, ".") + " " + p.currency
}
