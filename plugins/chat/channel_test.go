package chat

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"holdfast/plugins/plugintest"
	"holdfast/plugins/proto"
	"holdfast/plugins/sdk"
)

func TestSchemaKnowsTheSettings(t *testing.T) {
	var s struct {
		Properties map[string]struct{ WriteOnly bool }
	}
	if err := json.Unmarshal(New().Describe().Schema, &s); err != nil {
		t.Fatal(err)
	}
	fields := reflect.VisibleFields(reflect.TypeFor[Settings]())
	for _, f := range fields {
		if _, known := s.Properties[f.Tag.Get("json")]; !known {
			t.Errorf("the schema does not know %s", f.Tag.Get("json"))
		}
	}
	if len(fields) != len(s.Properties) || !s.Properties["url"].WriteOnly || !s.Properties["secret"].WriteOnly {
		t.Errorf("%d settings, %+v", len(fields), s.Properties)
	}
}

func TestNamesWrongSettings(t *testing.T) {
	for settings, key := range map[string]string{
		`{"kind": "irc", "url": "https://a.example"}`:                                       "kind",
		`{"kind": "slack"}`:                                                                 "url",
		`{"kind": "slack", "url": "ftp://a.example"}`:                                       "url",
		`{"kind": "slack", "url": "http://a.example"}`:                                      "url",
		`{"kind": "slack", "url": "https://192.168.0.1/x"}`:                                 "url",
		`{"kind": "slack", "url": "https://[::1]/x"}`:                                       "url",
		`{"kind": "slack", "url": "https://169.254.169.254/", "allow_private": "i-accept"}`: "url",
		`{"kind": "webhook", "url": "https://a.example", "secret": "short"}`:                "secret",
		`{"kind": "slack", "url": "https://a.example", "allow_private": "yes"}`:             "allow_private",
		`{"kind": "slack", "url": "https://a.example", "allow_plaintext": "yes"}`:           "allow_plaintext",
		`{"kind": "slack", "url": "https://a.example", "channel": "#money"}`:                "channel",
	} {
		problems, err := New().Configure(t.Context(), sdk.Setup{Settings: []byte(settings), Dir: t.TempDir()})
		if err != nil || !slices.ContainsFunc(problems, func(p sdk.Problem) bool { return p.Key == key && p.Text != "" && p.Cure != "" }) {
			t.Errorf("%s: %+v, %v", settings, problems, err)
		}
	}
}

func TestThroughTheWire(t *testing.T) {
	r := newReceiver(t)
	r.Server.Close()
	plain := httptest.NewServer(r.Config.Handler)
	t.Cleanup(plain.Close)
	client := plugintest.Configured(t, New(), `{"kind": "slack", "url": "`+plain.URL+`", "allow_private": "i-accept", "allow_plaintext": "i-accept"}`)
	q := plugintest.Request(1)
	q.Message.Card = &proto.Card{Fields: []*proto.Field{{Name: "Open", Value: "1,200.00 EUR"}}}
	for range 2 {
		answer, err := client.Send(t.Context(), q)
		if err != nil || answer.Outcome.State != proto.State_STATE_ACCEPTED {
			t.Fatal(answer, err)
		}
	}
	known, err := client.Lookup(t.Context(), &proto.LookupRequest{Key: q.Key})
	if err != nil || known.Outcome.State != proto.State_STATE_ACCEPTED || len(r.got()) != 1 {
		t.Errorf("%v, %v, %d cards", known, err, len(r.got()))
	}
	q.Key, q.Message.Attachments = "other", []*proto.Attachment{{Name: "a.xlsx", Type: "x"}}
	if answer, err := client.Send(t.Context(), q); err != nil || answer.Outcome.State != proto.State_STATE_REFUSED {
		t.Errorf("with an attachment: %v, %v", answer, err)
	}
}

func TestSignedWebhook(t *testing.T) {
	r := newReceiver(t)
	c := r.to(t, kindWebhook)
	send(t, c, message(7), sdk.Accepted)
	body, head := r.got()[0], r.heads[0]
	if err := Verify(testSecret, head, body, time.Now()); err != nil {
		t.Error(err)
	}
	for name, err := range map[string]error{
		"another secret": Verify(testSecret+"x", head, body, time.Now()),
		"another body":   Verify(testSecret, head, append(slices.Clone(body), ' '), time.Now()),
		"a copy later":   Verify(testSecret, head, body, time.Now().Add(ReplayWindow+2*time.Second)),
		"from to come":   Verify(testSecret, head, body, time.Now().Add(-ReplayWindow-2*time.Second)),
		"no headers":     Verify(testSecret, http.Header{}, body, time.Now()),
	} {
		if err == nil {
			t.Errorf("%s is taken", name)
		}
	}
	moved := head.Clone()
	moved.Set(HeaderTimestamp, "1")
	if Verify(testSecret, moved, body, time.Unix(1, 0)) == nil {
		t.Error("another timestamp is taken")
	}
	renamed := head.Clone()
	renamed.Set(HeaderKey, "task-1-8")
	if Verify(testSecret, renamed, body, time.Now()) == nil {
		t.Error("a copy under another key is taken")
	}
	var got map[string]any
	decode(t, body, &got)
	if got["key"] != "task-1-7" || head.Get(HeaderKey) != "task-1-7" || got["at"] != "2026-11-23T09:30:00Z" || got["subject"] != message(7).Subject {
		t.Errorf("%s", body)
	}
}

