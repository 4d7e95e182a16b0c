package sms

import (
	"context"
	"fmt"
	"log"
	"time"

	"holdfast/plugins/sdk"
	"holdfast/plugins/sdk/twilio"
)

// lateAnswer is how long after a STOP or HELP it is still answered. The
// confirmation of a STOP is due within five minutes.
const lateAnswer = 5 * time.Minute

// answerPatience is how long an answer may take while the provider waits for
// that of the webhook, 15 seconds in all.
const answerPatience = 10 * time.Second

// answerKeys begin the keys of our answers in the record.
const answerKeys = "answer:"

// inbound is a text from somebody.
type inbound struct {
	sid, from, to string
	body          string
	told          string // OptOutType, where the provider has read it
	pictures      string // how many
	at            time.Time
}

// handlers are the webhooks by their paths.
func (c *Channel) handlers() map[string]twilio.Handler {
	return map[string]twilio.Handler{statusPath: c.onStatus, inboundPath: c.onInbound}
}

// onInbound takes the webhook of a text from somebody.
func (c *Channel) onInbound(ctx context.Context, h twilio.Hook) ([]byte, error) {
	f := h.Form
	in := inbound{
		sid: f.Get("MessageSid"), from: f.Get("From"), to: f.Get("To"), body: f.Get("Body"),
		told: f.Get("OptOutType"), pictures: f.Get("NumMedia"), at: c.now(),
	}
	if in.sid == "" || in.from == "" {
		return nil, nil
	}
	return nil, c.take(ctx, in)
}

// take keeps what somebody wrote, then answers STOP and HELP where that is ours
// to do.
func (c *Channel) take(ctx context.Context, in inbound) error {
	if err := c.record.Add(ctx, in.once(), in.event()); err != nil {
		return err
	}
	if c.settings.OptOut == byUs && c.now().Sub(in.at) < lateAnswer {
		c.reply(ctx, in)
	}
	return nil
}

func (in *inbound) once() string { return "inbound:" + in.sid }

// event is an opt-out, or an answer that somebody else reads.
func (in *inbound) event() sdk.Event {
	e := sdk.Event{Kind: sdk.Replied, Address: in.from, At: in.at, ProviderID: in.sid, Text: in.body}
	if wordOf(in.body, in.told) == stop {
		e.Kind = sdk.OptedOut
	}
	if in.pictures != "" && in.pictures != "0" {
		e.Detail = "with pictures: " + in.pictures
	}
	return e
}

// reply answers a STOP or a HELP once a day for each number, so that two machines
// cannot talk to each other for ever. An answer that fails is not sent again.
func (c *Channel) reply(ctx context.Context, in inbound) {
	words := map[word]struct{ name, body string }{stop: {"stop", c.settings.StopText}, help: {"help", c.settings.HelpText}}
	answer, asked := words[wordOf(in.body, in.told)]
	if !asked {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, answerPatience)
	defer cancel()
	key := fmt.Sprintf("%s%s:%s:%s", answerKeys, answer.name, in.from, in.at.UTC().Format(time.DateOnly))
	sent, err := c.record.Send(ctx, key, func() sdk.Sent {
		m, err := c.create(ctx, "", in.to, text{to: in.from, body: answer.body})
		if err != nil {
			return twilio.SentOf(err)
		}
		return sdk.Sent{State: sdk.Accepted, ProviderID: m.SID}
	})
	switch {
	case err != nil:
		log.Printf("the answer to %s of %s: %v", answer.name, in.from, err)
	case sent.State != sdk.Accepted:
		log.Printf("the answer to %s of %s did not leave: %s", answer.name, in.from, sent.Detail)
	}
}
