package sms

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"time"

	"holdfast/plugins/sdk"
	"holdfast/plugins/sdk/twilio"
)

const (
	// clockSkew is how far the provider's clock may be from ours.
	clockSkew = 2 * time.Minute
	// listedBy is by when a text that was taken is in the provider's list.
	listedBy = time.Minute
)

// find looks for an uncertain text among the provider's. The Messages resource
// takes no key of ours, so it is told by receiver, sender, words and time: one
// that was made since and belongs to no other key is it. One that is not found
// stays uncertain: a list that does not show it is no proof.
func (c *Channel) find(ctx context.Context, key string, sent sdk.Sent) (sdk.Sent, error) {
	c.finding.Lock()
	defer c.finding.Unlock()
	note, err := c.record.Mark(ctx, handedMark(key))
	if err != nil || note == "" {
		return sent, err
	}
	var h handed
	if err := json.Unmarshal([]byte(note), &h); err != nil {
		return sent, fmt.Errorf("what was kept of a text cannot be read: %w", err)
	}
	sid, err := c.listed(ctx, h)
	switch {
	case err != nil:
		sent.Detail = "the provider's list cannot be read: " + err.Error()
	case sid != "":
		found, err := c.claim(ctx, key, sid)
		if err == nil {
			c.forget(ctx, key)
		}
		return found, err
	case c.now().Sub(h.At) < listedBy:
		sent.Detail = fmt.Sprintf("the provider does not list a text to %s yet", h.To)
	default:
		sent.Detail = fmt.Sprintf("the provider lists no such text to %s since %s", h.To, h.At.UTC().Format(time.RFC3339))
	}
	return sent, nil
}

// mostTexts is how many texts to one number are looked at.
const mostTexts = 2000

// listed returns the SID of the oldest text that fits and belongs to no key,
// empty where there is none. A filter by the day would miss what the provider
// has not sent yet.
func (c *Channel) listed(ctx context.Context, h handed) (sid string, err error) {
	seen := 0
	err = c.client.List(ctx, "Messages.json", "messages", url.Values{"To": {h.To}}, func(raw json.RawMessage) error {
		if seen++; seen > mostTexts {
			return twilio.ErrEnough
		}
		var m resource
		if err := json.Unmarshal(raw, &m); err != nil || !h.fits(&m) {
			return err
		}
		key, err := c.record.KeyOf(ctx, m.SID)
		if err == nil && key == "" {
			sid = m.SID
		}
		return err
	})
	return sid, err
}

func (h *handed) fits(m *resource) bool {
	from := m.From == h.From || m.Service == h.From
	return from && !m.inbound() && m.To == h.To && strings.TrimSpace(m.Body) == strings.TrimSpace(h.Body) &&
		!at(m.Created).Before(h.At.Add(-clockSkew))
}

// claim notes that the provider has the text of a key.
func (c *Channel) claim(ctx context.Context, key, sid string) (sdk.Sent, error) {
	sent := sdk.Sent{State: sdk.Accepted, ProviderID: sid, Detail: "the provider has it"}
	return sent, c.record.Settle(ctx, key, sent)
}
