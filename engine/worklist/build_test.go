package worklist

import (
	"slices"
	"strings"
	"testing"

	"holdfast/engine/ar"
	"holdfast/engine/intake"
	"holdfast/engine/sequence"
)

func TestRowsStandInTheirOrder(t *testing.T) {
	l := build(t)
	var order []int64
	for i, r := range l.Rows {
		if order = append(order, r.Task); r.Place != i+1 {
			t.Errorf("task %d stands at %d, want %d", r.Task, r.Place, i+1)
		}
	}
	if want := []int64{4, 3, 2, 1, 5}; !slices.Equal(order, want) {
		t.Errorf("order %v, want %v: the question, the broken promise, the heavier debt, the lighter one, the rest", order, want)
	}
	for i, want := range []string{
		"asks for a yes or a no; 3.00 USD overdue, 83 days on average",
		"promise for 2026-11-19 broken; 800.00 USD overdue, 10 days on average",
		// 20,000.00 USD for 50 days and 9,900.00 EUR, which is 10,890.00 USD, for 3: 1,032,670 / 30,890 = 33
		"30,890.00 USD overdue, 33 days on average",
		"1,200.00 USD overdue, 20 days on average",
		"nothing overdue; by its due day",
	} {
		if got := l.Rows[i].Because; got != want {
			t.Errorf("row %d: %q, want %q", i+1, got, want)
		}
	}
}

func TestRowSaysWhatIsKnown(t *testing.T) {
	big := build(t).Rows[2]
	if got := big.Overdue.String(); got != "9,900.00 EUR and 20,000.00 USD" {
		t.Errorf("overdue %s: disputed amounts are out, currencies are not added", got)
	}
	if big.Contact != "Pat Payable" || big.Phone != "+1 555 0111" {
		t.Errorf("contact %s, %s: the first role that has a number", big.Contact, big.Phone)
	}
	if big.Last == nil || big.Last.On != today-5 || big.Last.How != "email" {
		t.Errorf("last contact %+v", big.Last)
	}
	if len(big.Documents) != 3 || big.Documents[0].Disputed.Minor != 500000 || big.Documents[2].Late != 0 {
		t.Errorf("documents %+v", big.Documents)
	}
	broken := build(t).Rows[1]
	if broken.Promise == nil || broken.Promise.State != sequence.ToldBroken || broken.Promise.Amount.String() != "800.00 USD" {
		t.Errorf("promise %+v", broken.Promise)
	}
	if broken.Last.Outcome != intake.Promised {
		t.Errorf("last contact %+v", broken.Last)
	}
}

func TestWhoseListATaskStandsIn(t *testing.T) {
	a := &sequence.Account{Customer: ar.Customer{Collector: "dana", SalesRep: "sam"}}
	none := &sequence.Account{}
	for _, c := range []struct {
		role string
		of   *sequence.Account
		want string
	}{
		{"collector", a, "dana"}, {"", a, "dana"}, {"sales rep", a, "sam"}, {"sales_rep", a, "sam"}, {"credit manager", a, "credit manager"},
		{"collector", none, "collector"}, {"sales rep", none, "sales rep"}, {"collector", nil, "collector"}, {"", nil, "collector"},
	} {
		if got := collectorOf(&Task{Role: c.role}, c.of); got != c.want {
			t.Errorf("role %q: in the list of %q, want %q", c.role, got, c.want)
		}
	}
}

func TestNoRateWeighsNothingAndSaysSo(t *testing.T) {
	d := invoice("INV-9", "2026-11-01", 5000, "CHF")
	lists, err := Build([]Task{call(9, "20")}, passing([]sequence.Case{debtor("20", "Alpina", "dana", d)}), options)
	if err != nil {
		t.Fatal(err)
	}
	r := lists[0].Rows[0]
	if r.rank.class != overdue || r.rank.weight.Sign() != 0 || !strings.Contains(r.Because, "no rate") {
		t.Errorf("class %d, weight %s, %q", r.rank.class, r.rank.weight, r.Because)
	}
}

