package message

import (
	"holdfast/engine/ar"
	"holdfast/engine/fault"
	"holdfast/engine/intake"
	"holdfast/engine/sequence"
)

// promiseData is the promise, or the part of a plan, that the intent is about.
// Texts are empty where it is about none.
func (in Input) promiseData(w Words) (map[string]any, error) {
	data := map[string]any{
		"day": "", "amount": "", "left": "", "plan": false, "part": 1, "parts": 1, "next_day": "", "parts_list": []any{},
	}
	h := in.Intent.About
	if h == nil || h.Fact == nil || h.Subject.Kind != sequence.SubjectPromise {
		return data, nil
	}
	data["day"] = w.day(h.Day)
	amount := h.Fact.Amount
	if h.Fact.Kind == intake.Plan {
		part := h.Fact.Parts[h.Part]
		amount = ar.Balance{part.Amount}
		data["plan"], data["part"], data["parts"] = true, h.Part+1, len(h.Fact.Parts)
		if h.Part+1 < len(h.Fact.Parts) {
			data["next_day"] = w.day(h.Fact.Parts[h.Part+1].Day)
		}
		list, err := partList(w, h.Fact.Parts)
		if err != nil {
			return nil, err
		}
		data["parts_list"] = list
	}
	var err error
	if data["amount"], err = w.told(amount, "the promise"); err == nil {
		data["left"], err = w.told(h.Left, "what is left of the promise")
	}
	return data, err
}

// partList are the instalments of a plan in their order.
func partList(w Words, parts []intake.Part) ([]any, error) {
	list := []any{}
	for i, p := range parts {
		amount, err := w.told(ar.Balance{p.Amount}, "an instalment")
		if err != nil {
			return nil, err
		}
		list = append(list, map[string]any{"part": i + 1, "day": w.day(p.Day), "amount": amount})
	}
	return list, nil
}

// disputeData is the dispute that the intent is about, as a person told it or as
// the ERP has it.
func (in Input) disputeData(w Words) (map[string]any, error) {
	data := map[string]any{"code": "", "documents": "", "amount": "", "owner": ""}
	h := in.Intent.About
	if h == nil || h.Subject.Kind != sequence.SubjectDispute {
		return data, nil
	}
	var names []string
	var sum ar.Balance
	for _, item := range h.Items {
		names = append(names, documentName(*item.Doc))
		if h.Fact == nil {
			data["code"] = w.named("dispute", item.Doc.DisputeReason)
			sum = sum.Add(item.Doc.DisputedOpen(), item.Doc.Currency)
		}
	}
	if h.Fact != nil {
		data["code"], data["owner"] = w.named("dispute", h.Fact.Code), oneLine(h.Fact.Owner)
		if len(h.Fact.Documents) > 0 {
			names, sum = contested(h.Fact)
		}
	}
	data["documents"] = w.and(names)
	var err error
	data["amount"], err = w.told(sum, "the dispute")
	return data, err
}

// contested lists what a dispute names, and its sum as it was told.
func contested(f *intake.Fact) (names []string, sum ar.Balance) {
	for _, c := range f.Documents {
		name := oneLine(c.Number)
		if name == "" {
			name = oneLine(string(c.Document))
		}
		names = append(names, name)
		sum = sum.Add(f.Contested(c.Document, c.Open), c.Currency)
	}
	return names, sum
}

// eventData is the event that the intent is about.
func (in Input) eventData() map[string]any {
	h := in.Intent.About
	if h == nil || h.Fact == nil || h.Subject.Kind != sequence.SubjectAccount {
		return map[string]any{"code": "", "text": "", "value": ""}
	}
	return map[string]any{"code": oneLine(h.Fact.Code), "text": oneLine(h.Fact.Text), "value": oneLine(h.Fact.Value)}
}

// told writes amounts that a person told; empty where there are none. Zero or
// less is refused: it must never reach a customer.
func (w Words) told(b ar.Balance, what string) (string, error) {
	for _, m := range b {
		if m.Minor <= 0 {
			return "", fault.New(fault.Invalid, "%s is %s: zero or less is never written", what, m).
				WithCure("withdraw it and tell it anew")
		}
	}
	return w.moneys(b), nil
}