// TestAnswers: every class of every receiver.
func TestAnswers(t *testing.T) {
	r := newReceiver(t)
	type class struct {
		state sdk.State
		whole bool
		after time.Duration
	}
	n := 0
	for _, c := range []struct {
		kinds  string
		status int
		head   map[string]string
		body   string
		want   class
	}{
		{"teams slack webhook", 200, nil, "ok", class{sdk.Accepted, false, 0}},
		{"teams slack webhook", 202, nil, "", class{sdk.Accepted, false, 0}},
		{"teams", 200, nil, "1", class{sdk.Accepted, false, 0}},
		{"teams", 200, nil, "Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 429 with ContextId x", class{sdk.Retry, true, 0}},
		{"teams", 200, nil, "Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 413 with ContextId x", class{sdk.Refused, false, 0}},
		{"teams slack webhook", 302, map[string]string{"Location": "http://169.254.169.254/"}, "", class{sdk.Retry, true, restFor}},
		{"teams slack webhook", 400, nil, "invalid_payload", class{sdk.Refused, false, 0}},
		{"teams slack webhook", 413, nil, "", class{sdk.Refused, false, 0}},
		{"teams slack webhook", 401, nil, "", class{sdk.Retry, true, restFor}},
		{"teams slack webhook", 403, nil, "action_prohibited", class{sdk.Retry, true, restFor}},
		{"teams slack webhook", 404, nil, "no_service", class{sdk.Retry, true, restFor}},
		{"teams slack webhook", 410, nil, "channel_is_archived", class{sdk.Retry, true, restFor}},
		{"teams slack webhook", 429, map[string]string{"Retry-After": "17"}, "", class{sdk.Retry, true, 17 * time.Second}},
		{"teams slack webhook", 429, map[string]string{"Retry-After": "99999999999"}, "", class{sdk.Retry, true, 0}},
		{"teams slack webhook", 500, nil, "rollup_error", class{sdk.Retry, false, 0}},
		{"teams slack webhook", 503, map[string]string{"Retry-After": "3"}, "", class{sdk.Retry, false, 3 * time.Second}},
		{"teams slack", 502, nil, "", class{sdk.Uncertain, false, 0}},
		{"teams slack", 504, nil, "", class{sdk.Uncertain, false, 0}},
		{"webhook", 504, nil, "", class{sdk.Retry, false, 0}},
		{"webhook", 408, nil, "", class{sdk.Retry, false, 0}},
	} {
		for kind := range strings.FieldsSeq(c.kinds) {
			n++
			r.answers(c.status, c.head, c.body)
			sent := send(t, r.to(t, kind), message(n), c.want.state)
			if sent.WholeChannel != c.want.whole || sent.RetryAfter != min(c.want.after, longestRest) && c.head["Retry-After"] != "99999999999" {
				t.Errorf("%s, %d %q: %+v", kind, c.status, c.body, sent)
			}
		}
	}
	if got := len(r.got()); got != n {
		t.Errorf("%d requests for %d cards: something went twice, or followed a redirect", got, n)
	}
}

// TestNoAnswer: before a connection nothing left; after one Teams and Slack may
// have the card, and only a receiver that knows copies gets it again.
func TestNoAnswer(t *testing.T) {
	r := newReceiver(t)
	r.hangsUp()
	for kind, want := range map[string]sdk.State{kindTeams: sdk.Uncertain, kindSlack: sdk.Uncertain, kindWebhook: sdk.Retry} {
		c := r.to(t, kind)
		before := len(r.got())
		for range 2 {
			send(t, c, message(1), want)
		}
		tries := map[string]int{kindTeams: 1, kindSlack: 1, kindWebhook: 2}[kind]
		if got := len(r.got()) - before; got != tries {
			t.Errorf("%s: %d requests, want %d", kind, got, tries)
		}
	}
	r.Close()
	for _, kind := range []string{kindTeams, kindSlack, kindWebhook} {
		sent := send(t, r.to(t, kind), message(2), sdk.Retry)
		if strings.Contains(sent.Detail, r.URL) || !strings.Contains(sent.Detail, "cannot be reached") {
			t.Errorf("%s: %+v", kind, sent)
		}
	}
}

// TestCertificateThatNobodyKnows: nothing of the card is told.
func TestCertificateThatNobodyKnows(t *testing.T) {
	r := newReceiver(t)
	c := configured(t, kindSlack, r.URL, sdk.Setup{}, `, "allow_private": "i-accept"`)
	if sent := send(t, c, message(1), sdk.Retry); !strings.Contains(sent.Detail, "certificate") || len(r.got()) != 0 {
		t.Errorf("%+v", sent)
	}
}

func TestWellAgainAfterTheNextCard(t *testing.T) {
	r := newReceiver(t)
	c := r.to(t, kindSlack)
	r.answers(404, nil, "no_service")
	send(t, c, message(1), sdk.Retry)
	if err := c.Health(t.Context()); err == nil || !strings.Contains(err.Error(), "no_service") {
		t.Errorf("%v", err)
	}
	r.answers(200, nil, "ok")
	send(t, c, message(1), sdk.Accepted)
	if err := c.Health(t.Context()); err != nil {
		t.Error(err)
	}
}
