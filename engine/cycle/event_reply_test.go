package cycle_test

import (
	"slices"
	"strings"
	"testing"

	"holdfast/engine/intake"
	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
	"holdfast/engine/store"
)

// A reply is kept as it was written, and reminders wait: also those that were
// planned before it came.
func TestAReplyKeepsRemindersBack(t *testing.T) {
	h := newEarshot(t)
	d := h.dunned()
	for h.today++; ; h.today++ { // the day before the next reminder
		try(h.cycle.Decide(t.Context(), h.co, h.moment()))(h.house)
		planned := try(h.cycle.Store.Deliveries(t.Context(), store.DeliveryFilter{States: []outbox.State{outbox.Rendered}}))(h.house)
		if i := slices.IndexFunc(planned, func(o outbox.Delivery) bool { return o.Party == d.Party && o.Purpose == sequence.Dunning }); i >= 0 {
			d = planned[i]
			break
		}
		h.run()
	}
	h.clock.at = h.today.Time(h.co.Zone).Add(hoursOf(9))
	h.mail.tell(outbox.Event{Kind: outbox.Replied, Tag: "HF-XXXXXXXXXXXX", Address: strings.ToUpper(d.Recipient), Text: "We will look into it.\nSam", At: h.clock.at})
	if got := h.hear("box"); got.Taken != 1 || !slices.Equal(got.Companies, []string{"1"}) {
		t.Fatalf("heard %+v", got)
	}
	reply := h.only(intake.Reply)
	if reply.Account != d.Account || reply.Text != "We will look into it.\nSam" || reply.By != "reply by "+d.Recipient || reply.On != h.today {
		t.Errorf("kept as %+v", reply)
	}
	h.run()
	if got := try(h.cycle.Store.Delivery(t.Context(), d.ID))(h.house); got.State != outbox.Superseded || got.Reason != sequence.ReasonReplied {
		t.Errorf("the reminder planned before is %s: %q, want kept back for the reply", got.State, got.Reason)
	}
	if tasks := h.tasks(sequence.ReasonReplied); len(tasks) != 1 || !strings.Contains(tasks[0].Detail, "We will look into it.") {
		t.Errorf("people are asked: %+v", tasks)
	}
}

// Answers by code are facts about what the message named. One that cannot be so
// is a reply that says why.
func TestAnswersByCode(t *testing.T) {
	h := newEarshot(t)
	dunned := h.allDunned(10)
	for i, c := range []struct {
		name, text string
		kinds      []intake.Kind
		says       string // in the text of the last of them
	}{
		{"dispute", "DISPUTE\nhalf of it is broken", []intake.Kind{intake.Dispute}, "half of it is broken"},
		{"promise", "Promise 2026-03-27", []intake.Kind{intake.Promise}, ""},
		{"promise with a word", "PROMISE 2026-03-27\nRegards, Sam", []intake.Kind{intake.Promise, intake.Note}, "Regards, Sam"},
		{"copy", "copy", []intake.Kind{intake.Event}, ""},
		{"wrong contact", "WRONG\nask Kim", []intake.Kind{intake.DoNotContact, intake.Note}, "ask Kim"},
		{"promise without a day", "PROMISE", []intake.Kind{intake.Reply}, "not kept as promise"},
		{"promise of the past", "PROMISE 2026-03-01", []intake.Kind{intake.Reply}, "is in the past"},
		{"one mail word too many", "stop sending goods to us", []intake.Kind{intake.Reply}, "stop sending"},
		{"no text", "", []intake.Kind{intake.Reply}, "(a reply without a text) Re: your invoice"},
		{"unsubscribe", " Unsubscribe. ", []intake.Kind{intake.DoNotContact, intake.Reply}, "Unsubscribe."},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := dunned[i]
			h.mail.tell(outbox.Event{Kind: outbox.Replied, Key: d.Key, Address: d.Recipient, Subject: "Re: your invoice", Text: c.text})
			if got := h.hear("box"); got.Taken != 1 {
				t.Fatalf("heard %+v: %+v", got, h.events(store.EventFilter{}))
			}
			facts := try(h.cycle.Store.Facts(t.Context(), store.FactFilter{Source: d.Account.Source, Company: d.Account.Company, Customer: d.Account.Customer}))(h.house)
			var kinds []intake.Kind
			for _, f := range facts {
				kinds = append(kinds, f.Kind)
			}
			if !slices.Equal(kinds, c.kinds) {
				t.Fatalf("facts %v, want %v", kinds, c.kinds)
			}
			if last := facts[len(facts)-1]; !strings.Contains(last.Text, c.says) {
				t.Errorf("the %s says %q", last.Kind, last.Text)
			}
			h.checkAnswer(d, facts[0])
		})
	}
}

