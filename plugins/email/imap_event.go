package email

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"holdfast/plugins/email/inbound"
	"holdfast/plugins/sdk"
)

// Bounds of what is told of one mail, in bytes.
const (
	maxAnswer = 16 << 10
	maxDetail = 1000
)

// name names a mail by what its sender has written into it, so that it is the
// same mail under another number, or in another folder.
func name(m inbound.Mail, raw []byte) string {
	what := raw
	if m.ID != "" {
		what = []byte(strings.Join([]string{m.ID, m.From, m.Subject, m.Date.UTC().Format(time.RFC3339)}, "\x00"))
	}
	sum := sha256.Sum256(what)
	return "mail " + hex.EncodeToString(sum[:])
}

// events is what a mail tells the host.
func (r *reader) events(ctx context.Context, m inbound.Mail, came time.Time) ([]sdk.Event, error) {
	key, err := r.key(ctx, m.Keys)
	if err != nil {
		return nil, err
	}
	e := sdk.Event{Key: key, Tag: m.Tag, Address: m.From, At: came.UTC(), Subject: cutText(m.Subject, maxDetail), Detail: m.Detail}
	ours := key != "" || m.Tag != ""
	switch m.Class {
	case inbound.BounceHard, inbound.BounceSoft, inbound.Delivered, inbound.Delayed:
		return r.reported(m, e), nil
	case inbound.Complaint:
		if !ours { // about another mail of the house
			return nil, nil
		}
		// Not the address that the report names, which anybody can write: the one
		// that the message went to, if it is ours.
		e.Kind, e.Address = sdk.OptedOut, ""
	case inbound.AutoReply:
		if key == "" {
			return nil, nil
		}
		e.Kind, e.Detail = sdk.Delivered, cutText("automatic answer: "+oneLine(m.Text), maxDetail)
	case inbound.Unsubscribe, inbound.Reply:
		if r.own(m.From) || !ours && m.Thread == "" && r.set.IMAPUnmatched == "ignore" {
			return nil, nil
		}
		e.Kind, e.Text = sdk.Replied, cutText(m.Text, maxAnswer)
		if m.Class == inbound.Unsubscribe {
			e.Kind, e.Text = sdk.OptedOut, ""
		}
	default:
		return nil, nil
	}
	return []sdk.Event{e}, nil
}

// reported makes an event of each address of a report about a mail of ours. A
// delay is none: the server still tries, and will report again.
func (r *reader) reported(m inbound.Mail, e sdk.Event) (list []sdk.Event) {
	if e.Key == "" && e.Tag == "" {
		return nil // about a mail that somebody else sent
	}
	kinds := map[inbound.Class]sdk.EventKind{
		inbound.BounceHard: sdk.BouncedHard, inbound.BounceSoft: sdk.BouncedSoft, inbound.Delivered: sdk.Delivered,
	}
	for _, to := range m.Recipients {
		if kind, ok := kinds[to.Class]; ok {
			e.Kind, e.Address, e.Subject = kind, to.Address, ""
			e.Detail = cutText(strings.TrimSpace(to.Status+" "+to.Detail), maxDetail)
			list = append(list, e)
		}
	}
	return list
}

// key returns the first key that this channel has sent under, or the likeliest:
// the record may have begun later than the mail was sent.
func (r *reader) key(ctx context.Context, keys []string) (string, error) {
	for _, key := range keys {
		sent, err := r.record.Lookup(ctx, key, time.Now())
		if err != nil {
			return "", fmt.Errorf("look up a key in the record: %w", err)
		}
		if sent.State != sdk.Retry { // which would mean that it never left
			return key, nil
		}
	}
	if len(keys) > 0 {
		return keys[0], nil
	}
	return "", nil
}

// own reports whether a mail comes from the mailbox itself.
func (r *reader) own(from string) bool {
	return from != "" && (strings.EqualFold(from, r.set.imapUser()) || strings.EqualFold(from, r.set.From))
}

// cutText returns at most n bytes of a text, whole characters of it.
func cutText(text string, n int) string {
	if len(text) <= n {
		return text
	}
	return strings.ToValidUTF8(text[:n], "")
}
