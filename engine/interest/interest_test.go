package interest_test

import (
	"math/rand/v2"
	"strings"
	"testing"
	"testing/fstest"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
	"holdfast/engine/interest"
)

func shipped(t testing.TB) *interest.Rates {
	t.Helper()
	r, problems := interest.Load(nil)
	if err := problems.Err(); err != nil {
		t.Fatal(err)
	}
	return r
}

func money(t testing.TB, text string) ar.Money {
	t.Helper()
	m, err := ar.ParseMoney(text)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestLate(t *testing.T) {
	r := shipped(t)
	for _, c := range []struct {
		name, scheme, amount, due, paid string
		days                            int
		interest, fixed, total          string
		wrong                           []string // what common mistakes give
	}{
		{"the government's example", "uk", "10000.00 GBP", "2026-01-31", "2026-04-01", 60, "193.15", "100.00", "10293.15", []string{"193.20"}},
		{"pinned at its start", "uk", "2500.00 GBP", "2025-05-31", "2025-09-30", 122, "106.54", "70.00", "2676.54", []string{"103.39"}},
		{"due on the last day of June starts in July", "uk", "1000.00 GBP", "2025-06-30", "2025-07-10", 10, "3.36", "70.00", "1073.36", []string{"3.49"}},
		{"by half-years", "eu", "5000.00 EUR", "2026-05-15", "2026-08-10", 87, "122.37", "40.00", "5162.37", []string{"120.97", "123.95"}},
		{"Germany", "de", "5000.00 EUR", "2026-05-15", "2026-08-10", 87, "123.80", "40.00", "5163.80", nil},
		{"France", "fr", "5000.00 EUR", "2026-05-15", "2026-08-10", 87, "146.21", "40.00", "5186.21", nil},
		{"paid on its due date", "uk", "10.00 GBP", "2026-05-15", "2026-05-15", 0, "0.00", "0.00", "10.00", nil},
		{"paid early", "eu", "10.00 EUR", "2026-05-15", "2026-05-01", 0, "0.00", "0.00", "10.00", nil},
		{"one day", "eu", "0.01 EUR", "2026-05-15", "2026-05-16", 1, "0.00", "40.00", "40.01", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := r.Late(c.scheme, money(t, c.amount), ar.MustDay(c.due), ar.MustDay(c.paid))
			if err != nil {
				t.Fatal(err)
			}
			if got.Days != c.days || got.Interest.Amount() != c.interest || got.Fixed.Amount() != c.fixed || got.Total.Amount() != c.total {
				t.Errorf("%d days, %s and %s, %s in all; want %d, %s, %s, %s", got.Days, got.Interest, got.Fixed, got.Total, c.days, c.interest, c.fixed, c.total)
			}
			for _, wrong := range c.wrong {
				if got.Interest.Amount() == wrong {
					t.Errorf("%s is the mistake", wrong)
				}
			}
		})
	}
}

func TestFixedSumBands(t *testing.T) {
	r := shipped(t)
	for amount, want := range map[string]string{
		"0.01": "40.00", "999.99": "40.00", "1000.00": "70.00", "9999.99": "70.00", "10000.00": "100.00", "250000.00": "100.00",
	} {
		got, err := r.Late("uk", money(t, amount+" GBP"), ar.MustDay("2026-02-01"), ar.MustDay("2026-02-02"))
		if err != nil || got.Fixed.Amount() != want {
			t.Errorf("fixed sum on %s is %s, %v; want %s", amount, got.Fixed, err, want)
		}
	}
}

// hundredths are the rates a year in hundredths of a point, as the schemes pay
// them, by the half-year.
var hundredths = map[string]map[string]int64{
	"uk": {"2024-1": 1325, "2024-2": 1325, "2025-1": 1275, "2025-2": 1225, "2026-1": 1175, "2026-2": 1175},
	"eu": {"2024-1": 1250, "2024-2": 1225, "2025-1": 1115, "2025-2": 1015, "2026-1": 1015, "2026-2": 1040},
	"de": {"2024-1": 1262, "2024-2": 1237, "2025-1": 1127, "2025-2": 1027, "2026-1": 1027, "2026-2": 1052},
	"fr": {"2024-1": 1450, "2024-2": 1425, "2025-1": 1315, "2025-2": 1215, "2026-1": 1215, "2026-2": 1240},
}

// slowly adds interest up a day at a time, in whole numbers, and rounds the sum.
func slowly(scheme string, minor int64, due, paid ar.Day) int64 {
	half := func(day ar.Day) int64 {
		year, month := day.String()[:4], day.String()[5:7]
		if month <= "06" {
			return hundredths[scheme][year+"-1"]
		}
		return hundredths[scheme][year+"-2"]
	}
	var sum int64
	for day := due + 1; day <= paid; day++ {
		if scheme == "uk" {
			sum += half(due + 1)
		} else {
			sum += half(day)
		}
	}
	const year = 365 * 100 * 100
	return (minor*sum + year/2) / year
}

