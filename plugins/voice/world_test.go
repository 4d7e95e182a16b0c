package voice

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"holdfast/plugins/sdk"
	"holdfast/plugins/sdk/twilio/twiliotest"
)

const (
	us   = "+12075550100"
	them = "+12075550142"
)

// noon is when the tests play: the sender's day is 21 November 2026.
var noon = time.Date(2026, 11, 21, 12, 0, 0, 0, time.FixedZone("", -5*3600))

// world is a channel with a provider to call by.
type world struct {
	t        *testing.T
	provider *twiliotest.Server
	settings map[string]any
	dir      string
	channel  *Channel
	at       time.Time
}

// newWorld starts a provider and a channel that is configured for it; settings
// come over the usual ones.
func newWorld(t *testing.T, settings map[string]any) *world {
	t.Helper()
	w := &world{t: t, provider: twiliotest.New(), dir: t.TempDir(), at: noon}
	w.provider.Now = func() time.Time { return w.at }
	t.Cleanup(w.provider.Close)
	w.settings = usual(t, w.provider.URL)
	maps.Copy(w.settings, settings)
	w.begin()
	t.Cleanup(func() { w.end() })
	return w
}

// usual are settings that are right.
func usual(t testing.TB, base string) map[string]any {
	listen := twiliotest.FreeAddress(t)
	return map[string]any{
		"account_sid": twiliotest.AccountSID, "auth_token": twiliotest.AuthToken, "base_url": base,
		"from": twiliotest.Number, "listen": listen, "public_url": "http://" + listen + "/calls",
	}
}

// begin starts the channel's process, as it were; end is its death.
func (w *world) begin() {
	w.t.Helper()
	w.channel = New().(*Channel)
	w.channel.now = func() time.Time { return w.at }
	text, err := json.Marshal(w.settings)
	if err != nil {
		w.t.Fatal(err)
	}
	problems, err := w.channel.Configure(w.t.Context(), sdk.Setup{Settings: text, Dir: w.dir})
	if err != nil || len(problems) > 0 {
		w.t.Fatal(err, problems)
	}
}

func (w *world) end() {
	if err := w.channel.Close(); err != nil {
		w.t.Error(err)
	}
}

// restart is kill -9 and a new process.
func (w *world) restart() {
	w.t.Helper()
	w.end()
	w.begin()
	w.events() // the host asks for events at once
}

// message is a call with all choices, in English.
func message(key string) sdk.Message {
	return sdk.Message{
		Key: key, From: sdk.Mailbox{Name: "Harbour & Sons"}, To: []sdk.Mailbox{{Name: "Ada Berg", Address: them}}, Subject: "Harbour: about your account",
		Text: "what it says", Date: noon, Language: "en", Purpose: "dunning",
		Call: &sdk.Call{
			Script: "Hello from Harbour & Sons.", Machine: "Please call us back.", Menu: "Press 1, 2 or 3.",
			LinkText: "Harbour: https://pay.example/1", LinkSent: "The link was sent.", AskDay: "Which day?", LastDay: "2026-12-05",
			DayTaken: "Understood: %s. Press 1.", SpeakTo: us, SpeakSaid: "One moment.", NotUnderstood: "Not understood.", Goodbye: "Goodbye.",
		},
	}
}

// send hands a message over, and wants it accepted.
func (w *world) send(m sdk.Message) sdk.Sent {
	w.t.Helper()
	sent, err := w.channel.Send(w.t.Context(), m)
	if err != nil || sent.State != sdk.Accepted || sent.ProviderID == "" {
		w.t.Fatalf("%v: %+v", err, sent)
	}
	return sent
}

// play plays the call of a message to its end.
func (w *world) play(m sdk.Message, talk twiliotest.Talk) twiliotest.Heard {
	w.t.Helper()
	heard, err := w.provider.Play(w.send(m).ProviderID, talk)
	if err != nil {
		w.t.Fatal(err)
	}
	return heard
}

// events are all that the channel has to tell.
func (w *world) events() []sdk.Event {
	w.t.Helper()
	var list []sdk.Event
	err := w.channel.Events(context.WithoutCancel(w.t.Context()), "", func(e sdk.Event) error {
		list = append(list, e)
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return list
}

// outcome is the one outcome that was told of a key, as "code day: detail".
func (w *world) outcome(key string) string {
	w.t.Helper()
	var all []string
	for _, e := range w.events() {
		if e.Kind == sdk.CallOutcome && e.Key == key {
			all = append(all, fmt.Sprintf("%s %s: %s", e.Code, e.Day, e.Detail))
			if e.Address != them || !strings.HasPrefix(e.ProviderID, "CA") || !e.At.Equal(w.at) {
				w.t.Errorf("%+v", e)
			}
		}
	}
	if len(all) != 1 {
		w.t.Errorf("outcomes of %s: %q, want one", key, all)
		return strings.Join(all, " | ")
	}
	return all[0]
}

// want compares what was heard, and that nothing of the call is kept.
func (w *world) want(heard twiliotest.Heard, key, outcome string, said ...string) {
	w.t.Helper()
	if !slices.Equal(heard.Said, said) {
		w.t.Errorf("heard\n  %s\nwant\n  %s", strings.Join(heard.Said, "\n  "), strings.Join(said, "\n  "))
	}
	if got := w.outcome(key); !strings.HasPrefix(got, outcome) {
		w.t.Errorf("outcome %q, want %q", got, outcome)
	}
	if k, err := w.channel.load(w.t.Context(), key); err != nil || k != nil || len(w.channel.open) != 0 {
		w.t.Errorf("the call is kept: %+v, %v, %v", k, w.channel.open, err)
	}
}

// texts are the text messages that the provider took.
func (w *world) texts() []string {
	var out []string
	for _, m := range w.provider.Messages() {
		out = append(out, m.From+m.Service+" > "+m.To+": "+m.Body)
	}
	return out
}
