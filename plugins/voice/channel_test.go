package voice

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"holdfast/plugins/plugintest"
	"holdfast/plugins/proto"
	"holdfast/plugins/sdk"
	"holdfast/plugins/sdk/twilio/twiliotest"
)

// The checks that every channel passes: what arrives is what a person who
// answers hears.
func TestConform(t *testing.T) {
	t.Parallel()
	plugintest.Conform(t, func(t testing.TB) plugintest.Case {
		provider := twiliotest.New()
		t.Cleanup(provider.Close)
		settings := usual(t, provider.URL)
		spoilt := map[string]string{}
		for key, value := range map[string]any{
			"account_sid": "AC1", "auth_token": "", "api_key": 7, "base_url": "ftp://x", "from": "0207 1234", "sms_from": "Harbour",
			"listen": "here", "public_url": "", "voices": map[string]string{"en": "loud"}, "machine": "shout", "ring_seconds": 1, "max_minutes": 0,
		} {
			spoilt[key] = encoded(t, settings, key, value)
		}
		spoilt["api_secret"] = encoded(t, settings, "api_key", twiliotest.APIKey)
		return plugintest.Case{
			New: New, Settings: encoded(t, settings, "", nil), Spoilt: spoilt, Fields: new(Settings), Plain: true, Shape: asCall,
			Arrived: func(t testing.TB) []plugintest.Mail {
				var heard []plugintest.Mail
				for _, c := range provider.Calls() {
					heard = append(heard, plugintest.Mail{ID: c.SID, Text: firstSaid(t, provider, c)})
				}
				return heard
			},
		}
	})
}

// asCall makes a mail a call to a number of its own.
func asCall(m *proto.Message) {
	digits := regexp.MustCompile(`^ap([0-9]+)@customer\.example$`).FindStringSubmatch(m.To[0].Address)
	if digits != nil {
		m.To[0].Address = fmt.Sprintf("+1207555%04s", digits[1])
	}
	m.Call = &proto.Call{Script: m.Text, Goodbye: "Goodbye."}
}

// firstSaid is what whoever answers a call hears first.
func firstSaid(t testing.TB, provider *twiliotest.Server, c twiliotest.Call) string {
	_, body, err := provider.Post(c.Form.Get("Url"), url.Values{"CallSid": {c.SID}, "AnsweredBy": {"human"}})
	if err != nil {
		t.Fatal(err)
	}
	var said struct{ Say []string }
	if err := unmarshalXML(body, &said); err != nil || len(said.Say) != 2 {
		t.Fatalf("%v: %s", err, body)
	}
	return said.Say[0]
}

