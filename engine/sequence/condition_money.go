package sequence

import (
	"fmt"

	"github.com/expr-lang/expr"

	"holdfast/engine/ar"
)

// comparisons are the operators that amounts know, by the name of the function
// behind each.
var comparisons = []struct {
	operator, name string
	test           func(order int) bool
}{
	{"==", "eq", func(o int) bool { return o == 0 }},
	{"!=", "ne", func(o int) bool { return o != 0 }},
	{"<", "lt", func(o int) bool { return o < 0 }},
	{"<=", "le", func(o int) bool { return o <= 0 }},
	{">", "gt", func(o int) bool { return o > 0 }},
	{">=", "ge", func(o int) bool { return o >= 0 }},
}

// inBase is a decimal amount of the company's base currency, whichever that is.
type inBase string

// moneyOptions gives expressions money("500.00 USD"), base("500.00") for an
// amount of the company's own currency, and the comparisons of money with
// money, of a sum with either, and of all with 0. Two currencies are never
// compared without the ERP's rate.
func moneyOptions() []expr.Option {
	options := []expr.Option{
		expr.Function("money", parseMoney, new(func(string) ar.Money)),
		expr.Function("base", func(p ...any) (any, error) { return inBase(p[0].(string)), nil }, new(func(string) inBase)),
	}
	for _, c := range comparisons {
		test := c.test
		sums, moneys := "sum_"+c.name, "money_"+c.name
		options = append(options,
			expr.Function(moneys, func(p ...any) (any, error) {
				order, err := compareMoney(p[0].(ar.Money), p[1])
				return test(order), err
			}, new(func(ar.Money, ar.Money) bool), new(func(ar.Money, int) bool)),
			expr.Function(sums, func(p ...any) (any, error) {
				order, err := compareSum(p[0].(Sum), p[1])
				return test(order), err
			}, new(func(Sum, ar.Money) bool), new(func(Sum, inBase) bool), new(func(Sum, int) bool)),
			expr.Operator(c.operator, moneys, sums),
		)
	}
	return options
}

func parseMoney(params ...any) (any, error) { return ar.ParseMoney(params[0].(string)) }

// compareMoney orders m against money of the same currency or against 0.
func compareMoney(m ar.Money, with any) (int, error) {
	switch w := with.(type) {
	case ar.Money:
		if w.Currency != m.Currency {
			return 0, errAbstain
		}
		return order(m.Minor, w.Minor), nil
	case int:
		if w == 0 {
			return order(m.Minor, 0), nil
		}
	}
	return 0, errBareNumber
}

// compareSum orders a sum against money, by the ERP's rate where it needs one,
// or against 0.
func compareSum(s Sum, with any) (int, error) {
	switch w := with.(type) {
	case ar.Money:
		minor, err := s.in(w.Currency)
		return order(minor, w.Minor), err
	case inBase:
		return compareBase(s, w)
	case int:
		if w == 0 {
			return sumSign(s), nil
		}
	}
	return 0, errBareNumber
}

func compareBase(s Sum, with inBase) (int, error) {
	limit, err := ar.ParseAmount(string(with), s.Base.Currency)
	if err != nil {
		return 0, err
	}
	minor, err := s.in(s.Base.Currency)
	return order(minor, limit), err
}

var errBareNumber = fmt.Errorf("an amount is compared with a bare number; write money(\"500.00 USD\")")

// sumSign is 1 where any currency is owed, else -1 where any is in credit.
func sumSign(s Sum) int {
	sign := 0
	for _, m := range s.Balance {
		if m.Minor > 0 {
			return 1
		}
		if m.Minor < 0 {
			sign = -1
		}
	}
	return sign
}

func order(a, b int64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}
