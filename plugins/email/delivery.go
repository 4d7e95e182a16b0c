package email

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"holdfast/plugins/sdk"
	"holdfast/plugins/sdk/eml"
)

// delivery is one message on its way to its recipient and to those who get a
// copy, each by a transaction of their own and all the same bytes.
type delivery struct {
	*Channel
	key      string
	mail     envelope // but for whom it goes to
	everyone []string // the recipient first
}

// newDelivery renders and signs m. An error is one of the message itself.
func (c *Channel) newDelivery(m sdk.Message) (*delivery, error) {
	raw, err := eml.Render(m)
	if err != nil {
		return nil, err
	}
	if raw, err = c.signer.sign(raw); err != nil {
		return nil, err
	}
	d := &delivery{Channel: c, key: m.Key, mail: envelope{from: c.settings.From, raw: raw, id: strings.Trim(eml.MessageID(m), "<>")}}
	if d.mail.from == "" {
		d.mail.from = m.From.Address
	}
	for _, box := range slices.Concat(m.To, m.Cc) {
		known := slices.ContainsFunc(d.everyone, func(a string) bool { return strings.EqualFold(a, box.Address) })
		if !known {
			d.everyone = append(d.everyone, box.Address)
		}
	}
	all := d.mail.from + m.From.Address + m.ReplyTo + strings.Join(d.everyone, "")
	d.mail.unicode = strings.ContainsFunc(all, func(r rune) bool { return r > 127 })
	return d, nil
}

// run sends to the recipient, whose answer is the message's, and then the
// copies. Whoever has got it in an earlier call under this key gets it no more.
func (d *delivery) run(ctx context.Context) sdk.Sent {
	if len(d.everyone) == 1 {
		return d.to(ctx, d.everyone[0])
	}
	have := d.earlier(ctx)
	sent := accepted.sent("the recipient had it before")
	sent.ProviderID = d.mail.id
	var remarks []string
	for i, address := range d.everyone {
		if slices.Contains(have, address) {
			continue
		}
		s := d.to(ctx, address)
		switch {
		case i == 0 && s.State != sdk.Accepted:
			return s
		case i == 0:
			sent = s
		case s.State != sdk.Accepted:
			remarks = append(remarks, fmt.Sprintf("copy to %s not sent: %s", address, s.Detail))
			continue
		}
		have = append(have, address)
		if err := d.note(ctx, have); err != nil {
			remarks = append(remarks, err.Error())
		}
	}
	sent.Detail = strings.Join(append([]string{sent.Detail}, remarks...), "; ")
	return sent
}

func (d *delivery) to(ctx context.Context, address string) sdk.Sent {
	e := d.mail
	e.to = address
	return d.pool.deliver(ctx, e)
}

// hadBefore begins the detail of a key while its copies are being sent.
const hadBefore = "ended before all had it; those who have it: "

// note keeps who has got the mail, so that a repeat leaves them out.
func (d *delivery) note(ctx context.Context, have []string) error {
	err := d.record.Settle(context.WithoutCancel(ctx), d.key,
		sdk.Sent{State: sdk.Uncertain, ProviderID: d.mail.id, Detail: hadBefore + strings.Join(have, " ")})
	if err != nil {
		return fmt.Errorf("who has it could not be recorded: %w", err)
	}
	return nil
}

// earlier returns who has got the mail in a call that did not come to its end.
// Where the record can't be read nobody is known to.
func (d *delivery) earlier(ctx context.Context) []string {
	known, err := d.record.Lookup(ctx, d.key, time.Time{})
	list, found := strings.CutPrefix(known.Detail, hadBefore)
	if err != nil || !found {
		return nil
	}
	return strings.Fields(list)
}
