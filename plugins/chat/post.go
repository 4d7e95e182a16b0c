package chat

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strconv"
	"sync/atomic"
	"time"

	"holdfast/plugins/sdk"
)

// patience is how long a receiver may take to answer, and readMost how much of
// its answer is read.
const (
	patience = 30 * time.Second
	readMost = 8 << 10
)

// post hands a card over, once.
func (c *Channel) post(ctx context.Context, key string, body []byte) sdk.Sent {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	var connected atomic.Bool // from here on the receiver may have the card
	trace := &httptrace.ClientTrace{GotConn: func(httptrace.GotConnInfo) { connected.Store(true) }}
	req, err := http.NewRequestWithContext(httptrace.WithClientTrace(ctx, trace), http.MethodPost, c.set.URL, bytes.NewReader(body))
	if err != nil {
		return sdk.Sent{State: sdk.Refused, Detail: "the address cannot be used"}
	}
	req.GetBody = nil // nothing goes twice behind our back
	req.Header.Set("Content-Type", "application/json; charset=utf-8")
	req.Header.Set("User-Agent", "holdfast/"+Version)
	if c.set.Kind == kindWebhook {
		stamp := strconv.FormatInt(time.Now().Unix(), 10)
		req.Header.Set(HeaderKey, key)
		req.Header.Set(HeaderTimestamp, stamp)
		req.Header.Set(HeaderSignature, sign(c.set.Secret, stamp, body))
	}
	resp, err := c.client.Do(req)
	if err != nil {
		return c.unanswered(err, connected.Load())
	}
	defer resp.Body.Close()
	said, err := io.ReadAll(io.LimitReader(resp.Body, readMost))
	if err != nil && c.set.Kind == kindTeams && resp.StatusCode < 300 {
		// Teams says in the body whether it was taken.
		return c.unanswered(err, true)
	}
	a := read{status: resp.StatusCode, retryAfter: resp.Header.Get("Retry-After"), body: string(said)}
	return outcome(a, c.repeatable(), time.Now())
}

// repeatable reports whether the receiver knows copies by their key.
func (c *Channel) repeatable() bool { return c.set.Kind == kindWebhook }

// unanswered is for a request without an answer. Before there was a connection
// nothing left. After that a receiver that knows copies gets it again.
func (c *Channel) unanswered(err error, connected bool) sdk.Sent {
	why := withoutURL(err)
	if p, ok := isPrivate(err); ok {
		return whole(p.Error()+`; set url to a public address, or allow_private = "i-accept"`, restFor)
	}
	switch {
	case !connected:
		return sdk.Sent{State: sdk.Retry, Detail: "the receiver cannot be reached: " + why}
	case c.repeatable():
		return sdk.Sent{State: sdk.Retry, Detail: "the receiver did not answer, and gets the same key again: " + why}
	}
	return sdk.Sent{State: sdk.Uncertain, Detail: "the receiver did not answer: " + why}
}

// withoutURL leaves the address out, which is a secret.
func withoutURL(err error) string {
	var u *url.Error
	if errors.As(err, &u) {
		if u.Timeout() {
			return fmt.Sprintf("no answer within %s", patience)
		}
		return u.Err.Error()
	}
	return err.Error()
}
