package phone_test

import (
	"strings"
	"testing"

	"github.com/nyaruka/phonenumbers"

	"holdfast/engine/phone"
)

func TestE164(t *testing.T) {
	for _, c := range []struct{ text, country, want string }{
		{"+491711234567", "", "+491711234567"},
		{" +491711234567 ", "DE", "+491711234567"},
		{"+49 171 1234567", "", "+491711234567"},
		{"+49 (0)171 / 123 45 67", "", "+491711234567"},
		{"+4901711234567", "", "+491711234567"},
		{"0171 1234567", "DE", "+491711234567"},
		{"0171-1234567", "de", "+491711234567"},
		{"0049 171 1234567", "DE", "+491711234567"},
		{"0049 171 1234567", "FR", "+491711234567"},
		{"011 49 171 1234567", "US", "+491711234567"},
		{"tel:+49-171-1234567", "DE", "+491711234567"},
		{"(212) 555-0123", "US", "+12125550123"},
		{"212.555.0123 ext. 44", "US", "+12125550123"},
		{"1 212 555 0123", "CA", "+12125550123"},
		{"06 12 34 56 78", "FR", "+33612345678"},
		{"+33 6 12 34 56 78", "DE", "+33612345678"},
		{"612 34 56 78", "ES", "+34612345678"},
		{"07700 900123", "GB", "+447700900123"},
		{"02 1234 5678", "IT", "+390212345678"}, // Italy keeps its zero
		{"+39 02 1234 5678", "", "+390212345678"},
		{"+390212345678", "", "+390212345678"},
		{"079 123 45 67", "CH", "+41791234567"},
		{"+15005550006", "", "+15005550006"},
		{"+1 207 555 0142", "DE", "+12075550142"},
		{"+1 (207) 555-0142", "", "+12075550142"},
		{"+352 20 21 22", "", "+352202122"},
		{"+52 55 1234 5678", "", "+525512345678"},
		{"+54 9 11 2345-6789", "", "+5491123456789"},
		{"\u202a+49 171 1234567\u202c", "DE", "+491711234567"}, // as copied out of a mail
		{"＋４９１７１１２３４５６７", "", "+491711234567"},                 // full width

		{"0171 1234567", "", ""}, // whose?
		{"0049 171 1234567", "", ""},
		{"", "DE", ""}, {"   ", "DE", ""}, {"n/a", "DE", ""}, {"ask reception", "US", ""},
		{"123", "DE", ""}, {"+1", "", ""}, {"+", "DE", ""}, {"+0171123456", "", ""},
		{"+999999999999999999", "", ""}, {"12345678901234567890", "US", ""},
		{"0171 1234567", "XX", ""}, {"0171 1234567", "Germany", ""},
		{"info@customer.example", "DE", ""},
		{strings.Repeat("1", 10_000), "US", ""}, {"\xff\xfe", "DE", ""},
	} {
		got, ok := phone.E164(c.text, c.country)
		if got != c.want || ok != (c.want != "") {
			t.Errorf("%q in %q: %q, %v; want %q", c.text, c.country, got, ok, c.want)
		}
		if again, _ := phone.E164(got, c.country); again != got {
			t.Errorf("%q is written as %q the second time", got, again)
		}
	}
}

// An example of each kind of number of each country, in each form in which it is
// written, comes to what the library makes of it, by the quick way too.
func TestEveryCountry(t *testing.T) {
	kinds := []phonenumbers.PhoneNumberType{phonenumbers.FIXED_LINE, phonenumbers.MOBILE, phonenumbers.VOIP}
	tried := 0
	for country := range phonenumbers.GetSupportedRegions() {
		for _, kind := range kinds {
			n := phonenumbers.GetExampleNumberForType(country, kind)
			if n == nil || len(phonenumbers.Format(n, phonenumbers.E164)) <= 7 {
				continue
			}
			tried++
			want := phonenumbers.Format(n, phonenumbers.E164)
			for text, of := range map[string]string{
				want: "", phonenumbers.Format(n, phonenumbers.INTERNATIONAL): "", phonenumbers.Format(n, phonenumbers.NATIONAL): country,
				phonenumbers.Format(n, phonenumbers.RFC3966): country,
			} {
				parsed, err := phonenumbers.Parse(text, of)
				if err != nil {
					t.Fatalf("%s: %q: %v", country, text, err)
				}
				want := phonenumbers.Format(parsed, phonenumbers.E164)
				if got, ok := phone.E164(text, of); !ok || got != want {
					t.Errorf("%s: %q is %q, %v; want %q", country, text, got, ok, want)
				}
			}
		}
	}
	if tried < 400 {
		t.Errorf("only %d numbers were tried", tried)
	}
}

func BenchmarkWritten(b *testing.B) {
	for b.Loop() {
		phone.E164("+491711234567", "DE")
	}
}

func BenchmarkGrouped(b *testing.B) {
	for b.Loop() {
		phone.E164("+1 207 555 0142", "US")
	}
}

func BenchmarkNational(b *testing.B) {
	for b.Loop() {
		phone.E164("0171 1234567", "DE")
	}
}
