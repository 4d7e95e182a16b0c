package cycle

import (
	"math/big"
	"slices"

	"holdfast/engine/ar"
	"holdfast/engine/store"
	"holdfast/engine/walk"
)

// historyOf turns what the state knows into what a walk lives.
func historyOf(p *store.Past) walk.History {
	h := walk.History{
		Company: p.Company, Customers: p.Customers, Contacts: p.Contacts, Documents: slices.Clone(p.Documents),
		Applications: slices.Clone(p.Applications), Orders: p.Orders, Facts: p.Facts, SeenOn: map[ar.AccountID]ar.Day{},
	}
	rates := ratesOf(p.Documents)
	unexplained := unexplained(p)
	first := map[ar.AccountID]ar.Day{}
	for i := range h.Documents {
		d := &h.Documents[i]
		known := knownOn(d)
		if on, ok := first[d.Account]; !ok || known < on {
			first[d.Account] = known
		}
		if rest := unexplained[d.ID]; rest != 0 && d.ClosedOn == 0 && !d.Voided {
			h.Applications = append(h.Applications, explain(d, rest, known))
		}
		d.BaseOpen = worth(d, rates)
		d.Disputed, d.DisputedAmount = false, 0
	}
	for id, on := range p.SeenOn {
		if first, ok := first[id]; ok {
			on = min(on, first)
		}
		h.SeenOn[id] = on
	}
	h.Contested = contested(p)
	return h
}

// knownOn returns the day from which a document counts.
func knownOn(d *ar.Document) ar.Day {
	if d.PostedOn != 0 {
		return d.PostedOn
	}
	return d.IssuedOn
}

// unexplained returns what of each document went before the state knew its
// applications: its amount less what they took and what is open.
func unexplained(p *store.Past) map[ar.DocumentID]int64 {
	rest := map[ar.DocumentID]int64{}
	currency := map[ar.DocumentID]ar.Currency{}
	for i := range p.Documents {
		d := &p.Documents[i]
		rest[d.ID], currency[d.ID] = d.Amount-d.Open, d.Currency
	}
	for i := range p.Applications {
		a := &p.Applications[i]
		if a.Reversed {
			continue
		}
		rest[a.Document] -= a.Amount + a.Discount + a.WriteOff
		if currency[a.Receipt] == currency[a.Document] || currency[a.Document] == "" {
			rest[a.Receipt] += a.Amount
		}
	}
	return rest
}

// explain is an application that takes what is not explained off a document
// when it comes to be known; it counts for no receipt.
func explain(d *ar.Document, rest int64, on ar.Day) ar.Application {
	a := ar.Application{Account: d.Account, ID: "unexplained", PostedOn: on, Document: d.ID, Amount: rest}
	if d.Amount < 0 {
		a.Document, a.Receipt, a.Amount = "", d.ID, -rest
	}
	return a
}

// rate is what an amount is worth in base currency, as a fraction.
type rate struct{ base, open int64 }

// ratesOf reads the rate of each currency from its largest open document.
func ratesOf(documents []ar.Document) map[ar.Currency]rate {
	rates := map[ar.Currency]rate{}
	for i := range documents {
		d := &documents[i]
		if d.BaseOpen != nil && d.Open > rates[d.Currency].open {
			rates[d.Currency] = rate{*d.BaseOpen, d.Open}
		}
	}
	return rates
}

// worth is what the whole of a document is worth in base currency; nil where
// that is not known.
func worth(d *ar.Document, rates map[ar.Currency]rate) *int64 {
	r := rates[d.Currency]
	if d.BaseOpen != nil && d.Open != 0 {
		r = rate{*d.BaseOpen, d.Open}
	}
	if r.open == 0 {
		return nil
	}
	product := new(big.Int).Mul(big.NewInt(d.Amount), big.NewInt(r.base))
	base := product.Quo(product, big.NewInt(r.open)).Int64()
	return &base
}

// contested are the ERP's disputes that past decisions saw. Of one that is over
// it is known whether it was about the whole; for a part the least amount stands.
func contested(p *store.Past) []walk.Contested {
	now := map[ar.DocumentID]*ar.Document{}
	for i := range p.Documents {
		now[p.Documents[i].ID] = &p.Documents[i]
	}
	var list []walk.Contested
	for _, c := range p.Contests {
		x := walk.Contested{Document: c.Document, From: c.From, To: c.To}
		if d := now[c.Document]; d != nil && d.Disputed && c.To == 0 {
			x.Amount, x.Reason = d.DisputedAmount, d.DisputeReason
		} else if !c.Whole {
			x.Amount = 1
		}
		list = append(list, x)
	}
	return list
}
