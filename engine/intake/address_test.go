package intake_test

import (
	"testing"

	"holdfast/engine/fault"
	"holdfast/engine/intake"
)

// A telephone is kept as E.164 however it was told, by the customer's country;
// where that is not known, as it was told.
func TestTelephones(t *testing.T) {
	for _, c := range []struct{ country, channel, told, kept string }{
		{"DE", "sms", "0171 / 123 45 67", "+491711234567"},
		{"DE", "SMS", "+1 (212) 555-0123", "+12125550123"},
		{"US", "voice", "212-555-0123", "+12125550123"},
		{"US", "", "(212) 555 0123", "+12125550123"},
		{"", "sms", "+49 171 1234567", "+491711234567"},
		{"", "voice", "0171-1234567", "0171-1234567"},
		{"US", "email", "2125550123@fax.example", "2125550123@fax.example"},
		{"US", "", "AP@Acme.example", "ap@acme.example"},
		{"US", "sms", "", ""},
	} {
		a := account()
		a.Customer.Address.Country = c.country
		for name, tell := range map[string]func() (intake.Fact, error){
			"do not contact": func() (intake.Fact, error) { return a.DoNotContact(kim, c.channel, c.told) },
			"consent":        func() (intake.Fact, error) { return a.Consent(kim, c.channel, c.told, true) },
		} {
			want(t, name+" "+c.told, must(t)(tell()).Address, c.kept)
		}
	}
	a := account()
	a.Customer.Address.Country = "DE"
	called := must(t)(a.Called(kim, "reached", "0171 1234567", ""))
	want(t, "called", called.Address, "+491711234567")
	a.Customer.Address.Country = ""
	if f, err := a.DoNotContact(kim, "sms", "0171-1234567"); !fault.Is(err, fault.Invalid) {
		t.Errorf("a number that no text can be stopped by was kept as %q, %v", f.Address, err)
	}
}
