package adaptertest

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
)

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
	b.change(t, inserts.String())
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
	b.change(t, document("A0", "IN", "NULL", "JPY", "'-1234'")+document("A2", "IN", "NULL", "USD", "'-0.01'")+
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
	float := strings.Replace(queries["documents"], `open_amount AS "open"`, `CAST(open_amount AS {float}) AS "open"`, 1)
	mark, err := b.open(t, map[string]string{"documents.sql": float}).Pull(context.Background(), "", func(ar.Record) error { return nil })
	if !fault.Is(err, fault.Invalid) || mark != "" || !strings.Contains(err.Error(), `"open" is a floating-point number`) {
		t.Errorf("mark %q: %v", mark, err)
	}
}

// typedRow inserts one document into the table of real types.
func typedRow(id, due, currency, amount string) string {
	return fmt.Sprintf("INSERT INTO c_typed VALUES ('%[1]s', 'A', '%[1]s', 'IN', %s, '%s', %s, {yes}, 2, {at}'2026-11-01 10:00:00');",
		id, due, currency, amount)
}

// ofTyped are the documents that a preset over the table of real types brings,
// by their id without its padding.
func ofTyped(recs []ar.Record) map[string]*ar.Document {
	found := map[string]*ar.Document{}
	for _, d := range of[*ar.Document](recs) {
		found[strings.TrimRight(string(d.ID), " ")] = d
	}
	return found
}

// datesWithoutZone reads days and stamps east and west of everyone.
func datesWithoutZone(t *testing.T, b Bench) {
	want := map[string]string{"1": "2026-10-31", "2": "2024-02-29", "3": "1969-12-31", "4": "2026-03-29", "5": "2011-12-30"}
	for id, day := range want {
		b.change(t, typedRow(id, "{on}'"+day+"'", "USD", "1"))
	}
	stamped := time.Date(2026, 11, 1, 10, 0, 0, 0, time.UTC)
	home := time.Local
	t.Cleanup(func() { time.Local = home })
	for _, name := range []string{"Pacific/Kiritimati", "America/Los_Angeles", "Asia/Kathmandu", "UTC"} {
		zone, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		time.Local = zone
		erp := b.open(t, map[string]string{"documents.sql": typed})
		recs, mark := all(t, erp)
		docs := ofTyped(recs)
		for id, day := range want {
			d := docs[id]
			if d == nil || d.DueOn.String() != day || !d.ChangedAt.Equal(stamped) || !d.Disputed || d.Instalment != 2 {
				t.Errorf("in %s document %s is %+v, want it due on %s", name, id, d, day)
			}
		}
		b.change(t, typedRow("new", "NULL", "USD", "1")+typedRow("old", "NULL", "USD", "1")+
			"UPDATE c_typed SET changed_at = {at}'2026-11-01 09:55:00' WHERE id = 'new'; "+
			"UPDATE c_typed SET changed_at = {at}'2026-11-01 09:40:00' WHERE id = 'old'")
		recs, _ = since(t, erp, mark)
		if docs := ofTyped(recs); docs["new"] == nil || docs["old"] != nil {
			t.Errorf("in %s the mark leads to %d documents; new %v, old %v", name, len(docs), docs["new"], docs["old"])
		}
		b.change(t, "DELETE FROM c_typed WHERE id = 'new'; DELETE FROM c_typed WHERE id = 'old'")
	}
}

