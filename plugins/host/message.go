package host

import (
	"time"

	"holdfast/engine/outbox"
	"holdfast/plugins/proto"
)

// RequestOf is a message as a channel is handed it.
func RequestOf(m outbox.Message) *proto.SendRequest {
	msg := &proto.Message{
		From: mailboxOf(m.From), ReplyTo: m.ReplyTo, Subject: m.Subject, Text: m.Text, Html: m.HTML,
		Date: m.Date.Format(time.RFC3339Nano), Language: m.Language, Reference: m.Reference, Postal: m.Postal,
		Tag: m.Tag, Thread: m.Thread, Unsubscribe: m.Unsubscribe, Purpose: string(m.Purpose),
		Letter: letterOf(m.Letter), Call: callOf(m.Call), Card: cardOf(m.Card),
	}
	for _, to := range m.To {
		msg.To = append(msg.To, mailboxOf(to))
	}
	for _, cc := range m.Cc {
		msg.Cc = append(msg.Cc, mailboxOf(cc))
	}
	for _, a := range m.Attachments {
		msg.Attachments = append(msg.Attachments, &proto.Attachment{Name: a.Name, Type: a.Type, Data: a.Data, ContentId: a.ContentID})
	}
	return &proto.SendRequest{Key: string(m.Key), Message: msg}
}

func mailboxOf(m outbox.Mailbox) *proto.Mailbox {
	return &proto.Mailbox{Name: m.Name, Address: m.Address}
}

// sentOf reads an answer. What it does not understand is uncertain.
func sentOf(o *proto.Outcome, secrets []string) outbox.Sent {
	sent := outbox.Sent{
		State: outbox.Uncertain, ProviderID: tidy(o.GetProviderId(), secrets), Detail: tidy(o.GetDetail(), secrets),
	}
	switch o.GetState() {
	case proto.State_STATE_ACCEPTED:
		sent.State = outbox.Accepted
	case proto.State_STATE_REFUSED:
		sent.State = outbox.Refused
	case proto.State_STATE_RETRY:
		sent.State = outbox.Retry
		sent.WholeChannel = o.GetWholeChannel()
		after := max(0, min(o.GetRetryAfterMs(), maxRetryAfter.Milliseconds()))
		sent.RetryAfter = time.Duration(after) * time.Millisecond
	}
	return sent
}

// maxRetryAfter bounds how long a channel may put a message off at once.
const maxRetryAfter = 24 * time.Hour
