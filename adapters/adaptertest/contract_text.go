package adaptertest

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"holdfast/adapters"
	"holdfast/engine/ar"
)

// fresh reads accounts afresh.
func fresh(t *testing.T, erp *adapters.ERP, ids ...ar.AccountID) (recs []ar.Record) {
	t.Helper()
	err := erp.Fresh(context.Background(), ids, func(r ar.Record) error { recs = append(recs, r); return nil })
	if err != nil {
		t.Fatal(err)
	}
	return recs
}

// confirmed reads documents by their ids.
func confirmed(t *testing.T, erp *adapters.ERP, ids ...ar.DocumentID) (recs []ar.Record) {
	t.Helper()
	err := erp.Confirm(context.Background(), ids, func(r ar.Record) error { recs = append(recs, r); return nil })
	if err != nil {
		t.Fatal(err)
	}
	return recs
}

// trailingBlanks follows the key of a CHAR column around: as it was read it must
// find its row again.
func trailingBlanks(t *testing.T, b Bench) {
	b.change(t, typedRow("T1", "{on}'2026-10-31'", "USD", "60.5"))
	erp := b.open(t, map[string]string{"documents.sql": typed})
	recs, _ := all(t, erp)
	docs := of[*ar.Document](recs)
	if len(docs) != 1 || docs[0].Number != "T1" || docs[0].Kind != ar.Invoice || docs[0].Currency != "USD" {
		t.Fatalf("the document is %+v, flaws %+v", docs, of[*ar.Flaw](recs))
	}
	if again := of[*ar.Document](confirmed(t, erp, docs[0].ID)); len(again) != 1 || again[0].ID != docs[0].ID {
		t.Errorf("by its id %q came %+v", docs[0].ID, again)
	}
	if again := of[*ar.Document](fresh(t, erp, docs[0].Account)); len(again) != 1 || again[0].Account != docs[0].Account {
		t.Errorf("by its customer %q came %+v", docs[0].Account.Customer, again)
	}
	b.change(t, "INSERT INTO c_document VALUES ('B1', 'B ', 'B1 ', 'IN', NULL, 'USD', '1', NULL, {at}'2026-11-01 10:00:00', NULL)")
	recs = fresh(t, b.open(t, nil), account("B "))
	customers, documents := of[*ar.Customer](recs), of[*ar.Document](recs)
	if len(customers) != 1 || customers[0].Account != account("B ") {
		t.Errorf("the customer %q came as %+v", "B ", customers)
	}
	if len(documents) != 1 || documents[0].Account != account("B ") || documents[0].Number != "B1" {
		t.Errorf("of the customer %q came %+v", "B ", documents)
	}
}

// unicodeTexts sends scripts there and back, as names and as keys.
func unicodeTexts(t *testing.T, b Bench) {
	texts := []string{
		"Ω≈ç√∫", "שלום עולם", "مرحبا", "😀🚢𝒜", "e\u0301 is not \u00e9",
		"👨‍👩‍👧", "İı", "日本\u3000東京",
		"O'Brien \"&\" %_\\", "\u202ertl\u202c", "tab\there",
	}
	for i, text := range texts {
		b.change(t, fmt.Sprintf("INSERT INTO c_customer VALUES ({N}'%[2]d%[1]s', '1', {N}'%[1]s', NULL, NULL, NULL)",
			strings.ReplaceAll(firstRunes(text, 6), "'", "''"), i))
	}
	erp := b.open(t, nil)
	recs, _ := all(t, erp)
	names := map[ar.CustomerID]string{}
	for _, c := range of[*ar.Customer](recs) {
		names[c.Account.Customer] = c.Name
	}
	for i, text := range texts {
		name := firstRunes(text, 6)
		id := ar.CustomerID(fmt.Sprintf("%d%s", i, name))
		if names[id] != strings.TrimRight(name, " ") {
			t.Errorf("%q came as %q", name, names[id])
		}
		if again := of[*ar.Customer](fresh(t, erp, account(string(id)))); len(again) != 1 || again[0].Account.Customer != id {
			t.Errorf("by the key %q came %+v", id, again)
		}
		placeAndLift(t, erp, account(string(id)))
	}
}

// firstRunes keeps a key short enough for its column, whatever the engine counts.
func firstRunes(text string, n int) string {
	runes := []rune(text)
	return string(runes[:min(n, len(runes))])
}

// anyCase reads keys from columns that compare without case.
func anyCase(t *testing.T, b Bench) {
	b.change(t, `CREATE TABLE c_case (id {text}(20) {anycase}, customer {text}(20) {anycase}, currency {text}(3), amount {text}(9));
		INSERT INTO c_case VALUES ('k1', 'a', 'USD', '1'); INSERT INTO c_case VALUES ('K1', 'A', 'USD', '2')`)
	erp := b.open(t, map[string]string{"documents.sql": `SELECT id, customer AS customer_id, id AS "number", 'IN' AS kind,
NULL AS due_on, currency, amount AS "open" FROM c_case WHERE :company = '1'
AND customer IN (:customers) --? customers
AND id IN (:ids) --? ids`})
	recs, _ := all(t, erp)
	reads := map[string][]*ar.Document{
		"a pull": of[*ar.Document](recs), "a fresh read": of[*ar.Document](fresh(t, erp, account("A"))),
		"a confirming read": of[*ar.Document](confirmed(t, erp, "k1", "K1")),
	}
	for what, docs := range reads {
		open := map[ar.DocumentID]int64{}
		for _, d := range docs {
			open[d.ID] = d.Open
			if (d.ID == "k1") != (d.Account.Customer == "a") {
				t.Errorf("%s brought %s as one of %s", what, d.ID, d.Account.Customer)
			}
		}
		if open["K1"] != 200 || what != "a fresh read" && open["k1"] != 100 {
			t.Errorf("%s brought %v", what, open)
		}
	}
}
