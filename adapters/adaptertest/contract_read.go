package adaptertest

import (
	"context"
	"strings"
	"testing"

	"holdfast/adapters"
	"holdfast/engine/ar"
	"holdfast/engine/fault"
)

func incremental(t *testing.T, b Bench) {
	erp := b.open(t, nil)
	_, mark := all(t, erp)
	b.change(t, "INSERT INTO c_document VALUES ('E1', 'A', 'E1', 'IN', NULL, 'USD', '5', NULL, {at}'2026-11-01 09:55:00', NULL);"+
		"INSERT INTO c_document VALUES ('E2', 'A', 'E2', 'IN', NULL, 'USD', '5', NULL, {at}'2026-11-01 09:40:00', NULL)")
	recs, next := since(t, erp, mark)
	got := map[ar.DocumentID]bool{}
	for _, d := range of[*ar.Document](recs) {
		got[d.ID] = true
	}
	if !got["E1"] || got["E2"] {
		t.Errorf("got %v, want what is younger than ten minutes before the mark", got)
	}
	b.change(t, "UPDATE c_document SET changed_at = {at}'2026-11-02 10:00:00' WHERE id = 'E2'")
	_, next = since(t, erp, next)
	recs, _ = since(t, erp, next)
	if docs := of[*ar.Document](recs); len(docs) != 1 || docs[0].ID != "E2" {
		t.Errorf("the mark did not advance: %d documents came", len(docs))
	}
}

func markAhead(t *testing.T, b Bench) {
	erp := b.open(t, nil)
	_, mark := all(t, erp)
	b.change(t, "UPDATE c_customer SET changed_at = {at}'2026-10-31 10:00:00'; UPDATE c_document SET changed_at = {at}'2026-10-31 10:00:00'")
	next, err := erp.Pull(context.Background(), mark, func(ar.Record) error { return nil })
	if !fault.Is(err, fault.Replaced) || next != "" || !strings.Contains(err.Error(), "older copy") {
		t.Errorf("mark %q: %v", next, err)
	}
}

func freshRead(t *testing.T, b Bench) {
	b.change(t, "INSERT INTO c_document VALUES ('B1', 'B ', 'B1', 'IN', NULL, 'USD', '5', NULL, {at}'2026-11-01 10:00:00', NULL);"+
		"INSERT INTO c_document VALUES ('D9', 'A', 'D9', 'IN', NULL, 'USD', '0', '2026-11-01', {at}'2026-11-01 10:00:00', NULL)")
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
	b.change(t, "INSERT INTO c_document VALUES ('OLD', 'A', 'OLD', 'IN', NULL, 'USD', '0', '2001-01-01', {at}'2001-01-01 10:00:00', NULL)")
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
