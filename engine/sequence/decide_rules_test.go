package sequence_test

import (
	"strings"
	"testing"

	"holdfast/engine/ar"
	"holdfast/engine/calendar"
	"holdfast/engine/sequence"
	"holdfast/engine/steps"
)

// verdicts returns the reasons of a decision by document.
func verdicts(d sequence.Decision) map[ar.DocumentID]sequence.Reason {
	m := map[ar.DocumentID]sequence.Reason{}
	for _, v := range d.Verdicts {
		m[v.Subject.Document] = v.Reason
	}
	return m
}

func only(t *testing.T, d sequence.Decision, kind sequence.IntentKind) sequence.Intent {
	t.Helper()
	var found []sequence.Intent
	for _, in := range d.Intents {
		if in.Kind == kind {
			found = append(found, in)
		}
	}
	if len(found) != 1 {
		t.Fatalf("%d intents of kind %s, want 1: %+v", len(found), kind, d.Intents)
	}
	return found[0]
}

func none(t *testing.T, d sequence.Decision, kind sequence.IntentKind) {
	t.Helper()
	for _, in := range d.Intents {
		if in.Kind == kind {
			t.Errorf("unexpected %s: %s %v", kind, in.Template, in.Occasions)
		}
	}
}

func TestOldDebtBeginsAtTheBeginningAndKeepsItsSpacing(t *testing.T) {
	got := walk(book(t, policy()), caseOn("2026-09-01", invoice("old", "2026-03-01")), 60, nil)
	expect(t, got,
		"2026-09-01 message past-due-1 [old:reminder-1.0]",
		"2026-09-08 message past-due-2 [old:reminder-2.0]",
		"2026-09-14 task  [old:call.0]", // four days on is a Saturday
		"2026-09-18 message past-due-3 [old:reminder-3.0]",
		"2026-09-25 message past-due-4 [old:reminder-4.0]",
		"2026-10-02 message hold-warning [:warn-hold.0]",
		"2026-10-09 message past-due-cadence [old:cadence.0]",
		"2026-10-13 hold  [:hold.0]",
		"2026-10-23 message past-due-cadence [old:cadence.1]",
	)
}

func TestAfterDowntimeThereIsNoBurst(t *testing.T) {
	b, c := book(t, policy()), caseOn("2026-09-01", invoice("a", "2026-08-25"))
	c = c.After(b.Decide(c), nil)
	first := b.Decide(c)
	c = c.After(first, []sequence.Outcome{{Intent: only(t, first, sequence.Message), Done: true, On: c.Today}})
	c.Today = ar.MustDay("2026-10-20") // seven weeks down
	got := walk(b, c, 8, nil)
	expect(t, got, "2026-10-20 message past-due-2", "2026-10-26 task  [a:call.0]")
}

func TestOneMessageListsEveryOverdueDocumentWithItsOwnWording(t *testing.T) {
	b := book(t, policy())
	c := caseOn("2026-09-04", invoice("old", "2026-08-25"), invoice("new", "2026-09-01"), invoice("fresh", "2026-09-03"))
	c.Accounts[0].Documents = append(c.Accounts[0].Documents, ar.Document{
		ID: "credit", Kind: ar.CreditMemo, Currency: "USD", Amount: -30000, Open: -30000, Account: c.Accounts[0].Customer.Account,
	})
	in := only(t, b.Decide(c), sequence.Message)
	if in.Asked.String() != "2,700.00 USD" {
		t.Errorf("asked for %s, want three documents less the credit", in.Asked)
	}
	var lines []string
	for _, l := range in.Lines {
		lines = append(lines, string(l.Document.ID)+"="+l.Label)
	}
	if got := strings.Join(lines, " "); got != "old=1st reminder new=1st reminder fresh= credit=" {
		t.Errorf("lines are %q", got)
	}
	if len(in.Occasions) != 2 {
		t.Errorf("%d steps are done by it, want the two that are due", len(in.Occasions))
	}
}

