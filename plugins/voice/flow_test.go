package voice

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"holdfast/plugins/sdk"
	"holdfast/plugins/sdk/twilio/twiliotest"
)

const (
	hello    = "Hello from Harbour & Sons."
	menu     = "Press 1, 2 or 3."
	whichDay = "Which day?"
	wrong    = "Not understood."
	bye      = "Goodbye."
)

// The whole tree of the menu, each way through it with what is said and how it
// ends, played once, with every webhook repeated, and with a new process before
// every webhook.
func TestMenu(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name    string
		talk    twiliotest.Talk
		change  func(*sdk.Message)
		outcome string
		said    []string
		dialled []string
		texts   int
	}{
		{"1, the link", twiliotest.Talk{Keys: []string{"1"}}, nil, "reached : pressed 1: the link was sent; 30 s",
			[]string{hello, menu, "The link was sent.", bye}, nil, 1},
		{"2, a day", twiliotest.Talk{Keys: []string{"2", "0512", "1"}}, nil, "promised 2026-12-05: entered and confirmed by key",
			[]string{hello, menu, whichDay, "Understood: 5 December. Press 1.", bye}, nil, 0},
		{"2, today", twiliotest.Talk{Keys: []string{"2", "2111", "1"}}, nil, "promised 2026-11-21",
			[]string{hello, menu, whichDay, "Understood: 21 November. Press 1.", bye}, nil, 0},
		{"2, another day", twiliotest.Talk{Keys: []string{"2", "2211", "2", "2311", "1"}}, nil, "promised 2026-11-23",
			[]string{hello, menu, whichDay, "Understood: 22 November. Press 1.", whichDay, "Understood: 23 November. Press 1.", bye}, nil, 0},
		{"2, yesterday, then a day", twiliotest.Talk{Keys: []string{"2", "2011", "2411", "1"}}, nil, "promised 2026-11-24",
			[]string{hello, menu, whichDay, wrong, whichDay, "Understood: 24 November. Press 1.", bye}, nil, 0},
		{"2, too late twice", twiliotest.Talk{Keys: []string{"2", "0612", "3112"}}, nil, "reached : pressed 2",
			[]string{hello, menu, whichDay, wrong, whichDay, wrong, bye}, nil, 0},
		{"2, half a day, then silence", twiliotest.Talk{Keys: []string{"2", "05"}}, nil, "reached : pressed 2",
			[]string{hello, menu, whichDay, wrong, whichDay, wrong, bye}, nil, 0},
		{"2, not confirmed", twiliotest.Talk{Keys: []string{"2", "0112"}}, nil, "reached : entered the day 2026-12-01 and did not confirm it",
			[]string{hello, menu, whichDay, "Understood: 1 December. Press 1.", "Understood: 1 December. Press 1.", wrong, bye}, nil, 0},
		{"2, confirmed after silence", twiliotest.Talk{Keys: []string{"2", "0112", "", "1"}}, nil, "promised 2026-12-01",
			[]string{hello, menu, whichDay, "Understood: 1 December. Press 1.", "Understood: 1 December. Press 1.", bye}, nil, 0},
		{"2, other days without an end", twiliotest.Talk{Keys: []string{"2", "0112", "2", "0212", "2"}}, nil, "reached : entered the day 2026-12-02",
			[]string{hello, menu, whichDay, "Understood: 1 December. Press 1.", whichDay, "Understood: 2 December. Press 1.", wrong, bye}, nil, 0},
		{"3, somebody answers", twiliotest.Talk{Keys: []string{"3"}, Dial: "completed"}, nil, "reached : spoke to us, 30 s",
			[]string{hello, menu, "One moment."}, []string{us}, 0},
		{"3, nobody answers", twiliotest.Talk{Keys: []string{"3"}}, nil, "call_back : wanted to speak to us; +12075550100: no-answer",
			[]string{hello, menu, "One moment.", bye}, []string{us}, 0},
		{"3, busy", twiliotest.Talk{Keys: []string{"3"}, Dial: "busy"}, nil, "call_back : wanted to speak to us; +12075550100: busy",
			[]string{hello, menu, "One moment.", bye}, []string{us}, 0},
		{"3, hangs up while it rings", twiliotest.Talk{Keys: []string{"3"}, LeaveDial: true}, nil, "call_back : wanted to speak to us and hung up",
			[]string{hello, menu, "One moment."}, []string{us}, 0},
		{"3, hangs up after the talk", twiliotest.Talk{Keys: []string{"3"}, Dial: "completed", LeaveDial: true}, nil, "reached : spoke to us; 30 s",
			[]string{hello, menu, "One moment."}, []string{us}, 0},
		{"3, called back", twiliotest.Talk{Keys: []string{"3"}}, func(m *sdk.Message) { m.Call.SpeakTo = "" }, "call_back : asked to be called back",
			[]string{hello, menu, "One moment.", bye}, nil, 0},
		{"silence", twiliotest.Talk{}, nil, "reached : a person answered and pressed no key; 30 s",
			[]string{hello, menu, wrong, menu, wrong, bye}, nil, 0},
		{"wrong keys", twiliotest.Talk{Keys: []string{"9", "#"}}, nil, "reached : pressed 9#; 30 s",
			[]string{hello, menu, wrong, menu, wrong, bye}, nil, 0},
		{"a wrong key, then 1", twiliotest.Talk{Keys: []string{"*", "1"}}, nil, "reached : pressed 1: the link was sent",
			[]string{hello, menu, wrong, menu, "The link was sent.", bye}, nil, 1},
		{"hangs up at the menu", twiliotest.Talk{HangUp: 1}, nil, "reached : a person answered and pressed no key", []string{hello, menu}, nil, 0},
		{"hangs up at the day", twiliotest.Talk{Keys: []string{"2"}, HangUp: 2}, nil, "reached : pressed 2; 30 s", []string{hello, menu, whichDay}, nil, 0},
		{"hangs up before 1", twiliotest.Talk{Keys: []string{"2", "0512"}, HangUp: 3}, nil, "reached : entered the day 2026-12-05 and did not confirm it",
			[]string{hello, menu, whichDay, "Understood: 5 December. Press 1."}, nil, 0},
		{"keys of choices that are not there", twiliotest.Talk{Keys: []string{"1", "2"}},
			func(m *sdk.Message) { m.Call.LinkText, m.Call.AskDay = "", "" }, "reached : pressed 12; 30 s",
			[]string{hello, menu, wrong, menu, wrong, bye}, nil, 0},
		{"no choice at all", twiliotest.Talk{Keys: []string{"1"}},
			func(m *sdk.Message) { m.Call.LinkText, m.Call.AskDay, m.Call.SpeakSaid = "", "", "" }, "reached : a person answered and pressed no key",
			[]string{hello, bye}, nil, 0},
	}
	for _, c := range cases {
		for _, way := range []string{"once", "every webhook twice", "a new process before every webhook"} {
			t.Run(c.name+", "+way, func(t *testing.T) {
				t.Parallel()
				w, m, talk := newWorld(t, nil), message("k1"), c.talk
				if c.change != nil {
					c.change(&m)
				}
				talk.Seconds, talk.AnsweredBy, talk.Twice = 30, "human", way == "every webhook twice"
				if strings.HasPrefix(way, "a new process") {
					talk.Before = func(string) { w.restart() }
				}
				w.want(w.play(m, talk), "k1", c.outcome, c.said...)
				heardTexts := w.texts()
				if len(heardTexts) != c.texts || c.texts == 1 && heardTexts[0] != twiliotest.Number+" > "+them+": Harbour: https://pay.example/1" {
					t.Errorf("texts %q", heardTexts)
				}
				if talk.Twice {
					return // whatever asks twice dials twice here
				}
				if calls := w.provider.Calls(); len(calls) != 1 {
					t.Errorf("%d calls", len(calls))
				}
			})
		}
	}
}

