package voice

import (
	"context"
	"encoding/xml"
	"fmt"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"holdfast/plugins/sdk"
	"holdfast/plugins/sdk/twilio/twiliotest"
)

func unmarshalXML(body []byte, into any) error { return xml.Unmarshal(body, into) }

// What the provider says to a call is sorted: refused, tried again, the whole
// channel, or not known.
func TestProviderErrors(t *testing.T) {
	t.Parallel()
	answer := func(status, code int) twiliotest.Fault {
		return twiliotest.Fault{Trouble: twiliotest.Answer, Status: status, Code: code, Message: "as documented"}
	}
	for name, c := range map[string]struct {
		fault twiliotest.Fault
		state sdk.State
		whole bool
	}{
		"bad number":           {answer(400, 21211), sdk.Refused, false},
		"cannot be reached":    {answer(400, 21214), sdk.Refused, false},
		"not verified (trial)": {answer(400, 21219), sdk.Refused, false},
		"country not allowed":  {answer(400, 21215), sdk.Retry, false},
		"not our number":       {answer(400, 21210), sdk.Retry, true},
		"bad sender":           {answer(400, 21212), sdk.Retry, true},
		"bad public_url":       {answer(400, 21205), sdk.Retry, true},
		"login":                {answer(401, 20003), sdk.Retry, true},
		"suspended":            {answer(403, 20005), sdk.Retry, true},
		"too many":             {answer(429, 20429), sdk.Retry, true},
		"trouble of theirs":    {answer(503, 20503), sdk.Retry, false},
		"unknown trouble":      {answer(500, 20500), sdk.Uncertain, false},
		"trouble between":      {answer(502, 0), sdk.Uncertain, false},
		"no answer":            {twiliotest.Fault{Trouble: twiliotest.Cut}, sdk.Uncertain, false},
		"half an answer":       {twiliotest.Fault{Trouble: twiliotest.Broken}, sdk.Uncertain, false},
		"rubbish":              {twiliotest.Fault{Trouble: twiliotest.Rubbish}, sdk.Uncertain, false},
	} {
		w := newWorld(t, nil)
		c.fault.On, c.fault.Times = "POST Calls", 1
		w.provider.Meet(c.fault)
		sent, err := w.channel.Send(t.Context(), message("k1"))
		if err != nil || sent.State != c.state || sent.WholeChannel != c.whole || sent.Detail == "" {
			t.Errorf("%s: %v %+v", name, err, sent)
		}
		k, err := w.channel.load(t.Context(), "k1")
		if err != nil || (k != nil) != (c.state == sdk.Uncertain) {
			t.Errorf("%s: what is kept of it: %+v, %v", name, k, err)
		}
		if c.state == sdk.Retry { // the same key goes again
			w.send(message("k1"))
		}
	}
}

// A key calls once, whatever becomes of the process, and its answer stands.
func TestOneCallPerKey(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	first := w.send(message("k1"))
	again := w.send(message("k1"))
	w.restart()
	later := w.send(message("k1"))
	if first.ProviderID != again.ProviderID || first.ProviderID != later.ProviderID || len(w.provider.Calls()) != 1 {
		t.Errorf("%+v %+v %+v", first, again, later)
	}
	if known, err := w.channel.Lookup(t.Context(), "k1", w.at); err != nil || known.State != sdk.Accepted || known.ProviderID != first.ProviderID {
		t.Errorf("%v %+v", err, known)
	}
	if unknown, err := w.channel.Lookup(t.Context(), "k2", time.Now()); err != nil || unknown.State != sdk.Retry {
		t.Errorf("%v %+v", err, unknown)
	}
}

// uncertain sends a call whose answer is lost.
func (w *world) uncertain(m sdk.Message, trouble twiliotest.Trouble) {
	w.t.Helper()
	w.provider.Meet(twiliotest.Fault{On: "POST Calls", Times: 1, Trouble: trouble})
	if sent, err := w.channel.Send(w.t.Context(), m); err != nil || sent.State != sdk.Uncertain {
		w.t.Fatalf("%v %+v", err, sent)
	}
}

// An uncertain call that was made after all is known by its first webhook, and
// ends like any other.
func TestWebhookSettlesTheUncertain(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.uncertain(message("k1"), twiliotest.CutTaken)
	w.restart()
	heard, err := w.provider.Play(w.provider.Calling()[0], twiliotest.Talk{AnsweredBy: "human", Keys: []string{"2", "0512", "1"}})
	if err != nil {
		t.Fatal(err)
	}
	w.want(heard, "k1", "promised 2026-12-05", hello, menu, whichDay, "Understood: 5 December. Press 1.", bye)
	if sent := w.send(message("k1")); len(w.provider.Calls()) != 1 {
		t.Errorf("called twice: %+v", sent)
	}
}

