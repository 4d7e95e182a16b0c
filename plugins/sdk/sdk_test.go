package sdk

import (
	"context"
	"strings"
	"testing"
	"time"

	"holdfast/plugins/proto"
)

func TestDecodeNamesTheSetting(t *testing.T) {
	cases := []struct{ settings, key, says string }{
		{`{"dir": "a", "size": 3}`, "", ""},
		{``, "", ""},
		{`{"dri": "a"}`, "dri", "not a setting"},
		{`{"size": "three"}`, "size", "is a string, must be a int"},
		{`{"dir": `, "", "no JSON object"},
		{`[]`, "", "must be"},
		{`{} {}`, "", "followed by something else"},
	}
	for _, c := range cases {
		t.Run(c.settings, func(t *testing.T) {
			var into struct {
				Dir  string `json:"dir"`
				Size int    `json:"size"`
			}
			problems := Decode([]byte(c.settings), &into)
			if c.says == "" {
				if len(problems) > 0 {
					t.Errorf("%v", problems)
				}
				return
			}
			if len(problems) != 1 || problems[0].Key != c.key || !strings.Contains(problems[0].Text, c.says) || problems[0].Cure == "" {
				t.Errorf("%+v", problems)
			}
		})
	}
}

// TestKindsAreThoseOfTheContract: events cross the wire by their numbers.
func TestKindsAreThoseOfTheContract(t *testing.T) {
	kinds := map[EventKind]string{
		Delivered: "DELIVERED", BouncedHard: "BOUNCED_HARD", BouncedSoft: "BOUNCED_SOFT", Opened: "OPENED", Clicked: "CLICKED",
		Replied: "REPLIED", OptedOut: "OPTED_OUT", CallOutcome: "CALL_OUTCOME", Printed: "PRINTED", Posted: "POSTED",
	}
	for kind, name := range kinds {
		if got := proto.EventKind(kind).String(); got != "EVENT_KIND_"+name {
			t.Errorf("%d is %s, want %s", kind, got, name)
		}
	}
	if len(kinds) != len(proto.EventKind_name)-1 {
		t.Errorf("the contract has %d kinds", len(proto.EventKind_name)-1)
	}
}

// TestDecodeNamesTheSettingOfAPart: settings may be put together of parts.
func TestDecodeNamesTheSettingOfAPart(t *testing.T) {
	type login struct {
		User string `json:"user"`
	}
	var into struct {
		login
		Inner struct {
			Size int `json:"size"`
		} `json:"inner"`
	}
	for settings, key := range map[string]string{`{"user": {}}`: "user", `{"inner": {"size": "x"}}`: "inner.size"} {
		problems := Decode([]byte(settings), &into)
		if len(problems) != 1 || problems[0].Key != key {
			t.Errorf("%s: %+v, want the key %s", settings, problems, key)
		}
	}
}

func TestUnknownStateIsUncertain(t *testing.T) {
	for state, want := range map[State]proto.State{
		Accepted: proto.State_STATE_ACCEPTED, Refused: proto.State_STATE_REFUSED, Retry: proto.State_STATE_RETRY,
		Uncertain: proto.State_STATE_UNCERTAIN, 99: proto.State_STATE_UNCERTAIN,
	} {
		if got := outcomeOf(Sent{State: state}).State; got != want {
			t.Errorf("%d: %s, want %s", state, got, want)
		}
	}
}

// punctual notes until when it was given time.
type punctual struct {
	Base
	until time.Time
}

func (*punctual) Describe() About { return About{} }

func (p *punctual) Send(ctx context.Context, _ Message) (Sent, error) { return Sent{}, p.note(ctx) }

func (p *punctual) Lookup(ctx context.Context, _ string, _ time.Time) (Sent, error) {
	return Sent{}, p.note(ctx)
}

func (p *punctual) Health(ctx context.Context) error { return p.note(ctx) }

func (p *punctual) note(ctx context.Context) error {
	p.until, _ = ctx.Deadline()
	return nil
}

// TestTimeToAnswer: a channel's time ends before that of its host, which ends
// what has not answered.
func TestTimeToAnswer(t *testing.T) {
	p := new(punctual)
	s := server{channel: p}
	for name, call := range map[string]func(context.Context) error{
		"send": func(ctx context.Context) error {
			_, err := s.Send(ctx, &proto.SendRequest{Message: &proto.Message{Date: "2026-11-23T09:00:00Z"}})
			return err
		},
		"lookup": func(ctx context.Context) error { _, err := s.Lookup(ctx, &proto.LookupRequest{}); return err },
		"health": func(ctx context.Context) error { _, err := s.Health(ctx, &proto.HealthRequest{}); return err },
	} {
		deadline := time.Now().Add(time.Hour)
		ctx, cancel := context.WithDeadline(t.Context(), deadline)
		if err := call(ctx); err != nil || p.until != deadline.Add(-2*time.Second) {
			t.Errorf("%s has until %s, and its host waits until %s, %v", name, p.until, deadline, err)
		}
		cancel()
		if err := call(t.Context()); err != nil || !p.until.IsZero() {
			t.Errorf("%s without a deadline has until %s, %v", name, p.until, err)
		}
	}
}