func TestHugeSumsDoNotTurnAround(t *testing.T) {
	d := invoice("INV-9", "2000-01-01", 1<<62, "USD")
	e := invoice("INV-8", "2000-01-01", 1<<62, "USD")
	lists, err := Build([]Task{call(9, "20"), call(10, "21")}, passing([]sequence.Case{
		debtor("20", "Huge", "dana", d, e), debtor("21", "Small", "dana", invoice("INV-1", "2026-11-01", 100, "USD")),
	}), options)
	if err != nil {
		t.Fatal(err)
	}
	if r := lists[0].Rows[0]; r.Task != 9 || !strings.Contains(r.Because, "a huge sum in USD") {
		t.Errorf("task %d first: %s", r.Task, r.Because)
	}
}

func TestWhoAskedNotToBeCalledIsNotCalled(t *testing.T) {
	c := debtor("20", "Quiet", "dana", invoice("INV-9", "2026-11-01", 5000, "USD"))
	for name, facts := range map[string][]intake.Fact{
		"the number":  {{ID: 1, Kind: intake.DoNotContact, Account: account("99"), Channel: "voice", Address: "+1 555 0120"}},
		"the account": {{ID: 1, Kind: intake.DoNotContact, Account: account("20")}},
	} {
		c.Facts = facts
		lists, _ := Build([]Task{call(9, "20")}, passing([]sequence.Case{c}), options)
		if got := lists[0].Rows[0].Phone; got != noCall {
			t.Errorf("%s: telephone %q", name, got)
		}
		c.Facts = append(facts, intake.Fact{ID: 2, Kind: intake.End, Ref: 1, Code: intake.Withdrawn})
		lists, _ = Build([]Task{call(9, "20")}, passing([]sequence.Case{c}), options)
		if got := lists[0].Rows[0].Phone; got != "+1 555 0120" {
			t.Errorf("%s, withdrawn: telephone %q", name, got)
		}
	}
}

// However the ERP writes a number, and however it was told, it is one number.
func TestANumberNotToBeCalledIsKnownHoweverWritten(t *testing.T) {
	for written, told := range map[string]string{
		"0171 / 123 45 67": "+491711234567", "0171 1234567": "0171-1234567", "+49 (171) 1234567": "+491711234567",
	} {
		c := debtor("20", "Quiet", "dana", invoice("INV-9", "2026-11-01", 5000, "USD"))
		c.Accounts[0].Customer.Address.Country = "DE"
		c.Accounts[0].Contacts = []ar.Contact{{ID: "1", Role: "ap", Name: "Pat", Phone: written, Valid: true}}
		for number, want := range map[string]string{told: noCall, "+491719999999": written} {
			c.Facts = []intake.Fact{{ID: 1, Kind: intake.DoNotContact, Account: account("99"), Channel: "voice", Address: number}}
			lists, _ := Build([]Task{call(9, "20")}, passing([]sequence.Case{c}), options)
			if got := lists[0].Rows[0].Phone; got != want {
				t.Errorf("%s, told not to call %s: telephone %q, want %q", written, number, got, want)
			}
		}
	}
}

func TestPlanShowsItsNextPart(t *testing.T) {
	c := debtor("20", "Parts", "dana", invoice("INV-9", "2026-11-01", 9000, "USD"))
	usd := func(minor int64) ar.Money { return ar.Money{Minor: minor, Currency: "USD"} }
	c.Facts = []intake.Fact{{ID: 1, Kind: intake.Plan, Account: account("20"), Parts: []intake.Part{
		{Day: today - 10, Amount: usd(4000)}, {Day: today + 10, Amount: usd(5000)},
	}}}
	c.State.Told = []sequence.Told{{Fact: 1, Part: 0, As: sequence.ToldKept}}
	lists, _ := Build([]Task{call(9, "20")}, passing([]sequence.Case{c}), options)
	if p := lists[0].Rows[0].Promise; p == nil || p.Day != today+10 || p.Amount.String() != "50.00 USD" || p.State != sequence.ToldOpen {
		t.Errorf("promise %+v", p)
	}
}
