package voice

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"holdfast/plugins/sdk"
	"holdfast/plugins/sdk/twilio"
)

// The codes of outcomes, as the engine knows them.
const (
	reached   = "reached"
	noAnswer  = "no_answer"
	voicemail = "voicemail"
	promised  = "promised"
	callBack  = "call_back"
)

// outcome is how a call ended.
type outcome struct {
	Code   string
	Day    string // that was promised
	Detail string
}

// tell makes the one event of a call's outcome; whatever comes later is not told.
func (c *Channel) tell(ctx context.Context, k *call, o outcome) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	k, err := c.load(ctx, k.Key)
	if err != nil || k == nil || k.Told != "" {
		return err
	}
	k.Told = o.Code
	text, err := k.text()
	if err != nil {
		return err
	}
	return c.record.AddWithMark(ctx, "outcome:"+k.SID, c.event(k, o), markOf(k.Key), text)
}

// end forgets a call, and tells its outcome where that was not told.
func (c *Channel) end(ctx context.Context, k *call, o outcome) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	k, err := c.load(ctx, k.Key)
	if err != nil || k == nil {
		return err
	}
	var e sdk.Event
	if k.Told == "" {
		e = c.event(k, o)
	}
	if err := c.record.AddWithMark(ctx, "outcome:"+k.SID, e, markOf(k.Key), ""); err != nil {
		return err
	}
	delete(c.open, k.Key)
	return nil
}

func (c *Channel) event(k *call, o outcome) sdk.Event {
	if k.Link != "" && !strings.Contains(o.Detail, k.Link) {
		o.Detail += "; " + k.Link
	}
	return sdk.Event{
		Kind: sdk.CallOutcome, Key: k.Key, Address: k.To, At: c.now(), ProviderID: k.SID, Code: o.Code, Day: o.Day, Detail: o.Detail,
	}
}

// status hears how a call has ended.
func (c *Channel) status(ctx context.Context, k *call, h twilio.Hook) ([]any, error) {
	return nil, c.ended(ctx, k, h.Form.Get("CallStatus"), h.Form.Get("AnsweredBy"), seconds(h.Form.Get("CallDuration")))
}

// ended takes a call's final status; any other one is no end.
func (c *Channel) ended(ctx context.Context, k *call, status, by string, length int) error {
	if !slices.Contains([]string{"completed", "busy", "no-answer", "failed", "canceled"}, status) {
		return nil
	}
	if k.AnsweredBy == "" {
		k.AnsweredBy = by
	}
	if status == "failed" {
		bounce := c.event(k, outcome{Detail: "the number could not be connected"})
		bounce.Kind = sdk.BouncedSoft
		if err := c.record.Add(ctx, "failed:"+k.SID, bounce); err != nil {
			return err
		}
	}
	return c.end(ctx, k, c.outcomeOf(k, status, length))
}

// outcomeOf words the end of a call that has told nothing before.
func (c *Channel) outcomeOf(k *call, status string, length int) outcome {
	took := fmt.Sprintf("; %d s", length)
	switch {
	case status != "completed":
		return outcome{Code: noAnswer, Detail: map[string]string{
			"busy": "the line was busy", "no-answer": "nobody answered", "failed": "the number could not be connected", "canceled": "the call was cancelled",
		}[status]}
	case k.AnsweredBy == "fax":
		return outcome{Code: noAnswer, Detail: "a fax machine answered"}
	case c.leaves(k):
		return outcome{Code: voicemail, Detail: "an answering machine; the message was left" + took}
	case machine(k.AnsweredBy):
		return outcome{Code: voicemail, Detail: "an answering machine; nothing was left"}
	case k.Connected:
		return outcome{Code: reached, Detail: "spoke to us" + took}
	case k.Dialled:
		return outcome{Code: callBack, Detail: "wanted to speak to us and hung up before somebody answered"}
	case k.Link != "":
		return outcome{Code: reached, Detail: "pressed 1: " + k.Link + took}
	case k.Named != "":
		return outcome{Code: reached, Detail: "entered the day " + k.Named + " and did not confirm it" + took}
	case k.Keys != "":
		return outcome{Code: reached, Detail: "pressed " + k.Keys + took}
	case k.AnsweredBy == "human":
		return outcome{Code: reached, Detail: "a person answered and pressed no key" + took}
	}
	return outcome{Code: noAnswer, Detail: "it was answered, perhaps by a machine; no key was pressed" + took}
}