// The webhook may come before the answer to the request does, and the answer
// never.
func TestWebhookBeforeTheAnswer(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.provider.Meet(twiliotest.Fault{On: "POST Calls", Times: 1, Trouble: twiliotest.HangTaken})
	ctx, giveUp := context.WithCancel(t.Context())
	defer giveUp()
	answered := make(chan sdk.Sent)
	go func() {
		sent, err := w.channel.Send(ctx, message("k1"))
		if err != nil {
			t.Error(err)
		}
		answered <- sent
	}()
	for deadline := time.Now().Add(10 * time.Second); len(w.provider.Calling()) == 0; time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("the call was never asked for")
		}
	}
	if _, err := w.provider.Play(w.provider.Calling()[0], twiliotest.Talk{AnsweredBy: "human", Keys: []string{"3"}, Silent: true}); err != nil {
		t.Fatal(err)
	}
	giveUp()
	if sent := <-answered; sent.State != sdk.Accepted || sent.ProviderID != w.provider.Calls()[0].SID {
		t.Errorf("%+v", sent)
	}
}

// A call whose webhooks have come was placed, though the provider then says that
// it has trouble.
func TestWebhookBeforeAnExcuse(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.uncertain(message("k1"), twiliotest.CutTaken)
	sid := w.provider.Calls()[0].SID
	k, err := w.channel.claim(t.Context(), "k1", sid)
	if err != nil || k == nil {
		t.Fatal(k, err)
	}
	for _, said := range []sdk.State{sdk.Retry, sdk.Uncertain} {
		sent := w.channel.notPlaced(t.Context(), k, sdk.Sent{State: said})
		kept, err := w.channel.load(t.Context(), "k1")
		if sent.State != sdk.Accepted || sent.ProviderID != sid || kept == nil || err != nil {
			t.Errorf("after %d: %+v; kept %v, %v", said, sent, kept, err)
		}
	}
}

// Lookup finds an uncertain call among the provider's, tells calls apart that
// are somebody else's, and guesses nothing.
func TestLookupAmongTheProvidersCalls(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	if _, err := w.provider.Play(w.send(message("before")).ProviderID, twiliotest.Talk{Status: "busy"}); err != nil {
		t.Fatal(err)
	}
	w.at = w.at.Add(time.Hour)
	lookup := func(key string, want sdk.State, says string) {
		t.Helper()
		got, err := w.channel.Lookup(t.Context(), key, w.at)
		if err != nil || got.State != want || !strings.Contains(got.Detail, says) {
			t.Errorf("%s: %v %+v", key, err, got)
		}
	}
	w.notOurs() // by another program of the account, before
	w.at = w.at.Add(time.Hour)
	w.uncertain(message("lost"), twiliotest.Cut)
	lookup("lost", sdk.Uncertain, "lists no call to +12075550142 since 2026-11-21T19:00:00Z")
	w.at = w.at.Add(time.Hour)
	w.uncertain(message("made"), twiliotest.CutTaken)
	w.provider.Meet(twiliotest.Fault{On: "GET Calls.json", Times: 1, Trouble: twiliotest.Answer, Status: 503, Code: 20503, Message: "busy"})
	lookup("made", sdk.Uncertain, "cannot be read")
	w.restart()
	lookup("made", sdk.Accepted, "the provider has called")
	w.at = w.at.Add(time.Hour)
	w.uncertain(message("twin-1"), twiliotest.CutTaken)
	w.uncertain(message("twin-2"), twiliotest.CutTaken)
	lookup("twin-1", sdk.Uncertain, "lists 2 calls")
}

// notOurs has somebody else call the same number from ours.
func (w *world) notOurs() {
	w.t.Helper()
	form := url.Values{"To": {message("").To[0].Address}, "From": {twiliotest.Number}, "Url": {"https://elsewhere.example/start"}}
	if err := w.channel.client.Post(w.t.Context(), "Calls.json", form, nil); err != nil {
		w.t.Fatal(err)
	}
}

