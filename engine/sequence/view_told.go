package sequence

import (
	"fmt"
	"slices"
	"strconv"

	"holdfast/engine/ar"
	"holdfast/engine/intake"
)

// Heard is one promise, one part of a plan, one dispute or one event as it
// stands today: what people told, read against the ledger.
type Heard struct {
	Subject Subject
	Fact    *intake.Fact // nil: a dispute that only the ERP knows
	Part    int          // of a plan, from 0
	Day     ar.Day       // the day promised
	Until   ar.Day       // the last day on which it may still be kept: Day and the grace
	State   ToldState
	Paid    ar.Balance // of a promise: what came in since it was told
	Left    ar.Balance // of a promise: what is still to come
	Items   []*Item    // the documents it speaks of that are still open
}

// refERP is the Ref of a dispute that the ERP has and nobody told.
const refERP = "erp"

// hear works out where everything that was told stands today.
func (v *View) hear() {
	for i := range v.Case.Facts {
		switch f := &v.Case.Facts[i]; f.Kind {
		case intake.Promise:
			v.hearPromise(f, 0, f.Day, strconv.FormatInt(f.ID, 10))
		case intake.Plan:
			for part := range f.Parts {
				v.hearPromise(f, part, f.Parts[part].Day, fmt.Sprintf("%d.%d", f.ID, part+1))
			}
		case intake.Dispute:
			v.hearDispute(f)
		case intake.Event, intake.Outcome:
			subject := Subject{Kind: SubjectAccount, Customer: f.Account.Customer, Ref: "e" + strconv.FormatInt(f.ID, 10)}
			v.heard = append(v.heard, Heard{Subject: subject, Fact: f, State: ToldOpen, Items: v.itemsOf(f)})
		}
	}
	for _, item := range v.Items {
		if item.Doc.DisputedOpen() > 0 && !v.toldDispute(item) {
			subject := Subject{Kind: SubjectDispute, Customer: item.Account.Customer.Account.Customer, Document: item.Doc.ID, Ref: refERP}
			v.heard = append(v.heard, Heard{Subject: subject, State: ToldOpen, Items: []*Item{item}})
		}
	}
}

// hearPromise reads from the ledger what became of a promise or of one part of
// a plan. What it once turned out to be, it stays.
func (v *View) hearPromise(f *intake.Fact, part int, day ar.Day, ref string) {
	p := &v.Book.Policy
	h := Heard{
		Subject: Subject{Kind: SubjectPromise, Customer: f.Account.Customer, Ref: ref}, Fact: f, Part: part, Day: day,
		Until: p.Business.AddBusinessDays(day, p.PromiseGrace.N), State: ToldOpen, Items: v.itemsOf(f),
	}
	due := f.Total(part)
	h.Paid = v.paidSince(f)
	whole := true
	some := false
	for _, m := range due {
		paid := h.Paid.In(m.Currency)
		if left := m.Minor - paid; left > 0 {
			h.Left = h.Left.Add(left, m.Currency)
			whole = false
		}
		some = some || paid > 0
	}
	if known := v.State.told(f.ID, part); known != nil {
		h.State = known.As
	} else if h.State = v.judgePromise(&h, whole, some); h.State != ToldOpen {
		v.State.Told = append(v.State.Told, Told{Fact: f.ID, Part: part, As: h.State, On: v.Case.Today})
	}
	v.heard = append(v.heard, h)
}

// judgePromise says what a promise has become by today.
func (v *View) judgePromise(h *Heard, whole, some bool) ToldState {
	switch {
	case v.planBroken(h):
		return ToldVoid
	case whole:
		return ToldKept
	case v.Case.Today <= h.Until:
		return ToldOpen
	case some && h.Fact.Kind == intake.Promise:
		return ToldPartly
	}
	return ToldBroken
}

// planBroken reports whether an earlier part of a plan was broken: the parts
// after it are void, and all that it covered is due at once.
func (v *View) planBroken(h *Heard) bool {
	return h.Fact.Kind == intake.Plan && slices.ContainsFunc(v.State.Told, func(t Told) bool {
		return t.Fact == h.Fact.ID && t.Part < h.Part && t.As == ToldBroken
	})
}

// accelerate makes due at once what a broken plan covered, whatever its own day.
func (v *View) accelerate() {
	for i := range v.heard {
		h := &v.heard[i]
		if h.Subject.Kind != SubjectPromise || h.Fact.Kind != intake.Plan || h.State != ToldBroken || v.endOf(h.Fact.ID) != nil {
			continue
		}
		on := v.State.told(h.Fact.ID, h.Part).On
		for _, item := range h.Items {
			if item.DueOn > on {
				item.DueOn = on
			}
		}
	}
}

