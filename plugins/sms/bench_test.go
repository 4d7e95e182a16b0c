package sms_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sync"
	"testing"
	"time"

	"holdfast/plugins/plugintest"
	"holdfast/plugins/proto"
	"holdfast/plugins/sdk/twilio/twiliotest"
	"holdfast/plugins/sms"
)

// bench is a channel before a server that plays Twilio, with a clock that the
// test moves.
type bench struct {
	t       *testing.T
	server  *twiliotest.Server
	dir     string
	set     map[string]any
	channel *sms.Channel
	client  proto.ChannelClient
	clock   *clock
}

// clock is moved by the test and read by server and channel.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) forward(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// receiverNumber is one that takes texts, and nobody's.
const receiverNumber = "+12025550142"

// opened starts a bench with settings beside the usual ones.
func opened(t *testing.T, more map[string]any) *bench {
	t.Helper()
	b := &bench{t: t, server: twiliotest.New(), dir: t.TempDir(), clock: &clock{now: time.Now()}}
	b.server.Now = b.clock.Now
	t.Cleanup(b.server.Close)
	b.set = map[string]any{
		"account_sid": twiliotest.AccountSID, "auth_token": twiliotest.AuthToken, "base_url": b.server.URL, "from": twiliotest.Number,
		"price_per_segment": "0.0079 USD",
	}
	for key, value := range more {
		b.set[key] = value
	}
	b.start()
	t.Cleanup(b.stop)
	return b
}

// hooked is opened with webhooks.
func hooked(t *testing.T, more map[string]any) *bench {
	t.Helper()
	listen := twiliotest.FreeAddress(t)
	set := map[string]any{"listen": listen, "public_url": "http://" + listen + "/hooks"}
	for key, value := range more {
		set[key] = value
	}
	b := opened(t, set)
	b.server.Inbound = "http://" + listen + "/hooks/inbound"
	b.events("") // webhooks are taken from now on
	return b
}

// start configures a channel on the bench's folder, as a process would begin.
func (b *bench) start() {
	b.t.Helper()
	b.channel = sms.New().(*sms.Channel)
	b.channel.SetNow(b.clock.Now)
	b.client = plugintest.Wire(b.t, b.channel)
	answer, err := b.client.Configure(b.t.Context(), &proto.ConfigureRequest{Settings: b.settings(), WorkFolder: b.dir})
	if err != nil {
		b.t.Fatal(err)
	}
	for _, p := range answer.Problems {
		b.t.Fatalf("setting %q %s; %s", p.Key, p.Text, p.Cure)
	}
}

func (b *bench) settings() []byte {
	raw, err := json.Marshal(b.set)
	if err != nil {
		b.t.Fatal(err)
	}
	return raw
}

func (b *bench) stop() {
	if err := b.channel.Close(); err != nil {
		b.t.Error(err)
	}
}

// restart ends the channel and starts it on the same folder.
func (b *bench) restart() {
	b.t.Helper()
	b.stop()
	b.start()
}

// request is a text of n to a receiver.
func request(n int, to, body string) *proto.SendRequest {
	r := plugintest.Request(n)
	r.Message.Html, r.Message.Text = "", body
	r.Message.To = []*proto.Mailbox{{Name: fmt.Sprintf("Customer %d", n), Address: to}}
	return r
}

func (b *bench) send(n int, to, body string) *proto.Outcome {
	b.t.Helper()
	return b.sent(request(n, to, body))
}

func (b *bench) sent(r *proto.SendRequest) *proto.Outcome {
	b.t.Helper()
	answer, err := b.client.Send(b.t.Context(), r)
	if err != nil {
		b.t.Fatal(err)
	}
	return answer.Outcome
}

func (b *bench) lookup(n int) *proto.Outcome {
	b.t.Helper()
	answer, err := b.client.Lookup(b.t.Context(), &proto.LookupRequest{Key: key(n), HandedAt: time.Now().Format(time.RFC3339Nano)})
	if err != nil {
		b.t.Fatal(err)
	}
	return answer.Outcome
}

func key(n int) string { return plugintest.Request(n).Key }

// events reads all events after a cursor.
func (b *bench) events(cursor string) []*proto.Event {
	b.t.Helper()
	stream, err := b.client.Events(b.t.Context(), &proto.EventsRequest{Cursor: cursor})
	if err != nil {
		b.t.Fatal(err)
	}
	var list []*proto.Event
	for {
		e, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			return list
		}
		if err != nil {
			b.t.Fatal(err)
		}
		list = append(list, e)
	}
}

// told writes events for comparing: kind, key, address, text and detail.
func told(list []*proto.Event) []string {
	var out []string
	for _, e := range list {
		n := ""
		for i := range 100 {
			if e.Key == key(i) {
				n = fmt.Sprint(i)
			}
		}
		if n == "" {
			n = e.Key
		}
		out = append(out, fmt.Sprintf("%s|%s|%s|%s|%s", e.Kind.String()[len("EVENT_KIND_"):], n, e.Address, e.Text, e.Detail))
	}
	return out
}

// as fails unless events are as wanted.
func (b *bench) as(what string, got []*proto.Event, want ...string) {
	b.t.Helper()
	if have := told(got); fmt.Sprint(have) != fmt.Sprint(want) || len(have) != len(want) {
		b.t.Errorf("%s:\n got %q\nwant %q", what, have, want)
	}
}

// is fails unless an outcome has a state.
func (b *bench) is(o *proto.Outcome, state proto.State) *proto.Outcome {
	b.t.Helper()
	if o.State != state {
		b.t.Errorf("%s: %s, want %s", o.State, o.Detail, state)
	}
	return o
}

const (
	accepted  = proto.State_STATE_ACCEPTED
	refused   = proto.State_STATE_REFUSED
	retry     = proto.State_STATE_RETRY
	uncertain = proto.State_STATE_UNCERTAIN
)
