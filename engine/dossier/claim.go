package dossier

import (
	"slices"

	"holdfast/engine/ar"
	"holdfast/engine/intake"
	"holdfast/engine/ledger"
)

// Claim is what is claimed in one currency, in minor units.
type Claim struct {
	Currency  ar.Currency
	Documents int
	Amount    int64 // of the documents when they were made
	Open      int64
	Disputed  int64
	Unapplied int64 // credit on the account that is set against no document; positive
}

// Claimed is what is asked for: open, and not disputed.
func (c Claim) Claimed() int64 { return c.Open - c.Disputed }

// Claims adds up, per currency, the documents that were handed on.
func (d *Dossier) Claims() []Claim {
	var all []Claim
	at := func(cur ar.Currency) *Claim {
		i := slices.IndexFunc(all, func(c Claim) bool { return c.Currency == cur })
		if i < 0 {
			i, all = len(all), append(all, Claim{Currency: cur})
		}
		return &all[i]
	}
	handed, others := d.split()
	for _, doc := range handed {
		c := at(doc.Currency)
		c.Documents++
		c.Amount += doc.Amount
		c.Open += doc.Open
		c.Disputed += d.disputed(&doc)
	}
	for _, m := range ledger.Unapplied(others) {
		at(m.Currency).Unapplied = -m.Minor
	}
	slices.SortFunc(all, func(a, b Claim) int {
		if a.Currency < b.Currency {
			return -1
		}
		return 1
	})
	return all
}

// Handed returns the documents that were handed on, with Open as it was on the
// day, by currency and due day.
func (d *Dossier) Handed() []ar.Document {
	handed, _ := d.split()
	return handed
}

// split returns the documents that were handed on, with Open as it was on the
// day, and what else was open then. Both are ordered by currency and due day.
func (d *Dossier) split() (handed, others []ar.Document) {
	open := d.open()
	if len(d.Matter.Documents) == 0 {
		for _, doc := range open {
			if doc.Open > 0 && !doc.IsCredit() {
				handed = append(handed, doc)
			} else {
				others = append(others, doc)
			}
		}
		return handed, others
	}
	for _, doc := range d.Documents {
		if !slices.Contains(d.Matter.Documents, doc.ID) {
			continue
		}
		i := slices.IndexFunc(open, func(o ar.Document) bool { return o.ID == doc.ID })
		if doc.Open = 0; i >= 0 {
			doc.Open = open[i].Open
		}
		handed = append(handed, doc)
	}
	for _, doc := range open {
		if !slices.Contains(d.Matter.Documents, doc.ID) {
			others = append(others, doc)
		}
	}
	ledger.SortDocuments(handed)
	return handed, others
}

// disputed returns how much of a document is contested, by the ERP or by what
// people told, whichever is more.
func (d *Dossier) disputed(doc *ar.Document) int64 {
	most := doc.DisputedOpen()
	for i := range d.Told {
		t := &d.Told[i]
		if t.Fact.Kind == intake.Dispute && t.stands() {
			most = max(most, t.Fact.Contested(doc.ID, max(doc.Open, 0)))
		}
	}
	return most
}

// stands reports whether a dispute keeps anything back: it is open, or granted
// and its credit is not in the ledger yet.
func (t *Told) stands() bool { return t.State == "open" || t.State == "waiting" }