// encoded are settings with one of them spoilt.
func encoded(t testing.TB, settings map[string]any, key string, value any) string {
	settings = maps.Clone(settings)
	if key != "" {
		settings[key] = value
	}
	text, err := json.Marshal(settings)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// What cannot be said is refused before anybody is rung.
func TestRefusesWhatIsNoCall(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	for name, c := range map[string]struct {
		change func(*sdk.Message)
		says   string
	}{
		"no key":              {func(m *sdk.Message) { m.Key = "" }, "no key"},
		"no call":             {func(m *sdk.Message) { m.Call = nil }, "no call"},
		"nobody":              {func(m *sdk.Message) { m.To = nil }, "one number"},
		"two":                 {func(m *sdk.Message) { m.To = append(m.To, m.To[0]) }, "one number"},
		"a copy":              {func(m *sdk.Message) { m.Cc = m.To }, "one number"},
		"a mail address":      {func(m *sdk.Message) { m.To[0].Address = "ap@customer.example" }, "no whole telephone number"},
		"a national number":   {func(m *sdk.Message) { m.To[0].Address = "0207 946 0000" }, "no whole telephone number"},
		"an emergency number": {func(m *sdk.Message) { m.To[0].Address = "+112" }, "no whole telephone number"},
		"a line break":        {func(m *sdk.Message) { m.To[0].Address = them + "\r\n" }, "no whole telephone number"},
		"a bad way to us":     {func(m *sdk.Message) { m.Call.SpeakTo = "accounts" }, "to connect to"},
		"no voice":            {func(m *sdk.Message) { m.Language = "cy" }, "no voice speaks"},
		"silence":             {func(m *sdk.Message) { m.Call.Script = " " }, "script is empty"},
		"a speech":            {func(m *sdk.Message) { m.Call.Menu = strings.Repeat("a", 4001) }, "longer than 4000"},
		"a long text":         {func(m *sdk.Message) { m.Call.LinkText = strings.Repeat("ä", 1601) }, "longer than 1600"},
		"a silent link":       {func(m *sdk.Message) { m.Call.LinkSent = "" }, "nothing is said"},
		"no place for a day":  {func(m *sdk.Message) { m.Call.DayTaken = "Thanks." }, "no place for the day"},
		"no last day":         {func(m *sdk.Message) { m.Call.LastDay = "soon" }, "last day"},
	} {
		m := message("k-" + name)
		c.change(&m)
		sent, err := w.channel.Send(t.Context(), m)
		if err != nil || sent.State != sdk.Refused || !strings.Contains(sent.Detail, c.says) {
			t.Errorf("%s: %v %+v", name, err, sent)
		}
	}
	if got := w.provider.Requests(); len(got) != 0 {
		t.Errorf("asked %v", got)
	}
}

// The provider is told what the settings say.
func TestWhatTheProviderIsAsked(t *testing.T) {
	t.Parallel()
	w := newWorld(t, map[string]any{"ring_seconds": 20, "max_minutes": 4, "from": "+12075550177"})
	w.send(message("k1"))
	form := w.provider.Calls()[0].Form
	for key, want := range map[string]string{
		"To": them, "From": "+12075550177", "Method": "POST", "StatusCallbackMethod": "POST", "StatusCallbackEvent": "completed", "Timeout": "20",
		"TimeLimit": "240", "MachineDetection": "Enable", "Url": w.settings["public_url"].(string) + "/start?key=k1",
		"StatusCallback": w.settings["public_url"].(string) + "/status?key=k1",
	} {
		if form.Get(key) != want || len(form[key]) != 1 {
			t.Errorf("%s = %q, want %q", key, form[key], want)
		}
	}
}

// Settings that would call nobody, or tell secrets, name themselves.
func TestSettings(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change map[string]any
		key    string
	}{
		"no public address":         {map[string]any{"public_url": ""}, "public_url"},
		"public without TLS":        {map[string]any{"public_url": "http://hooks.example.com"}, "public_url"},
		"no token beside a key":     {map[string]any{"auth_token": "", "api_key": twiliotest.APIKey, "api_secret": "s"}, "auth_token"},
		"half an API key":           {map[string]any{"api_key": twiliotest.APIKey}, "api_secret"},
		"a voice without a locale":  {map[string]any{"voices": map[string]string{"en": "Polly.Amy"}}, "voices"},
		"a voice of too many words": {map[string]any{"voices": map[string]string{"en": "en-GB Polly Amy"}}, "voices"},
		"a sender with letters":     {map[string]any{"sms_from": "Harbour"}, "sms_from"},
	} {
		settings := usual(t, "https://api.twilio.com")
		maps.Copy(settings, c.change)
		_, problems := settingsOf(sdk.Setup{Settings: []byte(encoded(t, settings, "", nil))})
		if len(problems) != 1 || problems[0].Key != c.key || problems[0].Text == "" || problems[0].Cure == "" {
			t.Errorf("%s: %+v", name, problems)
		}
	}
	if _, problems := settingsOf(sdk.Setup{Settings: []byte(encoded(t, usual(t, "https://api.twilio.com"), "", nil))}); len(problems) > 0 {
		t.Errorf("%+v", problems)
	}
}

// Health is the account and the webhooks.
func TestHealth(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	if err := w.channel.Health(t.Context()); err != nil {
		t.Error(err)
	}
	w.provider.Meet(twiliotest.Fault{On: "GET .json", Times: 1, Trouble: twiliotest.Answer, Status: 401, Code: 20003, Message: "Authenticate"})
	if err := w.channel.Health(t.Context()); err == nil || !strings.Contains(err.Error(), "20003") {
		t.Errorf("%v", err)
	}
}

// Without a place for webhooks nothing is called.
func TestNoCallWithoutWebhooks(t *testing.T) {
	t.Parallel()
	first := newWorld(t, nil)
	first.send(message("k1"))
	second := newWorld(t, map[string]any{"listen": first.settings["listen"], "public_url": "http://127.0.0.1:1/other"})
	sent, err := second.channel.Send(t.Context(), message("k2"))
	if err != nil || sent.State != sdk.Retry || !sent.WholeChannel || !strings.Contains(sent.Detail, "webhooks cannot be taken") {
		t.Errorf("%v %+v", err, sent)
	}
	if err := second.channel.Health(t.Context()); err == nil {
		t.Error("it says that it is well")
	}
}
