package voice

import (
	"context"
	"net/url"
	"strings"
	"time"

	"holdfast/plugins/sdk"
	"holdfast/plugins/sdk/twilio"
)

// menu does what a key asks for.
func (c *Channel) menu(ctx context.Context, k *call, h twilio.Hook) ([]any, error) {
	keys, n := pressed(h)
	k, err := c.change(ctx, k.Key, func(k *call) { k.press(keys) })
	if err != nil || k == nil {
		return []any{hangup{}}, err
	}
	switch {
	case keys == "1" && k.Said.LinkText != "":
		return c.link(ctx, k)
	case keys == "2" && k.Said.AskDay != "":
		return c.askDay(k, 1, ""), nil
	case keys == "3" && k.Said.SpeakSaid != "":
		return c.speak(ctx, k)
	case n < tries:
		return c.ask(k, n+1, k.Said.NotUnderstood), nil
	}
	return c.goodbye(k, k.Said.NotUnderstood), nil
}

// press notes a key of the menu. One that comes again is the same webhook, or as
// good as.
func (k *call) press(key string) {
	if !strings.HasSuffix(k.Keys, key) {
		k.Keys += key
	}
}

// linkWithin is how long sending the link may take: the provider waits 15
// seconds for what to say next.
const linkWithin = 10 * time.Second

// link sends the text message with the link, once in a call. Where it cannot be
// sent somebody speaks to the caller instead.
func (c *Channel) link(ctx context.Context, k *call) ([]any, error) {
	within, cancel := context.WithTimeout(ctx, c.within)
	defer cancel()
	sent, err := c.record.Send(within, "link:"+k.Key, func() sdk.Sent { return c.text(within, k) })
	if err != nil {
		return nil, err
	}
	became := map[sdk.State]string{
		sdk.Accepted: "the link was sent", sdk.Uncertain: "the link may have been sent: " + sent.Detail,
	}[sent.State]
	if became == "" {
		became = "the link could not be sent: " + sent.Detail
	}
	k, err = c.change(ctx, k.Key, func(k *call) { k.Link = became })
	if err != nil || k == nil {
		return []any{hangup{}}, err
	}
	switch {
	case sent.State == sdk.Accepted || sent.State == sdk.Uncertain:
		return c.goodbye(k, k.Said.LinkSent), nil
	case k.Said.SpeakSaid != "":
		return c.speak(ctx, k)
	}
	return c.goodbye(k), c.tell(ctx, k, outcome{Code: callBack, Detail: became})
}

// text sends the link to the number that was called.
func (c *Channel) text(ctx context.Context, k *call) sdk.Sent {
	form := url.Values{"To": {k.To}, "Body": {k.Said.LinkText}}
	if serviceSID.MatchString(c.settings.SMSFrom) {
		form.Set("MessagingServiceSid", c.settings.SMSFrom)
	} else {
		form.Set("From", c.settings.SMSFrom)
	}
	var answer struct {
		SID    string `json:"sid"`
		Status string `json:"status"`
	}
	if err := c.client.Post(ctx, "Messages.json", form, &answer); err != nil {
		return twilio.SentOf(err)
	}
	return sdk.Sent{State: sdk.Accepted, ProviderID: answer.SID, Detail: answer.Status}
}