// The end of a call of which no webhook tells is asked for, once it is overdue,
// also by a new process.
func TestLostEndIsAskedFor(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		talk    twiliotest.Talk
		outcome string
	}{
		"busy":      {twiliotest.Talk{Status: "busy"}, "no_answer : the line was busy"},
		"a person":  {twiliotest.Talk{AnsweredBy: "human", Seconds: 12}, "reached : a person answered and pressed no key; 12 s"},
		"a promise": {twiliotest.Talk{AnsweredBy: "human", Keys: []string{"2", "0512", "1"}}, "promised 2026-12-05"},
	} {
		w := newWorld(t, nil)
		c.talk.Silent = true
		if _, err := w.provider.Play(w.send(message("k1")).ProviderID, c.talk); err != nil {
			t.Fatal(err)
		}
		asked := func() (n int) {
			for _, r := range w.provider.Requests() {
				if strings.HasPrefix(r, "GET Calls/") {
					n++
				}
			}
			return n
		}
		if told := len(w.events()); told != map[bool]int{true: 1}[name == "a promise"] || asked() != 0 {
			t.Errorf("%s: %d told, %d asked before it is overdue", name, told, asked())
		}
		w.restart()
		placed := w.at
		w.at = placed.Add(w.channel.settings.longest() + grace)
		w.provider.Meet(twiliotest.Fault{On: "GET Calls/", Times: 1, Trouble: twiliotest.Answer, Status: 503, Code: 20503, Message: "busy"})
		w.events()
		w.events()
		if asked() != 1 {
			t.Errorf("%s: asked %d times at once", name, asked())
		}
		w.at = w.at.Add(again)
		events := w.events()
		if len(events) != 1 || !strings.HasPrefix(events[0].Code+" "+events[0].Day+": "+events[0].Detail, c.outcome) || len(w.channel.open) != 0 {
			t.Errorf("%s: %+v, open %v", name, events, w.channel.open)
		}
	}
}

// A call that is still on is asked for again; one that the provider has
// forgotten ends.
func TestCallsWithoutAnEnd(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.send(message("k1"))
	w.at = w.at.Add(w.channel.settings.longest() + grace)
	if got := w.events(); len(got) != 0 || len(w.channel.open) != 1 {
		t.Errorf("%+v", got)
	}
	w.at = w.at.Add(again)
	w.provider.Meet(twiliotest.Fault{On: "GET Calls/", Times: 1, Trouble: twiliotest.Answer, Status: 404, Code: 20404, Message: "not found"})
	if got := w.outcome("k1"); got != "no_answer : the provider does not know the call any more" {
		t.Error(got)
	}
}

// A channel that dies between the call and its record has called once, and knows
// it again by the call's webhooks.
func TestDeathBetweenCallAndRecord(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	func() {
		defer func() { _ = recover() }() // kill -9
		_, _ = w.channel.record.Send(t.Context(), "k1", func() sdk.Sent {
			w.channel.place(t.Context(), message("k1"))
			panic("killed")
		})
	}()
	w.restart()
	if sent, err := w.channel.Send(t.Context(), message("k1")); err != nil || sent.State != sdk.Uncertain {
		t.Errorf("%v %+v", err, sent)
	}
	heard, err := w.provider.Play(w.provider.Calling()[0], twiliotest.Talk{AnsweredBy: "human", Keys: []string{"1"}})
	if err != nil || len(w.provider.Calls()) != 1 {
		t.Fatal(err, w.provider.Calls())
	}
	w.want(heard, "k1", "reached : pressed 1: the link was sent", hello, menu, "The link was sent.", bye)
}

// Fifty calls at once end each in its own way.
func TestFiftyCallsAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	talks := []struct {
		talk twiliotest.Talk
		want string
	}{
		{twiliotest.Talk{AnsweredBy: "human", Keys: []string{"2", "0112", "1"}}, "promised 2026-12-01"},
		{twiliotest.Talk{AnsweredBy: "human", Keys: []string{"3"}}, "call_back "},
		{twiliotest.Talk{AnsweredBy: "human", Keys: []string{"1"}}, "reached "},
		{twiliotest.Talk{AnsweredBy: "machine_start"}, "voicemail "},
		{twiliotest.Talk{Status: "busy"}, "no_answer "},
	}
	var wg sync.WaitGroup
	for i := range 50 {
		wg.Go(func() {
			m := message(fmt.Sprintf("k%d", i))
			m.To[0].Address = fmt.Sprintf("+1207555%04d", 1000+i)
			sent, err := w.channel.Send(t.Context(), m)
			if err != nil || sent.State != sdk.Accepted {
				t.Errorf("%v %+v", err, sent)
				return
			}
			if _, err := w.provider.Play(sent.ProviderID, talks[i%5].talk); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	got := map[string]string{}
	for _, e := range w.events() {
		if got[e.Key] != "" {
			t.Errorf("%s ended twice", e.Key)
		}
		got[e.Key] = e.Code + " " + e.Day
	}
	for i := range 50 {
		if key := fmt.Sprintf("k%d", i); got[key] != talks[i%5].want {
			t.Errorf("%s: %q, want %q", key, got[key], talks[i%5].want)
		}
	}
	if len(w.texts()) != 10 || len(w.channel.open) != 0 {
		t.Errorf("%d texts, open %v", len(w.texts()), w.channel.open)
	}
}
