package adaptertest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"holdfast/adapters"
	"holdfast/engine/ar"
	"holdfast/engine/fault"
)

// Run tries the contract on a driver. fresh makes an empty database.
func Run(t *testing.T, fresh func(t *testing.T) Bench) {
	for _, line := range []struct {
		says string
		test func(t *testing.T, b Bench)
	}{
		{"a pull brings every entity, texts trimmed and keys raw", pullsAll},
		{"a row that cannot be taken is a flaw of its account and no more", flaws},
		{"days that mean none, and days with a time, are understood", days},
		{"amounts of 0 to 3 decimals are exact, below zero too", amounts},
		{"a floating-point amount is refused by the name of its column", refusesFloats},
		{"a broken picture brings no mark: doubles and missing keys", brokenPictures},
		{"an emit that fails ends the pull with its error and no mark", cutByEmit},
		{"a cancelled pull ends soon with no mark", cutByCancel},
		{"an incremental pull brings what changed, with an overlap", incremental},
		{"a mark ahead of the ERP means that it was replaced", markAhead},
		{"a fresh read brings open documents of its accounts only", freshRead},
		{"a confirming read brings closed documents and leaves out gone ones", confirms},
		{"three hold states are told apart, and put back exactly", holdStates},
		{"a hold that someone else changed first is a conflict", holdLost},
		{"a probe finds nothing on a sound ERP", probesSound},
		{"a probe names the file, the column and the cure", probesBroken},
		{"a clock of another day is a bad finding", probesClock},
		{"companies are listed, and an unknown one is named with those", companies},
		{"reads cannot write", readsOnly},
	} {
		t.Run(line.says, func(t *testing.T) {
			b := fresh(t)
			b.Exec(t, schema)
			line.test(t, b)
		})
	}
}

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
	if len(docs) != 1 || docs[0].Account != want || docs[0].Number != "INV-1" || docs[0].Kind != ar.Invoice || docs[0].Extra["branch"] != "north" {
		t.Errorf("the documents are %+v", docs[0])
	}
	if len(of[*ar.Contact](recs)) != 1 || len(of[*ar.Flaw](recs)) != 0 {
		t.Errorf("%d contacts, flaws %v", len(of[*ar.Contact](recs)), of[*ar.Flaw](recs))
	}
}

// document inserts one document of customer A.
func document(id, kind, due, currency, open string) string {
	return fmt.Sprintf("INSERT INTO c_document VALUES ('%s', 'A', '%s', '%s', %s, '%s', %s, NULL, '2026-11-01 10:00:00', NULL);", id, id, kind, due, currency, open)
}