// Whom a <Dial> reaches is the company and nobody else.
func TestDialReachesUs(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	heard := w.play(message("k1"), twiliotest.Talk{AnsweredBy: "human", Keys: []string{"3"}, Dial: "completed"})
	if !slices.Equal(heard.Dialled, []string{us}) || heard.Ended != "hangup" {
		t.Errorf("%+v", heard)
	}
}

// An answering machine hears nothing, or what is meant for it; a fax is hung up;
// whatever may be a person is spoken to.
func TestWhoAnswers(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		machine, by, outcome string
		said                 []string
		detection            string
	}{
		{"hangup", "machine_start", "voicemail : an answering machine; nothing was left", nil, "Enable"},
		{"leave", "machine_end_beep", "voicemail : an answering machine; the message was left; 30 s", []string{"Please call us back."}, "DetectMessageEnd"},
		{"leave", "machine_end_silence", "voicemail : an answering machine; the message was left", []string{"Please call us back."}, "DetectMessageEnd"},
		{"leave", "machine_end_other", "voicemail : an answering machine; the message was left", []string{"Please call us back."}, "DetectMessageEnd"},
		{"leave", "fax", "no_answer : a fax machine answered", nil, "DetectMessageEnd"},
		{"hangup", "fax", "no_answer : a fax machine answered", nil, "Enable"},
		{"hangup", "unknown", "no_answer : it was answered, perhaps by a machine", []string{hello, menu, wrong, menu, wrong, bye}, "Enable"},
		{"hangup", "", "no_answer : it was answered, perhaps by a machine", []string{hello, menu, wrong, menu, wrong, bye}, "Enable"},
		{"leave", "human", "reached : a person answered", []string{hello, menu, wrong, menu, wrong, bye}, "DetectMessageEnd"},
	} {
		w := newWorld(t, map[string]any{"machine": c.machine})
		heard := w.play(message("k1"), twiliotest.Talk{AnsweredBy: c.by, Seconds: 30})
		w.want(heard, "k1", c.outcome, c.said...)
		if got := w.provider.Calls()[0].Form.Get("MachineDetection"); got != c.detection {
			t.Errorf("%s: %s", c.machine, got)
		}
	}
	w, m := newWorld(t, map[string]any{"machine": "leave"}), message("k1")
	m.Call.Machine = ""
	w.want(w.play(m, twiliotest.Talk{AnsweredBy: "machine_start"}), "k1", "voicemail : an answering machine; nothing was left")
}

