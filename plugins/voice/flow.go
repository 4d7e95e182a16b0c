package voice

import (
	"context"
	"strconv"
	"strings"

	"holdfast/plugins/sdk/twilio"
)

// tries is how often a question is asked.
const tries = 2

// patience is how many seconds a question waits for a key.
const patience = 8

// handlers are the webhooks of a call. Where the call stands is in the address
// that the provider asks next, what was said to it in the record, so that any
// process can answer.
func (c *Channel) handlers() map[string]twilio.Handler {
	return map[string]twilio.Handler{
		"/start": c.step(c.start), "/menu": c.step(c.menu), "/day": c.step(c.day), "/confirm": c.step(c.confirm),
		"/spoke": c.step(c.spoke), "/leg": c.step(c.leg), "/status": c.step(c.status),
	}
}

// step is a webhook of a call that goes on: verbs are what it does next. One
// that has ended, or is unknown, is hung up.
func (c *Channel) step(next func(context.Context, *call, twilio.Hook) ([]any, error)) twilio.Handler {
	return func(ctx context.Context, h twilio.Hook) ([]byte, error) {
		sid := h.Form.Get("ParentCallSid") // of the call to us
		if sid == "" {
			sid = h.Form.Get("CallSid")
		}
		k, err := c.claim(ctx, h.Query.Get("key"), sid)
		if err != nil {
			return nil, err
		}
		if k == nil {
			return document(hangup{})
		}
		verbs, err := next(ctx, k, h)
		if err != nil {
			return nil, err
		}
		return document(verbs...)
	}
}

// start is asked when somebody or something answers.
func (c *Channel) start(ctx context.Context, k *call, h twilio.Hook) ([]any, error) {
	by := h.Form.Get("AnsweredBy")
	if by == "" {
		by = "unknown"
	}
	k, err := c.change(ctx, k.Key, func(k *call) { k.AnsweredBy = by })
	if err != nil || k == nil {
		return []any{hangup{}}, err
	}
	switch {
	case c.leaves(k):
		return []any{c.say(k, k.Said.Machine), hangup{}}, nil
	case by == "fax" || machine(by):
		return []any{hangup{}}, nil
	case !k.choices():
		return []any{c.say(k, k.Said.Script), c.say(k, k.Said.Goodbye), hangup{}}, nil
	}
	return c.ask(k, 1, k.Said.Script), nil
}

// machine reports whether an answering machine has answered: machine_start, or
// machine_end_beep, _silence or _other.
func machine(by string) bool { return strings.HasPrefix(by, "machine_") }

// leaves reports whether something is left with the machine that has answered.
func (c *Channel) leaves(k *call) bool {
	return machine(k.AnsweredBy) && c.settings.Machine == leave && k.Said.Machine != ""
}

// choices reports whether there is anything to press a key for.
func (k *call) choices() bool {
	return k.Said.LinkText != "" || k.Said.AskDay != "" || k.Said.SpeakSaid != ""
}

// ask says something and then the menu, for the nth time.
func (c *Channel) ask(k *call, n int, first string) []any {
	return c.question(k, 1, c.address("/menu", k.Key, "n", strconv.Itoa(n)), first, k.Said.Menu)
}

// question says texts and waits for keys, which action gets. Silence is sent
// there too.
func (c *Channel) question(k *call, digits int, action string, texts ...string) []any {
	g := gather{Input: "dtmf", Digits: digits, Timeout: patience, Action: action, Method: "POST"}
	for _, text := range texts {
		if text == "" {
			continue
		}
		if len(g.Says) > 0 {
			g.Says = append(g.Says, pause{Length: 1})
		}
		g.Says = append(g.Says, c.say(k, text))
	}
	return []any{g, redirect{Method: "POST", URL: action + "&silent=1"}}
}

// say is one text in the language of the call.
func (c *Channel) say(k *call, text string) say {
	s, _ := c.settings.speaker(k.Language) // Send has refused a language without one
	return say{Language: s.language, Voice: s.voice, Text: text}
}

// goodbye says texts and ends the call.
func (c *Channel) goodbye(k *call, texts ...string) []any {
	var verbs []any
	for _, text := range append(texts, k.Said.Goodbye) {
		if text != "" {
			verbs = append(verbs, c.say(k, text))
		}
	}
	return append(verbs, hangup{})
}

// pressed are the keys that a webhook brings, and for which time it was asked.
func pressed(h twilio.Hook) (keys string, n int) {
	n, err := strconv.Atoi(h.Query.Get("n"))
	if err != nil {
		n = tries
	}
	if h.Query.Get("silent") == "" {
		keys = h.Form.Get("Digits")
	}
	return keys, n
}
