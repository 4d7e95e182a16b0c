package voice

import (
	"context"
	"encoding/json"
	"fmt"
	"log"
	"time"

	"holdfast/plugins/sdk"
)

// call is what is known of one call. It is kept in the record from before the
// call is placed until the provider has told of its end, so that a new process
// goes on in the middle of it.
type call struct {
	Key      string
	To       string
	Language string
	Offset   int // seconds east of UTC, where the sender's day begins
	Said     sdk.Call
	Placed   time.Time

	SID        string // the provider's; empty: it has not answered
	AnsweredBy string // human, machine_…, fax or unknown; empty: not answered
	Keys       string // pressed in the menu, in their order
	Named      string // the day that was entered and not confirmed, 2026-12-31
	Link       string // what became of the text message with the link
	Dialled    bool   // somebody of ours was called
	Connected  bool   // and answered
	Told       string // the outcome that an event has told of
}

// markOf names the place of a call in the record.
func markOf(key string) string { return "call:" + key }

// load reads a call; nil where there is none, or it has ended.
func (c *Channel) load(ctx context.Context, key string) (*call, error) {
	text, err := c.record.Mark(ctx, markOf(key))
	if err != nil || text == "" {
		return nil, err
	}
	k := new(call)
	if err := json.Unmarshal([]byte(text), k); err != nil {
		return nil, fmt.Errorf("the record of call %s cannot be read: %w", key, err)
	}
	return k, nil
}

func (k *call) text() (string, error) {
	b, err := json.Marshal(k)
	return string(b), err
}

func (c *Channel) save(ctx context.Context, k *call) error {
	text, err := k.text()
	if err != nil {
		return err
	}
	return c.record.SetMark(ctx, markOf(k.Key), text)
}

// change edits a call in the record; nil where there is none.
func (c *Channel) change(ctx context.Context, key string, edit func(*call)) (*call, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	k, err := c.load(ctx, key)
	if err != nil || k == nil {
		return nil, err
	}
	edit(k)
	return k, c.save(ctx, k)
}

// claim notes the provider's name of a call that it speaks of; nil where the
// call has ended or is another one. A call that was uncertain is known from now
// on.
func (c *Channel) claim(ctx context.Context, key, sid string) (*call, error) {
	k, err := c.load(ctx, key)
	if err != nil || k == nil || sid == "" {
		return nil, err
	}
	if k.SID != "" && k.SID != sid {
		log.Printf("call %s is not the one of its key, which is %s: it is hung up", sid, k.SID)
		return nil, nil
	}
	if k.SID == "" {
		if k, err = c.change(ctx, key, func(k *call) { k.SID = sid }); err != nil || k == nil {
			return nil, err
		}
	}
	return k, c.known(ctx, k)
}

// known settles a call that was uncertain and is the provider's after all.
func (c *Channel) known(ctx context.Context, k *call) error {
	c.expect(k)
	sent, err := c.record.Lookup(ctx, k.Key, time.Time{})
	if err != nil || sent.State != sdk.Uncertain {
		return err
	}
	return c.record.Settle(ctx, k.Key, sdk.Sent{State: sdk.Accepted, ProviderID: k.SID, Detail: "the provider has called"})
}

// expect notes when to ask for the end of a call at the latest.
func (c *Channel) expect(k *call) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, ok := c.open[k.Key]; !ok {
		c.open[k.Key] = k.Placed.Add(c.settings.longest() + grace)
	}
}
