package sms_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"holdfast/plugins/plugintest"
	"holdfast/plugins/proto"
	"holdfast/plugins/sdk/twilio/twiliotest"
	"holdfast/plugins/sms"
)

const account = `"account_sid": "` + twiliotest.AccountSID + `", "auth_token": "t"`

func TestConforms(t *testing.T) {
	plugintest.Conform(t, func(t testing.TB) plugintest.Case {
		s := twiliotest.New()
		t.Cleanup(s.Close)
		return plugintest.Case{
			New:    sms.New,
			Fields: new(sms.Settings),
			Settings: fmt.Sprintf(`{"account_sid": %q, "auth_token": %q, "base_url": %q, "from": %q}`,
				twiliotest.AccountSID, twiliotest.AuthToken, s.URL, twiliotest.Number),
			Plain: true,
			Shape: func(m *proto.Message) {
				m.Html = ""
				if strings.HasSuffix(m.To[0].Address, "@customer.example") {
					m.To[0].Address = receiverNumber
				}
			},
			Arrived: func(testing.TB) []plugintest.Mail {
				var mails []plugintest.Mail
				for _, m := range s.Messages() {
					mails = append(mails, plugintest.Mail{ID: m.SID, Text: m.Body})
				}
				return mails
			},
			Spoilt: map[string]string{
				"account_sid":       `{"account_sid": "AC1", "auth_token": "t", "from": "+15005550006"}`,
				"auth_token":        `{"account_sid": "` + twiliotest.AccountSID + `", "from": "+15005550006"}`,
				"api_key":           `{` + account + `, "from": "+15005550006", "api_secret": "x"}`,
				"api_secret":        `{` + account + `, "from": "+15005550006", "api_key": "SK1"}`,
				"base_url":          `{` + account + `, "from": "+15005550006", "base_url": "http://gateway.example"}`,
				"from":              `{` + account + `, "from": "Holdfast Trading"}`,
				"region":            `{` + account + `, "from": "+15005550006", "region": "Germany"}`,
				"max_segments":      `{` + account + `, "from": "+15005550006", "max_segments": 0}`,
				"price_per_segment": `{` + account + `, "from": "+15005550006", "price_per_segment": "cheap"}`,
				"validity":          `{` + account + `, "from": "+15005550006", "validity": "11h"}`,
				"poll_every":        `{` + account + `, "from": "+15005550006", "poll_every": "1s"}`,
				"listen":            `{` + account + `, "from": "+15005550006", "public_url": "https://hooks.example.com", "listen": "8085"}`,
				"public_url":        `{` + account + `, "from": "+15005550006", "public_url": "http://hooks.example.com"}`,
				"opt_out":           `{` + account + `, "from": "+15005550006", "opt_out": "nobody"}`,
				"help_text":         `{` + account + `, "from": "+15005550006", "opt_out": "ours", "stop_text": "Bye."}`,
				"stop_text":         `{` + account + `, "from": "+15005550006", "opt_out": "ours", "help_text": "Us."}`,
			},
		}
	})
}

func TestSenders(t *testing.T) {
	for _, from := range []string{"+15005550006", "12345", "Holdfast", "A&B Parts", twiliotest.Service} {
		client := plugintest.Wire(t, sms.New())
		answer, err := client.Configure(t.Context(), &proto.ConfigureRequest{
			Settings: []byte(`{` + account + `, "from": "` + from + `"}`), WorkFolder: t.TempDir(),
		})
		if err != nil || len(answer.Problems) > 0 {
			t.Errorf("%s: %v, %v", from, answer, err)
		}
	}
}

// TestHandedOver: what the provider is given, and what is answered.
func TestHandedOver(t *testing.T) {
	b := opened(t, map[string]any{"validity": "4h", "region": "US"})
	o := b.is(b.send(1, "(202) 555-0142", strings.Repeat("ж", 71)), accepted)
	list := b.server.Messages()
	if len(list) != 1 || o.ProviderId != list[0].SID || o.Detail != "2 segments (UCS-2), 0.0158 USD" {
		t.Fatalf("%v, %+v", o, list)
	}
	form := list[0].Form
	if form.Get("To") != receiverNumber || form.Get("From") != twiliotest.Number || form.Get("Body") != strings.Repeat("ж", 71) ||
		form.Get("ValidityPeriod") != "14400" || form.Has("StatusCallback") || form.Has("MessagingServiceSid") {
		t.Errorf("%v", form)
	}
}