// A call that nobody answers ends with why; a number that cannot be connected is
// a soft bounce too.
func TestNobodyAnswers(t *testing.T) {
	t.Parallel()
	for status, want := range map[string]string{
		"busy": "no_answer : the line was busy", "no-answer": "no_answer : nobody answered", "canceled": "no_answer : the call was cancelled",
		"failed": "no_answer : the number could not be connected",
	} {
		w := newWorld(t, nil)
		w.want(w.play(message("k1"), twiliotest.Talk{Status: status, Twice: true}), "k1", want)
		bounces := 0
		for _, e := range w.events() {
			if e.Kind == sdk.BouncedSoft && e.Key == "k1" && e.Address == them {
				bounces++
			}
		}
		if want := map[bool]int{true: 1}[status == "failed"]; bounces != want {
			t.Errorf("%s: %d bounces", status, bounces)
		}
	}
}

// A link that cannot be sent is no dead end: somebody speaks to the caller, or
// calls back.
func TestLinkThatCannotBeSent(t *testing.T) {
	t.Parallel()
	landline := func(m *sdk.Message) { m.To[0].Address = "+15005550009" }
	for name, c := range map[string]struct {
		change  func(*sdk.Message)
		meet    *twiliotest.Fault
		outcome string
		said    []string
	}{
		"a landline, connected":    {landline, nil, "call_back : wanted to speak to us; +12075550100: no-answer; the link could not be sent", []string{hello, menu, "One moment.", bye}},
		"a landline, nobody there": {func(m *sdk.Message) { landline(m); m.Call.SpeakSaid = "" }, nil, "call_back : the link could not be sent", []string{hello, menu, bye}},
		"trouble": {func(*sdk.Message) {}, &twiliotest.Fault{On: "POST Messages", Times: 1, Trouble: twiliotest.Answer, Status: 503, Code: 20503, Message: "busy"},
			"call_back : wanted to speak to us", []string{hello, menu, "One moment.", bye}},
		"no answer": {func(*sdk.Message) {}, &twiliotest.Fault{On: "POST Messages", Times: 1, Trouble: twiliotest.CutTaken},
			"reached : pressed 1: the link may have been sent", []string{hello, menu, "The link was sent.", bye}},
	} {
		t.Run(name, func(t *testing.T) {
			w, m := newWorld(t, nil), message("k1")
			c.change(&m)
			if c.meet != nil {
				w.provider.Meet(*c.meet)
			}
			heard := w.play(m, twiliotest.Talk{AnsweredBy: "human", Keys: []string{"1"}})
			if !slices.Equal(heard.Said, c.said) {
				t.Errorf("%q", heard.Said)
			}
			events := w.events()
			if len(events) != 1 || !strings.HasPrefix(events[0].Code+" "+events[0].Day+": "+events[0].Detail, c.outcome) {
				t.Errorf("%+v", events)
			}
			if len(w.provider.Messages()) > 1 {
				t.Errorf("texts %q", w.texts())
			}
		})
	}
}

// A provider that does not answer in time keeps nobody waiting on the line, and
// the text goes once.
func TestLinkThatHangs(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.channel.within = 50 * time.Millisecond
	w.provider.Meet(twiliotest.Fault{On: "POST Messages", Times: 1, Trouble: twiliotest.HangTaken})
	heard := w.play(message("k1"), twiliotest.Talk{AnsweredBy: "human", Keys: []string{"1"}, Twice: true})
	w.want(heard, "k1", "reached : pressed 1: the link may have been sent", hello, menu, "The link was sent.", bye)
	if got := w.texts(); len(got) != 1 {
		t.Errorf("texts %q", got)
	}
}

