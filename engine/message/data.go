package message

import (
	"slices"
	"strings"

	"holdfast/engine/ar"
	"holdfast/engine/sequence"
)

// data is what templates see: plain maps, lists, texts and numbers.
func (in Input) data(w Words, p parts) map[string]any {
	c := in.customer()
	contact := ""
	if len(in.Intent.To) > 0 {
		contact = oneLine(in.Intent.To[0].Name)
	}
	asked := in.asked()
	var amounts []string
	list := []any{}
	for _, m := range asked {
		amounts = append(amounts, w.money(m.Minor, m.Currency))
		list = append(list, map[string]any{"amount": w.amount(m.Minor, m.Currency), "currency": string(m.Currency)})
	}
	documents, atStep, oldest := in.documentData(w)
	return map[string]any{
		"company": map[string]any{
			"name": oneLine(in.Company.Name), "phone": oneLine(in.Company.Phone), "email": oneLine(in.Company.From),
			"address": oneLine(strings.Join(in.Company.Address, ", ")), "dispute": oneLine(in.Company.Dispute),
		},
		"customer":       map[string]any{"name": oneLine(c.Name), "number": oneLine(c.Number)},
		"contact":        map[string]any{"name": contact},
		"asked":          list,
		"asked_text":     w.and(amounts),
		"documents":      documents,
		"count":          len(documents),
		"step_documents": w.and(atStep),
		"oldest":         oldest,
		"as_of":          w.day(in.DataDay),
		"today":          w.day(in.Today),
		"hold_stops":     oneLine(in.Hold.Stops),
		"hold_from":      w.day(in.Hold.From),
		"pay_links":      linkData(w, p.Links),
		"has_statement":  in.Statement != nil && slices.Contains(in.Intent.Attach, attachStatement),
	}
}

// documentData lists the named documents, the names of those at the intent's
// own step, and the most days past due.
func (in Input) documentData(w Words) (documents []any, atStep []string, oldest int) {
	documents = []any{}
	for _, line := range in.lines() {
		d := line.Document
		if d.Open <= 0 {
			continue
		}
		late := max(0, d.DaysPastDue(in.Today))
		oldest = max(oldest, late)
		if line.AtStep {
			atStep = append(atStep, documentName(d))
		}
		documents = append(documents, map[string]any{
			"number": documentName(d), "issued": w.day(d.IssuedOn), "due": w.day(d.DueOn), "days_past_due": late,
			"currency": string(d.Currency), "open": w.amount(d.Open, d.Currency), "amount": w.amount(d.Amount, d.Currency),
			"label": oneLine(line.Label), "po_number": oneLine(d.PONumber), "at_step": line.AtStep,
			"disputed": w.amount(line.Disputed, d.Currency),
		})
	}
	return documents, atStep, oldest
}

func linkData(w Words, links []link) []any {
	out := []any{}
	for _, l := range links {
		out = append(out, map[string]any{"currency": string(l.Currency), "amount": l.Amount, "url": l.URL})
	}
	return out
}

// trials are the data that every template is tried with when it is loaded: a
// full message, and one with nothing in it that may be missing.
func trials(w Words) []map[string]any {
	day := ar.NewDay(2026, 1, 31)
	id := ar.AccountID{Source: "erp", Company: "1", Customer: "1"}
	full := Input{
		Company: Company{Name: "Seller", Address: []string{"1 Main Street"}, Phone: "1", From: "ar@seller.example", Dispute: "2"},
		DataDay: day, Today: day, Hold: Hold{Stops: "orders", From: day},
		Accounts: []sequence.Account{{Customer: ar.Customer{Account: id, Number: "1", Name: "Customer"}}},
		Intent: sequence.Intent{
			Account: id, To: []ar.Contact{{Name: "Contact"}}, Asked: ar.Balance{{Minor: 100, Currency: "USD"}},
			Lines: []sequence.Line{{
				Document: ar.Document{Account: id, Number: "1", Currency: "USD", Amount: 100, Open: 100, DueOn: day - 9}, AtStep: true, Label: "1st reminder",
			}},
		},
	}
	links := []link{{URL: "https://pay.example", Amount: "1.00", Currency: "USD"}}
	return []map[string]any{full.data(w, parts{Links: links}), Input{}.data(w, parts{})}
}
