package cycle

import (
	"fmt"
	"strings"

	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
)

// redirect sends a message of mode test to whoever gets everything in that mode,
// and returns the channel that carries it: texts and calls go to one number, all
// else to one address. A letter goes there as a mail, where the company has a
// channel for mail: the folder of letters may be printed and posted by itself.
func (co *Company) redirect(m outbox.Message, in sequence.Intent) (outbox.Message, string) {
	receiver := strings.Join(m.Postal, ", ")
	if len(m.To) > 0 {
		receiver = m.To[0].Address
	}
	channel, address, mark := in.Channel, co.TestAddress, fmt.Sprintf("[test, for %s] ", receiver)
	switch in.Medium {
	case sequence.MediumSMS:
		address, m.Text = co.TestNumber, mark+m.Text
	case sequence.MediumVoice:
		address = co.TestNumber
	case sequence.MediumLetter:
		if mail := co.Book.Policy.Channels[sequence.MediumEmail]; mail != "" {
			channel = mail
		}
	}
	m.Subject = strings.TrimSpace(mark + m.Subject)
	m.To, m.Cc, m.Postal = []outbox.Mailbox{{Name: "Holdfast test", Address: address}}, nil, nil
	return m, channel
}