// The link goes by the number or the messaging service that is named.
func TestLinkSender(t *testing.T) {
	t.Parallel()
	for from, want := range map[string]string{twiliotest.Service: twiliotest.Service, "+12075550177": "+12075550177", "": twiliotest.Number} {
		w := newWorld(t, map[string]any{"sms_from": from})
		w.play(message("k1"), twiliotest.Talk{AnsweredBy: "human", Keys: []string{"1"}})
		if got := w.texts(); len(got) != 1 || !strings.HasPrefix(got[0], want+" > ") {
			t.Errorf("%q: %q", from, got)
		}
	}
}

// Each language has its voice; a site names others.
func TestVoices(t *testing.T) {
	t.Parallel()
	for language, want := range map[string]string{
		"en": "en-US", "en-GB": "en-GB", "de": "de-DE", "de-AT": "de-DE", "fr": "fr-FR", "es": "es-MX Polly.Mia", "nl": "nl-NL",
	} {
		w, m := newWorld(t, map[string]any{"voices": map[string]string{"es": "es-MX Polly.Mia", "nl": "nl-NL"}}), message("k1")
		m.Language = language
		heard := w.play(m, twiliotest.Talk{AnsweredBy: "human", Keys: []string{"2", "0112", "1"}})
		for _, voice := range heard.Voices {
			if voice != want {
				t.Errorf("%s: %q, want %q", language, voice, want)
			}
		}
		day := map[string]string{"de": "1. Dezember", "de-AT": "1. Dezember", "fr": "1 décembre", "es": "1 de diciembre", "nl": "1. 12."}[language]
		if day == "" {
			day = "1 December"
		}
		if !strings.Contains(heard.Text(), "Understood: "+day+". Press 1.") {
			t.Errorf("%s: %q", language, heard.Said)
		}
	}
}

// Text that tries to be TwiML is said, and does nothing.
func TestInjectionIsSaid(t *testing.T) {
	t.Parallel()
	payloads := []string{
		"</Say><Dial>+19005550000</Dial><Say>", "]]><Redirect>http://evil.example</Redirect>", `" voice="x"><Hangup/>`, "&lt;Dial&gt;1&lt;/Dial&gt;",
		"<!--", "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>&b;",
	}
	for _, payload := range payloads {
		w, m := newWorld(t, nil), message("k1")
		s := m.Call
		s.Script, s.Menu, s.AskDay, s.DayTaken, s.Goodbye = payload, payload, payload, payload+" %s", payload
		heard := w.play(m, twiliotest.Talk{AnsweredBy: "human", Keys: []string{"2", "0112", "1"}})
		w.want(heard, "k1", "promised 2026-12-01", payload, payload, payload, payload+" 1 December", payload)
		if len(heard.Dialled) > 0 {
			t.Errorf("%q dialled %q", payload, heard.Dialled)
		}
	}
	w, m := newWorld(t, nil), message("k1")
	m.Call.Script = "a\x00b\x1bc\ufffe"
	if heard := w.play(m, twiliotest.Talk{AnsweredBy: "human", HangUp: 1}); heard.Said[0] != "a\ufffdb\ufffdc\ufffd" {
		t.Errorf("%q", heard.Said)
	}
}

// A webhook that the account has not signed, or that speaks of another call or
// of none, changes nothing.
func TestWebhooksOfStrangers(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	sid := w.send(message("k1")).ProviderID
	status := w.channel.address("/status", "k1")
	form := url.Values{"CallSid": {sid}, "CallStatus": {"completed"}}
	if code, _, err := w.provider.PostSigned(status, form, "c2lnbmF0dXJl"); err != nil || code != 403 {
		t.Errorf("%d %v", code, err)
	}
	confirm := w.channel.address("/confirm", "k1", "day", "2027-12-31", "n", "1")
	for address, form := range map[string]url.Values{
		status:                                             {"CallSid": {"CA" + strings.Repeat("f", 32)}, "CallStatus": {"completed"}},
		w.channel.address("/status", "other"):              {"CallSid": {sid}, "CallStatus": {"completed"}},
		w.channel.address("/status", ""):                   {"CallSid": {sid}, "CallStatus": {"completed"}},
		w.channel.address("/menu", "k1", "n", "x"):         {"Digits": {"7"}},
		w.channel.address("/status", "k1", "more", "than"): {"CallSid": {sid}, "CallStatus": {"ringing"}},
		confirm: {"CallSid": {sid}, "Digits": {"1"}},
	} {
		if code, _, err := w.provider.Post(address, form); err != nil || code != 200 {
			t.Errorf("%s: %d %v", address, code, err)
		}
	}
	if got := w.events(); len(got) != 0 {
		t.Errorf("%+v", got)
	}
	heard, err := w.provider.Play(sid, twiliotest.Talk{AnsweredBy: "human", Keys: []string{"2", "0512", "1"}})
	if err != nil {
		t.Fatal(err)
	}
	w.want(heard, "k1", "promised 2026-12-05", hello, menu, whichDay, "Understood: 5 December. Press 1.", bye)
}
