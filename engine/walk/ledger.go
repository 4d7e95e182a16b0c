package walk

import (
	"cmp"
	"slices"
	"strings"

	"holdfast/engine/ar"
	"holdfast/engine/intake"
	"holdfast/engine/sequence"
)

// Ledger is a history that moves from day to day: it knows each party as it
// stood at the end of the day it was moved to. Moving costs what happened in
// between, however long the history is.
type Ledger struct {
	history   History
	day       ar.Day
	parties   []*party // in the order of their payers
	ofAccount map[ar.AccountID]*party
	byAddress map[string][]*party // as sequence.Addresses has them
	documents map[ar.DocumentID]int32
	open      []int64 // of each document, as of the party's day
	told      int64   // the highest id of a fact
}

// NewLedger returns the ledger of a history on the day before everything.
func NewLedger(h History) *Ledger {
	l := &Ledger{
		history: h, ofAccount: map[ar.AccountID]*party{}, byAddress: map[string][]*party{},
		documents: make(map[ar.DocumentID]int32, len(h.Documents)), open: make([]int64, len(h.Documents)),
	}
	l.history.Facts = slices.Clone(h.Facts)
	l.index()
	for _, p := range l.parties {
		sortEvents(p.events)
	}
	return l
}

// index gives every record of the history to its party.
func (l *Ledger) index() {
	h := &l.history
	byParty := map[ar.PartyID]*party{}
	for i := range h.Customers {
		c := &h.Customers[i]
		p := byParty[c.Party()]
		if p == nil {
			p = &party{id: c.Party()}
			byParty[p.id], l.parties = p, append(l.parties, p)
		}
		l.ofAccount[c.Account] = p
		p.add(h.SeenOn[c.Account], customerSeen, i)
	}
	slices.SortFunc(l.parties, func(a, b *party) int { return cmp.Compare(a.id.Payer, b.id.Payer) })
	for i := range h.Contacts {
		l.indexContact(&h.Contacts[i])
	}
	l.indexDocuments()
	for i := range h.Facts {
		l.indexFact(i)
	}
}

// indexContact notes whose the addresses of a contact are.
func (l *Ledger) indexContact(c *ar.Contact) {
	p := l.ofAccount[c.Account]
	if p == nil {
		return
	}
	p.contacts = append(p.contacts, *c)
	for _, address := range sequence.Addresses(c) {
		if !slices.Contains(l.byAddress[address], p) {
			l.byAddress[address] = append(l.byAddress[address], p)
		}
	}
}

func (l *Ledger) indexDocuments() {
	h := &l.history
	for i := range h.Documents {
		d := &h.Documents[i]
		p := l.ofAccount[d.Account]
		if p == nil || d.Voided {
			continue
		}
		l.documents[d.ID] = int32(i)
		p.add(knownOn(d), documentPosted, i)
		if d.ClosedOn != 0 {
			p.add(d.ClosedOn, documentClosed, i)
		}
	}
	for i := range h.Applications {
		l.indexApplication(i)
	}
	for i := range h.Contested {
		c := &h.Contested[i]
		if at, ok := l.documents[c.Document]; ok {
			p := l.ofAccount[h.Documents[at].Account]
			p.add(c.From, contestBegins, i)
			if c.To != 0 {
				p.add(c.To, contestEnds, i)
			}
		}
	}
}

// indexApplication gives each side of an application to its party.
func (l *Ledger) indexApplication(i int) {
	h := &l.history
	a := &h.Applications[i]
	if a.Reversed {
		return
	}
	day := appliedOn(a)
	at, hasDocument := l.documents[a.Document]
	from, hasReceipt := l.documents[a.Receipt]
	if hasDocument {
		day = max(day, knownOn(&h.Documents[at]))
	}
	if hasReceipt {
		day = max(day, knownOn(&h.Documents[from]))
	}
	if hasDocument {
		l.ofAccount[h.Documents[at].Account].add(day, documentApplied, i)
	}
	if hasReceipt && (!hasDocument || h.Documents[at].Currency == h.Documents[from].Currency) {
		l.ofAccount[h.Documents[from].Account].add(day, receiptApplied, i)
	}
}

// indexFact gives a fact to its party, and an opt-out or a consent of an
// address to whoever has that address.
func (l *Ledger) indexFact(i int) {
	f := &l.history.Facts[i]
	if f.ID == 0 {
		f.ID = l.told + 1
	}
	l.told = max(l.told, f.ID)
	own := l.ofAccount[f.Account]
	if own != nil {
		own.add(f.On, factTold, i)
	}
	if f.Kind != intake.DoNotContact && f.Kind != intake.Consent || f.Address == "" {
		return
	}
	for _, p := range l.byAddress[strings.ToLower(f.Address)] {
		if p != own {
			p.add(f.On, factTold, i)
		}
	}
}

// Tell adds a fact, to be known from its day On on, which must not be past. A
// fact without an id gets the next one. It reports whether anybody is concerned.
func (l *Ledger) Tell(f intake.Fact) bool {
	l.history.Facts = append(l.history.Facts, f)
	l.indexFact(len(l.history.Facts) - 1)
	p := l.ofAccount[f.Account]
	if p == nil {
		return false
	}
	sortEvents(p.events[p.lived:])
	return true
}

// To moves the ledger to the end of a day. Days go forward only.
func (l *Ledger) To(day ar.Day) {
	l.day = day
	for _, p := range l.parties {
		p.live(l, day)
	}
}

// Case returns the party of an account as it stands; ok is false where nobody is
// known by it. It is good until the ledger moves on.
func (l *Ledger) Case(id ar.AccountID) (c sequence.Case, ok bool) {
	p := l.ofAccount[id]
	if p == nil || len(p.accounts) == 0 {
		return c, false
	}
	return p.stand(l, l.day), true
}

// Parties lists everybody, in the order in which they are decided.
func (l *Ledger) Parties() []ar.PartyID {
	ids := make([]ar.PartyID, len(l.parties))
	for i, p := range l.parties {
		ids[i] = p.id
	}
	return ids
}
