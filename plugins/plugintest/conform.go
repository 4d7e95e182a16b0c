package plugintest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"google.golang.org/grpc"

	"holdfast/plugins/conform"
	"holdfast/plugins/proto"
	"holdfast/plugins/sdk"
)

// Case is a channel with a place outside to which it sends.
type Case struct {
	New      func() sdk.Channel
	Settings string                  // right ones, for the place outside
	Arrived  func(testing.TB) []Mail // all that has arrived there
	Spoilt   map[string]string       // wrong settings, by the key that must be named
	Fields   any                     // a pointer to the struct of the settings; its keys are those of the schema
	Shape    func(*proto.Message)    // makes a message one that this medium carries; nil: it is a mail already
	Plain    bool                    // what arrives is a text alone: without subject, sender and attachments
}

// shaped hands every message over as its medium carries it.
type shaped struct {
	proto.ChannelClient
	shape func(*proto.Message)
}

// Send shapes the message and sends it.
func (s shaped) Send(ctx context.Context, r *proto.SendRequest, o ...grpc.CallOption) (*proto.SendResponse, error) {
	s.shape(r.Message)
	return s.ChannelClient.Send(ctx, r, o...)
}

// configured serves the case's channel.
func (c Case) configured(t *testing.T) proto.ChannelClient {
	t.Helper()
	client := Configured(t, c.New(), c.Settings)
	if c.Shape == nil {
		return client
	}
	return shaped{client, c.Shape}
}

// arrived reports whether a message arrived as it was sent.
func (c Case) arrived(m Mail, r *proto.SendRequest) bool {
	return m.Text == r.Message.Text && (c.Plain || m.Subject == r.Message.Subject)
}

// Conform runs every check; open makes a fresh case for each.
func Conform(t *testing.T, open func(testing.TB) Case) {
	checks := []struct {
		name string
		run  func(*testing.T, Case)
	}{
		{"describes itself", describes},
		{"names wrong settings", refusesSettings},
		{"sends", sends},
		{"sends one key twice", repeats},
		{"refuses header injection", refusesInjection},
		{"keeps Unicode", keepsUnicode},
		{"takes 5 MiB", takesLarge},
		{"sends at once", sendsAtOnce},
		{"looks up honestly", looksUp},
		{"ends its events", endsEvents},
		{"is well", isWell},
	}
	for _, check := range checks {
		t.Run(check.name, func(t *testing.T) { check.run(t, open(t)) })
	}
}

func describes(t *testing.T, c Case) {
	d, err := Wire(t, c.New()).Describe(t.Context(), &proto.DescribeRequest{})
	if err != nil {
		t.Fatal(err)
	}
	if d.Name == "" || d.Version == "" || d.Medium == "" || d.ContractVersion != proto.ContractVersion {
		t.Errorf("incomplete: %v", d)
	}
	var schema struct {
		Type       string
		Properties map[string]any
	}
	if err := json.Unmarshal(d.SettingsSchema, &schema); err != nil || schema.Type != "object" {
		t.Errorf("schema of the settings: %v, type %q", err, schema.Type)
	}
	var known []string
	for key := range schema.Properties {
		known = append(known, key)
	}
	slices.Sort(known)
	if keys := keysOf(c.Fields); !slices.Equal(keys, known) {
		t.Errorf("settings are %v, the schema says %v", keys, known)
	}
}

// keysOf returns the JSON names of the exported fields of a struct, sorted.
func keysOf(fields any) []string {
	var keys []string
	for _, f := range reflect.VisibleFields(reflect.TypeOf(fields).Elem()) {
		if f.IsExported() {
			name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			keys = append(keys, name)
		}
	}
	slices.Sort(keys)
	return keys
}

func refusesSettings(t *testing.T, c Case) {
	spoilt := map[string]string{"no_such_setting": `{"no_such_setting": 1}`}
	for key, settings := range c.Spoilt {
		spoilt[key] = settings
	}
	for key, settings := range spoilt {
		answer, err := Wire(t, c.New()).Configure(t.Context(), &proto.ConfigureRequest{Settings: []byte(settings)})
		if err != nil {
			t.Fatal(err)
		}
		found := false
		for _, p := range answer.Problems {
			found = found || p.Key == key && p.Text != "" && p.Cure != ""
		}
		if !found {
			t.Errorf("%s: no problem named %q with text and cure: %v", settings, key, answer.Problems)
		}
	}
}

func sends(t *testing.T, c Case) {
	client := c.configured(t)
	want(t, client, Request(1), proto.State_STATE_ACCEPTED)
	mails := c.Arrived(t)
	if len(mails) != 1 || !c.arrived(mails[0], Request(1)) {
		t.Errorf("arrived: %+v", mails)
	}
}

