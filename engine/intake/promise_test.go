package intake_test

import (
	"testing"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
	"holdfast/engine/intake"
)

func TestPromise(t *testing.T) {
	a := account()
	f := must(t)(a.Promise(kim, []string{" inv-1 ", "i2"}, today+7, usd(9000)))
	want(t, "a promise", f, intake.Fact{
		Kind: intake.Promise, Account: acme, By: "kim", On: today, At: noon, Day: today + 7, Amount: ar.Balance{*usd(9000)},
		Unapplied: ar.Balance{*usd(700)}, Documents: []intake.Covered{
			{Document: "a", Number: "INV-1", Currency: "USD", Open: 10000}, {Document: "i2", Number: "INV-3", Currency: "USD", Open: 2000}},
	})
	f = must(t)(a.Promise(kim, []string{"INV-3", "i1"}, today, nil))
	want(t, "every instalment of a number, once", f.Amount, ar.Balance{*usd(5000)})
	want(t, "the earliest first", f.Documents[0].Document, "i1")
	a.Facts = nil
	f = must(t)(a.Promise(kim, nil, today+366, nil))
	want(t, "all that is owed", f.Amount, ar.Balance{{Minor: 800, Currency: "EUR"}, *usd(19000)})
	f = must(t)(a.Promise(kim, nil, today+1, usd(100)))
	want(t, "an amount narrows to its currency", len(f.Documents), 7)
}

// What was told under a key is returned as it was, however it is told again.
func TestPromiseAgain(t *testing.T) {
	again := kim
	again.Key = "mail-1"
	f := must(t)(account().Promise(again, []string{"INV-20"}, today+9, nil))
	want(t, "told before", f, account().Facts[0])
}

func TestPromiseRefused(t *testing.T) {
	promise := func(documents []string, day ar.Day, amount *ar.Money) func(*intake.Account) (intake.Fact, error) {
		return func(a *intake.Account) (intake.Fact, error) { return a.Promise(kim, documents, day, amount) }
	}
	checkRefusals(t, []refusal{
		{"unknown document", promise([]string{"INV-11"}, today+1, nil), fault.NotFound,
			`customer 100 (Acme) has no document "INV-11"; open are: INV-1, INV-21, INV-31, `},
		{"paid document", promise([]string{"INV-7"}, today+1, nil), fault.Invalid, "document INV-7 of customer 100 (Acme) is not open: it was closed on 2026-11-17"},
		{"credit", promise([]string{"CM-1"}, today+1, nil), fault.Invalid, "CM-1 of customer 100 (Acme) is a credit of 7.00 USD"},
		{"past day", promise([]string{"INV-1"}, today-1, nil), fault.Invalid, "promised day 2026-11-19 is in the past"},
		{"no day", promise([]string{"INV-1"}, 0, nil), fault.Invalid, "there is no promised day; write one as 2026-11-27"},
		{"far day", promise([]string{"INV-1"}, today+367, nil), fault.Invalid, "is 367 days away, more than 366"},
		{"more than open", promise([]string{"INV-1"}, today+1, usd(10001)), fault.Invalid, "100.01 USD is promised, but only 100.00 USD is open on INV-1"},
		{"nothing", promise([]string{"INV-1"}, today+1, usd(0)), fault.Invalid, "more than nothing"},
		{"other currency", promise([]string{"INV-1", "INV-9"}, today+1, usd(100)), fault.Invalid, "the amount is in USD, but document INV-9 is in EUR"},
		{"currency not owed", promise(nil, today+1, &ar.Money{Minor: 5, Currency: "GBP"}), fault.Invalid, "the amount is in GBP, but customer 100 (Acme) owes"},
		{"promised already", promise([]string{"INV-20"}, today+1, nil), fault.Conflict,
			"document INV-20 is covered by promise 11 (10.00 USD by 2026-11-25, told on 2026-11-18 by lee) already: an overlapping promise"},
		{"in a plan already", promise([]string{"INV-21"}, today+1, nil), fault.Conflict, "covered by plan 12 (2 parts until 2026-11-29"},
		{"no teller", func(a *intake.Account) (intake.Fact, error) {
			return a.Promise(intake.Teller{On: today}, nil, today, nil)
		}, fault.Invalid, "nobody is named"},
		{"no day of telling", func(a *intake.Account) (intake.Fact, error) {
			return a.Promise(intake.Teller{By: "kim"}, nil, today, nil)
		}, fault.Invalid, "no day on which this was told"},
		{"nothing owed", func(a *intake.Account) (intake.Fact, error) {
			a.Documents = a.Documents[4:5]
			return a.Promise(kim, nil, today, nil)
		}, fault.Invalid, "owes nothing"},
		{"no document at all", func(a *intake.Account) (intake.Fact, error) {
			a.Documents = nil
			return a.Promise(kim, []string{"INV-1"}, today, nil)
		}, fault.NotFound, "nothing is open on the account"},
	})
}

