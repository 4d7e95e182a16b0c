package cycle_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"holdfast/engine/cycle"
	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
	"holdfast/engine/store"
)

// A dead address gets nothing more: its message goes to the next contact the
// same day, and a person is asked for another address, once.
func TestABouncedMessageGoesToTheNextContact(t *testing.T) {
	h := newEarshot(t)
	d := h.dunned()
	h.contact(d.Account.Customer, "next", "next@example.org", "")
	h.mail.tell(outbox.Event{Kind: outbox.BouncedHard, Key: d.Key, Address: d.Recipient, Detail: "550 5.1.1 no such user"},
		outbox.Event{Kind: outbox.BouncedHard, Key: d.Key, Address: d.Recipient, Detail: "and once more", At: eventNoon})
	if got := h.hear("box"); got.Taken != 2 || !slices.Equal(got.Companies, []string{"1"}) {
		t.Fatalf("heard %+v", got)
	}
	tasks := h.tasks(sequence.ReasonBounced)
	if len(tasks) != 1 || tasks[0].Account != d.Account || !strings.Contains(tasks[0].Detail, d.Recipient+" came back (550 5.1.1 no such user)") {
		t.Errorf("people are asked: %+v", tasks)
	}
	h.run()
	again := h.sent()[len(h.sent())-1]
	if again.Recipient != "next@example.org" || again.Step != d.Step || again.Party != d.Party {
		t.Errorf("the last message is %s to %s, want %s to the next contact", again.Step, again.Recipient, d.Step)
	}
	if got := try(h.cycle.Store.Delivery(t.Context(), d.ID))(h.house); got.State != outbox.Accepted || got.Reason != sequence.ReasonBounced || got.LastEvent != outbox.BouncedHard {
		t.Errorf("the message that came back is %s, %q, last heard %q", got.State, got.Reason, got.LastEvent)
	}
	recalled, _, err := h.cycle.Recall(t.Context(), h.co, monday, d.Account)
	h.must(err)
	how := stepsDone(recalled.Decision.State, d)
	if slices.Sort(how); !slices.Equal(how, []sequence.How{sequence.DoneBounced, sequence.DoneSent}) {
		t.Errorf("looked back at, the step was done %v, want once in vain and once well", how)
	}
	h.mail.tell(outbox.Event{Kind: outbox.BouncedHard, Key: d.Key, Address: d.Recipient, Detail: "told by another server", At: eventNoon.Add(-time.Minute)})
	h.hear("box") // the step was done meanwhile, by the next contact: it stays done
	if done := stepsDone(h.caseOf(d.Party).State, d); !slices.Equal(done, []sequence.How{sequence.DoneSent}) {
		t.Errorf("after one more report the step is done %v, want it sent", done)
	}
	arrived := len(h.box.arrived)
	for range 12 {
		h.today++
		h.run()
	}
	for _, m := range h.box.arrived[arrived:] {
		if m.To[0].Address == d.Recipient {
			t.Errorf("%q went to the dead address", m.Subject)
		}
	}
}

// stepsDone lists how the step of a message was done for its first subject.
func stepsDone(state sequence.State, d outbox.Delivery) []sequence.How {
	var how []sequence.How
	for _, p := range state.Positions {
		for _, done := range p.Done {
			if done.Step == d.Step && p.Sequence == d.Sequence && p.Subject == d.Occasions[0].Subject {
				how = append(how, done.How)
			}
		}
	}
	return how
}

// Anybody can write a report that something came back. It is believed of the
// address that the message went to; of every other a person looks at it, and
// everything stays as it is.
func TestOnlyTheAddressWrittenToIsDead(t *testing.T) {
	for name, forge := range map[string]func(*outbox.Event){
		"another address": func(e *outbox.Event) { e.Address = "alias@elsewhere.example" },
		"no message":      func(e *outbox.Event) { e.Key = "" },
	} {
		t.Run(name, func(t *testing.T) {
			h := newEarshot(t)
			d := h.dunned()
			before := h.caseOf(d.Party).State
			e := outbox.Event{Kind: outbox.BouncedHard, Key: d.Key, Address: d.Recipient, Detail: "550 no such user"}
			forge(&e)
			h.mail.tell(e)
			if got := h.hear("box"); got.Taken != 1 || len(got.Companies) != 0 {
				t.Errorf("heard %+v", got)
			}
			if diff := cmp.Diff(before, h.caseOf(d.Party).State); diff != "" {
				t.Errorf("it moved what is remembered of the party (-before +after):\n%s", diff)
			}
			tasks := h.tasks(sequence.ReasonBounced)
			if len(tasks) != 1 || tasks[0].Account != d.Account || !strings.Contains(tasks[0].Detail, e.Address) || !strings.Contains(tasks[0].Detail, "550 no such user") {
				t.Errorf("people are asked: %+v", tasks)
			}
			if events := h.events(store.EventFilter{}); len(events) != 1 || !strings.Contains(events[0].Why, "not left alone") {
				t.Errorf("kept as %+v", events)
			}
		})
	}
}

