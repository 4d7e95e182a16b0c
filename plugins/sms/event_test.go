package sms_test

import (
	"fmt"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"holdfast/plugins/proto"
	"holdfast/plugins/sdk/twilio/twiliotest"
)

// becomes moves a text to a status, and fails unless its webhook is answered.
func (b *bench) becomes(sid, status string, code, want int) {
	b.t.Helper()
	if got, err := b.server.Become(sid, status, code); err != nil || got != want {
		b.t.Errorf("%s: answered %d, %v", status, got, err)
	}
}

func (b *bench) receives(from, body string, more url.Values, want int) string {
	b.t.Helper()
	sid, got, err := b.server.Receive(from, body, more)
	if err != nil || got != want {
		b.t.Errorf("%q: answered %d, %v", body, got, err)
	}
	return sid
}

// receipts are the statuses with their meaning.
var receipts = []struct {
	status string
	code   int
	want   string // without key and address; empty: no event
}{
	{"queued", 0, ""}, {"sending", 0, ""}, {"sent", 0, ""},
	{"delivered", 0, "DELIVERED||delivered"},
	{"undelivered", 30003, "BOUNCED_SOFT||undelivered, error 30003: the telephone could not be reached"},
	{"undelivered", 30004, "BOUNCED_SOFT||undelivered, error 30004: the message was blocked"},
	{"undelivered", 30005, "BOUNCED_HARD||undelivered, error 30005: the number is unknown or out of service"},
	{"undelivered", 30006, "BOUNCED_HARD||undelivered, error 30006: it is a landline or its carrier cannot be reached"},
	{"undelivered", 30007, "BOUNCED_SOFT||undelivered, error 30007: the carrier filtered it"},
	{"undelivered", 30008, "BOUNCED_SOFT||undelivered, error 30008: the carrier does not say why"},
	{"failed", 30001, "BOUNCED_SOFT||failed, error 30001: the queue was full"},
	{"failed", 21610, "OPTED_OUT||failed, error 21610: the receiver has opted out"},
	{"failed", 39999, "BOUNCED_SOFT||failed, error 39999"},
	{"failed", 0, "BOUNCED_SOFT||failed"},
}

// TestReceipts come by webhook, each once however often the provider tells it,
// and by the list where there are no webhooks.
func TestReceipts(t *testing.T) {
	for name, open := range map[string]func(*testing.T, map[string]any) *bench{"webhooks": hooked, "list": opened} {
		t.Run(name, func(t *testing.T) {
			b := open(t, nil)
			answered := 0
			if name == "webhooks" {
				answered = 200
			}
			b.events("")
			var want []string
			for n, r := range receipts {
				o := b.is(b.send(n, receiverNumber, fmt.Sprintf("hello %d", n)), accepted)
				for range 2 {
					b.becomes(o.ProviderId, r.status, r.code, answered)
				}
				if kind, detail, found := strings.Cut(r.want, "||"); found {
					want = append(want, fmt.Sprintf("%s|%d|%s||%s", kind, n, receiverNumber, detail))
				}
				b.clock.forward(time.Minute)
			}
			first := b.events("")
			b.as("events", first, want...)
			b.clock.forward(2 * time.Hour) // the list shows them all again
			b.as("events again", b.events(first[len(first)-1].Cursor))
			b.restart()
			b.as("after a restart", b.events(""), want...)
			for _, e := range first {
				if _, err := time.Parse(time.RFC3339Nano, e.At); err != nil || e.ProviderId == "" {
					t.Errorf("%v", e)
				}
			}
		})
	}
}

// TestLostWebhooks: the list tells what they did not bring.
func TestLostWebhooks(t *testing.T) {
	b := hooked(t, nil)
	o := b.is(b.send(1, receiverNumber, "hello"), accepted)
	b.stop() // nobody hears
	if _, err := b.server.Become(o.ProviderId, "delivered", 0); err == nil {
		t.Fatal("the webhook was heard")
	}
	if _, _, err := b.server.Receive(receiverNumber, "STOP", nil); err == nil {
		t.Fatal("the webhook was heard")
	}
	b.start()
	b.as("events", b.events(""), "DELIVERED|1|"+receiverNumber+"||delivered", "OPTED_OUT||"+receiverNumber+"|STOP|")
}

// TestReceiptBeforeTheAnswer: the provider's webhook overtakes its own answer,
// and shows that a text of unknown fate was taken.
func TestReceiptBeforeTheAnswer(t *testing.T) {
	b := hooked(t, nil)
	b.server.Meet(twiliotest.Fault{On: "POST", Times: 1, Trouble: twiliotest.CutTaken})
	b.is(b.send(1, receiverNumber, "hello"), uncertain)
	sid := b.server.Messages()[0].SID
	b.becomes(sid, "sent", 0, 200)
	b.server.Meet(twiliotest.Fault{On: "GET", Times: 99, Trouble: twiliotest.Cut}) // the list is no help
	if o := b.is(b.lookup(1), accepted); o.ProviderId != sid {
		t.Errorf("%v", o)
	}
	b.becomes(sid, "delivered", 0, 200)
	b.as("events", b.events(""), "DELIVERED|1|"+receiverNumber+"||delivered")
}

