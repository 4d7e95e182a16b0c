package sequence_test

import (
	"slices"
	"strings"
	"testing"

	"holdfast/engine/ar"
	"holdfast/engine/intake"
	"holdfast/engine/sequence"
	"holdfast/engine/steps"
)

// tell adds a fact about the first account, told on the case's own day.
func tell(c *sequence.Case, f intake.Fact) {
	f.ID, f.Account, f.On, f.By = int64(len(c.Facts)+1), c.Accounts[0].Customer.Account, c.Today, "ann"
	c.Facts = append(c.Facts, f)
}

func TestABrokenPlanMakesAllItCoveredDueAtOnce(t *testing.T) {
	b := bookOf(t, policy(), "invoicing", "past-due", "promise")
	now, later := invoice("now", "2026-08-10"), invoice("later", "2026-12-01")
	c := caseOn("2026-09-01", now, later)
	tell(&c, intake.Fact{Kind: intake.Plan, Documents: append(covered(&now), covered(&later)...), Parts: []intake.Part{
		{Day: ar.MustDay("2026-09-10"), Amount: ar.Money{Minor: 100000, Currency: "USD"}},
		{Day: ar.MustDay("2026-10-10"), Amount: ar.Money{Minor: 100000, Currency: "USD"}},
	}})
	got := walk(b, c, 21, nil)
	expect(t, got,
		"2026-09-01 message plan-confirm [:confirm-plan.0] 1,000.00 USD",
		"2026-09-08 message promise-reminder [:remind.0] 1,000.00 USD",
		"2026-09-11 message past-due-1 [now:reminder-1.0] 1,000.00 USD",
		"2026-09-11 task  [:call.0]",
		"2026-09-14 message past-due-1 [later:reminder-1.0] 2,000.00 USD",
		"2026-09-18 message past-due-2 [now:reminder-2.0] 2,000.00 USD",
		"2026-09-21 message past-due-2 [later:reminder-2.0] 2,000.00 USD",
	)
}

func TestAPromiseIsReadFromTheLedger(t *testing.T) {
	b := bookOf(t, policy(), "past-due")
	for name, tt := range map[string]struct {
		open    int64 // of the document after its day
		credit  int64 // unapplied since
		as      sequence.ToldState
		task    bool
		excused bool // the money was on the account when it was promised
	}{
		"kept":                       {0, 0, sequence.ToldKept, false, false},
		"kept by cash not applied":   {100000, 100000, sequence.ToldKept, false, false},
		"cash that was there before": {100000, 100000, sequence.ToldBroken, true, true},
		"partly":                     {40000, 0, sequence.ToldPartly, true, false},
		"broken":                     {100000, 0, sequence.ToldBroken, true, false},
	} {
		t.Run(name, func(t *testing.T) {
			c := caseOn("2026-09-01", invoice("a", "2026-08-25"))
			f := intake.Fact{Kind: intake.Promise, Day: ar.MustDay("2026-09-10"), Amount: ar.Balance{{Minor: 100000, Currency: "USD"}}, Documents: covered(doc(&c))}
			if tt.excused {
				f.Unapplied = ar.Balance{{Minor: tt.credit, Currency: "USD"}}
			}
			tell(&c, f)
			none(t, b.Decide(c), sequence.Message)
			doc(&c).Open = tt.open
			if tt.credit > 0 {
				c.Accounts[0].Documents = append(c.Accounts[0].Documents, ar.Document{
					ID: "r", Account: doc(&c).Account, Kind: ar.Receipt, Currency: "USD", Open: -tt.credit, Amount: -tt.credit,
				})
			}
			c.Today = ar.MustDay("2026-09-11")
			d := b.Decide(c)
			if len(d.State.Told) != 1 || d.State.Told[0].As != tt.as {
				t.Fatalf("it became %v, want %s", d.State.Told, tt.as)
			}
			called := false
			for _, in := range d.Intents {
				called = called || in.Reason == sequence.ReasonBroken
			}
			if called != tt.task {
				t.Errorf("a task for a broken promise: %t, want %t", called, tt.task)
			}
		})
	}
}

