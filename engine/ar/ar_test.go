package ar_test

import (
	"math"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"holdfast/engine/ar"
)

func TestParseAmountIsExact(t *testing.T) {
	cases := []struct {
		text string
		cur  ar.Currency
		want int64
		err  string
	}{
		{"1234.5", "USD", 123450, ""},
		{"-0.01", "USD", -1, ""},
		{"+7", "USD", 700, ""},
		{".5", "USD", 50, ""},
		{"5.", "USD", 500, ""},
		{" 12.00 ", "EUR", 1200, ""},
		{"10.5000", "USD", 1050, ""},
		{"10.005", "USD", 0, "more decimals than USD has (2)"},
		{"1234", "JPY", 1234, ""},
		{"1234.5", "JPY", 0, "more decimals"},
		{"-1.125", "KWD", -1125, ""},
		{"92233720368547758.07", "USD", math.MaxInt64, ""},
		{"92233720368547758070", "USD", 0, "too large"},
		{"1e5", "USD", 0, "not an amount"},
		{"", "USD", 0, "not an amount"},
		{"--5", "USD", 0, "not an amount"},
		{"NaN", "USD", 0, "not an amount"},
		{"1,000.00", "USD", 0, "not an amount"},
		{"1.00", "XXX", 0, "no currency"},
	}
	for _, c := range cases {
		got, err := ar.ParseAmount(c.text, c.cur)
		if c.err == "" && (err != nil || got != c.want) {
			t.Errorf("%q %s reads as %d, %v; want %d", c.text, c.cur, got, err, c.want)
		}
		if c.err != "" && (err == nil || !strings.Contains(err.Error(), c.err)) {
			t.Errorf("%q %s: error %v, want %q", c.text, c.cur, err, c.err)
		}
	}
}

func TestAmountsReadBackAsTheyWereWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := ar.Money{
			Minor:    rapid.Int64Range(-math.MaxInt64/100, math.MaxInt64/100).Draw(t, "minor"),
			Currency: ar.Currency(rapid.SampledFrom([]string{"USD", "JPY", "KWD", "CLF"}).Draw(t, "currency")),
		}
		text, err := m.MarshalText()
		if err != nil {
			t.Fatal(err)
		}
		var back ar.Money
		if err := back.UnmarshalText(text); err != nil || back != m {
			t.Fatalf("%s reads back as %v, %v", text, back, err)
		}
	})
}

func TestMoneyForAPerson(t *testing.T) {
	for want, m := range map[string]ar.Money{
		"1,234,567.80 USD": {Minor: 123456780, Currency: "USD"},
		"-0.05 EUR":        {Minor: -5, Currency: "EUR"},
		"999 JPY":          {Minor: 999, Currency: "JPY"},
		"-1,000.125 KWD":   {Minor: -1000125, Currency: "KWD"},
	} {
		if got := m.String(); got != want {
			t.Errorf("%d %s is written %q, want %q", m.Minor, m.Currency, got, want)
		}
	}
}

func TestABalanceKeepsCurrenciesApart(t *testing.T) {
	var b ar.Balance
	b = b.Add(500, "USD").Add(300, "EUR").Add(-200, "USD")
	if b.In("USD") != 300 || b.In("EUR") != 300 || b.In("GBP") != 0 || b.String() != "3.00 EUR and 3.00 USD" {
		t.Errorf("the balance is %s", b)
	}
}

func TestDays(t *testing.T) {
	if d := ar.MustDay("1970-01-01"); d.Time(time.UTC).Unix() != 0 {
		t.Errorf("1970-01-01 begins at %d", d.Time(time.UTC).Unix())
	}
	if d := ar.MustDay("2026-11-21"); d.Weekday() != time.Saturday || d.MonthEnd() != ar.MustDay("2026-11-30") || d.MonthStart().String() != "2026-11-01" {
		t.Errorf("%s: %s, month %s to %s", d, d.Weekday(), d.MonthStart(), d.MonthEnd())
	}
	if d := ar.MustDay("2024-02-10"); d.MonthEnd().String() != "2024-02-29" {
		t.Errorf("February of a leap year ends on %s", d.MonthEnd())
	}
	late := time.Date(2026, 11, 21, 23, 59, 0, 0, time.FixedZone("west", -5*3600))
	if ar.DayOf(late).String() != "2026-11-21" || !ar.DayOf(time.Time{}).IsZero() {
		t.Error("the day is that of the clock's own zone, and no time has no day")
	}
	for _, text := range []string{"2026-02-30", "21.11.2026", "2026-11-21T00:00:00Z"} {
		if _, err := ar.ParseDay(text); err == nil {
			t.Errorf("%q was taken as a day", text)
		}
	}
}

func TestDaysReadBackAsTheyWereWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := ar.Day(rapid.Int32Range(1, 3_000_000).Draw(t, "day"))
		if back := ar.MustDay(d.String()); back != d || (d+1).Weekday() != (d.Weekday()+1)%7 {
			t.Fatalf("%d is %s and reads back as %d", d, d, back)
		}
	})
}

func TestDisputedOpenIsNeverMoreThanOpen(t *testing.T) {
	cases := []struct {
		doc  ar.Document
		want int64
	}{
		{ar.Document{Open: 100}, 0},
		{ar.Document{Open: 100, Disputed: true}, 100},
		{ar.Document{Open: 100, Disputed: true, DisputedAmount: 40}, 40},
		{ar.Document{Open: 100, Disputed: true, DisputedAmount: 400}, 100},
		{ar.Document{Open: -100, Disputed: true}, 0},
	}
	for _, c := range cases {
		if got := c.doc.DisputedOpen(); got != c.want {
			t.Errorf("%+v: %d in dispute, want %d", c.doc, got, c.want)
		}
	}
}

func TestHoldStatesAreThree(t *testing.T) {
	noRow, null, value := ar.HoldState{Held: ar.NoRow}, ar.HoldState{Held: ar.Null}, ar.HoldState{Held: ar.Valued}
	if noRow.Same(null) || null.Same(value) || value.Same(noRow) {
		t.Error("no row, NULL and an empty value are told apart")
	}
	if !value.Same(ar.HoldState{Held: ar.Valued, Version: "7"}) {
		t.Error("the version is not part of the value")
	}
}
