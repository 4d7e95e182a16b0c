package cli

import (
	"strings"
	"testing"
	"time"

	"holdfast/connector/config"
	"holdfast/engine/ar"
	"holdfast/engine/calendar"
	"holdfast/engine/intake"
	"holdfast/engine/message"
	"holdfast/engine/sequence"
)

// A customer reads what a hold stops, never more than it does stop in this ERP.
func TestHoldStopsNoMoreThanTheLevel(t *testing.T) {
	for level, want := range map[ar.HoldLevel]string{
		ar.HoldNothing: "", ar.HoldWarns: "", ar.HoldStopsOrders: "no new orders", ar.HoldStopsShipments: "no further shipments",
	} {
		if got := holdStops(level); got != want {
			t.Errorf("level %d: %q, want %q", level, got, want)
		}
	}
}

// What the config, the facts and the journal know reaches the message.
func TestRenderPassesEverythingOn(t *testing.T) {
	templates, err := message.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	id, limit := ar.AccountID{Source: "erp", Company: "1", Customer: "7"}, int64(900000)
	told := func(fact int64, kind intake.Kind, value string, ref int64) intake.Fact {
		return intake.Fact{ID: fact, Kind: kind, Account: id, Code: intake.PrefersLanguage, Value: value, Ref: ref}
	}
	c := sequence.Case{
		Party: ar.PartyID{Source: "erp", Company: "1", Payer: "7"}, Today: ar.MustDay("2026-11-21"), DataDay: ar.MustDay("2026-11-20"),
		Company:  ar.Company{Name: "Seller", BaseCurrency: "EUR"},
		Accounts: []sequence.Account{{Customer: ar.Customer{Account: id, Number: "C-7", Name: "Buyer", Language: "es", CreditLimit: &limit}}},
		Facts:    []intake.Fact{told(1, intake.Preference, "fr", 0), told(2, intake.Preference, "de", 0), told(3, intake.Preference, "es", 0), told(4, intake.End, "", 3)},
		Holds:    []ar.HoldEntry{{Account: id, State: ar.EntryReleased, ReleasedOn: ar.MustDay("2026-11-19")}},
	}
	cfg := &config.Company{Key: "1", Holidays: "DE", Sender: config.Sender{
		From: "ar@seller.example", LateFee: "9 Prozentpunkte.", Portal: "https://my.seller.example",
	}}
	r := &renderer{templates: templates, company: cfg, book: &sequence.Book{}}
	for template, wants := range map[string][]string{
		"welcome":       {"Kreditlimit: 9.000,00 EUR", "Bei verspäteter Zahlung: 9 Prozentpunkte.", "Ihr Konto online: https://my.seller.example"},
		"hold-released": {"wurde am 19. November 2026 aufgehoben"},
	} {
		in := sequence.Intent{Kind: sequence.Message, Account: id, Purpose: sequence.Response, Template: template, To: []ar.Contact{{Email: "ap@buyer.example"}}}
		m, notes, err := r.Render(c, in, c.Today.Time(time.UTC))
		if err != nil || len(notes) > 0 || m.Language != "de" {
			t.Fatal(err, notes, m.Language)
		}
		for _, want := range wants {
			if !strings.Contains(m.Text, want) {
				t.Errorf("%s lacks %q:\n%s", template, want, m.Text)
			}
		}
	}
}

// A warning never names a day that is earlier than the hold can come.
func TestApartIsTheSpacingOfTheFile(t *testing.T) {
	span := func(anchor sequence.Anchor, n int, business bool) sequence.Moment {
		return sequence.Moment{Anchor: anchor, Span: calendar.Span{N: n, Business: business}}
	}
	warning := sequence.Rung{ID: "warn", At: span(sequence.AnchorEntered, 6, false)}
	s := &sequence.Sequence{Steps: []sequence.Rung{warning}}
	for want, at := range map[ar.Day]sequence.Moment{10: span(sequence.AnchorEntered, 16, false), 0: span(sequence.AnchorPrevious, 16, false)} {
		if got := apart(s, "warn", &sequence.Rung{At: at}); got != want {
			t.Errorf("%v: %d days, want %d", at, got, want)
		}
	}
	if got := apart(s, "warn", &sequence.Rung{At: span(sequence.AnchorEntered, 16, true)}); got != 0 {
		t.Errorf("business days are no calendar days: %d", got)
	}
}