func TestPlan(t *testing.T) {
	a := account()
	parts := []intake.Part{part(5, usd(3000)), part(35, usd(2000)), part(401, usd(5000))}
	f := must(t)(a.Plan(kim, []string{"INV-1"}, parts))
	want(t, "parts", f.Parts, parts)
	want(t, "covered", f.Documents, []intake.Covered{{Document: "a", Number: "INV-1", Currency: "USD", Open: 10000}})
	want(t, "unapplied", f.Unapplied, ar.Balance{*usd(700)})
	f = must(t)(a.Plan(kim, []string{"INV-30"}, []intake.Part{part(1, usd(300)), part(2, usd(300))}))
	want(t, "what is not disputed", f.Total(1), ar.Balance{*usd(600)})
}

func TestPlanRefused(t *testing.T) {
	plan := func(documents []string, parts ...intake.Part) func(*intake.Account) (intake.Fact, error) {
		return func(a *intake.Account) (intake.Fact, error) { return a.Plan(kim, documents, parts) }
	}
	one := []string{"INV-1"}
	checkRefusals(t, []refusal{
		{"one part", plan(one, part(5, usd(10000))), fault.Invalid, "at least two parts, this one has 1"},
		{"not in order", plan(one, part(9, usd(5000)), part(5, usd(5000))), fault.Invalid, "part 2 is due on 2026-11-25, not after part 1 on 2026-11-29"},
		{"two on a day", plan(one, part(9, usd(5000)), part(9, usd(5000))), fault.Invalid, "part 2 is due on 2026-11-29, not after part 1"},
		{"in the past", plan(one, part(-1, usd(5000)), part(9, usd(5000))), fault.Invalid, "day of part 1 2026-11-19 is in the past"},
		{"a part without a day", plan(one, part(1, usd(5000)), intake.Part{Amount: *usd(5000)}), fault.Invalid, "there is no day of part 2"},
		{"too far", plan(one, part(1, usd(5000)), part(368, usd(5000))), fault.Invalid, "is 367 days away"},
		{"less than open", plan(one, part(1, usd(5000)), part(2, usd(4000))), fault.Invalid,
			"the 2 parts add up to 90.00 USD, 10.00 USD less than the 100.00 USD open on INV-1"},
		{"more than open", plan(one, part(1, usd(5000)), part(2, usd(6000))), fault.Invalid, "10.00 USD more than the 100.00 USD open"},
		{"a part of nothing", plan(one, part(1, usd(10000)), part(2, usd(0))), fault.Invalid, "part 2 is 0.00 USD"},
		{"two currencies", plan(one, part(1, usd(5000)), part(2, &ar.Money{Minor: 5000, Currency: "EUR"})), fault.Invalid, "part 1 is in USD and part 2 in EUR"},
		{"documents of another", plan([]string{"INV-9"}, part(1, usd(400)), part(2, usd(400))), fault.Invalid, "document INV-9 is in EUR"},
		{"overlapping plan", plan([]string{"INV-21"}, part(1, usd(500)), part(2, usd(500))), fault.Conflict,
			"covered by plan 12 (2 parts until 2026-11-29, told on 2026-11-18 by lee) already: an overlapping plan would count one receipt twice; end fact 12 first"},
		{"unknown document", plan([]string{"nix"}, part(1, usd(500)), part(2, usd(500))), fault.NotFound, `no document "nix"`},
	})
}