// decimals tries the ends of what an amount can be.
func decimals(t *testing.T, b Bench) {
	rows := []struct {
		currency, amount string
		minor            int64
		flaw             string
	}{
		{"USD", "0", 0, ""}, {"USD", "0.00", 0, ""}, {"USD", "-0.01", -1, ""}, {"USD", "60.5", 6050, ""},
		{"JPY", "1234", 1234, ""}, {"JPY", "-9007199254740993", -9007199254740993, ""}, {"JPY", "0.5", 0, "decimals"},
		{"KWD", "1.005", 1005, ""}, {"KWD", "900719925474.0993", 0, "decimals"}, {"USD", "0.00001", 0, "decimals"},
		{"USD", "92233720368547758.07", 9223372036854775807, ""}, {"USD", "-92233720368547758.07", -9223372036854775807, ""},
		{"USD", "92233720368547758.08", 0, "too large"}, {"USD", "99999999999999999999", 0, "too large"},
	}
	for i, r := range rows {
		amount := r.amount
		if b.Driver.Name() == "sqlite" {
			amount = "'" + amount + "'"
		}
		b.change(t, typedRow(strconv.Itoa(i), "NULL", r.currency, amount))
	}
	recs, _ := all(t, b.open(t, map[string]string{"documents.sql": typed}))
	docs, reasons := ofTyped(recs), map[string]string{}
	for _, f := range of[*ar.Flaw](recs) {
		reasons[strings.TrimRight(f.ID, " ")] = f.Reason
	}
	for i, r := range rows {
		d, reason := docs[strconv.Itoa(i)], reasons[strconv.Itoa(i)]
		switch {
		case r.flaw == "" && (d == nil || d.Open != r.minor):
			t.Errorf("%s %s came as %+v %s", r.amount, r.currency, d, reason)
		case r.flaw != "" && (d != nil || !strings.Contains(reason, r.flaw)):
			t.Errorf("%s %s came as %+v, flaw %q; want one that says %q", r.amount, r.currency, d, reason, r.flaw)
		}
	}
	scales(t, b)
}

// scales reads one amount that no float can hold from columns of scale 0 to 5.
func scales(t *testing.T, b Bench) {
	t.Helper()
	for scale, c := range []struct {
		currency, amount string
		minor            int64
	}{
		{"JPY", "9007199254740993", 9007199254740993}, {"USD", "900719925474099.3", 90071992547409930},
		{"USD", "90071992547409.93", 9007199254740993}, {"KWD", "9007199254740.993", 9007199254740993},
		{"KWD", "900719925474.0990", 900719925474099}, {"KWD", "90071992547.40900", 90071992547409},
	} {
		table, quote := fmt.Sprintf("c_scale%d", scale), ""
		if b.Driver.Name() == "sqlite" {
			quote = "'"
		}
		b.change(t, fmt.Sprintf("CREATE TABLE %s (id {text}(9), currency {text}(3), amount {decimal}(19,%d));", table, scale)+
			fmt.Sprintf("INSERT INTO %s VALUES ('S', '%s', %s%s%s)", table, c.currency, quote, c.amount, quote))
		recs, _ := all(t, b.open(t, map[string]string{"documents.sql": onlyAmounts(table)}))
		if docs := of[*ar.Document](recs); len(docs) != 1 || docs[0].Open != c.minor {
			t.Errorf("%s %s of scale %d came as %+v, %+v", c.amount, c.currency, scale, docs, of[*ar.Flaw](recs))
		}
	}
}

// onlyAmounts reads documents from a table that has no more than id, currency
// and amount.
func onlyAmounts(table string) string {
	return `SELECT id, 'A' AS customer_id, id AS "number", 'IN' AS kind, NULL AS due_on, currency, amount AS "open"
FROM ` + table + " WHERE :company = '1'"
}

// moneyType tries the engine's own type for money, where it has one.
func moneyType(t *testing.T, b Bench) {
	b.change(t, "CREATE TABLE c_money (id {text}(9), currency {text}(3), amount {money}); INSERT INTO c_money VALUES ('M', 'USD', '1234.56')")
	recs, mark, err := pull(context.Background(), b.open(t, map[string]string{"documents.sql": onlyAmounts("c_money")}))
	docs, flaws := of[*ar.Document](recs), of[*ar.Flaw](recs)
	switch {
	case err != nil && (!fault.Is(err, fault.Invalid) || mark != "" || len(docs) > 0):
		t.Errorf("mark %q, %d documents: %v", mark, len(docs), err)
	case err == nil && !(len(docs) == 1 && docs[0].Open == 123456) && !(len(docs) == 0 && len(flaws) == 1 && flaws[0].Field == "open"):
		t.Errorf("documents %+v, flaws %+v", docs, flaws)
	}
}