func TestMessagingService(t *testing.T) {
	b := opened(t, map[string]any{"from": twiliotest.Service, "price_per_segment": ""})
	o := b.is(b.send(1, receiverNumber, "hello"), accepted)
	if form := b.server.Messages()[0].Form; form.Has("From") || form.Get("MessagingServiceSid") != twiliotest.Service || o.Detail != "1 segment (GSM-7)" {
		t.Errorf("%v, %v", form, o)
	}
}

// TestRefusedHere: what cannot become a text never reaches the provider.
func TestRefusedHere(t *testing.T) {
	b := opened(t, map[string]any{"max_segments": 2})
	for name, r := range map[string]*proto.SendRequest{
		"no number":           request(1, "ap@customer.example", "hello"),
		"national, no region": request(1, "202 555 0142", "hello"),
		"too short":           request(1, "+49123", "hello"),
		"a fixed line":        request(1, "+493012345678", "hello"),
		"toll-free":           request(1, "+18005551234", "hello"),
		"premium":             request(1, "+499001234567", "hello"),
		"ourselves":           request(1, twiliotest.Number, "hello"),
		"empty":               request(1, receiverNumber, " \n"),
		"three segments":      request(1, receiverNumber, strings.Repeat("a", 307)),
		"a bell":              request(1, receiverNumber, "hello\a"),
		"no receiver":         with(request(1, receiverNumber, "hello"), func(m *proto.Message) { m.To = nil }),
		"two receivers":       with(request(1, receiverNumber, "hello"), func(m *proto.Message) { m.To = append(m.To, m.To[0]) }),
		"a copy":              with(request(1, receiverNumber, "hello"), func(m *proto.Message) { m.Cc = m.To }),
		"an attachment":       with(request(1, receiverNumber, "hello"), func(m *proto.Message) { m.Attachments = []*proto.Attachment{{Name: "a", Type: "text/plain"}} }),
	} {
		if o := b.sent(r); o.State != refused || o.Detail == "" {
			t.Errorf("%s: %v", name, o)
		}
	}
	if list := b.server.Requests(); len(list) != 0 {
		t.Errorf("the provider was asked: %v", list)
	}
}

func with(r *proto.SendRequest, change func(*proto.Message)) *proto.SendRequest {
	change(r.Message)
	return r
}

func TestReceivers(t *testing.T) {
	for _, c := range []struct{ address, region, want string }{
		{"+4915112345678", "", "+4915112345678"},
		{"0151 12345678", "DE", "+4915112345678"},
		{"+33 6 12 34 56 78", "US", "+33612345678"},
		{"+12025550142", "", "+12025550142"},     // fixed or mobile, as all in America
		{"+15005550006", "", "+15005550006"},     // a personal number
		{"+4915999999999", "", "+4915999999999"}, // of a range that may be newer than what is known here
		{"+33123456789", "", ""}, {"+448081570000", "", ""}, {"hello", "US", ""}, {"", "US", ""},
	} {
		got, err := sms.Receiver(c.address, c.region)
		if got != c.want || (err == nil) != (c.want != "") {
			t.Errorf("%q in %q: %q, %v", c.address, c.region, got, err)
		}
	}
}

