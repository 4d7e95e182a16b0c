package cycle_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"holdfast/engine/answer"
	"holdfast/engine/fault"
	"holdfast/engine/intake"
	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
	"holdfast/engine/store"
)

// An answer by link is kept once for its form, with all that follows from it, and
// stands on the message.
func TestAnswersByLink(t *testing.T) {
	for action, want := range map[answer.Action][]intake.Kind{
		answer.Promise: {intake.Promise}, answer.Dispute: {intake.Dispute}, answer.Copy: {intake.Event},
		answer.WrongContact: {intake.DoNotContact, intake.Note}, answer.Unsubscribe: {intake.DoNotContact},
	} {
		t.Run(string(action), func(t *testing.T) {
			h := newEarshot(t)
			d := h.dunned()
			of := try(h.cycle.Answered(t.Context(), d))(h.house)
			told := intake.Teller{By: "customer by link", On: h.today, At: eventNoon, Key: "link:form"}
			for range 2 {
				try(h.cycle.Keep(t.Context(), of, told, answer.Answer{Action: action, Day: h.today + 7, Text: "ask Kim"}))(h.house)
			}
			var kinds []intake.Kind
			for _, f := range try(h.cycle.Store.Facts(t.Context(), store.FactFilter{}))(h.house) {
				kinds = append(kinds, f.Kind)
				if f.Account != d.Account || f.By != told.By {
					t.Errorf("%+v", f)
				}
			}
			if !slices.Equal(kinds, want) {
				t.Errorf("facts %v, want %v", kinds, want)
			}
			if heard := h.events(store.EventFilter{}); len(heard) != 1 || heard[0].Detail != "by link: "+string(action) {
				t.Errorf("on the message: %+v", heard)
			}
			if got := len(h.tasks(sequence.ReasonWrongContact)); got != map[bool]int{true: 1}[action == answer.WrongContact] {
				t.Errorf("%d people are asked", got)
			}
		})
	}
}

// What an account refuses is kept nowhere, and a day too far ahead is for a
// person.
func TestAnswersThatAreRefused(t *testing.T) {
	h := newEarshot(t)
	h.co.PromiseWithin.N = 30
	d := h.dunned()
	of := try(h.cycle.Answered(t.Context(), d))(h.house)
	told := intake.Teller{By: "customer by link", On: h.today, At: eventNoon, Key: "link:form"}
	_, err := h.cycle.Keep(t.Context(), of, told, answer.Answer{Action: answer.Promise, Day: h.today + 31})
	if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), "too far ahead") {
		t.Errorf("31 days ahead: %v", err)
	}
	of.Delivery.Documents = nil
	of.Accounts[0].Documents = nil
	if _, err := h.cycle.Keep(t.Context(), of, told, answer.Answer{Action: answer.Dispute}); err == nil {
		t.Error("a dispute of nothing was kept")
	}
	if facts := try(h.cycle.Store.Facts(t.Context(), store.FactFilter{}))(h.house); len(facts)+len(h.events(store.EventFilter{})) > 0 {
		t.Errorf("kept %+v", facts)
	}
}

// That a link was followed stands on the message, and its hour is learned from;
// whoever follows it a hundred times has done so once.
func TestSeen(t *testing.T) {
	h := newEarshot(t)
	d := h.dunned()
	for i := range 100 {
		h.must(h.cycle.Seen(t.Context(), d, outbox.Clicked, eventNoon.Add(time.Duration(i)*time.Second)))
	}
	if heard := h.events(store.EventFilter{}); len(heard) != 1 || heard[0].Kind != outbox.Clicked {
		t.Errorf("heard %+v", heard)
	}
	if got := try(h.cycle.Store.Delivery(t.Context(), d.ID))(h.house); got.LastEvent != outbox.Clicked {
		t.Errorf("the message's last event is %q", got.LastEvent)
	}
	if habits := h.caseOf(d.Party).Habits; len(habits) != 1 || habits[0].Events != 1 {
		t.Errorf("learned %+v", habits)
	}
	h.must(h.cycle.Seen(t.Context(), d, outbox.Clicked, eventNoon.Add(time.Hour)))
	if heard := h.events(store.EventFilter{}); len(heard) != 2 {
		t.Errorf("an hour later: %+v", heard)
	}
}

// What is answered to a company that is gone from the config is kept nowhere.
func TestAnswersToACompanyThatIsGone(t *testing.T) {
	h := newEarshot(t)
	d := h.dunned()
	of := try(h.cycle.Answered(t.Context(), d))(h.house)
	h.cycle.Companies = nil
	told := intake.Teller{By: "customer by link", On: h.today, At: eventNoon, Key: "link:form"}
	for _, action := range []answer.Action{answer.WrongContact, answer.Unsubscribe} {
		if _, err := h.cycle.Keep(t.Context(), of, told, answer.Answer{Action: action}); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s: %v", action, err)
		}
	}
	if n := len(h.facts()) + len(h.events(store.EventFilter{})); n > 0 {
		t.Errorf("%d were kept", n)
	}
}
