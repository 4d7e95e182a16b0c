package voice

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"holdfast/plugins/sdk/twilio"
)

const (
	// grace is how long the provider has to tell of the end of a call, and to
	// place it where it has many to place.
	grace = 5 * time.Minute
	// again is after how long it is asked once more.
	again = 5 * time.Minute
	// recalled is how far back calls without an end are looked for at a start.
	recalled = 3 * 24 * time.Hour
	// atOnce is how many calls are asked for in one go, and sweepWithin how long
	// that may keep events waiting.
	atOnce      = 20
	sweepWithin = 20 * time.Second
)

// recall finds the calls that had not ended when the channel was last at work.
func (c *Channel) recall(ctx context.Context) error {
	return c.record.Accepted(ctx, c.now().Add(-recalled), func(key, _ string) error {
		k, err := c.load(ctx, key)
		if err == nil && k != nil {
			c.expect(k)
		}
		return err
	})
}

// sweep asks the provider for calls that should have ended and of whose end no
// webhook came.
func (c *Channel) sweep(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, sweepWithin)
	defer cancel()
	var failed []error
	for _, key := range c.overdue() {
		if err := c.askEnd(ctx, key); err != nil {
			failed = append(failed, fmt.Errorf("ask how call %s ended: %w", key, err))
		}
	}
	return errors.Join(failed...)
}

// overdue lists calls to ask for, and puts their next time off.
func (c *Channel) overdue() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	now := c.now()
	var keys []string
	for key, due := range c.open {
		if now.Before(due) {
			continue
		}
		if keys = append(keys, key); len(keys) > atOnce {
			return keys[:atOnce]
		}
		c.open[key] = now.Add(again)
	}
	return keys
}

// askEnd asks for the end of one call. One that the provider does not know ends
// without an answer.
func (c *Channel) askEnd(ctx context.Context, key string) error {
	k, err := c.load(ctx, key)
	if err != nil {
		return err
	}
	if k == nil || k.SID == "" {
		c.forget(key)
		return nil
	}
	var l listed
	err = c.client.Get(ctx, "Calls/"+k.SID+".json", nil, &l)
	var e *twilio.Error
	if errors.As(err, &e) && e.Status == http.StatusNotFound {
		return c.end(ctx, k, outcome{Code: noAnswer, Detail: "the provider does not know the call any more"})
	}
	if err != nil {
		return err
	}
	return c.ended(ctx, k, l.Status, l.AnsweredBy, seconds(l.Duration))
}

func (c *Channel) forget(key string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.open, key)
}
