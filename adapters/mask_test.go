package adapters

import (
	"encoding/json"
	"strings"
	"testing"

	"holdfast/engine/ar"
)

func TestMaskedKeepsShapesAndNothingElse(t *testing.T) {
	limit := int64(500)
	for _, c := range []struct {
		rec  ar.Record
		gone []string
		kept []string
	}{
		{&ar.Customer{
			Account: ar.AccountID{Customer: "C1"}, Number: "K-7", Name: "Weiß & Jäger 12", LegalName: "Weiß GmbH", Collector: "anna", SalesRep: "Ben",
			Address: ar.Address{Line1: "Hauptstraße 5", Postcode: "80331", City: "München", Country: "DE"}, CreditLimit: &limit,
			Extra: ar.Extra{"owner": "Frau Weiß", "grade": int64(3)},
		}, []string{"Weiß", "Jäger", "12", "anna", "Ben", "Haupt", "80331", "München", "Frau"}, []string{"K-7", "C1", "DE", "500", "Xxxx & Xxxxx 99"}},
		{&ar.Contact{ID: "7", Name: "Ann Lee", Email: "ann.lee@firm.example", Phone: "+49 89 123", Mobile: "0170 1", Role: "ap"},
			[]string{"Ann", "lee", "firm", "123", "170"}, []string{"xxx.xxx@xxxx.xxxxxxx", `"ap"`, "+99 99 999"}},
		{&ar.Document{ID: "D1", Number: "INV-1", Open: 100, DisputeReason: "Herr Krause says no", Extra: ar.Extra{"memo": "call Eve"}},
			[]string{"Krause", "Eve"}, []string{"INV-1", "100"}},
	} {
		text, err := json.Marshal(Masked(c.rec))
		if err != nil {
			t.Fatal(err)
		}
		plain := strings.ReplaceAll(string(text), `\u0026`, "&")
		for _, word := range c.gone {
			if strings.Contains(plain, word) {
				t.Errorf("%q is still in %s", word, plain)
			}
		}
		for _, word := range c.kept {
			if !strings.Contains(plain, word) {
				t.Errorf("%q is gone from %s", word, plain)
			}
		}
	}
}
