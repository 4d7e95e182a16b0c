package twiliotest

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// play makes a call whose every step is answered with the document of its path,
// and returns what was heard and the form of each step.
func play(t *testing.T, documents map[string]string, talk Talk) (Heard, []string, error) {
	t.Helper()
	s := New()
	t.Cleanup(s.Close)
	var asked []string
	app := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_ = r.ParseForm()
		asked = append(asked, strings.TrimSpace(r.URL.Path+" "+r.PostForm.Get("CallStatus")+" "+r.PostForm.Get("Digits")+r.PostForm.Get("DialCallStatus")))
		_, _ = io.WriteString(w, strings.ReplaceAll(documents[r.URL.Path], "APP", "http://"+r.Host))
	}))
	t.Cleanup(app.Close)
	s.mu.Lock()
	made := s.createCall(url.Values{"To": {"+12075550142"}, "From": {Number}, "Url": {app.URL + "/start"}, "StatusCallback": {app.URL + "/status"}})
	s.mu.Unlock()
	heard, err := s.Play(made.body.(map[string]any)["sid"].(string), talk)
	return heard, asked, err
}

// The player follows documents as the provider does.
func TestPlay(t *testing.T) {
	question := `<Response><Gather action="APP/keys" numDigits="2"><Say>A</Say></Gather><Redirect>APP/silence</Redirect></Response>`
	documents := map[string]string{
		"/start": question, "/keys": `<Response><Say language="de-DE">B</Say><Hangup/><Say>never</Say></Response>`, "/silence": `<Response><Say>C</Say></Response>`,
	}
	for name, c := range map[string]struct {
		talk  Talk
		said  string
		asked []string
		ended string
	}{
		"two keys":           {Talk{Keys: []string{"12"}}, "A B", []string{"/start in-progress", "/keys in-progress 12", "/status completed"}, "hangup"},
		"more than are read": {Talk{Keys: []string{"123"}}, "A B", []string{"/start in-progress", "/keys in-progress 12", "/status completed"}, "hangup"},
		"fewer":              {Talk{Keys: []string{"1"}}, "A B", []string{"/start in-progress", "/keys in-progress 1", "/status completed"}, "hangup"},
		"up to the hash":     {Talk{Keys: []string{"1#"}}, "A B", []string{"/start in-progress", "/keys in-progress 1", "/status completed"}, "hangup"},
		"the hash alone":     {Talk{Keys: []string{"#"}}, "A C", []string{"/start in-progress", "/silence in-progress", "/status completed"}, "end of document"},
		"silence":            {Talk{}, "A C", []string{"/start in-progress", "/silence in-progress", "/status completed"}, "end of document"},
		"hung up":            {Talk{HangUp: 1}, "A", []string{"/start in-progress", "/status completed"}, "hung up"},
		"busy":               {Talk{Status: "busy"}, "", []string{"/status busy"}, ""},
		"no word of the end": {Talk{Status: "busy", Silent: true}, "", nil, ""},
		"twice":              {Talk{Keys: []string{"12"}, Twice: true}, "A B", []string{"/start in-progress", "/start in-progress", "/keys in-progress 12", "/keys in-progress 12", "/status completed", "/status completed"}, "hangup"},
	} {
		heard, asked, err := play(t, documents, c.talk)
		if err != nil || strings.Join(heard.Said, " ") != c.said || !slices.Equal(asked, c.asked) || heard.Ended != c.ended {
			t.Errorf("%s: %v, said %q, asked %q, ended %q", name, err, heard.Said, asked, heard.Ended)
		}
	}
	dialling := map[string]string{
		"/start": `<Response><Dial action="APP/after"><Number statusCallback="APP/leg">+1</Number></Dial><Say>never</Say></Response>`, "/after": `<Response/>`,
	}
	for status, want := range map[string][]string{
		"completed": {"/start in-progress", "/leg in-progress", "/after in-progress completed", "/status completed"},
		"busy":      {"/start in-progress", "/after in-progress busy", "/status completed"},
	} {
		if heard, asked, err := play(t, dialling, Talk{Dial: status}); err != nil || !slices.Equal(asked, want) || !slices.Equal(heard.Dialled, []string{"+1"}) {
			t.Errorf("%s: %v %q %+v", status, err, asked, heard)
		}
	}
}

// What the provider would not take ends the call with an error.
func TestPlayRefuses(t *testing.T) {
	for document, want := range map[string]string{
		"hello": "12100", "<Response><Say>a</Response>": "12100", "<Say>a</Say>": "the document is a Say", "<Response><Shout>a</Shout></Response>": "Shout is not allowed within Response",
		"<Response><Say>a<Hangup/></Say></Response>":                          "holds both text and verbs",
		"<Response><Gather><Dial>1</Dial></Gather></Response>":                "Dial is not allowed within Gather",
		"<Response><Say>" + strings.Repeat("a", 4097) + "</Say></Response>":   "longer than 4,096",
		"<Response><Redirect>APP/start</Redirect></Response>":                 "the call has no end",
		"<Response><Redirect>http://127.0.0.1:1/nobody</Redirect></Response>": "refused",
	} {
		if _, _, err := play(t, map[string]string{"/start": document}, Talk{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.60s: %v, want %q", document, err, want)
		}
	}
}