// repeats shows that a receiver which knows copies sees one message.
func repeats(t *testing.T, c Case) {
	client := c.configured(t)
	d, err := client.Describe(t.Context(), &proto.DescribeRequest{})
	if err != nil {
		t.Fatal(err)
	}
	if !d.Capabilities.GetRepeatable() {
		t.Skip("this channel does not claim that copies are recognised")
	}
	want(t, client, Request(1), proto.State_STATE_ACCEPTED)
	want(t, client, Request(1), proto.State_STATE_ACCEPTED)
	want(t, client, Request(2), proto.State_STATE_ACCEPTED)
	ids := make(map[string]bool)
	for _, m := range c.Arrived(t) {
		ids[m.ID] = true
	}
	if len(ids) != 2 {
		t.Errorf("two keys arrived under %d names", len(ids))
	}
}

func refusesInjection(t *testing.T, c Case) {
	client := c.configured(t)
	for name, change := range conform.Spoils() {
		if c.Plain && name != "address" {
			continue // this medium carries no such field
		}
		r := Request(1)
		change(r.Message)
		if o := send(t, client, r); o.State != proto.State_STATE_REFUSED {
			t.Errorf("%s: answered %s, not refused", name, o.State)
		}
	}
	if mails := c.Arrived(t); len(mails) != 0 {
		t.Errorf("arrived: %+v", mails)
	}
}

func keepsUnicode(t *testing.T, c Case) {
	client := c.configured(t)
	r := Request(1)
	r.Message.Subject = "Überfällig · Просрочено · 請求書 · €"
	r.Message.Text = "Ægir, Łódź, Ελλάδα, Київ\n"
	r.Message.To[0].Name = "Jürgen Ødegård"
	want(t, client, r, proto.State_STATE_ACCEPTED)
	mails := c.Arrived(t)
	if len(mails) != 1 || !c.arrived(mails[0], r) {
		t.Errorf("arrived: %+v", mails)
	}
}

func takesLarge(t *testing.T, c Case) {
	if c.Plain {
		t.Skip("this medium carries no attachments")
	}
	client := c.configured(t)
	r := Request(1)
	data := bytes.Repeat([]byte("0123456789abcdef"), 5<<20/16)
	r.Message.Attachments = []*proto.Attachment{{Name: "statement.xlsx", Type: "application/octet-stream", Data: data}}
	want(t, client, r, proto.State_STATE_ACCEPTED)
	mails := c.Arrived(t)
	if len(mails) != 1 || len(mails[0].Attachments) != 1 || !bytes.Equal(mails[0].Attachments[0], data) {
		t.Error("the attachment did not arrive whole")
	}
}

func sendsAtOnce(t *testing.T, c Case) {
	client := c.configured(t)
	var wg sync.WaitGroup
	for n := range 40 {
		wg.Go(func() { want(t, client, Request(n), proto.State_STATE_ACCEPTED) })
	}
	wg.Wait()
	if got := len(c.Arrived(t)); got != 40 {
		t.Errorf("%d of 40 arrived", got)
	}
}

// looksUp shows that no key is said to be accepted that was not.
func looksUp(t *testing.T, c Case) {
	client := c.configured(t)
	want(t, client, Request(1), proto.State_STATE_ACCEPTED)
	d, err := client.Describe(t.Context(), &proto.DescribeRequest{})
	if err != nil {
		t.Fatal(err)
	}
	known := lookup(t, client, Request(1).Key)
	if d.Capabilities.GetLookup() != (known == proto.State_STATE_ACCEPTED) {
		t.Errorf("a sent key is %s", known)
	}
	if unknown := lookup(t, client, Request(2).Key); unknown == proto.State_STATE_ACCEPTED {
		t.Error("a key never sent is said to be accepted")
	}
}

func endsEvents(t *testing.T, c Case) {
	client := c.configured(t)
	stream, err := client.Events(t.Context(), &proto.EventsRequest{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := stream.Recv(); !errors.Is(err, io.EOF) {
		t.Errorf("before anything was sent: %v", err)
	}
}

func isWell(t *testing.T, c Case) {
	client := c.configured(t)
	h, err := client.Health(t.Context(), &proto.HealthRequest{})
	if err != nil || !h.Ok {
		t.Errorf("health: %v, %v", h, err)
	}
}

func send(t *testing.T, client proto.ChannelClient, r *proto.SendRequest) *proto.Outcome {
	t.Helper()
	answer, err := client.Send(t.Context(), r)
	if err != nil {
		t.Errorf("send: %v", err)
		return nil
	}
	return answer.Outcome
}

func want(t *testing.T, client proto.ChannelClient, r *proto.SendRequest, state proto.State) {
	t.Helper()
	if o := send(t, client, r); o.GetState() != state {
		t.Errorf("answered %s (%s), want %s", o.GetState(), o.GetDetail(), state)
	}
}

func lookup(t *testing.T, client proto.ChannelClient, key string) proto.State {
	t.Helper()
	answer, err := client.Lookup(t.Context(), &proto.LookupRequest{Key: key})
	if err != nil {
		t.Fatal(err)
	}
	return answer.Outcome.State
}
