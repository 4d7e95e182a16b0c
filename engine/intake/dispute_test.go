package intake_test

import (
	"testing"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
	"holdfast/engine/intake"
)

func TestDispute(t *testing.T) {
	a := account()
	covered := func(f intake.Fact) map[ar.DocumentID]int64 {
		amounts := map[ar.DocumentID]int64{}
		for _, c := range f.Documents {
			amounts[c.Document] = c.Amount
		}
		return amounts
	}
	f := must(t)(a.Dispute(kim, []intake.Claimed{{Number: "INV-1", Amount: usd(2500)}, {Number: "e"}}, "price", " sales ", "two cents too much"))
	want(t, "a part, and all", covered(f), map[ar.DocumentID]int64{"a": 2500, "e": 0})
	want(t, "reason, owner and words", []string{f.Code, f.Owner, f.Text}, []string{"price", "sales", "two cents too much"})
	f = must(t)(a.Dispute(kim, []intake.Claimed{{Number: "INV-3"}}, "price", "", ""))
	want(t, "every instalment", covered(f), map[ar.DocumentID]int64{"i1": 0, "i2": 0})
	f = must(t)(a.Dispute(kim, []intake.Claimed{{Number: "INV-3", Amount: usd(3500)}}, "price", "", ""))
	want(t, "the earliest first", covered(f), map[ar.DocumentID]int64{"i1": 0, "i2": 500})
	f = must(t)(a.Dispute(kim, []intake.Claimed{{Number: "i2", Amount: usd(100)}}, "price", "", ""))
	want(t, "one by its id", covered(f), map[ar.DocumentID]int64{"i2": 100})
	f = must(t)(a.Dispute(kim, []intake.Claimed{{Number: "INV-30"}}, "price", "", ""))
	want(t, "what is not disputed yet", covered(f), map[ar.DocumentID]int64{"d": 600})
	a.Facts = nil
	f = must(t)(a.Dispute(kim, nil, "price", "", ""))
	want(t, "all that is owed", len(f.Documents), 8)
}

func TestDisputeRefused(t *testing.T) {
	dispute := func(code string, claims ...intake.Claimed) func(*intake.Account) (intake.Fact, error) {
		return func(a *intake.Account) (intake.Fact, error) { return a.Dispute(kim, claims, code, "", "") }
	}
	checkRefusals(t, []refusal{
		{"unknown reason", dispute("mood", intake.Claimed{Number: "INV-1"}), fault.Invalid, `"mood" is no reason of a dispute; the reasons are: price, quantity,`},
		{"unknown document", dispute("price", intake.Claimed{Number: "INV-2"}), fault.NotFound, `no document "INV-2"`},
		{"paid document", dispute("price", intake.Claimed{Number: "x"}), fault.Invalid, "is not open"},
		{"more than open", dispute("price", intake.Claimed{Number: "INV-1", Amount: usd(10001)}), fault.Invalid, "100.01 USD of document INV-1 is disputed, but only 100.00 USD is open"},
		{"more than is left", dispute("price", intake.Claimed{Number: "INV-30", Amount: usd(700)}), fault.Invalid, "of the 10.00 USD open only 6.00 USD is not disputed already"},
		{"disputed wholly", dispute("price", intake.Claimed{Number: "INV-31"}), fault.Conflict, "INV-31 is wholly disputed already"},
		{"other currency", dispute("price", intake.Claimed{Number: "INV-9", Amount: usd(1)}), fault.Invalid, "0.01 USD is disputed, but document INV-9 is in EUR"},
		{"nothing", dispute("price", intake.Claimed{Number: "INV-1", Amount: usd(-1)}), fault.Invalid, "more than nothing"},
		{"twice", dispute("price", intake.Claimed{Number: "INV-1"}, intake.Claimed{Number: "a"}), fault.Invalid, "named twice"},
		{"a credit", dispute("price", intake.Claimed{Number: "CM-1"}), fault.Invalid, "is a credit"},
	})
}

func TestClassify(t *testing.T) {
	f := must(t)(account().Classify(kim, "INV-1", "short_pay"))
	want(t, "a deduction", []any{f.Kind, f.Code, f.Documents[0].Document}, []any{intake.Classified, "short_pay", ar.DocumentID("a")})
	checkRefusals(t, []refusal{
		{"unknown kind", func(a *intake.Account) (intake.Fact, error) { return a.Classify(kim, "INV-1", "odd") }, fault.Invalid,
			"the kinds are: short_pay, discount, dispute, write_off"},
		{"unknown document", func(a *intake.Account) (intake.Fact, error) { return a.Classify(kim, "INV-2", "discount") }, fault.NotFound, "no document"},
	})
}
