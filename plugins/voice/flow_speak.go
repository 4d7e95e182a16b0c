package voice

import (
	"context"
	"fmt"

	"holdfast/plugins/sdk/twilio"
)

// ringUs is how many seconds it rings at our own number.
const ringUs = 30

// speak connects the caller to somebody of ours, or says that somebody calls
// back.
func (c *Channel) speak(ctx context.Context, k *call) ([]any, error) {
	if k.Said.SpeakTo == "" {
		return c.goodbye(k, k.Said.SpeakSaid), c.tell(ctx, k, outcome{Code: callBack, Detail: "asked to be called back"})
	}
	k, err := c.change(ctx, k.Key, func(k *call) { k.Dialled = true })
	if err != nil || k == nil {
		return []any{hangup{}}, err
	}
	return []any{c.say(k, k.Said.SpeakSaid), dial{
		Action: c.address("/spoke", k.Key), Method: "POST", CallerID: c.settings.From, Timeout: ringUs,
		Number: dialled{Callback: c.address("/leg", k.Key), Events: "answered", Method: "POST", Number: k.Said.SpeakTo},
	}}, nil
}

// leg hears that somebody of ours has answered.
func (c *Channel) leg(ctx context.Context, k *call, h twilio.Hook) ([]any, error) {
	if status := h.Form.Get("CallStatus"); status != "in-progress" && status != "completed" {
		return nil, nil
	}
	_, err := c.change(ctx, k.Key, func(k *call) { k.Connected = true })
	return nil, err
}

// spoke is asked when the connection to us has ended, or there was none.
func (c *Channel) spoke(ctx context.Context, k *call, h twilio.Hook) ([]any, error) {
	switch status := h.Form.Get("DialCallStatus"); status {
	case "completed", "answered":
		detail := fmt.Sprintf("spoke to us, %d s", seconds(h.Form.Get("DialCallDuration")))
		return []any{hangup{}}, c.tell(ctx, k, outcome{Code: reached, Detail: detail})
	default:
		return c.goodbye(k), c.tell(ctx, k, outcome{Code: callBack, Detail: fmt.Sprintf("wanted to speak to us; %s: %s", k.Said.SpeakTo, status)})
	}
}
