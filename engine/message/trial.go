package message

import (
	"holdfast/engine/ar"
	"holdfast/engine/intake"
	"holdfast/engine/sequence"
)

// trials are what every template is tried with when it is loaded: full messages
// about a promise, a plan, disputes and an event, and one with nothing in it
// that may be missing.
func trials() []Input {
	day := ar.NewDay(2026, 1, 31)
	sum := ar.Money{Minor: 100, Currency: "USD"}
	doc := ar.Document{Account: trialAccount, Number: "1", Currency: "USD", Amount: 100, Open: 100, DueOn: day - 9}
	covered := []intake.Covered{{Document: "1", Number: "1", Currency: "USD", Open: 100}}
	about := func(kind sequence.SubjectKind, f *intake.Fact) *sequence.Heard {
		return &sequence.Heard{Subject: sequence.Subject{Kind: kind}, Fact: f, Day: day, Left: ar.Balance{sum}, Items: []*sequence.Item{{Doc: &doc}}}
	}
	all := []Input{{}}
	for _, h := range []*sequence.Heard{
		nil,
		about(sequence.SubjectPromise, &intake.Fact{Kind: intake.Promise, Day: day, Amount: ar.Balance{sum}}),
		about(sequence.SubjectPromise, &intake.Fact{Kind: intake.Plan, Parts: []intake.Part{{Day: day, Amount: sum}, {Day: day + 30, Amount: sum}}}),
		about(sequence.SubjectDispute, &intake.Fact{Kind: intake.Dispute, Code: "price", Owner: "sales", Documents: covered}),
		about(sequence.SubjectAccount, &intake.Fact{Kind: intake.Event, Code: "copy_requested", Text: "text", Value: "value"}),
	} {
		all = append(all, trial(doc, day, h))
	}
	return all
}

var trialAccount = ar.AccountID{Source: "erp", Company: "1", Customer: "1"}

// trial is a full message about h.
func trial(doc ar.Document, day ar.Day, h *sequence.Heard) Input {
	limit := int64(1000)
	return Input{
		Company: Company{
			Name: "Seller", Address: []string{"1 Main Street"}, Phone: "1", From: "ar@seller.example", Dispute: "2",
			PayText: "pay", Portal: "https://portal.example", LateFee: "fee",
		},
		DataDay: day, Today: day, Base: "USD", copies: true, Hold: Hold{Stops: "orders", From: day, Ended: day},
		Party:  ar.PartyID{Source: "erp", Company: "1", Payer: "1"},
		PayURL: map[ar.Currency]string{"USD": "https://pay.example"},
		Accounts: []sequence.Account{{
			Customer: ar.Customer{Account: trialAccount, Number: "1", Name: "Customer", CreditLimit: &limit, TermsCode: "N30"},
		}},
		Intent: sequence.Intent{
			Account: trialAccount, To: []ar.Contact{{Name: "Contact", Phone: "3"}}, Asked: ar.Balance{{Minor: 100, Currency: "USD"}},
			Lines: []sequence.Line{{Document: doc, AtStep: true, Label: "1st reminder", Asked: 100}},
			About: h, Month: "2026-01",
		},
	}
}