// TestForgedWebhooks change nothing.
func TestForgedWebhooks(t *testing.T) {
	b := hooked(t, nil)
	o := b.is(b.send(1, receiverNumber, "hello"), accepted)
	callback := b.server.Messages()[0].Callback
	form := url.Values{"MessageSid": {o.ProviderId}, "MessageStatus": {"undelivered"}, "ErrorCode": {"30005"}, "To": {receiverNumber}}
	for _, address := range []string{callback, b.server.Inbound} {
		if status, _, err := b.server.PostSigned(address, form, "forged"); err != nil || status != 403 {
			t.Errorf("%s: answered %d, %v", address, status, err)
		}
	}
	b.as("events", b.events(""))
}

// TestAnswers: what people write is passed on as they wrote it, and carriers'
// words are an opt-out.
func TestAnswers(t *testing.T) {
	texts := []string{"Stop", " stop. ", "STOP!", "please stop", "I paid on Friday: €1,200 ✅", "Stop by tomorrow?", "HELP", "START", "END", "weekend", "توقف"}
	opted := map[string]bool{"Stop": true, " stop. ": true, "STOP!": true, "END": true}
	for name, open := range map[string]func(*testing.T, map[string]any) *bench{"webhooks": hooked, "list": opened} {
		t.Run(name, func(t *testing.T) {
			b := open(t, nil)
			answered := 0
			if name == "webhooks" {
				answered = 200
			}
			var want []string
			for i, body := range texts {
				b.clock.forward(time.Minute)
				from := fmt.Sprintf("+120255501%02d", i)
				b.receives(from, body, nil, answered)
				kind := "REPLIED"
				if opted[body] {
					kind = "OPTED_OUT"
				}
				want = append(want, fmt.Sprintf("%s||%s|%s|", kind, from, body))
			}
			b.as("events", b.events(""), want...)
			b.clock.forward(2 * time.Hour)
			b.restart()
			b.as("after a restart", b.events(""), want...)
			if n := len(b.server.Requests()); n > 10 {
				t.Errorf("%d requests", n)
			}
		})
	}
}

// TestProvidersReading counts before ours.
func TestProvidersReading(t *testing.T) {
	b := hooked(t, nil)
	b.receives("+12025550101", "ALTO", url.Values{"OptOutType": {"STOP"}}, 200)
	b.receives("+12025550102", "", url.Values{"NumMedia": {"2"}}, 200)
	b.as("events", b.events(""), "OPTED_OUT||+12025550101|ALTO|", "REPLIED||+12025550102||with pictures: 2")
}

// TestTextThatTheProviderForgot: one that it does not know any more, such as of
// the account that a site had before, keeps nobody's STOP from being heard.
func TestTextThatTheProviderForgot(t *testing.T) {
	b := opened(t, nil)
	b.is(b.send(1, receiverNumber, "hello"), accepted)
	b.server.Meet(twiliotest.Fault{On: "GET Messages/", Times: 1, Trouble: twiliotest.Answer, Status: 404, Code: 20404, Message: "not found"})
	b.receives(receiverNumber, "STOP", nil, 0)
	b.as("events", b.events(""), "OPTED_OUT||"+receiverNumber+"|STOP|")
	asked := len(b.server.Requests())
	b.clock.forward(time.Minute)
	b.events("")
	if more := b.server.Requests()[asked:]; len(more) != 1 {
		t.Errorf("it is asked for again: %v", more)
	}
}

// TestBeforeOurTime: what was written before the channel was set up is not
// heard, and what came in a long silence is.
func TestBeforeOurTime(t *testing.T) {
	b := opened(t, nil)
	b.stop()
	b.dir = t.TempDir()
	b.receives("+12025550101", "of old", nil, 0)
	b.clock.forward(time.Hour)
	b.start()
	b.as("at first", b.events(""))
	b.clock.forward(24 * time.Hour)
	b.receives("+12025550102", "STOP", nil, 0)
	b.clock.forward(20 * 24 * time.Hour) // nothing ran
	b.restart()
	b.as("after weeks", b.events(""), "OPTED_OUT||+12025550102|STOP|")
}

// TestOptedOutAtTheProvider: somebody who has stopped is not written to, and the
// host hears of it.
func TestOptedOutAtTheProvider(t *testing.T) {
	b := opened(t, nil)
	b.stop()
	b.dir = t.TempDir()
	b.receives(receiverNumber, "STOP", nil, 0)
	b.clock.forward(time.Hour)
	b.start() // which has not heard that
	o := b.is(b.send(1, receiverNumber, "hello"), refused)
	if !strings.Contains(o.Detail, "21610") {
		t.Errorf("%v", o)
	}
	b.as("events", b.events(""), "OPTED_OUT|1|"+receiverNumber+"||"+o.Detail)
	b.receives(receiverNumber, "START", nil, 0)
	b.is(b.send(2, receiverNumber, "hello"), accepted)
}

