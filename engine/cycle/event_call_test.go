package cycle_test

import (
	"strings"
	"testing"

	"holdfast/engine/ar"
	"holdfast/engine/cycle"
	"holdfast/engine/intake"
	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
)

// How an automatic call ended is kept as an outcome; what was said to it follows.
func TestOutcomesOfAutomaticCalls(t *testing.T) {
	const number = "+12125550100"
	h := newEarshot(t)
	d := h.dunned()
	calls := &teller{mailbox: &mailbox{}}
	h.co.Book.Policy.Channels["voice"] = "dial"
	h.cycle.Channels["dial"] = cycle.Lane{Channel: calls, InFlight: 1, Local: true}
	h.contact(d.Account.Customer, "m1", "", number)
	ended := func(e outbox.Event) cycle.Heard {
		t.Helper()
		e.Kind, e.Address = outbox.CallOutcome, number
		e.At = eventNoon.Add(hoursOf(-len(calls.events)))
		calls.tell(e)
		return h.hear("dial")
	}
	for _, code := range []string{intake.NoAnswer, intake.Voicemail, intake.Reached} {
		if got := ended(outbox.Event{Code: code}); got.Taken != 1 {
			t.Fatalf("%s: heard %+v", code, got)
		}
	}
	outcomes := h.facts(intake.Outcome)
	if len(outcomes) != 3 || outcomes[1].Code != intake.Voicemail || outcomes[1].Channel != "voice_artificial" || outcomes[1].Address != number ||
		outcomes[1].By != "automatic call to "+number {
		t.Errorf("kept as %+v", outcomes)
	}
	if habits := h.caseOf(d.Party).Habits; len(habits) != 1 || habits[0].Medium != sequence.MediumVoice || habits[0].Events != 1 {
		t.Errorf("learned %+v, want that one call was answered", habits)
	}
	ended(outbox.Event{Code: intake.CallBack, Detail: "pressed 3"})
	if tasks := h.tasks(sequence.ReasonPerson); len(tasks) != 1 || !strings.Contains(tasks[0].Detail, "wants to be called back (pressed 3)") {
		t.Errorf("people are asked: %+v", tasks)
	}
	ended(outbox.Event{Code: intake.Promised, Day: h.today + 7})
	if p := h.only(intake.Promise); p.Day != h.today+7 || p.Account != d.Account || len(p.Amount) == 0 {
		t.Errorf("the promise is kept as %+v", p)
	}
	ended(outbox.Event{Code: intake.Promised, Day: ar.MustDay("2026-01-01")})
	if r := h.only(intake.Reply); !strings.Contains(r.Text, "not kept as a promise") {
		t.Errorf("a promise of the past is kept as %q", r.Text)
	}
	ended(outbox.Event{Code: intake.WrongContact})
	if stop := h.only(intake.DoNotContact); stop.Address != number || stop.Channel != "voice" || len(h.tasks(sequence.ReasonWrongContact)) != 1 {
		t.Errorf("a wrong contact is kept as %+v", stop)
	}
	if n := len(h.facts(intake.Outcome)); n != 7 {
		t.Errorf("%d outcomes, want one for each call", n)
	}
}
