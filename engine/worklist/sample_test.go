package worklist

import (
	"iter"
	"testing"

	"holdfast/engine/ar"
	"holdfast/engine/intake"
	"holdfast/engine/sequence"
)

var today = ar.MustDay("2026-11-23")

var options = Options{Company: "1", Name: "Harbourline Supply Co", Base: "USD", Day: today, Contact: []string{"invoice", "ap"},
	Say: func(task *Task, c *sequence.Case) string {
		if task.Script != "call-past-due" {
			return ""
		}
		return "Ask for Pat Payable of " + c.Accounts[0].Customer.Name + ".\n\nIs there anything that keeps you from paying?"
	}}

// calls are the outcomes of an ordinary call.
var calls = intake.Outcomes

func account(id string) ar.AccountID {
	return ar.AccountID{Source: "demo", Company: "1", Customer: ar.CustomerID(id)}
}

// debtor is a party of one account with documents.
func debtor(id, name, collector string, documents ...ar.Document) sequence.Case {
	a := sequence.Account{
		Customer: ar.Customer{Account: account(id), Number: "C" + id, Name: name, Payer: ar.CustomerID(id), Collector: collector},
		Contacts: []ar.Contact{
			{ID: "1", Role: "sales", Name: "Sam Sales", Phone: "+1 555 0199", Valid: true},
			{ID: "2", Role: "ap", Name: "Pat Payable", Phone: "+1 555 01" + id, Valid: true},
			{ID: "3", Role: "invoice", Name: "Mail Only", Email: "ap@example.com", Valid: true},
		},
	}
	for _, d := range documents {
		d.Account = account(id)
		a.Documents = append(a.Documents, d)
	}
	return sequence.Case{Party: a.Customer.Party(), Today: today, Company: ar.Company{BaseCurrency: "USD"}, Accounts: []sequence.Account{a}}
}

func invoice(number, due string, open int64, cur ar.Currency) ar.Document {
	d := ar.Document{
		ID: ar.DocumentID("id-" + number), Number: number, Kind: ar.Invoice, IssuedOn: ar.MustDay(due) - 30, DueOn: ar.MustDay(due),
		Currency: cur, Amount: open, Open: open,
	}
	if cur == "EUR" {
		base := open * 11 / 10
		d.BaseOpen = &base
	}
	return d
}

func call(id int64, customer string) Task {
	return Task{
		ID: id, Key: "past-due|invoice:" + customer + "|call|0|0", Account: account(customer), Role: "collector", Script: "call-past-due",
		Party: ar.PartyID{Source: "demo", Company: "1", Payer: ar.CustomerID(customer)}, Why: "its day has come", DueOn: today + 2, Outcomes: calls,
	}
}

// sample is a morning's work: a question, a broken promise, two calls and a
// task of the company.
func sample() ([]Task, []sequence.Case) {
	small := debtor("10", "Anders & Søn", "dana", invoice("INV-1", "2026-11-03", 120000, "USD"))
	big := debtor("11", "Brightwater Holdings International GmbH", "Dana",
		invoice("INV-2", "2026-10-04", 2500000, "USD"), invoice("INV-3", "2026-11-20", 990000, "EUR"), invoice("INV-4", "2026-12-20", 50000, "USD"))
	big.Facts = []intake.Fact{{
		ID: 7, Kind: intake.Dispute, Account: account("11"), Code: "price", On: today - 3,
		Documents: []intake.Covered{{Document: "id-INV-2", Number: "INV-2", Currency: "USD", Open: 2500000, Amount: 500000}},
	}}
	big.Touches = []sequence.Touch{{Medium: "email", On: today - 5, Party: big.Party}}
	broken := debtor("12", "Cinder Works", "dana", invoice("INV-5", "2026-11-13", 80000, "USD"))
	broken.Facts = []intake.Fact{
		{ID: 3, Kind: intake.Promise, Account: account("12"), Day: today - 4, Amount: ar.Balance{{Minor: 80000, Currency: "USD"}}, On: today - 9},
		{ID: 4, Kind: intake.Outcome, Account: account("12"), Code: intake.Promised, On: today - 9},
	}
	broken.State.Told = []sequence.Told{{Fact: 3, As: sequence.ToldBroken, On: today - 1}}
	asks := debtor("13", "Dunmore Ltd", "lee", invoice("INV-6", "2026-09-01", 300, "USD"))

	promise := call(3, "12")
	promise.Script, promise.Text, promise.Why = "call-broken-promise", "Ask what became of the promise", "the promise was not kept"
	yes := call(4, "13")
	yes.Role, yes.Script, yes.Text, yes.Yes, yes.Outcomes = "dana", "", "May INV-6 go to the agency?", true, []string{"yes", "no"}
	house := Task{
		ID: 5, Key: "cash-behind|2026-11-20", Party: ar.PartyID{Source: "demo", Company: "1"}, Account: ar.AccountID{Source: "demo", Company: "1"},
		Role: "dana", Text: "Post the receipts of Friday", Why: "receipts are not posted far enough", DueOn: today, Outcomes: []string{"done"},
	}
	return []Task{call(1, "10"), call(2, "11"), promise, yes, house}, []sequence.Case{small, big, broken, asks}
}

func passing(cases []sequence.Case) iter.Seq2[sequence.Case, error] {
	return func(yield func(sequence.Case, error) bool) {
		for _, c := range cases {
			if !yield(c, nil) {
				return
			}
		}
	}
}

// build makes the sample's one list.
func build(t *testing.T) *List {
	t.Helper()
	tasks, cases := sample()
	lists, err := Build(tasks, passing(cases), options)
	if err != nil {
		t.Fatal(err)
	}
	if len(lists) != 1 {
		t.Fatalf("%d lists, want the one of Dana, whatever the case of her name", len(lists))
	}
	return lists[0]
}