func TestWhoseTurnItIsWhenOurOwnSideIsMissing(t *testing.T) {
	b := bookOf(t, policy(), "past-due")
	for name, want := range map[string]sequence.Reason{intake.NeedsPO: sequence.ReasonMissingPO, intake.NeedsPortal: sequence.ReasonNotAccepted} {
		c := caseOn("2026-09-15", invoice("a", "2026-08-25"))
		tell(&c, intake.Fact{Kind: intake.Preference, Code: name, Value: intake.Yes})
		d := b.Decide(c)
		none(t, d, sequence.Message)
		if in := only(t, d, sequence.Task); in.Role != "billing" || verdicts(d)["a"] != want {
			t.Errorf("%s: %q for %s, want %q for billing", name, verdicts(d)["a"], in.Role, want)
		}
		doc(&c).PONumber = "PO 7"
		tell(&c, intake.Fact{Kind: intake.Accepted, Documents: covered(doc(&c))})
		only(t, b.Decide(c), sequence.Message)
	}
}

func TestAReplyPausesAndThenGoesToTheDeputy(t *testing.T) {
	p := policy()
	p.ReplyPause.N, p.ReplyPause.Business = 3, true
	b := bookOf(t, p, "past-due")
	c := caseOn("2026-09-15", invoice("a", "2026-08-25"))
	tell(&c, intake.Fact{Kind: intake.Reply, Text: "where is our credit?"})
	got := walk(b, c, 7, nil)
	expect(t, got,
		"2026-09-15 task  []", // to the collector
		"2026-09-19 task  []", // to the deputy: a Saturday, its day of work is the next
		"2026-09-21 message past-due-1 [a:reminder-1.0]",
	)
}

func TestBestHourAndMediumAreLearnedAndTheCustomersWordGoesFirst(t *testing.T) {
	b := bookOf(t, policy(), "past-due")
	hour := func(change func(*sequence.Case)) int {
		c := caseOn("2026-09-15", invoice("a", "2026-08-25"))
		change(&c)
		return only(t, b.Decide(c), sequence.Message).NotBefore.Hour()
	}
	habit := sequence.Habit{Address: "ann@example.net", Medium: "email", Hour: 14, Events: 3}
	if got := hour(func(*sequence.Case) {}); got != 9 {
		t.Errorf("nothing learned: from %d, want the opening of the window", got)
	}
	if got := hour(func(c *sequence.Case) { c.Habits = []sequence.Habit{habit} }); got != 14 {
		t.Errorf("three answers at 14: from %d", got)
	}
	few := habit
	few.Events = 2
	if got := hour(func(c *sequence.Case) { c.Habits = []sequence.Habit{few} }); got != 9 {
		t.Errorf("two answers are too few: from %d", got)
	}
	if got := hour(func(c *sequence.Case) {
		c.Habits = []sequence.Habit{habit}
		tell(c, intake.Fact{Kind: intake.Preference, Code: intake.PrefersHour, Value: "11:30"})
	}); got != 11 {
		t.Errorf("the customer asked for 11:30: from %d", got)
	}
}

func TestTheFallbackGoesOverMediaAndRoles(t *testing.T) {
	p := policy()
	p.Channels = map[string]string{"email": "file", "letter": "post"}
	b := bookOf(t, p, "locate", "past-due")
	c := caseOn("2026-09-15", invoice("a", "2026-08-25"))
	c.Accounts[0].Contacts = append(c.Accounts[0].Contacts, ar.Contact{ID: "2", Role: "ceo", Email: "boss@example.net", Valid: true})
	tell(&c, intake.Fact{Kind: intake.DoNotContact, Channel: "email", Address: "ann@example.net"})
	if in := only(t, b.Decide(c), sequence.Message); in.Recipient() != "boss@example.net" {
		t.Errorf("to %s, want the contact that is left", in.Recipient())
	}
	tell(&c, intake.Fact{Kind: intake.DoNotContact, Channel: "email"})
	none(t, b.Decide(c), sequence.Message)
}

