package sms

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"holdfast/plugins/sdk"
	"holdfast/plugins/sdk/twilio"
)

// dead are the errors of a receipt by which a number takes no texts at all:
// invalid, no mobile, unknown or out of service, a landline. All others may pass:
// 30003 is a telephone that is off, 30004 one that blocks, 30007 a filter, 30008
// nobody knows (www.twilio.com/docs/api/errors).
var dead = []int{21211, 21614, 30005, 30006}

// meanings are the provider's errors in words, for a person.
var meanings = map[int]string{
	21211: "the number is invalid", 21610: "the receiver has opted out", 21614: "the number is no mobile",
	30001: "the queue was full", 30002: "the account is suspended", 30003: "the telephone could not be reached",
	30004: "the message was blocked", 30005: "the number is unknown or out of service", 30006: "it is a landline or its carrier cannot be reached",
	30007: "the carrier filtered it", 30008: "the carrier does not say why", 30022: "too many for the sender's registration",
	30034: "the sender is not registered with the carriers", 30410: "the carrier's system took too long", 30610: "it is outside the hours that are allowed there",
}

// receipt is what became of a text.
type receipt struct {
	sid, to string
	status  string
	code    int
	at      time.Time
}

// event is what a receipt means; its kind is zero where that is nothing yet.
func (r receipt) event(key string) sdk.Event {
	e := sdk.Event{Key: key, Address: r.to, At: r.at, ProviderID: r.sid, Detail: r.status}
	if r.code != 0 {
		e.Detail = fmt.Sprintf("%s, error %d", r.status, r.code)
		if meaning := meanings[r.code]; meaning != "" {
			e.Detail += ": " + meaning
		}
	}
	switch r.status {
	case "delivered", "read":
		e.Kind = sdk.Delivered
	case "undelivered", "failed", "canceled":
		e.Kind = sdk.BouncedSoft
		if slices.Contains(dead, r.code) {
			e.Kind = sdk.BouncedHard
		}
		if r.code == twilio.CodeOptedOut {
			e.Kind = sdk.OptedOut
		}
	}
	return e
}

// once names the event of a receipt: the provider tells one several times, and
// its list shows it again.
func (r receipt) once() string { return fmt.Sprintf("receipt:%s:%d", r.sid, r.event("").Kind) }

// onStatus takes the webhook of a text's status. It also shows that the provider
// has the text, where nobody knew.
func (c *Channel) onStatus(ctx context.Context, h twilio.Hook) ([]byte, error) {
	r := receipt{sid: h.Form.Get("MessageSid"), to: h.Form.Get("To"), status: h.Form.Get("MessageStatus"), at: c.now()}
	r.code, _ = strconv.Atoi(h.Form.Get("ErrorCode")) // absent where there is none
	key := h.Query.Get("key")
	if r.sid == "" || key == "" {
		return nil, nil
	}
	sent, err := c.record.Lookup(ctx, key, c.now())
	if err == nil && sent.State == sdk.Uncertain {
		_, err = c.claim(ctx, key, r.sid)
	}
	if err != nil {
		return nil, err
	}
	return nil, c.note(ctx, r.once(), r.event(key))
}

// note keeps an event, where it is one.
func (c *Channel) note(ctx context.Context, once string, e sdk.Event) error {
	if e.Kind == 0 {
		return nil
	}
	return c.record.Add(ctx, once, e)
}
