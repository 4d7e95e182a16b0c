package sms

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"net/url"
	"strconv"
	"time"

	"holdfast/plugins/sdk"
	"holdfast/plugins/sdk/twilio"
)

// Paths of the webhooks below public_url. The provider is told of the first with
// each text, and of the second by whoever sets up the number.
const (
	statusPath  = "/status"
	inboundPath = "/inbound"
)

// handed is what is kept of a text before it leaves: by it one whose fate is not
// known is found among the provider's, whose API takes no key of ours.
type handed struct {
	To   string    `json:"to"`
	From string    `json:"from"`
	Body string    `json:"body"`
	At   time.Time `json:"at"`
}

func handedMark(key string) string { return "handed:" + key }

// hand gives a text to the provider.
func (c *Channel) hand(ctx context.Context, key string, t text) sdk.Sent {
	note, err := json.Marshal(handed{To: t.to, From: c.settings.From, Body: t.body, At: c.now()})
	if err == nil {
		err = c.record.SetMark(context.WithoutCancel(ctx), handedMark(key), string(note))
	}
	if err != nil {
		return sdk.Sent{State: sdk.Retry, Detail: "the record of what is sent cannot be written: " + err.Error()}
	}
	m, err := c.create(ctx, key, c.settings.From, t)
	if err != nil {
		return c.refusal(ctx, key, t, err)
	}
	return sdk.Sent{State: sdk.Accepted, ProviderID: m.SID, Detail: c.detail(t)}
}

// create makes a Message resource. from is the sender; key, where there is one,
// comes back with each receipt.
func (c *Channel) create(ctx context.Context, key, from string, t text) (resource, error) {
	form := url.Values{"To": {t.to}, "Body": {t.body}}
	if senderService.MatchString(from) {
		form.Set("MessagingServiceSid", from)
	} else {
		form.Set("From", from)
	}
	if c.listener != nil && key != "" {
		form.Set("StatusCallback", c.listener.Address(statusPath, url.Values{"key": {key}}))
	}
	if c.settings.validity > 0 {
		form.Set("ValidityPeriod", strconv.Itoa(int(c.settings.validity/time.Second)))
	}
	var m resource
	if err := c.client.Post(ctx, "Messages.json", form, &m); err != nil {
		return m, err
	}
	if m.SID == "" {
		return m, errors.New("the provider's answer names no message")
	}
	return m, nil
}

// refusal sorts why a text was not taken. Somebody who has stopped texts of this
// sender has opted out, whenever that was.
func (c *Channel) refusal(ctx context.Context, key string, t text, err error) sdk.Sent {
	var e *twilio.Error
	if errors.As(err, &e) && e.Code == twilio.CodeOptedOut {
		event := sdk.Event{Kind: sdk.OptedOut, Key: key, Address: t.to, At: c.now(), Detail: e.Error()}
		if err := c.record.Add(context.WithoutCancel(ctx), "refused:"+key, event); err != nil {
			return sdk.Sent{State: sdk.Retry, Detail: fmt.Sprintf("%v; this opt-out cannot be recorded: %v", e, err)}
		}
	}
	return twilio.SentOf(err)
}

// forget drops what was kept to find a text by.
func (c *Channel) forget(ctx context.Context, key string) {
	if err := c.record.SetMark(context.WithoutCancel(ctx), handedMark(key), ""); err != nil {
		log.Printf("what was kept of a text is still there: %v", err)
	}
}