func TestATaskOfTheSameDayLeavesTheMessageAsItIs(t *testing.T) {
	b, c := book(t, policy()), caseOn("2026-08-18", invoice("old", "2026-08-17"))
	for ; c.Today < ar.MustDay("2026-08-31"); c.Today++ {
		d := b.Decide(c)
		var outcomes []sequence.Outcome
		for _, in := range d.Intents {
			outcomes = append(outcomes, sequence.Outcome{Intent: in, Done: true, On: c.Today})
		}
		c = c.After(d, outcomes)
	}
	c.Accounts[0].Documents = append(c.Accounts[0].Documents, invoice("new", "2026-08-28"))
	d := b.Decide(c)
	message, task := only(t, d, sequence.Message), only(t, d, sequence.Task)
	c = c.After(d, []sequence.Outcome{{Intent: task, Done: true, On: c.Today}})
	if reason, detail, ok := b.StillWanted(c, 0, message.Occasions, message.Cover); !ok {
		t.Errorf("the call that was given to a person keeps the message back: %s %s", reason, detail)
	}
}

func TestCurrenciesAreNeverAdded(t *testing.T) {
	euro := invoice("e", "2026-08-25")
	euro.Currency = "EUR"
	in := only(t, book(t, policy()).Decide(caseOn("2026-09-01", invoice("d", "2026-08-25"), euro)), sequence.Message)
	if in.Asked.String() != "1,000.00 EUR and 1,000.00 USD" {
		t.Errorf("asked for %s", in.Asked)
	}
}

func TestWhatIsNotAskedFor(t *testing.T) {
	cases := []struct {
		name   string
		change func(*sequence.Case)
		reason sequence.Reason
		task   bool
	}{
		{"disputed", func(c *sequence.Case) { doc(c).Disputed = true }, sequence.ReasonDisputed, false},
		{"below the floor of a document", func(c *sequence.Case) { doc(c).Open, doc(c).Amount = 499, 499 }, sequence.ReasonTolerated, false},
		{"below the floor of an account", func(c *sequence.Case) { doc(c).Open, doc(c).Amount = 2499, 2499 }, sequence.ReasonTolerated, false},
		{"undated", func(c *sequence.Case) { doc(c).DueOn = 0 }, sequence.ReasonUndated, true},
		{"a small rest of a part payment", func(c *sequence.Case) {
			doc(c).Open = 2000
			c.Accounts[0].LastReceipts = map[ar.DocumentID]ar.Day{"a": c.Today - 20}
		}, sequence.ReasonDeduction, true},
		{"a part payment of yesterday", func(c *sequence.Case) {
			doc(c).Open = 50000
			c.Accounts[0].LastReceipts = map[ar.DocumentID]ar.Day{"a": c.Today - 1}
		}, sequence.ReasonDeduction, true},
		{"blocked in the ERP", func(c *sequence.Case) { c.Accounts[0].Customer.DunningBlock = true }, sequence.ReasonBlocked, false},
		{"a row that cannot be read", func(c *sequence.Case) {
			c.Accounts[0].Flaws = []ar.Flaw{{Entity: "documents", ID: "x", Field: "amount", Reason: "three decimals"}}
		}, sequence.ReasonFlawed, true},
		{"no address", func(c *sequence.Case) { c.Accounts[0].Contacts = nil }, sequence.ReasonNoAddress, true},
		{"an address that is not valid", func(c *sequence.Case) { c.Accounts[0].Contacts[0].Valid = false }, sequence.ReasonNoAddress, true},
		{"credits cover it", func(c *sequence.Case) {
			c.Accounts[0].Documents = append(c.Accounts[0].Documents, ar.Document{ID: "r", Kind: ar.Receipt, Currency: "USD", Open: -100000})
		}, sequence.ReasonNothingAsked, false},
		{"a weekend", func(c *sequence.Case) { c.Today = ar.MustDay("2026-09-05") }, sequence.ReasonOutsideWindow, false},
		{"a holiday of ours", func(c *sequence.Case) { c.Today = ar.MustDay("2026-09-07") }, sequence.ReasonHoliday, false},
		{"a holiday of theirs", func(c *sequence.Case) {
			c.Today = ar.MustDay("2026-08-31") // the summer bank holiday
			c.Accounts[0].Customer.Address.Country = "GB"
		}, sequence.ReasonHoliday, false},
		{"a message of yesterday", func(c *sequence.Case) {
			c.Touches = []sequence.Touch{{Party: c.Party, Address: "ann@example.net", Purpose: sequence.Courtesy, On: c.Today - 1}}
		}, sequence.ReasonGap, false},
		{"somebody else's message to the same address", func(c *sequence.Case) {
			c.Touches = []sequence.Touch{{Address: "ann@example.net", Purpose: sequence.Dunning, On: c.Today - 2}}
		}, sequence.ReasonGap, false},
		{"two reminders in seven days", func(c *sequence.Case) { c.Touches = touches(c, 3, 6) }, sequence.ReasonCap, false},
		{"five reminders in thirty days", func(c *sequence.Case) { c.Touches = touches(c, 8, 12, 16, 20, 29) }, sequence.ReasonCap, false},
	}
	for _, tt := range cases {
		t.Run(tt.name, func(t *testing.T) {
			c := caseOn("2026-09-01", invoice("a", "2026-08-25"))
			tt.change(&c)
			d := book(t, policy()).Decide(c)
			none(t, d, sequence.Message)
			if got := verdicts(d)["a"]; got != tt.reason {
				t.Errorf("reason %q, want %q", got, tt.reason)
			}
			if tt.task {
				only(t, d, sequence.Task)
				next := c.After(d, nil)
				none(t, book(t, policy()).Decide(next), sequence.Task) // given to a person once
			}
		})
	}
}

