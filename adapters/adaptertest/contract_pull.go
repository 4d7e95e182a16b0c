package adaptertest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
)

func pullsAll(t *testing.T, b Bench) {
	recs, mark := all(t, b.open(t, nil))
	if _, first := recs[0].(*ar.Company); !first || mark == "" {
		t.Errorf("first came %T, the mark is %q", recs[0], mark)
	}
	customers := of[*ar.Customer](recs)
	if len(customers) != 2 || customers[0].Name != "Weiß & Jäger 🚢" || *customers[0].CreditLimit != 10000 || customers[0].Payer != "A" {
		t.Errorf("the first customer is %+v", customers[0])
	}
	if c := customers[1]; c.Account.Customer != "B " || c.Payer != "A" || c.CreditLimit != nil || !c.Active {
		t.Errorf("the second customer is %+v", c)
	}
	docs := of[*ar.Document](recs)
	want := ar.AccountID{Source: "erp", Company: "1", Customer: "A"}
	if len(docs) != 1 {
		t.Fatalf("%d documents came", len(docs))
	}
	if d := docs[0]; d.Account != want || d.Number != "INV-1" || d.Kind != ar.Invoice || d.Extra["branch"] != "north" {
		t.Errorf("the document is %+v", d)
	}
	if len(of[*ar.Contact](recs)) != 1 || len(of[*ar.Flaw](recs)) != 0 {
		t.Errorf("%d contacts, flaws %v", len(of[*ar.Contact](recs)), of[*ar.Flaw](recs))
	}
}

// document inserts one document of customer A.
func document(id, kind, due, currency, open string) string {
	return fmt.Sprintf("INSERT INTO c_document VALUES ('%[1]s', 'A', '%[1]s', '%s', %s, '%s', %s, NULL, {at}'2026-11-01 10:00:00', NULL);",
		id, kind, due, currency, open)
}

func flaws(t *testing.T, b Bench) {
	b.change(t, document("F1", "IN", "'2026-10-31'", "USD", "'1.005'")+document("F2", "IN", "'2026-10-31'", "XQX", "'1.00'")+
		document("F3", "IN", "'31.10.2026'", "USD", "'1.00'")+document("F4", "??", "NULL", "USD", "'1.00'")+
		document("F5", "IN", "'2026-02-30'", "USD", "'1.00'")+document("F6", "IN", "NULL", "USD", "NULL")+
		"UPDATE c_customer SET credit_limit = 'lots' WHERE id = 'B '")
	recs, mark := all(t, b.open(t, nil))
	fields := map[string]string{}
	for _, f := range of[*ar.Flaw](recs) {
		fields[f.ID] = f.Entity + "." + f.Field
		if f.Account.Company != "1" || f.Account.Customer == "" || f.Reason == "" {
			t.Errorf("%+v", f)
		}
	}
	want := map[string]string{
		"F1": "documents.open", "F2": "documents.currency", "F3": "documents.due_on", "F4": "documents.kind",
		"F5": "documents.due_on", "F6": "documents.open", "B ": "customers.credit_limit",
	}
	if fmt.Sprint(fields) != fmt.Sprint(want) {
		t.Errorf("flaws %v\nwant  %v", fields, want)
	}
	if docs := of[*ar.Document](recs); len(docs) != 1 || docs[0].ID != "D1" || mark == "" {
		t.Errorf("the sound document did not come alone: %+v, mark %q", docs, mark)
	}
}

func brokenPictures(t *testing.T, b Bench) {
	for words, statement := range map[string]string{
		`"D1"`:        document("D1", "IN", "NULL", "USD", "'1'"),
		"id":          strings.Replace(document("X", "IN", "NULL", "USD", "'1'"), "'X', 'A'", "NULL, 'A'", 1),
		"customer_id": strings.Replace(document("X", "IN", "NULL", "USD", "'1'"), "'X', 'A'", "'X', NULL", 1),
	} {
		b.change(t, statement)
		mark, err := b.open(t, nil).Pull(context.Background(), "", func(ar.Record) error { return nil })
		if !fault.Is(err, fault.Invalid) || mark != "" || !says(err, "documents.sql", words) {
			t.Errorf("mark %q, %v; want an error that names documents.sql and %s", mark, err, words)
		}
		b.change(t, "DELETE FROM c_document; "+document("D1", "IN", "NULL", "USD", "'1'"))
	}
}

func cutByEmit(t *testing.T, b Bench) {
	full := errors.New("the disk is full")
	n := 0
	mark, err := b.open(t, nil).Pull(context.Background(), "", func(ar.Record) error {
		if n++; n == 3 {
			return full
		}
		return nil
	})
	if !errors.Is(err, full) || mark != "" || n != 3 {
		t.Errorf("mark %q after %d records: %v", mark, n, err)
	}
}

func cutByCancel(t *testing.T, b Bench) {
	ctx, cancel := context.WithCancel(context.Background())
	erp := b.open(t, nil)
	mark, err := erp.Pull(ctx, "", func(ar.Record) error {
		cancel()
		return nil
	})
	if !errors.Is(err, context.Canceled) || mark != "" {
		t.Errorf("mark %q: %v", mark, err)
	}
	if recs, _ := all(t, erp); len(of[*ar.Document](recs)) != 1 {
		t.Error("the next pull does not work")
	}
}

// nulls puts NULL into one column of a document after the other.
func nulls(t *testing.T, b Bench) {
	b.change(t, "INSERT INTO c_customer VALUES ('E', '1', NULL, NULL, NULL, NULL); INSERT INTO c_contact VALUES ('K2', 'E', NULL);")
	columns := []string{"doc_no", "kind", "due", "currency", "open_amount", "closed", "changed_at", "branch"}
	for _, column := range columns {
		b.change(t, document(column, "IN", "'2026-10-31'", "USD", "'1.00'"))
		b.change(t, fmt.Sprintf("UPDATE c_document SET %s = NULL WHERE id = '%s'", column, column))
	}
	recs, mark := all(t, b.open(t, nil))
	fields := map[string]string{}
	for _, f := range of[*ar.Flaw](recs) {
		fields[f.ID] = f.Field
	}
	want := map[string]string{"kind": "kind", "currency": "currency", "open_amount": "open"}
	if fmt.Sprint(fields) != fmt.Sprint(want) || mark == "" {
		t.Errorf("flaws %v, want %v", fields, want)
	}
	if n := len(of[*ar.Document](recs)); n != 1+len(columns)-len(want) {
		t.Errorf("%d documents came", n)
	}
	for _, c := range of[*ar.Customer](recs) {
		if c.Account.Customer == "E" && (c.CreditLimit != nil || c.Payer != "E" || !c.Active || c.OnHold) {
			t.Errorf("the empty customer is %+v", c)
		}
	}
}