func TestLateAgainstAddingDays(t *testing.T) {
	r := shipped(t)
	dice := rand.New(rand.NewPCG(5, 1998))
	for range 3000 {
		scheme := []string{"uk", "eu", "de", "fr"}[dice.IntN(4)]
		cur := ar.Currency("EUR")
		if scheme == "uk" {
			cur = "GBP"
		}
		amount := ar.Money{Minor: 1 + dice.Int64N(5_000_000_00), Currency: cur}
		due := ar.MustDay("2023-12-31") + ar.Day(dice.IntN(1000))
		paid := min(due+ar.Day(dice.IntN(500)), ar.MustDay("2026-12-31"))
		got, err := r.Late(scheme, amount, due, paid)
		if err != nil {
			t.Fatal(err)
		}
		if want := slowly(scheme, amount.Minor, due, paid); got.Interest.Minor != want {
			t.Fatalf("%s: %s from %s to %s gives %s, added up %d", scheme, amount, due, paid, got.Interest, want)
		}
		days := 0
		for _, p := range got.Parts {
			days += p.Days
		}
		if days != got.Days {
			t.Fatalf("the parts %v have %d days, the charge %d", got.Parts, days, got.Days)
		}
	}
}

func TestLateRefuses(t *testing.T) {
	r := shipped(t)
	due, paid := ar.MustDay("2026-02-01"), ar.MustDay("2026-03-01")
	for _, c := range []struct {
		name, scheme, amount string
		due, paid            ar.Day
		kind                 fault.Kind
	}{
		{"scheme", "mars", "1.00 EUR", due, paid, fault.NotFound},
		{"currency", "uk", "1.00 EUR", due, paid, fault.Unsupported},
		{"zero", "eu", "0.00 EUR", due, paid, fault.Invalid},
		{"credit", "eu", "-1.00 EUR", due, paid, fault.Invalid},
		{"no due date", "eu", "1.00 EUR", 0, paid, fault.Invalid},
		{"before the law", "eu", "1.00 EUR", ar.MustDay("2010-01-01"), paid, fault.NotFound},
		{"before the rates", "eu", "1.00 EUR", ar.MustDay("2020-01-01"), paid, fault.NotFound},
		{"rate not out yet", "eu", "1.00 EUR", due, ar.MustDay("2027-01-01"), fault.NotFound},
		{"start after the rates", "uk", "1.00 GBP", ar.MustDay("2026-12-31"), ar.MustDay("2027-01-05"), fault.NotFound},
	} {
		_, err := r.Late(c.scheme, money(t, c.amount), c.due, c.paid)
		if !fault.Is(err, c.kind) {
			t.Errorf("%s: %v, want an error of kind %q", c.name, err, c.kind)
		}
	}
	if _, err := r.Late("uk", money(t, "1.00 GBP"), ar.MustDay("2026-12-01"), ar.MustDay("2027-05-05")); err != nil {
		t.Errorf("a pinned rate needs no later one: %v", err)
	}
}

func TestSiteReplacesAFile(t *testing.T) {
	r, problems := interest.Load(fstest.MapFS{"rates/ecb.toml": {Data: []byte(`name = "ecb"
title = "ours"
[[rate]]
from = "2026-01-01"
percent = "1"
sources = ["x"]
reviewed_on = "2026-01-01"
sure = "A"
`)}})
	if err := problems.Err(); err != nil {
		t.Fatal(err)
	}
	c, err := r.Late("eu", money(t, "36500.00 EUR"), ar.MustDay("2026-01-01"), ar.MustDay("2026-01-02"))
	if err != nil || c.Interest.Amount() != "9.00" || c.Parts[0].Percent != "9.00" {
		t.Errorf("%+v, %v", c, err)
	}
}

func TestLoadNamesLineAndCure(t *testing.T) {
	const origin = "sources = [\"x\"]\nreviewed_on = \"2026-01-01\"\nsure = \"A\"\n"
	const scheme = "name = \"x\"\ntitle = \"x\"\ncurrency = \"EUR\"\npoints = \"8\"\nyear_days = 365\nvalid_from = \"2013-01-01\"\n" + origin
	for _, c := range []struct{ file, text, want string }{
		{"rates/x.toml", "name = \"x\"\ntitle = \"x\"\n[[rate]]\nfrom = \"2026-02-01\"\npercent = \"1\"\n" + origin, "rates/x.toml:4: rate[1].from: 2026-02-01 does not begin a half-year"},
		{"rates/x.toml", "name = \"x\"\ntitle = \"x\"\n[[rate]]\nfrom = \"2026-01-01\"\npercent = \"4,5\"\n" + origin, `rates/x.toml:5: rate[1].percent: "4,5" is no percentage`},
		{"rates/x.toml", "name = \"y\"\n", `rates/x.toml:1: name: the name is "y"`},
		{"rates/x.toml", "name = \"x\"\nrates = 4\n", "rates/x.toml:2: rates: unknown key"},
		{"schemes/x.toml", scheme + "reference = \"moon\"\n", `schemes/x.toml:10: reference: there is no rate named "moon"`},
		{"schemes/x.toml", scheme + "reference = \"ecb\"\n[[fixed]]\nbelow = \"5\"\nsum = \"1\"\n", "schemes/x.toml:12: fixed[1].below: the bands do not rise"},
		{"schemes/x.toml", strings.Replace(scheme, "365", "300", 1) + "reference = \"ecb\"\n", "schemes/x.toml:5: year_days: a year of 300 days"},
		{"schemes/x.toml", strings.Replace(scheme, `sure = "A"`, `sure = "Z"`, 1) + "reference = \"ecb\"\n", `schemes/x.toml:9: sure: "Z" does not say`},
	} {
		r, problems := interest.Load(fstest.MapFS{c.file: {Data: []byte(c.text)}})
		if err := problems.Err(); r != nil || err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("got %v\nwant %s", err, c.want)
		}
	}
}
