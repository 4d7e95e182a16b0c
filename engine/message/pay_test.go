package message

import (
	"net/url"
	"regexp"
	"testing"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
	"holdfast/engine/sequence"
)

func TestReference(t *testing.T) {
	amount := ar.Money{Minor: 1429450, Currency: "USD"}
	ref := Reference(signing, party, amount, day)
	if !regexp.MustCompile(`^20261121-[A-Z2-7]{26}$`).MatchString(ref) {
		t.Errorf("reference %q", ref)
	}
	if got, ok := VerifyReference(signing, party, amount, ref); !ok || got != day {
		t.Errorf("our own reference: %s, %v", got, ok)
	}
	other := party
	other.Payer = "78"
	for what, ok := range map[string]bool{
		"another party":    second(VerifyReference(signing, other, amount, ref)),
		"another amount":   second(VerifyReference(signing, party, ar.Money{Minor: 1, Currency: "USD"}, ref)),
		"another currency": second(VerifyReference(signing, party, ar.Money{Minor: 1429450, Currency: "EUR"}, ref)),
		"another key":      second(VerifyReference([]byte("x"), party, amount, ref)),
		"no key":           second(VerifyReference(nil, party, amount, Reference(nil, party, amount, day))),
		"another day":      second(VerifyReference(signing, party, amount, "20261122"+ref[8:])),
		"nothing":          second(VerifyReference(signing, party, amount, "")),
		"a longer one":     second(VerifyReference(signing, party, amount, ref+"A")),
	} {
		if ok {
			t.Errorf("%s passes", what)
		}
	}
}

func second(_ ar.Day, ok bool) bool { return ok }

func TestPayLinkInMessage(t *testing.T) {
	in := sample("past-due-1", sequence.Dunning)
	in.Accounts[0].Customer.Number = "a&b/c"
	in.PayURL = map[ar.Currency]string{"USD": "https://pay.example.com/x?c={customer}&ref={reference}&amount={amount}&currency={currency}"}
	links, err := in.links(shipped(t).wordsOf("en"), in.asked())
	if err != nil || len(links) != 1 {
		t.Fatal(links, err)
	}
	u, err := url.Parse(links[0].URL)
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	if q.Get("c") != "a&b/c" || q.Get("amount") != "14294.50" || q.Get("currency") != "USD" {
		t.Errorf("query %v", q)
	}
	if _, ok := VerifyReference(signing, party, ar.Money{Minor: 1429450, Currency: "USD"}, q.Get("ref")); !ok {
		t.Error("the link's reference does not verify")
	}
}

func TestBadPayPatterns(t *testing.T) {
	for _, pattern := range []string{"javascript:alert({amount})", "pay.example.com/{amount}", "https://pay.example.com/{amuont}", "https:///x"} {
		if _, err := PayLink(pattern, "c", "r", ar.Money{Minor: 1, Currency: "USD"}); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", pattern, err)
		}
	}
	in := sample("past-due-1", sequence.Dunning)
	in.SigningKey = nil
	if _, _, err := shipped(t).Render(in); !fault.Is(err, fault.Invalid) {
		t.Errorf("a reference without a key: %v", err)
	}
}