func doc(c *sequence.Case) *ar.Document { return &c.Accounts[0].Documents[0] }

func touches(c *sequence.Case, ago ...int) []sequence.Touch {
	var list []sequence.Touch
	for _, days := range ago {
		list = append(list, sequence.Touch{Party: c.Party, Address: "ann@example.net", Purpose: sequence.Dunning, On: c.Today - ar.Day(days)})
	}
	return list
}

func TestADisputedPartLeavesTheRestToBeAskedFor(t *testing.T) {
	c := caseOn("2026-09-01", invoice("a", "2026-08-25"))
	doc(&c).Disputed, doc(&c).DisputedAmount = true, 40000
	in := only(t, book(t, policy()).Decide(c), sequence.Message)
	if in.Asked.String() != "600.00 USD" || in.Lines[0].Disputed != 40000 {
		t.Errorf("asked for %s with %d disputed", in.Asked, in.Lines[0].Disputed)
	}
}

func TestWhiteGloveGetsTasksAndNoMessages(t *testing.T) {
	p := policy()
	p.WhiteGlove = map[string]bool{"C1": true}
	for _, line := range walk(book(t, p), caseOn("2026-09-01", invoice("a", "2026-08-25")), 80, nil) {
		if strings.Contains(line, " message ") {
			t.Errorf("a message went out: %s", line)
		}
	}
}

func TestPaidIsAnExitAndReopenedResumesWithACall(t *testing.T) {
	b := book(t, policy())
	paid := invoice("a", "2026-08-25")
	got := walk(b, caseOn("2026-09-01", paid), 30, func(day ar.Day, c *sequence.Case) {
		switch day {
		case ar.MustDay("2026-09-03"):
			c.Accounts[0].Documents = nil
		case ar.MustDay("2026-09-15"): // the cheque came back
			c.Accounts[0].Documents = []ar.Document{paid}
		}
	})
	expect(t, got,
		"2026-09-01 message past-due-1 [a:reminder-1.0]",
		"2026-09-15 task  []", // payment_reversed
		"2026-09-15 message past-due-2 [a:reminder-2.0]",
		"2026-09-21 task  [a:call.0]",
		"2026-09-25 message past-due-3 [a:reminder-3.0]",
	)
}

