package sms

import (
	"context"
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"time"

	"holdfast/plugins/sdk"
)

const (
	// receiptDays is for how long a text's receipt is waited for: carriers give
	// up before.
	receiptDays = 3 * 24 * time.Hour
	// overlap is how far before the last reading the list is read again.
	overlap = time.Hour
)

// Marks of the record: since when answers are ours to take, and until when the
// provider's list was read.
const (
	sinceMark = "answers since"
	readMark  = "list read"
)

// begin notes since when this channel hears: what people wrote before it was set
// up is not its business.
func (c *Channel) begin(ctx context.Context) error {
	since, err := c.record.Mark(ctx, sinceMark)
	if err != nil || since != "" {
		return err
	}
	return c.record.SetMark(ctx, sinceMark, c.now().UTC().Format(time.RFC3339))
}

// poll reads the provider's list where it is time: the only way to hear of
// anything without webhooks, and with them the way to hear of what they did not
// bring.
func (c *Channel) poll(ctx context.Context) error {
	c.polling.Lock()
	defer c.polling.Unlock()
	now := c.now()
	if !c.polled.IsZero() && now.Sub(c.polled) < c.settings.pollEvery {
		return nil
	}
	c.polled = now
	found, err := c.read(ctx, now)
	if err != nil {
		return err
	}
	noted := map[string]bool{}
	for _, f := range slices.Backward(found) { // the list has the newest first
		if !c.noted[f.once] {
			if err := f.note(ctx); err != nil {
				return err
			}
		}
		noted[f.once] = true
	}
	c.noted = noted
	return c.record.SetMark(ctx, readMark, now.UTC().Format(time.RFC3339))
}

// finding is a row of the list that means something.
type finding struct {
	once string
	note func(context.Context) error
}

// read lists what is new: receipts of the last days, and answers since the list
// was last read.
func (c *Channel) read(ctx context.Context, now time.Time) ([]finding, error) {
	since, answers, err := c.horizon(ctx, now)
	if err != nil {
		return nil, err
	}
	var found []finding
	query := url.Values{"DateSent>": {since.UTC().Format(time.DateOnly)}}
	err = c.client.List(ctx, "Messages.json", "messages", query, func(raw json.RawMessage) error {
		var m resource
		if err := json.Unmarshal(raw, &m); err != nil {
			return err
		}
		f, err := c.findingOf(ctx, &m, answers)
		if err == nil && f.note != nil {
			found = append(found, f)
		}
		return err
	})
	return found, err
}

// horizon is how far back the list is read, and since when answers count.
func (c *Channel) horizon(ctx context.Context, now time.Time) (since, answers time.Time, err error) {
	var marks [2]time.Time
	for i, name := range []string{sinceMark, readMark} {
		value, err := c.record.Mark(ctx, name)
		if err != nil {
			return since, answers, err
		}
		if value != "" {
			if marks[i], err = time.Parse(time.RFC3339, value); err != nil {
				return since, answers, err
			}
		}
	}
	answers = marks[0]
	since = now.Add(-receiptDays)
	if read := marks[1].Add(-overlap); !marks[1].IsZero() && read.Before(since) {
		since = read
	}
	return since, answers, nil
}

// findingOf reads a row: the receipt of a text of ours, or an answer to us.
func (c *Channel) findingOf(ctx context.Context, m *resource, answers time.Time) (finding, error) {
	if m.inbound() {
		in := inbound{sid: m.SID, from: m.From, to: m.To, body: m.Body, at: at(m.Sent)}
		if !c.ours(m) || in.at.Before(answers.Truncate(time.Second)) {
			return finding{}, nil
		}
		return finding{in.once(), func(ctx context.Context) error { return c.take(ctx, in) }}, nil
	}
	r := receipt{sid: m.SID, to: m.To, status: m.Status, code: m.Code, at: at(m.Updated)}
	if r.event("").Kind == 0 {
		return finding{}, nil
	}
	key, err := c.record.KeyOf(ctx, m.SID)
	if err != nil || key == "" || strings.HasPrefix(key, answerKeys) {
		return finding{}, err
	}
	if r.at.IsZero() {
		r.at = c.now()
	}
	return finding{r.once(), func(ctx context.Context) error { return c.note(ctx, r.once(), r.event(key)) }}, nil
}

// ours reports whether a text came to our sender. A messaging service has
// numbers that are not known here: what names no other service is taken for its.
func (c *Channel) ours(m *resource) bool {
	if c.settings.service() {
		return m.Service == c.settings.From || m.Service == ""
	}
	return m.To == c.settings.From
}

var _ sdk.Channel = (*Channel)(nil)
