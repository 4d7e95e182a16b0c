package adaptertest

import (
	"context"
	"strings"
	"testing"

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