// checkAnswer looks closer at what the first fact of an answer is about.
func (h *earshot) checkAnswer(d outbox.Delivery, f intake.Fact) {
	h.t.Helper()
	switch f.Kind {
	case intake.Dispute, intake.Promise, intake.Event:
		for _, c := range f.Documents {
			if !slices.Contains(d.Documents, c.Document) {
				h.t.Errorf("it is about %s, which the message did not name", c.Number)
			}
		}
		if len(f.Documents) == 0 {
			h.t.Error("it is about no document")
		}
	case intake.DoNotContact:
		if f.Address != d.Recipient || f.Channel != "email" {
			h.t.Errorf("%q by %q must not be contacted", f.Address, f.Channel)
		}
	}
	wrong := f.Kind == intake.DoNotContact && !strings.Contains(f.Key, "optout")
	asked := slices.ContainsFunc(h.tasks(sequence.ReasonWrongContact), func(t store.Task) bool { return t.Account == d.Account })
	if asked != wrong {
		h.t.Errorf("that somebody is asked who is the right one is %v", asked)
	}
}

// A disputed document is paid meanwhile: what was answered is shown to a person.
func TestAnAnswerThatCameTooLate(t *testing.T) {
	h := newEarshot(t)
	d := h.dunned()
	h.must(h.erp.Pay(t.Context(), d.Account.Customer, h.today))
	try(h.cycle.Pull(t.Context(), h.co, false, true))(h.house)
	h.mail.tell(outbox.Event{Kind: outbox.Replied, Key: d.Key, Address: d.Recipient, Text: "DISPUTE"})
	h.hear("box")
	if reply := h.only(intake.Reply); !strings.Contains(reply.Text, "nothing of this message is open any more") {
		t.Errorf("kept as %q", reply.Text)
	}
}

// A letter is answered by mail under its tag. That it reached the wrong one stops
// no letters: there is one letter box.
func TestALetterIsAnsweredByMail(t *testing.T) {
	h := newEarshot(t)
	d := h.allDunned(2)
	for i, text := range []string{"WRONG\nask Kim", "DISPUTE"} {
		tag := []string{"HF-LETTER000001", "HF-LETTER000002"}[i]
		try(h.cycle.Store.DB().Exec(`UPDATE delivery SET medium = 'letter', channel = 'post', recipient = ?, tag = ? WHERE id = ?`,
			sequence.PostalAddress(d[i].Account), tag, d[i].ID))(h.house)
		h.mail.tell(outbox.Event{Kind: outbox.Replied, Tag: strings.ToLower(tag), Address: "boss@elsewhere.example", Text: text})
	}
	if got := h.hear("box"); got.Taken != 2 {
		t.Fatalf("heard %+v: %+v", got, h.events(store.EventFilter{}))
	}
	if reply := h.only(intake.Reply); reply.Account != d[0].Account || !strings.Contains(reply.Text, "ask Kim") {
		t.Errorf("kept as %+v", reply)
	}
	if n := len(h.facts(intake.DoNotContact)); n != 0 {
		t.Errorf("%d stops followed", n)
	}
	if tasks := h.tasks(sequence.ReasonWrongContact); len(tasks) != 1 || !strings.Contains(tasks[0].Detail, "the address of the letter is not the right one (ask Kim)") {
		t.Errorf("people are asked: %+v", tasks)
	}
	if dispute := h.only(intake.Dispute); dispute.Account != d[1].Account || len(dispute.Documents) == 0 {
		t.Errorf("the dispute is kept as %+v", dispute)
	}
}

