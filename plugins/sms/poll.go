package sms

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"holdfast/plugins/sdk"
	"holdfast/plugins/sdk/twilio"
)

const (
	// receiptDays is for how long a text's receipt is waited for: carriers give
	// up before.
	receiptDays = 3 * 24 * time.Hour
	// mostAsked is how many texts are asked for one by one in one poll.
	mostAsked = 50
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
	r, err := c.read(ctx, now)
	if err != nil {
		return err
	}
	noted := map[string]bool{}
	slices.SortStableFunc(r.found, func(a, b finding) int { return a.at.Compare(b.at) })
	for _, f := range r.found {
		if !c.noted[f.once] {
			if err := f.note(ctx); err != nil {
				return err
			}
		}
		noted[f.once] = true
	}
	c.noted, c.over = noted, r.over
	return c.record.SetMark(ctx, readMark, now.UTC().Format(time.RFC3339))
}

// finding is a row of the list that means something.
type finding struct {
	at   time.Time
	once string
	note func(context.Context) error
}

// reading is one reading of the provider's texts.
type reading struct {
	answers time.Time // since when they count
	listed  map[string]bool
	over    map[string]bool // texts of the last days whose receipt was found
	found   []finding
}

// read lists what is new: answers since the list was last read, and receipts of
// the last days. A text that was never sent has no day to be listed by, so those
// that were accepted and are not in the list are asked for one by one.
func (c *Channel) read(ctx context.Context, now time.Time) (*reading, error) {
	since, answers, err := c.horizon(ctx, now)
	if err != nil {
		return nil, err
	}
	r := &reading{answers: answers, listed: map[string]bool{}, over: map[string]bool{}}
	query := url.Values{"DateSent>": {since.UTC().Format(time.DateOnly)}}
	err = c.client.List(ctx, "Messages.json", "messages", query, func(raw json.RawMessage) error {
		var m resource
		if err := json.Unmarshal(raw, &m); err != nil {
			return err
		}
		return c.look(ctx, &m, r)
	})
	if err != nil {
		return nil, err
	}
	slices.Reverse(r.found) // the list has the newest first
	return r, c.record.Accepted(ctx, now.Add(-receiptDays), c.unlisted(ctx, r))
}

// unlisted asks for a text that was accepted and is not in the list, until its
// receipt is there.
func (c *Channel) unlisted(ctx context.Context, r *reading) func(key, sid string) error {
	asked := 0
	return func(_, sid string) error {
		if c.over[sid] {
			r.over[sid] = true
		}
		if asked == mostAsked || r.listed[sid] || r.over[sid] {
			return nil
		}
		asked++
		var m resource
		err := c.client.Get(ctx, "Messages/"+url.PathEscape(sid)+".json", nil, &m)
		var e *twilio.Error
		switch {
		case errors.As(err, &e) && e.Status == http.StatusNotFound: // deleted there, or another account's
			r.over[sid] = true
			return nil
		case err != nil:
			return err
		}
		return c.look(ctx, &m, r)
	}
}

// look notes what a text tells.
func (c *Channel) look(ctx context.Context, m *resource, r *reading) error {
	r.listed[m.SID] = true
	f, err := c.findingOf(ctx, m, r.answers)
	if err != nil || f.note == nil {
		return err
	}
	r.found = append(r.found, f)
	if !m.inbound() {
		r.over[m.SID] = true
	}
	return nil
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
		return finding{in.at, in.once(), func(ctx context.Context) error { return c.take(ctx, in) }}, nil
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
	return finding{r.at, r.once(), func(ctx context.Context) error { return c.note(ctx, r.once(), r.event(key)) }}, nil
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
