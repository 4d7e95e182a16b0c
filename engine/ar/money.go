package ar

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// Money is an amount in minor units of one currency: 1234 USD minor units are
// 12.34 USD. Amounts of two currencies are never added.
type Money struct {
	Minor    int64
	Currency Currency
}

// ParseAmount reads a decimal text such as "-1234.5" exactly, into minor units
// of cur. More decimals than the currency has are an error unless they are
// zeros: nothing is rounded on the way in.
func ParseAmount(text string, cur Currency) (int64, error) {
	digits, err := cur.Digits()
	if err != nil {
		return 0, err
	}
	s := strings.TrimSpace(text)
	neg := strings.HasPrefix(s, "-")
	s = strings.TrimLeft(s, "+-")
	whole, frac, _ := strings.Cut(s, ".")
	if whole == "" && frac == "" || len(text)-len(strings.TrimLeft(text, "+- ")) > 1 {
		return 0, fmt.Errorf("%q is not an amount; write it as 1234.50", text)
	}
	kept := frac
	if len(kept) > digits {
		kept = frac[:digits]
		if strings.Trim(frac[digits:], "0") != "" {
			return 0, fmt.Errorf("%q has more decimals than %s has (%d)", text, cur, digits)
		}
	}
	kept += strings.Repeat("0", digits-len(kept))
	var minor int64
	for _, r := range whole + kept {
		if r < '0' || r > '9' {
			return 0, fmt.Errorf("%q is not an amount; write it as 1234.50", text)
		}
		digit := int64(r - '0')
		if minor > (math.MaxInt64-digit)/10 {
			return 0, fmt.Errorf("%q is too large an amount", text)
		}
		minor = minor*10 + digit
	}
	if neg {
		minor = -minor
	}
	return minor, nil
}

// ParseMoney reads "500.00 USD".
func ParseMoney(text string) (Money, error) {
	amount, code, ok := strings.Cut(strings.TrimSpace(text), " ")
	if !ok {
		return Money{}, fmt.Errorf("%q is not money; write it as 500.00 USD", text)
	}
	cur := Currency(strings.TrimSpace(code))
	minor, err := ParseAmount(amount, cur)
	return Money{Minor: minor, Currency: cur}, err
}

// FormatAmount writes minor units of cur as a plain decimal: "-1234.50". It is
// the form of JSON and CSV.
func FormatAmount(minor int64, cur Currency) string {
	digits, err := cur.Digits()
	if err != nil {
		digits = 2
	}
	sign := ""
	u := uint64(minor)
	if minor < 0 {
		sign, u = "-", uint64(-minor)
	}
	if digits == 0 {
		return fmt.Sprintf("%s%d", sign, u)
	}
	pow := uint64(math.Pow10(digits))
	return fmt.Sprintf("%s%d.%0*d", sign, u/pow, digits, u%pow)
}

// Amount writes m without its currency, as a plain decimal.
func (m Money) Amount() string { return FormatAmount(m.Minor, m.Currency) }

// String writes m for a person: "1,234.50 USD".
func (m Money) String() string {
	plain := m.Amount()
	sign := ""
	if plain[0] == '-' {
		sign, plain = "-", plain[1:]
	}
	whole, frac, hasFrac := strings.Cut(plain, ".")
	var b strings.Builder
	b.WriteString(sign)
	for i, r := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(r)
	}
	if hasFrac {
		b.WriteString("." + frac)
	}
	return b.String() + " " + string(m.Currency)
}

// MarshalText writes m as "1234.50 USD".
func (m Money) MarshalText() ([]byte, error) {
	return []byte(m.Amount() + " " + string(m.Currency)), nil
}

// UnmarshalText reads "1234.50 USD".
func (m *Money) UnmarshalText(text []byte) error {
	v, err := ParseMoney(string(text))
	*m = v
	return err
}

// Balance is a sum per currency, sorted by currency code. The zero Balance is
// nothing owed; a currency whose amounts cancel out stays as zero.
type Balance []Money

// Add returns b with minor units of cur added. It may change b in place.
func (b Balance) Add(minor int64, cur Currency) Balance {
	for i := range b {
		if b[i].Currency == cur {
			b[i].Minor += minor
			return b
		}
	}
	b = append(b, Money{Minor: minor, Currency: cur})
	slices.SortFunc(b, func(x, y Money) int { return strings.Compare(string(x.Currency), string(y.Currency)) })
	return b
}

// In returns the minor units of b in cur, 0 where it has none.
func (b Balance) In(cur Currency) int64 {
	for _, m := range b {
		if m.Currency == cur {
			return m.Minor
		}
	}
	return 0
}

// String writes every currency of b: "1,234.50 USD and 20.00 EUR".
func (b Balance) String() string {
	if len(b) == 0 {
		return "0"
	}
	parts := make([]string, len(b))
	for i, m := range b {
		parts[i] = m.String()
	}
	return strings.Join(parts, " and ")
}