func TestAnAccountThatWasReleasedCanBeWarnedAndHeldAgain(t *testing.T) {
	b := book(t, policy())
	c := caseOn("2026-01-05", invoice("a", "2026-01-05"))
	holds := 0
	for _, line := range walk(b, c, 330, func(day ar.Day, c *sequence.Case) {
		switch day {
		case ar.MustDay("2026-03-16"):
			c.Accounts[0].Documents = nil
		case ar.MustDay("2026-06-01"):
			c.Accounts[0].Documents = []ar.Document{invoice("b", "2026-06-01")}
			c.Accounts[0].Documents[0].Account = c.Accounts[0].Customer.Account
		}
	}) {
		if strings.Contains(line, " hold  ") || strings.Contains(line, "hold-warning") || strings.Contains(line, "hold-released") || strings.Contains(line, " release ") {
			t.Log(line)
			holds++
		}
	}
	if holds != 6 {
		t.Errorf("%d warnings, holds, releases and words of it, want 4 of the first time and 2 of the second", holds)
	}
}

// TestAWarningIsNotCoveredByAnothersWords lets a reminder of a promise, which
// ranks higher, fall on the day of the warning.
func TestAWarningIsNotCoveredByAnothersWords(t *testing.T) {
	b := bookOf(t, policy(), "credit-hold", "promise", "past-due")
	promised := invoice("p", "2026-12-01")
	got := walk(b, caseOn("2026-09-01", invoice("a", "2026-08-25"), promised), 36, func(day ar.Day, c *sequence.Case) {
		if day == ar.MustDay("2026-09-11") {
			tell(c, intake.Fact{
				Kind: intake.Promise, Day: ar.MustDay("2026-10-06"), Documents: covered(&promised),
				Amount: ar.Balance{{Minor: promised.Open, Currency: "USD"}},
			})
		}
	})
	expect(t, got[len(got)-2:],
		"2026-10-02 message promise-reminder [:remind.0] ",
		"2026-10-05 message hold-warning [:warn-hold.0]",
	)
}

// TestAWarningIsNotCoveredByAReminder lets a reminder of another document fall on
// the day of the warning, in a library whose reminders speak before holds.
func TestAWarningIsNotCoveredByAReminder(t *testing.T) {
	sequences, problems := sequence.Load(sequence.Library(), "library", steps.All())
	sequences = slices.DeleteFunc(sequences, func(s *sequence.Sequence) bool { return s.Name != "credit-hold" && s.Name != "past-due" })
	for _, s := range sequences {
		if s.Name == "past-due" {
			s.Rank = 90
		}
	}
	b, more := sequence.NewBook(sequences, nil, policy(), steps.All())
	if len(problems)+len(more) > 0 {
		t.Fatal(problems, more)
	}
	days := map[string][]string{}
	for _, line := range walk(b, caseOn("2026-09-01", invoice("a", "2026-08-25"), invoice("b", "2026-09-29")), 40, nil) {
		for _, word := range []string{"hold-warning", "past-due-1"} {
			if strings.Contains(line, word) {
				days[word] = append(days[word], line[:10])
			}
		}
	}
	if w, r := days["hold-warning"], days["past-due-1"]; len(w) != 1 || len(r) != 2 || w[0] == r[1] {
		t.Errorf("the warning went on %v, the reminders on %v", w, r)
	}
}

// TestAPromiseAndADebtAskApart lets the reminder of a promise and a reminder of
// another document fall on one day: neither does the other's step.
func TestAPromiseAndADebtAskApart(t *testing.T) {
	b := bookOf(t, policy(), "promise", "past-due")
	promised := invoice("p", "2026-12-01")
	got := walk(b, caseOn("2026-09-01", invoice("a", "2026-08-29"), promised), 10, func(day ar.Day, c *sequence.Case) {
		if day == ar.MustDay("2026-09-02") {
			tell(c, intake.Fact{
				Kind: intake.Promise, Day: ar.MustDay("2026-09-10"), Documents: covered(&promised),
				Amount: ar.Balance{{Minor: 40000, Currency: "USD"}},
			})
		}
	})
	expect(t, got,
		"2026-09-01 message past-due-1 [a:reminder-1.0] 1,000.00 USD",
		"2026-09-02 message promise-confirm [:confirm.0] 400.00 USD",
		"2026-09-08 message promise-reminder [:remind.0] 400.00 USD",
	)
}