// A copy for the house's own people that comes back says nothing of the customer.
func TestACopyThatCameBackSaysNothing(t *testing.T) {
	h := newEarshot(t)
	h.co.Render = copying{h.co.Render}
	d := h.dunned()
	h.mail.tell(outbox.Event{Kind: outbox.BouncedHard, Key: d.Key, Address: "Boss@Seller.example", Detail: "550 no such user"})
	for i := range 3 {
		h.mail.tell(outbox.Event{Kind: outbox.BouncedSoft, Key: d.Key, Address: "boss@seller.example", Detail: "452 mailbox full", At: eventNoon.Add(hoursOf(-i))})
	}
	if got := h.hear("box"); got.Taken != 4 || len(got.Companies) != 0 {
		t.Errorf("heard %+v", got)
	}
	if c := h.caseOf(d.Party); len(c.State.Refused) != 0 || len(h.tasks(sequence.ReasonBounced)) != 0 {
		t.Errorf("refused %v, and %d people are asked", c.State.Refused, len(h.tasks(sequence.ReasonBounced)))
	}
	if events := h.events(store.EventFilter{Delivery: d.ID}); len(events) != 4 || !strings.Contains(events[0].Why, "a copy of the message") {
		t.Errorf("kept as %+v", events)
	}
}

// copying sends a copy of every message to somebody in the house.
type copying struct{ cycle.Renderer }

func (c copying) Render(cs sequence.Case, in sequence.Intent, at time.Time) (outbox.Message, []string, error) {
	m, notes, err := c.Renderer.Render(cs, in, at)
	m.Cc = []outbox.Mailbox{{Address: "boss@seller.example"}}
	return m, notes, err
}

// A letter that came back leaves its letter box alone, and is named as what it is.
func TestALetterThatCameBack(t *testing.T) {
	h := newEarshot(t)
	d := h.dunned()
	box := sequence.PostalAddress(d.Account)
	try(h.cycle.Store.DB().Exec(`UPDATE delivery SET medium = 'letter', recipient = ? WHERE id = ?`, box, d.ID))(h.house)
	h.mail.tell(outbox.Event{Kind: outbox.BouncedHard, Key: d.Key, Detail: "moved away"})
	h.hear("box")
	if refused := h.caseOf(d.Party).State.Refused; len(refused) != 1 || refused[0].Address != box {
		t.Errorf("left alone: %+v", refused)
	}
	if tasks := h.tasks(sequence.ReasonBounced); len(tasks) != 1 || !strings.Contains(tasks[0].Detail, "sent to the address of the letter came back (moved away)") {
		t.Errorf("people are asked: %+v", tasks)
	}
}

// A warning that came back warned of nothing: no hold follows until the next one
// has been out long enough.
func TestABouncedWarningPlacesNoHold(t *testing.T) {
	h := newEarshot(t)
	var warning outbox.Delivery
	for warning.ID == 0 {
		h.run()
		for _, d := range h.sent() {
			if d.Sequence == "credit-hold" && h.warns(d) {
				warning = d
			}
		}
		if h.today++; h.today > monday+30 {
			t.Fatal("nobody was warned of a hold in 30 days")
		}
	}
	h.clock.at = h.today.Time(h.co.Zone)
	h.mail.tell(outbox.Event{Kind: outbox.BouncedHard, Key: warning.Key, Detail: "550"})
	if got := h.hear("box"); got.Taken != 1 {
		t.Fatalf("heard %+v", got)
	}
	for _, p := range h.caseOf(warning.Party).State.Positions {
		for _, done := range p.Done {
			if p.Sequence == warning.Sequence && done.Step == warning.Step && done.How == sequence.DoneSent {
				t.Errorf("the warning of %s counts as sent", p.Subject)
			}
		}
	}
	h.run() // nobody else is there to be warned: the step waits for an address
	for range 20 {
		h.today++
		h.run()
	}
	holds := try(h.cycle.Store.Holds(t.Context(), store.HoldFilter{}))(h.house)
	for _, hold := range holds {
		if hold.Account == warning.Account {
			t.Errorf("a hold of %s is %s, and nobody was warned", hold.Account, hold.State)
		}
	}
	if len(holds) == 0 {
		t.Error("no other hold was placed in that time: the test shows nothing")
	}
}

// warns reports whether a message is the warning of a hold, to whom no other
// address is known.
func (h *earshot) warns(d outbox.Delivery) bool {
	i := slices.IndexFunc(h.co.Book.Sequences, func(s *sequence.Sequence) bool { return s.Name == d.Sequence })
	return i >= 0 && h.co.Book.Sequences[i].Warns(d.Step) && len(h.sharers(d.Recipient)) == 0 && len(h.owners(d.Recipient)) == 1
}

// An address that keeps taking nothing is for a person, once a month; one that
// took something between is not.
func TestSoftBouncesInARowAreForAPerson(t *testing.T) {
	h := newEarshot(t)
	d := h.dunned()
	soft := func(hours int) outbox.Event {
		return outbox.Event{Kind: outbox.BouncedSoft, Key: d.Key, At: eventNoon.AddDate(0, 0, -1).Add(hoursOf(hours)), Detail: "452 4.2.2 mailbox full"}
	}
	h.mail.tell(soft(1), soft(2))
	h.mail.tell(outbox.Event{Kind: outbox.Delivered, Key: d.Key, At: eventNoon.AddDate(0, 0, -1).Add(hoursOf(3))})
	h.mail.tell(soft(4), soft(5))
	h.hear("box")
	if tasks := h.tasks(sequence.ReasonBounced); len(tasks) != 0 {
		t.Fatalf("after two in a row people are asked: %+v", tasks)
	}
	h.mail.tell(soft(6), soft(7))
	h.hear("box")
	tasks := h.tasks(sequence.ReasonBounced)
	if len(tasks) != 1 || !strings.Contains(tasks[0].Detail, "took nothing 3 times in a row (452 4.2.2 mailbox full)") {
		t.Errorf("after four in a row people are asked: %+v", tasks)
	}
	if c := h.caseOf(d.Party); len(c.State.Refused) != 0 || len(c.Touches) == 0 {
		t.Errorf("a soft bounce took the address away: refused %v, touches %v", c.State.Refused, c.Touches)
	}
}