// STOP by text holds for whoever has the number, at once and for what is planned
// already; START ends it; what a person ordered stays.
func TestStopAndStartByText(t *testing.T) {
	h := newEarshot(t)
	d := h.dunned()
	other := h.sent()[slices.IndexFunc(h.sent(), func(o outbox.Delivery) bool { return o.Party != d.Party })].Account
	h.contact(d.Account.Customer, "m1", "", "+1 212 555 0100")
	h.contact(other.Customer, "m2", "", "(212) 555-0100")
	h.erpDo(`UPDATE customer SET country = 'US' WHERE customer_id IN (?, ?)`, string(d.Account.Customer), string(other.Customer))
	h.erpDo(`UPDATE contact SET active = 0 WHERE customer_id = ? AND contact_id <> 'm1'`, string(d.Account.Customer))
	for _, s := range h.co.Book.Sequences {
		for i := range s.Steps {
			if s.Steps[i].Do == "message" {
				s.Steps[i].Media = []string{"sms"}
			}
		}
	}
	text := h.plannedText(d)
	h.texts.tell(outbox.Event{Kind: outbox.Replied, Address: "+12125550100", Text: "Stop!"})
	if got := h.hear("text"); got.Taken != 1 {
		t.Fatalf("heard %+v: %+v", got, h.events(store.EventFilter{}))
	}
	stops := h.facts(intake.DoNotContact)
	if len(stops) != 2 || stops[0].Channel != "sms" || stops[0].Address != "+12125550100" || stops[0].Account == stops[1].Account {
		t.Fatalf("stops %+v, want one for each of two customers", stops)
	}
	h.run()
	if got := try(h.cycle.Store.Delivery(t.Context(), text.ID))(h.house); got.State != outbox.Superseded || got.Reason != sequence.ReasonConsent {
		t.Errorf("the text planned before is %s: %q, want kept back", got.State, got.Reason)
	}
	account := try(h.cycle.Store.IntakeAccount(t.Context(), other))(h.house)
	own := try(account.DoNotContact(intake.Teller{By: "person:kim", On: h.today, At: eventNoon}, "sms", "+12125550100"))(h.house)
	own = try(h.cycle.Store.AddFact(t.Context(), own))(h.house)
	h.texts.tell(outbox.Event{Kind: outbox.Replied, Address: "+12125550100", Text: "HELP", At: eventNoon},
		outbox.Event{Kind: outbox.Replied, Address: "+12125550100", Text: "start", At: eventNoon})
	h.hear("text")
	if left := h.only(intake.DoNotContact); left.ID != own.ID {
		t.Errorf("after START %+v stands, want what a person ordered", left)
	}
	h.texts.tell(outbox.Event{Kind: outbox.OptedOut, Address: "+12125550100", At: eventNoon.Add(hoursOf(1))})
	h.hear("text")
	if n := len(h.facts(intake.DoNotContact)); n != 3 {
		t.Errorf("%d stops stand after another STOP, want 3", n)
	}
	if n := len(h.facts(intake.Reply)); n != 0 {
		t.Errorf("%d keywords wait for a person", n)
	}
}

// plannedText decides day after day until a text to the party of a message waits.
func (h *earshot) plannedText(d outbox.Delivery) outbox.Delivery {
	h.t.Helper()
	for h.today++; h.today < monday+40; h.today++ {
		try(h.cycle.Decide(h.t.Context(), h.co, h.moment()))(h.house)
		planned := try(h.cycle.Store.Deliveries(h.t.Context(), store.DeliveryFilter{States: []outbox.State{outbox.Rendered}, Channel: "text"}))(h.house)
		if i := slices.IndexFunc(planned, func(o outbox.Delivery) bool { return o.Party == d.Party }); i >= 0 {
			h.clock.at = h.today.Time(h.co.Zone).Add(hoursOf(9))
			return planned[i]
		}
		h.run()
	}
	h.t.Fatal("no text was planned in 40 days")
	return outbox.Delivery{}
}