// paidSince returns what the documents of a promise have gone down by since it
// was told, and what more is unapplied than then, per currency.
func (v *View) paidSince(f *intake.Fact) ar.Balance {
	var paid ar.Balance
	for _, c := range f.Documents {
		open := int64(0)
		if item := v.byID[c.Document]; item != nil {
			open = item.Doc.Open
		}
		paid = paid.Add(max(0, c.Open-open), c.Currency)
	}
	for _, m := range v.Credits {
		paid = paid.Add(max(0, m.Minor-f.Unapplied.In(m.Currency)), m.Currency)
	}
	return paid
}

// hearDispute reads from the ledger whether a dispute that was told is over.
func (v *View) hearDispute(f *intake.Fact) {
	ref := strconv.FormatInt(f.ID, 10)
	h := Heard{Subject: Subject{Kind: SubjectDispute, Customer: f.Account.Customer, Ref: ref}, Fact: f, State: ToldOpen, Items: v.itemsOf(f)}
	if end := v.endOf(f.ID); end != nil {
		h.State = ToldClosed
		if end.Code == intake.Granted {
			h.State = ToldWaiting
		}
	}
	if known := v.State.told(f.ID, 0); known != nil {
		h.State = known.As
	} else if v.disputeOver(&h) {
		h.State = ToldClosed
		v.State.Told = append(v.State.Told, Told{Fact: f.ID, As: ToldClosed, On: v.Case.Today})
	}
	v.heard = append(v.heard, h)
}

// disputeOver reports whether a dispute was rejected, or the ledger shows the
// credit or the payment: what it contests has gone from every document.
func (v *View) disputeOver(h *Heard) bool {
	if h.State == ToldClosed || len(h.Items) == 0 {
		return true
	}
	if h.State != ToldWaiting {
		return false
	}
	for _, item := range h.Items {
		c := slices.IndexFunc(h.Fact.Documents, func(c intake.Covered) bool { return c.Document == item.Doc.ID })
		if c < 0 || item.Doc.Open > h.Fact.Documents[c].Open-h.Fact.Contested(item.Doc.ID, h.Fact.Documents[c].Open) {
			return false
		}
	}
	return true
}

// contest puts what disputes contest over a document as the ERP has it. The
// ERP's own document is left as it is.
func (v *View) contest(doc *ar.Document) *ar.Document {
	amount, reason := int64(0), ""
	for i := range v.Case.Facts {
		f := &v.Case.Facts[i]
		if f.Kind != intake.Dispute || f.Account != doc.Account || v.disputeClosed(f) {
			continue
		}
		if contested := f.Contested(doc.ID, doc.Open); contested > 0 {
			amount, reason = min(doc.Open, amount+contested), first(reason, f.Code)
		}
	}
	if amount <= doc.DisputedOpen() {
		return doc
	}
	told := *doc
	told.Disputed, told.DisputedAmount, told.DisputeReason = true, amount, first(doc.DisputeReason, reason)
	return &told
}

// disputeClosed reports whether a dispute no longer keeps anything back.
func (v *View) disputeClosed(f *intake.Fact) bool {
	if known := v.State.told(f.ID, 0); known != nil {
		return true
	}
	end := v.endOf(f.ID)
	return end != nil && end.Code != intake.Granted
}

// endOf returns the fact that ends another, nil where it stands.
func (v *View) endOf(id int64) *intake.Fact {
	for i := range v.Case.Facts {
		if f := &v.Case.Facts[i]; f.Kind == intake.End && f.Ref == id {
			return f
		}
	}
	return nil
}

func (v *View) toldDispute(item *Item) bool {
	return slices.ContainsFunc(v.Case.Facts, func(f intake.Fact) bool {
		return f.Kind == intake.Dispute && f.Account == item.Doc.Account && f.Covers(item.Doc.ID) && !v.disputeClosed(&f)
	})
}

// itemsOf lists the open documents that a fact speaks of.
func (v *View) itemsOf(f *intake.Fact) []*Item {
	var items []*Item
	for _, item := range v.Items {
		if item.Doc.Account == f.Account && f.Covers(item.Doc.ID) {
			items = append(items, item)
		}
	}
	return items
}

// toldOf returns what was told that a subject is about, nil where it is none or
// was withdrawn.
func (v *View) toldOf(s Subject) *Heard {
	for i := range v.heard {
		if v.heard[i].Subject == s {
			return &v.heard[i]
		}
	}
	return nil
}

// told returns what became of a fact, nil where that is open.
func (s *State) told(fact int64, part int) *Told {
	for i := range s.Told {
		if t := &s.Told[i]; t.Fact == fact && t.Part == part {
			return t
		}
	}
	return nil
}
