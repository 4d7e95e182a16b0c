package sequence_test

import (
	"slices"
	"testing"

	"holdfast/engine/ar"
	"holdfast/engine/sequence"
)

// A text goes to a mobile whose country is known, a call to any telephone; both
// are compared as E.164.
func TestAddressOf(t *testing.T) {
	german, nowhere := ar.Address{Country: "DE"}, ar.Address{}
	for _, c := range []struct {
		contact    ar.Contact
		sms, voice string
		all        []string
	}{
		{ar.Contact{Mobile: "0171 1234567", Address: german}, "+491711234567", "+491711234567", []string{"+491711234567"}},
		{ar.Contact{Mobile: "0171 1234567", Address: nowhere}, "", "0171 1234567", []string{"0171 1234567"}},
		{ar.Contact{Mobile: "+49 171 1234567", Address: nowhere}, "+491711234567", "+491711234567", []string{"+491711234567"}},
		{ar.Contact{Phone: "030 123456", Mobile: "0171 1234567", Address: german}, "+491711234567", "+4930123456", []string{"+4930123456", "+491711234567"}},
		{ar.Contact{Phone: "030 123456", Address: german}, "", "+4930123456", []string{"+4930123456"}},
		{ar.Contact{Phone: "Reception", Email: " AP@A.example", Address: german}, "", "reception", []string{"ap@a.example", "reception"}},
		{ar.Contact{Phone: "+491711234567", Mobile: "+49 171 1234567"}, "+491711234567", "+491711234567", []string{"+491711234567"}},
		{ar.Contact{}, "", "", nil},
	} {
		if got := sequence.AddressOf(sequence.MediumSMS, &c.contact); got != c.sms {
			t.Errorf("%+v: a text goes to %q, want %q", c.contact, got, c.sms)
		}
		if got := sequence.AddressOf(sequence.MediumVoice, &c.contact); got != c.voice {
			t.Errorf("%+v: a call goes to %q, want %q", c.contact, got, c.voice)
		}
		if got := sequence.Addresses(&c.contact); !slices.Equal(got, c.all) {
			t.Errorf("%+v: addresses %q, want %q", c.contact, got, c.all)
		}
	}
}

// A number is the same however it was told, also before numbers were kept as
// E.164; nothing told is no number.
func TestSameAddress(t *testing.T) {
	for _, c := range []struct {
		told, address, country string
		same                   bool
	}{
		{"+491711234567", "+491711234567", "", true}, {"0171 1234567", "+491711234567", "DE", true}, {"0171 1234567", "+491711234567", "US", false},
		{"+49 171 1234567", "+491711234567", "", true}, {"0171 1234567", "+491711234567", "", false}, {"ap@a.example", "ap@a.example", "DE", true},
		{"", "", "DE", true}, {"", "+491711234567", "DE", false}, {"letter:erp/1/a", "+491711234567", "DE", false},
	} {
		if got := sequence.SameAddress(c.told, c.address, c.country); got != c.same {
			t.Errorf("%q told in %q, %q: %v", c.told, c.country, c.address, got)
		}
	}
}