func flaws(t *testing.T, b Bench) {
	b.Exec(t, document("F1", "IN", "'2026-10-31'", "USD", "'1.005'")+document("F2", "IN", "'2026-10-31'", "XQX", "'1.00'")+
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

func days(t *testing.T, b Bench) {
	want := map[ar.DocumentID]ar.Day{"D1": ar.MustDay("2026-10-31")}
	var inserts strings.Builder
	for id, due := range map[ar.DocumentID]string{
		"N1": "NULL", "N2": "''", "N3": "'1900-01-01'", "N4": "'1753-01-01 00:00:00'", "N5": "'0001-01-01'", "Y1": "'2024-02-29T00:00:00'",
	} {
		inserts.WriteString(document(string(id), "IN", due, "USD", "'1'"))
		want[id] = 0
	}
	want["Y1"] = ar.MustDay("2024-02-29")
	b.Exec(t, inserts.String())
	recs, _ := all(t, b.open(t, nil))
	for _, d := range of[*ar.Document](recs) {
		if d.DueOn != want[d.ID] {
			t.Errorf("%s is due on %q, want %q", d.ID, d.DueOn, want[d.ID])
		}
		delete(want, d.ID)
	}
	if len(want) > 0 {
		t.Errorf("did not come: %v", want)
	}
}

func amounts(t *testing.T, b Bench) {
	want := map[ar.DocumentID]int64{"D1": 6050, "A0": -1234, "A2": -1, "A2z": 9007199254740993, "A3": 1005, "A2t": 100}
	b.Exec(t, document("A0", "IN", "NULL", "JPY", "'-1234'")+document("A2", "IN", "NULL", "USD", "'-0.01'")+
		document("A2z", "IN", "NULL", "USD", "'90071992547409.93'")+document("A3", "IN", "NULL", "KWD", "'1.005'")+
		document("A2t", "IN", "NULL", "USD", "'1.0000'"))
	recs, _ := all(t, b.open(t, nil))
	for _, d := range of[*ar.Document](recs) {
		if d.Open != want[d.ID] {
			t.Errorf("%s: %d, want %d", d.ID, d.Open, want[d.ID])
		}
		delete(want, d.ID)
	}
	if len(want) > 0 {
		t.Errorf("did not come: %v", want)
	}
}

func refusesFloats(t *testing.T, b Bench) {
	float := strings.Replace(queries["documents"], "open_amount AS open", "CAST(open_amount AS DOUBLE PRECISION) AS open", 1)
	mark, err := b.open(t, map[string]string{"documents.sql": float}).Pull(context.Background(), "", func(ar.Record) error { return nil })
	if !fault.Is(err, fault.Invalid) || mark != "" || !strings.Contains(err.Error(), `"open" is a floating-point number`) {
		t.Errorf("mark %q: %v", mark, err)
	}
}

func brokenPictures(t *testing.T, b Bench) {
	for says, statement := range map[string]string{
		`"D1"`:        document("D1", "IN", "NULL", "USD", "'1'"),
		"id":          strings.Replace(document("X", "IN", "NULL", "USD", "'1'"), "'X', 'A'", "NULL, 'A'", 1),
		"customer_id": strings.Replace(document("X", "IN", "NULL", "USD", "'1'"), "'X', 'A'", "'X', NULL", 1),
	} {
		b.Exec(t, statement)
		mark, err := b.open(t, nil).Pull(context.Background(), "", func(ar.Record) error { return nil })
		if !fault.Is(err, fault.Invalid) || mark != "" || !strings.Contains(err.Error(), "documents.sql") || !strings.Contains(err.Error(), says) {
			t.Errorf("mark %q, %v; want an error that names documents.sql and %s", mark, err, says)
		}
		b.Exec(t, "DELETE FROM c_document; "+document("D1", "IN", "NULL", "USD", "'1'"))
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

func incremental(t *testing.T, b Bench) {
	erp := b.open(t, nil)
	_, mark := all(t, erp)
	b.Exec(t, "INSERT INTO c_document VALUES ('E1', 'A', 'E1', 'IN', NULL, 'USD', '5', NULL, '2026-11-01 09:55:00', NULL);"+
		"INSERT INTO c_document VALUES ('E2', 'A', 'E2', 'IN', NULL, 'USD', '5', NULL, '2026-11-01 09:40:00', NULL)")
	recs, next := since(t, erp, mark)
	got := map[ar.DocumentID]bool{}
	for _, d := range of[*ar.Document](recs) {
		got[d.ID] = true
	}
	if !got["E1"] || got["E2"] {
		t.Errorf("got %v, want what is younger than ten minutes before the mark", got)
	}
	b.Exec(t, "UPDATE c_document SET changed_at = '2026-11-02 10:00:00' WHERE id = 'E2'")
	_, next = since(t, erp, next)
	recs, _ = since(t, erp, next)
	if docs := of[*ar.Document](recs); len(docs) != 1 || docs[0].ID != "E2" {
		t.Errorf("the mark did not advance: %d documents came", len(docs))
	}
}

func markAhead(t *testing.T, b Bench) {
	erp := b.open(t, nil)
	_, mark := all(t, erp)
	b.Exec(t, "UPDATE c_customer SET changed_at = '2026-10-31 10:00:00'; UPDATE c_document SET changed_at = '2026-10-31 10:00:00'")
	next, err := erp.Pull(context.Background(), mark, func(ar.Record) error { return nil })
	if !fault.Is(err, fault.Replaced) || next != "" || !strings.Contains(err.Error(), "older copy") {
		t.Errorf("mark %q: %v", next, err)
	}
}

func freshRead(t *testing.T, b Bench) {
	b.Exec(t, "INSERT INTO c_document VALUES ('B1', 'B ', 'B1', 'IN', NULL, 'USD', '5', NULL, '2026-11-01 10:00:00', NULL);"+
		"INSERT INTO c_document VALUES ('D9', 'A', 'D9', 'IN', NULL, 'USD', '0', '2026-11-01', '2026-11-01 10:00:00', NULL)")
	erp := b.open(t, nil)
	var recs []ar.Record
	id := ar.AccountID{Source: "erp", Company: "1", Customer: "A"}
	err := erp.Fresh(context.Background(), []ar.AccountID{id}, func(r ar.Record) error {
		recs = append(recs, r)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	docs := of[*ar.Document](recs)
	if len(of[*ar.Customer](recs)) != 1 || len(of[*ar.Contact](recs)) != 1 || len(docs) != 1 || docs[0].ID != "D1" {
		t.Errorf("got %d records, documents %+v", len(recs), docs)
	}
	if err := erp.Fresh(context.Background(), make([]ar.AccountID, 101), nil); !fault.Is(err, fault.Invalid) {
		t.Errorf("101 accounts: %v", err)
	}
	id.Company = "2"
	if err := erp.Fresh(context.Background(), []ar.AccountID{id}, nil); !fault.Is(err, fault.Invalid) {
		t.Errorf("another company's account: %v", err)
	}
}

func confirms(t *testing.T, b Bench) {
	b.Exec(t, "INSERT INTO c_document VALUES ('OLD', 'A', 'OLD', 'IN', NULL, 'USD', '0', '2001-01-01', '2001-01-01 10:00:00', NULL)")
	var got []ar.DocumentID
	ids := []ar.DocumentID{"OLD", "GONE"}
	err := b.open(t, nil).Confirm(context.Background(), ids, func(r ar.Record) error {
		got = append(got, r.(*ar.Document).ID)
		return nil
	})
	if err != nil || len(got) != 1 || got[0] != "OLD" {
		t.Errorf("got %v, %v", got, err)
	}
}

func account(customer string) ar.AccountID {
	return ar.AccountID{Source: "erp", Company: "1", Customer: ar.CustomerID(customer)}
}

func holdStates(t *testing.T, b Bench) {
	ctx, erp := context.Background(), b.open(t, nil)
	for customer, held := range map[string]ar.Held{"A": ar.Valued, "N": ar.Null, "none": ar.NoRow} {
		before, err := erp.Hold(ctx, account(customer))
		if err != nil || before.Held != held {
			t.Fatalf("%s: %+v, %v", customer, before, err)
		}
		placed, err := erp.SetHold(ctx, account(customer), ar.Hold{Placed: true}, before)
		if err != nil || placed.Value != "Y" {
			t.Fatalf("%s: placed %+v, %v", customer, placed, err)
		}
		back, err := erp.SetHold(ctx, account(customer), ar.Hold{Restore: before}, placed)
		if err != nil || !back.Same(before) {
			t.Errorf("%s: put back %+v, want %+v, %v", customer, back, before, err)
		}
	}
}

func holdLost(t *testing.T, b Bench) {
	ctx, erp := context.Background(), b.open(t, nil)
	seen, err := erp.Hold(ctx, account("A"))
	if err != nil {
		t.Fatal(err)
	}
	for says, edit := range map[string]string{
		"another value":                    "UPDATE c_hold SET flag = 'X', version = 1 WHERE customer = 'A'",
		"the same value, changed and back": "UPDATE c_hold SET flag = 'N', version = 3 WHERE customer = 'A'",
		"the row is gone":                  "DELETE FROM c_hold WHERE customer = 'A'",
	} {
		b.Exec(t, edit)
		if _, err := erp.SetHold(ctx, account("A"), ar.Hold{Placed: true}, seen); !fault.Is(err, fault.Conflict) {
			t.Errorf("%s: %v", says, err)
		}
		b.Exec(t, "DELETE FROM c_hold WHERE customer = 'A'; INSERT INTO c_hold VALUES ('A', 'N', 1)")
	}
	if _, err := erp.SetHold(ctx, account("A"), ar.Hold{Placed: true}, ar.HoldState{Held: ar.NoRow}); !fault.Is(err, fault.Conflict) {
		t.Errorf("a row appeared: %v", err)
	}
	now, err := erp.Hold(ctx, account("A"))
	if err != nil || !now.Same(seen) {
		t.Errorf("the hold is %+v, %v", now, err)
	}
}

func probesSound(t *testing.T, b Bench) {
	f, err := b.open(t, nil).Probe(context.Background())
	if err != nil || !f.OK() || f.Identity == "" || f.Version == "" || !f.CanHold || f.Plain || f.Level != ar.HoldStopsOrders {
		t.Errorf("%+v, %v", f, err)
	}
}

func probesBroken(t *testing.T, b Bench) {
	for says, change := range map[string]map[string]string{
		"c_customer.phone":      {"preset.toml": strings.Replace(strings.Replace(presetTOML, "ENGINE", b.Driver.Name(), 1), `"name"]`, `"phone"]`, 1)},
		"nosuch":                {"contacts.sql": "SELECT id, nosuch AS customer_id FROM c_contact WHERE :company = '1'"},
		`"customer_id"`:         {"contacts.sql": "SELECT id FROM c_contact WHERE :company = '1'"},
		`contacts.sql:2: there`: {"contacts.sql": "SELECT id, customer AS customer_id,\nemail AS e_mail FROM c_contact WHERE :company = '1'"},
		"c_nothing":             {"documents.sql": strings.Replace(queries["documents"], "c_document", "c_nothing", 1)},
	} {
		f, err := b.open(t, change).Probe(context.Background())
		if err != nil || f.OK() {
			t.Errorf("%s: %+v, %v", says, f, err)
			continue
		}
		for _, item := range f.Items {
			if item.Bad && (!strings.Contains(item.Where+item.What, says) || item.Cure == "") {
				t.Errorf("%+v does not name %s and a cure", item, says)
			}
		}
	}
}

func probesClock(t *testing.T, b Bench) {
	erp, err := adapters.Open(adapters.Config{
		Source: "erp", Company: "1", Preset: site(t, b.Driver.Name(), nil), Driver: b.Driver, DSN: b.DSN,
		Now: func() time.Time { return time.Now().Add(24 * time.Hour) },
	})
	if err != nil {
		t.Fatal(err)
	}
	defer erp.Close()
	f, err := erp.Probe(context.Background())
	if err != nil || f.OK() || f.Skew > -23*time.Hour {
		t.Errorf("%+v, %v", f, err)
	}
}

func companies(t *testing.T, b Bench) {
	cfg := adapters.Config{Source: "erp", Preset: site(t, b.Driver.Name(), nil), Driver: b.Driver, DSN: b.DSN}
	list, err := adapters.Companies(context.Background(), cfg)
	if err != nil || len(list) != 1 || list[0].ID != "1" || list[0].BaseCurrency != "USD" {
		t.Errorf("%+v, %v", list, err)
	}
	cfg.Company = "7"
	erp, err := adapters.Open(cfg)
	if err != nil {
		t.Fatal(err)
	}
	defer erp.Close()
	_, err = erp.Pull(context.Background(), "", func(ar.Record) error { return nil })
	if !fault.Is(err, fault.NotFound) || !strings.Contains(err.Error(), "1 (Contract Co)") {
		t.Errorf("%v", err)
	}
}

func readsOnly(t *testing.T, b Bench) {
	db, err := b.Driver.Open(b.DSN, adapters.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec("DELETE FROM c_hold"); err == nil {
		t.Error("the reading session deleted rows")
	} else if class, _ := b.Driver.Sort(err); class.Kind() != fault.Denied {
		t.Errorf("sorted as %s: %v", class, err)
	}
}
