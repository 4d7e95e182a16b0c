package voice

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"holdfast/plugins/sdk"
	"holdfast/plugins/sdk/twilio"
)

// place asks the provider for a call. What is to be said is in the record before:
// the provider may ask for it before it answers.
func (c *Channel) place(ctx context.Context, m sdk.Message) sdk.Sent {
	quick := context.WithoutCancel(ctx)
	_, offset := m.Date.Zone()
	k := &call{Key: m.Key, To: m.To[0].Address, Language: m.Language, Offset: offset, Said: *m.Call, Placed: c.now()}
	if err := c.save(quick, k); err != nil {
		return sdk.Sent{State: sdk.Retry, Detail: "the record of calls cannot be written: " + err.Error()}
	}
	var answer struct {
		SID    string `json:"sid"`
		Status string `json:"status"`
	}
	err := c.client.Post(ctx, "Calls.json", c.form(k), &answer)
	if err == nil && answer.SID == "" {
		err = errors.New("the provider answered without the name of the call")
	}
	if err == nil {
		return c.placed(quick, k, answer.SID, answer.Status)
	}
	return c.notPlaced(quick, k, sentOf(err))
}

// placed notes a call that the provider has taken.
func (c *Channel) placed(ctx context.Context, k *call, sid, status string) sdk.Sent {
	sent := sdk.Sent{State: sdk.Accepted, ProviderID: sid, Detail: status}
	known, err := c.change(ctx, k.Key, func(k *call) { k.SID = sid })
	if err != nil {
		sent.Detail += "; this could not be recorded: " + err.Error()
	}
	if known != nil { // else it has ended already
		c.expect(known)
	}
	return sent
}

// notPlaced forgets a call that is none. An uncertain one is kept: its webhooks
// may come. Where they have come already it was placed, whatever was answered.
func (c *Channel) notPlaced(ctx context.Context, k *call, sent sdk.Sent) sdk.Sent {
	if known, err := c.load(ctx, k.Key); err == nil && known != nil && known.SID != "" {
		return sdk.Sent{State: sdk.Accepted, ProviderID: known.SID, Detail: "the provider has called"}
	}
	if sent.State != sdk.Uncertain {
		if err := c.record.SetMark(ctx, markOf(k.Key), ""); err != nil {
			sent.Detail += "; the record of calls cannot be written: " + err.Error()
		}
	}
	return sent
}

// form is the request for a call, www.twilio.com/docs/voice/api/call-resource.
func (c *Channel) form(k *call) url.Values {
	form := url.Values{
		"To": {k.To}, "From": {c.settings.From}, "Url": {c.address("/start", k.Key)}, "Method": {"POST"},
		"StatusCallback": {c.address("/status", k.Key)}, "StatusCallbackMethod": {"POST"}, "StatusCallbackEvent": {"completed"},
		"Timeout": {strconv.Itoa(c.settings.RingSeconds)}, "TimeLimit": {strconv.Itoa(c.settings.MaxMinutes * 60)},
		// Enable tells as soon as it is known who answers; DetectMessageEnd tells
		// of a machine at the end of its greeting.
		"MachineDetection": {"Enable"},
	}
	if c.settings.Machine == leave && k.Said.Machine != "" {
		form.Set("MachineDetection", "DetectMessageEnd")
	}
	return form
}

// address is where the provider asks on. The query names the call and what more
// the step needs, in pairs.
func (c *Channel) address(step, key string, more ...string) string {
	query := url.Values{"key": {key}}
	for pair := range slices.Chunk(more, 2) {
		query.Set(pair[0], pair[1])
	}
	return c.listener.Address(step, query)
}

// Errors of the Calls resource alone, www.twilio.com/docs/api/errors.
const (
	codeBadURL       = 21205 // Url is no address that the provider can use
	codeNotOurNumber = 21210 // From is neither the account's nor verified
	codeNoCountry    = 21215 // the account may not call there
)

// sentOf sorts what went wrong as every resource's, but for errors that only
// calls have.
func sentOf(err error) sdk.Sent {
	sent := twilio.SentOf(err)
	var e *twilio.Error
	if !errors.As(err, &e) {
		return sent
	}
	switch e.Code {
	case codeBadURL, codeNotOurNumber:
		return sdk.Sent{State: sdk.Retry, Detail: e.Error(), RetryAfter: 15 * time.Minute, WholeChannel: true}
	case codeNoCountry:
		return sdk.Sent{State: sdk.Retry, Detail: e.Error(), RetryAfter: time.Hour}
	}
	return sent
}

// seconds reads a duration as the provider tells it; 0 where it tells none.
func seconds(text string) int {
	n, err := strconv.Atoi(strings.TrimSpace(text))
	if err != nil {
		return 0
	}
	return n
}
