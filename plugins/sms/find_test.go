package sms_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"holdfast/plugins/sdk"
	"holdfast/plugins/sdk/record"
	"holdfast/plugins/sdk/twilio/twiliotest"
)

// TestUncertain: a text without an answer is looked for among the provider's: if
// it is there it was taken, if not a person decides; it is never sent again.
func TestUncertain(t *testing.T) {
	for name, c := range map[string]struct {
		trouble twiliotest.Trouble
		taken   bool
	}{
		"cut off, not taken": {twiliotest.Cut, false}, "cut off, taken": {twiliotest.CutTaken, true},
		"half an answer": {twiliotest.Broken, true}, "rubbish": {twiliotest.Rubbish, true},
	} {
		t.Run(name, func(t *testing.T) {
			b := opened(t, nil)
			b.server.Meet(twiliotest.Fault{On: "POST", Times: 1, Trouble: c.trouble})
			b.is(b.send(1, receiverNumber, "hello"), uncertain)
			b.is(b.send(1, receiverNumber, "hello"), uncertain)
			b.restart()
			o := b.lookup(1)
			if !c.taken {
				if b.is(o, uncertain); !strings.Contains(o.Detail, "yet") {
					t.Errorf("at once: %s", o.Detail)
				}
				b.clock.forward(2 * time.Minute)
				if o = b.is(b.lookup(1), uncertain); !strings.Contains(o.Detail, "no such text") {
					t.Errorf("later: %s", o.Detail)
				}
				if n := len(b.server.Messages()); n != 0 {
					t.Errorf("%d texts", n)
				}
				return
			}
			list := b.server.Messages()
			if b.is(o, accepted); len(list) != 1 || o.ProviderId != list[0].SID {
				t.Errorf("%v; %d texts", o, len(list))
			}
			if again := b.is(b.send(1, receiverNumber, "hello"), accepted); again.ProviderId != o.ProviderId || len(b.server.Messages()) != 1 {
				t.Errorf("%v; %d texts", again, len(b.server.Messages()))
			}
		})
	}
}

// TestGivenUp: the host's deadline passes while the provider thinks.
func TestGivenUp(t *testing.T) {
	b := opened(t, nil)
	b.server.Meet(twiliotest.Fault{On: "POST", Times: 1, Trouble: twiliotest.HangTaken})
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	sent, err := b.channel.Send(ctx, sdk.Message{Key: key(1), To: []sdk.Mailbox{{Address: receiverNumber}}, Text: "hello"})
	if err != nil || sent.State != sdk.Uncertain {
		t.Fatalf("%+v, %v", sent, err)
	}
	b.is(b.lookup(1), accepted)
}

// TestKilledInHandOver: a process that ends between its intent and the answer
// finds the text again, and only its own.
func TestKilledInHandOver(t *testing.T) {
	b := opened(t, nil)
	b.is(b.send(2, receiverNumber, "hello"), accepted) // the same words, a key of its own
	b.server.Meet(twiliotest.Fault{On: "POST", Times: 1, Trouble: twiliotest.HangTaken})
	ctx, kill := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		_, _ = b.channel.Send(ctx, sdk.Message{Key: key(1), To: []sdk.Mailbox{{Address: receiverNumber}}, Text: "hello"})
	}()
	for len(b.server.Messages()) < 2 { // the provider has it, the answer is not there
		if t.Context().Err() != nil {
			t.Fatal("it was not handed over")
		}
		time.Sleep(time.Millisecond)
	}
	survivor := b.channel
	b.start() // another process on the same folder, which knows what is on disk
	o := b.is(b.lookup(1), accepted)
	if list := b.server.Messages(); o.ProviderId != list[1].SID || o.ProviderId == b.is(b.lookup(2), accepted).ProviderId {
		t.Errorf("%v; %+v", o, list)
	}
	kill()
	<-done
	if err := survivor.Close(); err != nil {
		t.Error(err)
	}
}