// TestOurAnswers: with opt_out = "ours" a STOP and a HELP are each answered once
// a day for a number; with "provider" never.
func TestOurAnswers(t *testing.T) {
	ours := map[string]any{"opt_out": "ours", "help_text": "Holdfast Trading, +12025550100. STOP ends these texts.", "stop_text": "You get no more texts of Holdfast Trading."}
	answers := func(b *bench) (bodies []string) {
		for _, m := range b.server.Messages() {
			if !m.Inbound {
				bodies = append(bodies, m.To+" "+m.Body)
			}
		}
		return bodies
	}
	b := hooked(t, ours)
	for range 3 {
		b.receives("+12025550101", "help", nil, 200)
		b.receives("+12025550102", "INFO", nil, 200)
		b.receives("+12025550103", "please stop", nil, 200)
		b.receives("+12025550104", "hello", nil, 200)
	}
	b.receives("+12025550105", "QUIT it", nil, 200)
	want := []string{"+12025550101 " + ours["help_text"].(string), "+12025550102 " + ours["help_text"].(string)}
	if got := answers(b); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("answered %q", got)
	}
	b.restart()
	b.events("")
	if got := answers(b); len(got) != 2 {
		t.Errorf("after a restart %q", got)
	}
	b.clock.forward(24 * time.Hour)
	b.receives("+12025550101", "help", nil, 200)
	if got := answers(b); len(got) != 3 {
		t.Errorf("the next day %q", got)
	}

	b = hooked(t, map[string]any{"opt_out": "ours", "help_text": "help", "stop_text": "You get no more texts."})
	b.receives("+12025550106", "arret", nil, 200) // not one of the provider's words
	if got := answers(b); len(got) != 1 || got[0] != "+12025550106 You get no more texts." {
		t.Errorf("STOP is answered %q", got)
	}
	b.receives("+12025550107", "STOP", nil, 200) // the provider has stopped it: no answer gets through
	if got := answers(b); len(got) != 1 {
		t.Errorf("past the provider's own stop %q", got)
	}

	b = hooked(t, nil)
	b.receives("+12025550101", "help", nil, 200)
	if got := answers(b); len(got) != 0 {
		t.Errorf("the provider's to answer, and we did: %q", got)
	}
}

// TestLateKeywords: a STOP that is found days later is heard and not answered.
func TestLateKeywords(t *testing.T) {
	b := opened(t, map[string]any{"opt_out": "ours", "help_text": "help", "stop_text": "stopped"})
	b.receives("+12025550101", "arret", nil, 0)
	b.clock.forward(time.Hour)
	b.as("events", b.events(""), "OPTED_OUT||+12025550101|arret|")
	b.receives("+12025550102", "arret", nil, 0)
	b.clock.forward(time.Minute)
	b.as("events", b.events(""), "OPTED_OUT||+12025550101|arret|", "OPTED_OUT||+12025550102|arret|")
	var bodies []string
	for _, m := range b.server.Messages() {
		if !m.Inbound {
			bodies = append(bodies, m.To)
		}
	}
	if fmt.Sprint(bodies) != "[+12025550102]" {
		t.Errorf("answered %v", bodies)
	}
	b.clock.forward(2 * time.Hour)
	if n := len(b.events("")); n != 2 { // no receipt of our own answer
		t.Errorf("%d events", n)
	}
}

// TestFlood: many webhooks at once, each told twice, are each one event.
func TestFlood(t *testing.T) {
	b := hooked(t, nil)
	var wg sync.WaitGroup
	for lane := range 20 {
		wg.Go(func() {
			for n := range 15 {
				form := url.Values{"MessageSid": {fmt.Sprintf("SM%d-%d", lane, n)}, "From": {"+12025550101"}, "To": {twiliotest.Number}, "Body": {"hello"}}
				for range 2 {
					if status, _, err := b.server.Post(b.server.Inbound, form); err != nil || status != 200 {
						t.Errorf("answered %d, %v", status, err)
					}
				}
			}
		})
	}
	wg.Wait()
	if n := len(b.events("")); n != 300 {
		t.Errorf("%d events", n)
	}
}

// TestManyPages: receipts of a long list, read a few rows at a time.
func TestManyPages(t *testing.T) {
	b := opened(t, nil)
	b.server.Page = 7
	for n := range 50 {
		o := b.is(b.send(n, receiverNumber, fmt.Sprintf("hello %d", n)), accepted)
		b.becomes(o.ProviderId, "delivered", 0, 0)
	}
	list := b.events("")
	for n, e := range list {
		if e.Key != key(n) || e.Kind != proto.EventKind_EVENT_KIND_DELIVERED {
			t.Fatalf("event %d: %v", n, e)
		}
	}
	if len(list) != 50 {
		t.Errorf("%d events", len(list))
	}
}
