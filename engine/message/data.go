package message

import (
	"slices"
	"strings"

	"holdfast/engine/ar"
	"holdfast/engine/intake"
	"holdfast/engine/sequence"
)

// data is what templates see: plain maps, lists, texts and numbers. It fails
// with fault.Invalid where an amount that people told of is zero or less.
func (in Input) data(w Words, p parts) (map[string]any, error) {
	promise, err := in.promiseData(w)
	if err != nil {
		return nil, err
	}
	dispute, err := in.disputeData(w)
	if err != nil {
		return nil, err
	}
	documents, oldest := in.documentData(w)
	data := map[string]any{
		"company": in.companyData(), "customer": in.customerData(w), "contact": in.contactData(),
		"documents": documents, "count": len(documents), "oldest": oldest,
		"step_documents": w.and(in.documentNames(true)),
		"as_of":          w.day(in.DataDay),
		"today":          w.day(in.Today),
		"month":          w.month(in.Intent.Month),
		"hold_stops":     w.named("stops", in.Hold.Stops),
		"hold_from":      w.day(in.Hold.From),
		"released":       w.day(in.Hold.Ended),
		"pay_links":      linkData(w, p.Links),
		"pay_options":    textList(p.Pay),
		"portal":         oneLine(in.Company.Portal),
		"late_fee":       oneLine(in.Company.LateFee),
		"has_statement":  in.Statement != nil && slices.Contains(in.Intent.Attach, attachStatement),
		"has_copies":     in.copies,
		"credit_limit":   in.limitText(w),
		"terms":          map[string]any{"code": oneLine(in.customer().TermsCode), "text": w.named("terms", in.customer().TermsCode)},
		"promise":        promise, "dispute": dispute, "event": in.eventData(), "outcomes": strings.Join(in.outcomes(), ", "),
	}
	in.addAsked(w, data)
	return data, nil
}

func (in Input) companyData() map[string]any {
	return map[string]any{
		"name": oneLine(in.Company.Name), "phone": oneLine(in.Company.Phone), "email": oneLine(in.Company.From),
		"address": oneLine(strings.Join(in.Company.Address, ", ")), "dispute": oneLine(in.Company.Dispute),
	}
}

func (in Input) customerData(w Words) map[string]any {
	c := in.customer()
	return map[string]any{"name": oneLine(c.Name), "number": oneLine(c.Number), "language": w.named("language", in.wanted()[0])}
}

// limitText is the credit limit of the customer named first; empty where it has
// none, or a hold stands in its place.
func (in Input) limitText(w Words) string {
	limit := in.customer().CreditLimit
	if limit == nil || *limit <= 0 || in.Base == "" {
		return ""
	}
	return w.money(*limit, in.Base)
}

// contactData is the first receiver; for a call, where none is named, whoever of
// the customer has a telephone.
func (in Input) contactData() map[string]any {
	c := in.person()
	phone := c.Phone
	if phone == "" {
		phone = c.Mobile
	}
	return map[string]any{"name": oneLine(c.Name), "phone": oneLine(phone), "email": oneLine(c.Email)}
}

func (in Input) person() ar.Contact {
	if len(in.Intent.To) > 0 {
		return in.Intent.To[0]
	}
	for _, a := range in.Accounts {
		if i := slices.IndexFunc(a.Contacts, func(c ar.Contact) bool { return c.Valid && c.Phone+c.Mobile != "" }); i >= 0 && in.Intent.Kind == sequence.Task {
			return a.Contacts[i]
		}
	}
	return ar.Contact{}
}

// outcomes are the codes by which a task can end.
func (in Input) outcomes() []string {
	if len(in.Intent.Outcomes) > 0 {
		return in.Intent.Outcomes
	}
	return intake.Outcomes
}

// addAsked adds the sums that are asked for: in all, and at the intent's own
// step.
func (in Input) addAsked(w Words, data map[string]any) {
	list := []any{}
	for _, m := range in.asked() {
		list = append(list, map[string]any{"amount": w.amount(m.Minor, m.Currency), "currency": string(m.Currency)})
	}
	data["asked"], data["asked_text"], data["asked_step"] = list, w.moneys(in.asked()), w.moneys(in.askedAtStep())
}

// documentData lists the named documents, and the most days past due.
func (in Input) documentData(w Words) (documents []any, oldest int) {
	documents = []any{}
	for _, line := range in.lines() {
		d := line.Document
		if d.Open <= 0 {
			continue
		}
		late := max(0, d.DaysPastDue(in.Today))
		oldest = max(oldest, late)
		documents = append(documents, map[string]any{
			"number": documentName(d), "issued": w.day(d.IssuedOn), "due": w.day(d.DueOn), "days_past_due": late,
			"currency": string(d.Currency), "open": w.amount(d.Open, d.Currency), "amount": w.above(d.Amount, d.Currency),
			"label": w.named("label", line.Label), "po_number": oneLine(d.PONumber), "at_step": line.AtStep,
			"disputed": w.above(line.Disputed, d.Currency),
		})
	}
	return documents, oldest
}

// documentNames lists the numbers of the named documents, or of those at the
// intent's own step only.
func (in Input) documentNames(atStep bool) []string {
	var names []string
	for _, line := range in.lines() {
		if line.Document.Open > 0 && (line.AtStep || !atStep) {
			names = append(names, documentName(line.Document))
		}
	}
	return names
}

func linkData(w Words, links []link) []any {
	out := []any{}
	for _, l := range links {
		out = append(out, map[string]any{"currency": string(l.Currency), "amount": l.Amount, "url": l.URL})
	}
	return out
}

func textList(texts []string) []any {
	out := []any{}
	for _, t := range texts {
		out = append(out, t)
	}
	return out
}
