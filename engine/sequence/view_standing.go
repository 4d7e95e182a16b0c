package sequence

import (
	"fmt"

	"holdfast/engine/ar"
	"holdfast/engine/intake"
)

// debitPatience is how many days a direct debit may be late before somebody
// looks why nothing was collected.
const debitPatience = 10

// stand says of each open document whether it is asked for, and how much. The
// first reason that fits is the document's one state.
func (v *View) stand() {
	for _, item := range v.Items {
		for _, rule := range standings {
			if item.Standing, item.Detail = rule(v, item); item.Standing != "" {
				break
			}
		}
		if item.Standing == "" {
			item.Asked = item.Doc.Open - item.Doc.DisputedOpen()
		}
	}
}

// standings are the reasons for which a document is not asked for, by the rules
// that hold over all sequences, the strongest first.
var standings = []func(*View, *Item) (Reason, string){
	isAway, isUndated, isDisputed, isTolerated, isPaused, isPromised, isDebited, isOurs, isDeduction, isBeforePayRun,
}

func isAway(v *View, item *Item) (Reason, string) {
	if to := v.away[item.Doc.ID]; to != "" {
		return ReasonAway, to
	}
	return "", ""
}

func isUndated(_ *View, item *Item) (Reason, string) {
	if item.Doc.DueOn == 0 {
		return ReasonUndated, ""
	}
	return "", ""
}

func isDisputed(_ *View, item *Item) (Reason, string) {
	if item.Doc.DisputedOpen() == item.Doc.Open {
		return ReasonDisputed, item.Doc.DisputeReason
	}
	return "", ""
}

// isTolerated looks at what is left when the disputed part is out.
func isTolerated(v *View, item *Item) (Reason, string) {
	doc := item.Doc
	if rest := doc.Open - doc.DisputedOpen(); rest < floor(v.Book.Policy.FloorItem, doc.Currency) {
		return ReasonTolerated, ar.Money{Minor: rest, Currency: doc.Currency}.String()
	}
	return "", ""
}

func isPaused(v *View, item *Item) (Reason, string) {
	if f := v.pausedDocument(item.Doc); f != nil {
		return ReasonPaused, fmt.Sprintf("until %s: %s", f.Day, f.Code)
	}
	return "", ""
}

// isPromised looks for an open promise, or a plan whose next part is open.
func isPromised(v *View, item *Item) (Reason, string) {
	for i := range v.heard {
		h := &v.heard[i]
		if h.Subject.Kind != SubjectPromise || h.State != ToldOpen || !v.promises(h, item) {
			continue
		}
		if h.Fact.Kind == intake.Plan {
			return ReasonPlan, fmt.Sprintf("part %d of %d on %s", h.Part+1, len(h.Fact.Parts), h.Day)
		}
		return ReasonPromised, fmt.Sprintf("by %s", h.Day)
	}
	return "", ""
}

func (v *View) promises(h *Heard, item *Item) bool {
	return h.Fact.Account == item.Doc.Account && h.Fact.Covers(item.Doc.ID) && !v.planBroken(h)
}

// isDebited keeps quiet about what we collect ourselves, until a collection
// failed: the document is open again, or somebody told.
func isDebited(v *View, item *Item) (Reason, string) {
	if !v.terms(item.Account).directDebit || v.reopened(item) || v.collectionFailed(item.Doc) {
		return "", ""
	}
	return ReasonDirectDebit, "we collect it"
}

// reopened reports whether a document was settled before and is open again.
func (v *View) reopened(item *Item) bool {
	for i := range v.State.Positions {
		if p := &v.State.Positions[i]; p.Subject.Document == item.Doc.ID && (p.reopened() || p.Ended == ReasonSettled) {
			return true
		}
	}
	return false
}

// isOurs is true of a document that the customer cannot pay before our own side
// has done something.
func isOurs(v *View, item *Item) (Reason, string) {
	t := v.terms(item.Account)
	switch {
	case t.needsPO && item.Doc.PONumber == "" && item.Doc.Kind == ar.Invoice:
		return ReasonMissingPO, "the customer pays no invoice without a purchase order"
	case t.needsPortal && item.Doc.Kind == ar.Invoice && !v.hasFact(intake.Accepted, item.Doc):
		return ReasonNotAccepted, "the customer's portal has not taken it"
	}
	return "", ""
}

// isDeduction is true of the rest of a part payment until somebody says what it
// is.
func isDeduction(v *View, item *Item) (Reason, string) {
	p, doc, last := &v.Book.Policy, item.Doc, item.Account.LastReceipts[item.Doc.ID]
	switch {
	case last == 0 || doc.Open >= doc.Amount || v.hasFact(intake.Classified, doc):
	case doc.Open*100 <= doc.Amount*int64(p.DeductionPercent):
		return ReasonDeduction, fmt.Sprintf("at most %d %% is left", p.DeductionPercent)
	case int(v.Case.Today-last) < p.DeductionDays:
		return ReasonDeduction, fmt.Sprintf("received in part on %s", last)
	}
	return "", ""
}

func isBeforePayRun(v *View, item *Item) (Reason, string) {
	if item.Doc.DueOn < v.Case.Today && v.Case.Today <= item.DueOn {
		return ReasonPayRun, fmt.Sprintf("the customer's pay run is posted by %s", item.DueOn)
	}
	return "", ""
}

// sendAway finds the documents that the agency or a lawyer has.
func (v *View) sendAway() {
	for i := range v.State.Positions {
		p := &v.State.Positions[i]
		for _, d := range p.Done {
			if d.How == DoneAway && !v.isBack(p.Subject, d.On) {
				if v.away == nil {
					v.away = map[ar.DocumentID]string{}
				}
				for _, id := range v.documentsOf(p) {
					v.away[id] = d.Result
				}
			}
		}
	}
}

// documentsOf lists the documents of a position: its own, or all of its account.
func (v *View) documentsOf(p *Position) []ar.DocumentID {
	if p.Subject.Document != "" {
		return []ar.DocumentID{p.Subject.Document}
	}
	var ids []ar.DocumentID
	for i := range v.Case.Accounts {
		if a := &v.Case.Accounts[i]; a.Customer.Account.Customer == p.Subject.Customer {
			for j := range a.Documents {
				ids = append(ids, a.Documents[j].ID)
			}
		}
	}
	return ids
}

// isBack reports whether somebody told that a subject was given back since a
// day.
func (v *View) isBack(s Subject, since ar.Day) bool {
	for i := range v.Case.Facts {
		f := &v.Case.Facts[i]
		if f.Kind == intake.Returned && f.Account.Customer == s.Customer && f.On >= since && f.Covers(s.Document) {
			return true
		}
	}
	return false
}