func TestARunningSubjectStaysWithTheVersionItEnteredUnder(t *testing.T) {
	old := book(t, policy())
	c := caseOn("2026-09-01", invoice("a", "2026-08-25"))
	c = c.After(old.Decide(c), nil)
	c.Touches = nil
	changed := strings.Replace(string(old.Sequence("past-due").Source), `template = "past-due-1"`, `template = "past-due-new"`, 1)
	s, problems := sequence.Parse("past-due.toml", []byte(changed), steps.All())
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	current := []*sequence.Sequence{old.Sequence("invoicing"), s}
	pinned, problems := sequence.NewBook(current, old.Sequences, policy(), steps.All())
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if in := only(t, pinned.Decide(c), sequence.Message); in.Template != "past-due-1" {
		t.Errorf("a subject under way got template %s of the new version", in.Template)
	}
	without, _ := sequence.NewBook(current[:1], old.Sequences, policy(), steps.All())
	if got := verdicts(without.Decide(c))["a"]; got != sequence.ReasonRebuilt {
		t.Errorf("a subject whose sequence has no file any more: %q, want %q", got, sequence.ReasonRebuilt)
	}
	forgotten, _ := sequence.NewBook(current, nil, policy(), steps.All())
	if got := verdicts(forgotten.Decide(c))["a"]; got != sequence.ReasonRebuilt {
		t.Errorf("a subject whose version is gone: %q, want %q", got, sequence.ReasonRebuilt)
	}
}

// warnedCase is an account of 1,000.00 USD whose warning was accepted long ago
// and whose hold is due.
func warnedCase(t *testing.T, b *sequence.Book) sequence.Case {
	t.Helper()
	c := caseOn("2026-09-01", invoice("a", "2026-03-01"))
	for range 120 {
		d := b.Decide(c)
		for _, in := range d.Intents {
			if in.Kind == sequence.Hold {
				return c
			}
		}
		var done []sequence.Outcome
		for _, in := range d.Intents {
			done = append(done, sequence.Outcome{Intent: in, Done: true, On: c.Today})
		}
		c = c.After(d, done)
		c.Today++
	}
	t.Fatal("no hold came due in 120 days")
	return c
}

// verdictOf returns why a sequence's first position does what it does.
func verdictOf(d sequence.Decision, name string) sequence.Reason {
	for _, v := range d.Verdicts {
		if v.Sequence == name {
			return v.Reason
		}
	}
	return ""
}

func TestAHoldAndWhatStandsInItsWay(t *testing.T) {
	entry := func(c *sequence.Case, s ar.EntryState, on ar.Day) ar.HoldEntry {
		return ar.HoldEntry{ID: 9, Account: c.Accounts[0].Customer.Account, State: s, PlacedOn: on, ReleasedOn: on}
	}
	cases := []struct {
		name   string
		change func(*sequence.Case, *sequence.Policy)
		reason sequence.Reason // empty: a hold is planned
		yes    bool            // and waits for a yes
	}{
		{"nothing", func(*sequence.Case, *sequence.Policy) {}, "", false},
		{"more than may be held without a yes", func(c *sequence.Case, _ *sequence.Policy) { doc(c).Open, doc(c).Amount = 3000000, 3000000 }, "", true},
		{"released lately", func(c *sequence.Case, _ *sequence.Policy) {
			c.Holds = []ar.HoldEntry{entry(c, ar.EntryReleased, c.Today-10)}
		}, "", true},
		{"enough new holds today", func(c *sequence.Case, _ *sequence.Policy) { c.NewHolds = 0 }, sequence.ReasonHoldQuota, false},
		{"exempt", func(_ *sequence.Case, p *sequence.Policy) { p.HoldExempt = map[string]bool{"C1": true} }, sequence.ReasonBlocked, false},
		{"the preset cannot", func(_ *sequence.Case, p *sequence.Policy) { p.HoldWritable = false }, sequence.ReasonNoHold, false},
		{"held already", func(c *sequence.Case, _ *sequence.Policy) {
			c.Holds = []ar.HoldEntry{entry(c, ar.EntryPlaced, c.Today-3)}
		}, sequence.ReasonHeld, false},
		{"proposed already", func(c *sequence.Case, _ *sequence.Policy) {
			c.Holds = []ar.HoldEntry{entry(c, ar.EntryProposed, 0)}
		}, sequence.ReasonApproval, false},
		{"the warning is too fresh", func(_ *sequence.Case, p *sequence.Policy) { p.HoldWarned = calendar.Span{N: 40, Business: true} }, sequence.ReasonNotWarned, false},
		{"the warning was never accepted", func(c *sequence.Case, _ *sequence.Policy) { forget(c, "warn-hold") }, sequence.ReasonNotWarned, false},
	}
	for _, tt := range cases {
		t.Run(tt.name, func(t *testing.T) {
			p := policy()
			c := warnedCase(t, book(t, p))
			tt.change(&c, &p)
			d := book(t, p).Decide(c)
			if tt.reason != "" {
				none(t, d, sequence.Hold)
				if got := verdictOf(d, "credit-hold"); got != tt.reason {
					t.Errorf("reason %q, want %q", got, tt.reason)
				}
				return
			}
			if in := only(t, d, sequence.Hold); in.Approve != tt.yes {
				t.Errorf("waits for a yes: %t, want %t", in.Approve, tt.yes)
			}
		})
	}
}