// TestRefusedThere: the provider's errors of one number, and that the channel
// rests where they are the sender's.
func TestRefusedThere(t *testing.T) {
	b := opened(t, nil)
	for n, c := range []struct {
		to    string
		state proto.State
		says  string
	}{
		{"+15005550001", refused, "21211"}, {"+15005550002", refused, "21612"}, {"+15005550003", retry, "21408"},
		{"+15005550004", refused, "21610"}, {"+15005550009", refused, "21614"},
	} {
		if o := b.send(n, c.to, "hello"); o.State != c.state || !strings.Contains(o.Detail, c.says) || o.WholeChannel {
			t.Errorf("%s: %v", c.to, o)
		}
	}
	for from, says := range map[string]string{"+15005550001": "21212", "+15005550007": "21606"} {
		b := opened(t, map[string]any{"from": from})
		if o := b.send(1, receiverNumber, "hello"); o.State != retry || !o.WholeChannel || !strings.Contains(o.Detail, says) {
			t.Errorf("from %s: %v", from, o)
		}
	}
	b = opened(t, map[string]any{"auth_token": "wrong"})
	if o := b.send(1, receiverNumber, "hello"); o.State != retry || !o.WholeChannel || !strings.Contains(o.Detail, "20003") || strings.Contains(o.Detail, "wrong") {
		t.Errorf("with a wrong token: %v", o)
	}
	h, err := b.client.Health(t.Context(), new(proto.HealthRequest))
	if err != nil || h.Ok || !strings.Contains(h.Detail, "20003") {
		t.Errorf("health with a wrong token: %v, %v", h, err)
	}
}

// TestRetryFreesTheKey: what did not leave leaves later, once.
func TestRetryFreesTheKey(t *testing.T) {
	b := opened(t, nil)
	b.server.Meet(twiliotest.Fault{On: "POST", Times: 2, Trouble: twiliotest.Answer, Status: 429, Code: 20429, Message: "Too Many Requests", RetryAfter: 3})
	if o := b.is(b.send(1, receiverNumber, "hello"), retry); o.RetryAfterMs != 3000 || !o.WholeChannel {
		t.Errorf("%v", o)
	}
	b.is(b.lookup(1), retry)
	b.is(b.send(1, receiverNumber, "hello"), retry)
	first := b.is(b.send(1, receiverNumber, "hello"), accepted)
	again := b.is(b.send(1, receiverNumber, "hello"), accepted)
	if len(b.server.Messages()) != 1 || first.ProviderId != again.ProviderId {
		t.Errorf("%v, %v, %d texts", first, again, len(b.server.Messages()))
	}
}

// TestManyAtOnce: each key is one text, however often and at once it is sent.
func TestManyAtOnce(t *testing.T) {
	b := opened(t, nil)
	var wg sync.WaitGroup
	for i := range 60 {
		wg.Go(func() { b.sent(request(i%20, receiverNumber, fmt.Sprintf("hello %d", i%20))) })
	}
	wg.Wait()
	if n := len(b.server.Messages()); n != 20 {
		t.Errorf("%d texts of 20 keys", n)
	}
}

func TestKeywords(t *testing.T) {
	for text, want := range map[string]string{
		"Stop": "stop", " stop. ": "stop", "STOP!": "stop", "STOPALL": "stop", "unsubscribe": "stop", "Cancel": "stop", "END": "stop", "quit": "stop",
		"REVOKE": "stop", "OPT OUT": "stop", "opt-out": "stop", "OptOut": "stop", "ARRET": "stop", "arrêt": "stop", "STOP\n": "stop", "“Stop”": "stop",
		"HELP": "help", "info?": "help",
		// These are read by whoever takes the reply.
		"please stop": "", "STOPP": "", "unsubscribe me": "", "Stop by tomorrow to pick up the cheque?": "", "weekend": "", "end of month": "",
		"START": "", "YES": "", "UNSTOP": "", "": "", "👍": "", "توقف": "", "\xff": "", "🛑": "",
	} {
		if got := sms.WordOf(text, ""); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
	for _, c := range []struct{ text, told, want string }{
		{"ALTO", "STOP", "stop"}, {"ayuda", "HELP", "help"}, {"stop", "START", ""}, {"si", "START", ""}, {"stop", "", "stop"},
	} {
		if got := sms.WordOf(c.text, c.told); got != c.want {
			t.Errorf("%q, told %q, is %q, want %q", c.text, c.told, got, c.want)
		}
	}
}
