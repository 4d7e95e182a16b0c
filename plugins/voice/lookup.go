package voice

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"time"

	"holdfast/plugins/sdk"
	"holdfast/plugins/sdk/twilio"
)

// listed is a call as the provider lists it.
type listed struct {
	SID         string `json:"sid"`
	To          string `json:"to"`
	From        string `json:"from"`
	Status      string `json:"status"`
	Duration    string `json:"duration"`
	AnsweredBy  string `json:"answered_by"`
	DateCreated string `json:"date_created"` // RFC 2822
}

// clockSkew is how far the provider's clock may be from ours.
const clockSkew = time.Minute

// find looks for an uncertain call among the provider's. The Calls resource
// takes no key of ours, so it is told by both numbers and the time: it is the
// one that was made since and belongs to no other key.
func (c *Channel) find(ctx context.Context, key string, sent sdk.Sent) (sdk.Sent, error) {
	k, err := c.load(ctx, key)
	if err != nil || k == nil {
		return sent, err
	}
	if k.SID != "" {
		return c.found(ctx, k, k.SID)
	}
	candidates, err := c.unclaimed(ctx, k)
	switch {
	case err != nil:
		sent.Detail = "the provider's calls cannot be read: " + err.Error()
	case len(candidates) == 1:
		return c.found(ctx, k, candidates[0])
	case len(candidates) > 1:
		sent.Detail = fmt.Sprintf("the provider lists %d calls to %s since, any of which may be it", len(candidates), k.To)
	default:
		sent.Detail = fmt.Sprintf("the provider lists no call to %s since %s", k.To, k.Placed.UTC().Format(time.RFC3339))
	}
	return sent, nil
}

// found settles a call that the provider has.
func (c *Channel) found(ctx context.Context, k *call, sid string) (sdk.Sent, error) {
	known, err := c.claim(ctx, k.Key, sid)
	if err != nil || known == nil {
		return sdk.Sent{State: sdk.Uncertain, Detail: "it has ended meanwhile, or is another call"}, err
	}
	return c.record.Lookup(ctx, k.Key, time.Time{})
}

// unclaimed lists the calls to a number that were made since one was placed and
// are no other key's. The provider lists the newest first.
func (c *Channel) unclaimed(ctx context.Context, k *call) ([]string, error) {
	var sids []string
	since := k.Placed.Add(-clockSkew).Truncate(time.Second)
	query := url.Values{"To": {k.To}, "From": {c.settings.From}}
	err := c.client.List(ctx, "Calls.json", "calls", query, func(raw json.RawMessage) error {
		var l listed
		if err := json.Unmarshal(raw, &l); err != nil {
			return err
		}
		made, err := time.Parse(time.RFC1123Z, l.DateCreated)
		if err == nil && made.Before(since) {
			return twilio.ErrEnough
		}
		if l.To != k.To || l.From != c.settings.From {
			return nil
		}
		other, err := c.record.KeyOf(ctx, l.SID)
		if err == nil && other == "" {
			sids = append(sids, l.SID)
		}
		return err
	})
	return sids, err
}