// forget marks a step as passed over instead of sent.
func forget(c *sequence.Case, step string) {
	for i := range c.State.Positions {
		done := c.State.Positions[i].Done
		for j := range done {
			if done[j].Step == step {
				done[j].How = sequence.DoneSkipped
			}
		}
	}
}

func TestAHoldIsLiftedWhenNothingProposesItAnyMore(t *testing.T) {
	b := book(t, policy())
	held := warnedCase(t, b)
	d := b.Decide(held)
	held = held.After(d, []sequence.Outcome{{Intent: only(t, d, sequence.Hold), Done: true, On: held.Today}})
	held.Today++
	none(t, b.Decide(held), sequence.Release)
	cases := map[string]func(*sequence.Case){
		"paid":             func(c *sequence.Case) { c.Accounts[0].Documents = nil },
		"wholly disputed":  func(c *sequence.Case) { doc(c).Disputed = true },
		"below the amount": func(c *sequence.Case) { doc(c).Open = 40000 },
	}
	for name, change := range cases {
		t.Run(name, func(t *testing.T) {
			c := held.After(b.Decide(held), nil)
			c.Accounts = []sequence.Account{held.Accounts[0]}
			c.Accounts[0].Documents = append([]ar.Document(nil), held.Accounts[0].Documents...)
			change(&c)
			only(t, b.Decide(c), sequence.Release)
			c.Holds[0].Proposer = ar.ProposedBy("ann")
			none(t, b.Decide(c), sequence.Release)
		})
	}
}

func TestSequencesThatCouldFightAreRefused(t *testing.T) {
	old := book(t, policy())
	twin := strings.NewReplacer(`name    = "invoicing"`, `name = "twin"`, "rank    = 10", "rank = 30").Replace(string(old.Sequence("invoicing").Source))
	s, problems := sequence.Parse("twin.toml", []byte(twin), steps.All())
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	_, problems = sequence.NewBook(append(old.Sequences, s), nil, policy(), steps.All())
	if len(problems) != 1 || problems[0].Key != "rank" {
		t.Errorf("two sequences of one rank and subject: %v", problems)
	}
}

func TestADecisionDoesNotChangeItsCase(t *testing.T) {
	b := book(t, policy())
	c := warnedCase(t, b)
	before := len(c.State.Positions[0].Done)
	first, second := b.Decide(c), b.Decide(c)
	if len(c.State.Positions[0].Done) != before {
		t.Error("the case changed under the decision")
	}
	if len(first.Intents) != len(second.Intents) || first.Intents[0].Detail != second.Intents[0].Detail {
		t.Error("the same case gave two decisions")
	}
}