// TestWordsAreNotKept longer than a text may have to be looked for by them.
func TestWordsAreNotKept(t *testing.T) {
	b := opened(t, nil)
	b.is(b.send(1, receiverNumber, "hello"), accepted)
	b.server.Meet(twiliotest.Fault{On: "POST", Times: 1, Trouble: twiliotest.CutTaken})
	b.is(b.send(2, receiverNumber, "hello again"), uncertain)
	b.server.Meet(twiliotest.Fault{On: "POST", Times: 1, Trouble: twiliotest.Cut})
	b.is(b.send(3, receiverNumber, "hello once more"), uncertain)
	b.is(b.lookup(2), accepted)
	b.stop()
	defer b.start()
	r, err := record.Open(t.Context(), b.dir, record.Options{Durable: true})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	for n, kept := range map[int]bool{1: false, 2: false, 3: true} {
		if words, err := r.Mark(t.Context(), "handed:"+key(n)); err != nil || (words != "") != kept {
			t.Errorf("of text %d is kept: %q, %v", n, words, err)
		}
	}
}

// TestTwoUncertainTwins: two keys with the same words to one number each find a
// text of their own, or none.
func TestTwoUncertainTwins(t *testing.T) {
	b := opened(t, nil)
	b.server.Meet(twiliotest.Fault{On: "POST", Times: 1, Trouble: twiliotest.CutTaken})
	b.server.Meet(twiliotest.Fault{On: "POST", Times: 1, Trouble: twiliotest.Cut})
	b.is(b.send(1, receiverNumber, "hello"), uncertain)
	b.is(b.send(2, receiverNumber, "hello"), uncertain)
	states := map[string]int{}
	for _, n := range []int{1, 2} {
		states[b.lookup(n).State.String()]++
	}
	if states["STATE_ACCEPTED"] != 1 || states["STATE_UNCERTAIN"] != 1 {
		t.Errorf("one text was taken: %v", states)
	}
}

// TestNotOurs: older texts, other words, other senders and answers are no proof.
func TestNotOurs(t *testing.T) {
	b := opened(t, map[string]any{"from": twiliotest.Service})
	b.server.Meet(twiliotest.Fault{On: "POST", Times: 1, Trouble: twiliotest.Cut})
	other := opened(t, map[string]any{"base_url": b.server.URL, "from": twiliotest.Number})
	other.is(other.send(9, receiverNumber, "hello"), uncertain) // meets the trouble
	other.is(other.send(8, receiverNumber, "hello"), accepted)  // by another sender
	b.is(b.send(3, receiverNumber, "hello, friend"), accepted)  // other words
	b.is(b.send(4, "+12025550143", "hello"), accepted)          // to another
	b.is(b.send(5, receiverNumber, "hello"), accepted)          // long before
	b.clock.forward(10 * time.Minute)
	if _, _, err := b.server.Receive(receiverNumber, "hello", nil); err != nil {
		t.Fatal(err)
	}
	b.server.Meet(twiliotest.Fault{On: "POST", Times: 1, Trouble: twiliotest.Cut})
	b.is(b.send(1, receiverNumber, "hello"), uncertain)
	b.restart()
	b.is(b.lookup(1), uncertain)
}

// TestListCannotBeRead: then it stays uncertain, and says why.
func TestListCannotBeRead(t *testing.T) {
	b := opened(t, nil)
	b.server.Meet(twiliotest.Fault{On: "POST", Times: 1, Trouble: twiliotest.CutTaken})
	b.is(b.send(1, receiverNumber, "hello"), uncertain)
	b.server.Meet(twiliotest.Fault{On: "GET", Times: 1, Trouble: twiliotest.Answer, Status: 500, Code: 20500, Message: "down"})
	if o := b.is(b.lookup(1), uncertain); !strings.Contains(o.Detail, "20500") {
		t.Errorf("%s", o.Detail)
	}
	b.is(b.lookup(1), accepted)
}
