package conform

import (
	"fmt"
	"strings"

	"holdfast/plugins/proto"
)

// Reserved addresses and numbers that nobody has (RFC 2606; 555-0100 to 0199).
const (
	nobodysDomain = "customer.example"
	nobodysNumber = "+12025550142"
)

// Mail returns an ordinary mail of n with a key of its own, as a customer gets
// it.
func Mail(n int) *proto.SendRequest {
	return &proto.SendRequest{
		Key: fmt.Sprintf("%032x", n),
		Message: &proto.Message{
			From:    &proto.Mailbox{Name: "Holdfast Trading", Address: "ar@holdfast.example"},
			To:      []*proto.Mailbox{{Name: fmt.Sprintf("Customer %d", n), Address: fmt.Sprintf("ap%d@%s", n, nobodysDomain)}},
			Subject: fmt.Sprintf("Reminder %d", n),
			Text: "Dear customer,\n\nthese invoices are overdue:\n\n" +
				"  Invoice     Due            Open\n  INV-1001    2026-10-01     1,200.00 EUR\n\nAs of 2026-11-23.\n",
			Html:      "<p>Dear customer</p>",
			Date:      "2026-11-23T09:30:00+01:00",
			Language:  "en",
			Reference: fmt.Sprintf("C-%d", n),
		},
	}
}

// Spoils are the ways of bringing a header of one's own into a mail: each
// changes one place that must not hold a line break.
func Spoils() map[string]func(*proto.Message) {
	return map[string]func(*proto.Message){
		"subject":    func(m *proto.Message) { m.Subject = "x\r\nBcc: victim@elsewhere.example" },
		"name":       func(m *proto.Message) { m.To[0].Name = "x\nBcc: victim@elsewhere.example" },
		"address":    func(m *proto.Message) { m.To[0].Address = "a@b.example>\r\nRCPT TO:<victim@elsewhere.example" },
		"sender":     func(m *proto.Message) { m.From.Name = "x\r\n\r\nbody" },
		"attachment": func(m *proto.Message) { m.Attachments = []*proto.Attachment{{Name: "a\r\nX: y", Type: "text/plain"}} },
		"type":       func(m *proto.Message) { m.Attachments = []*proto.Attachment{{Name: "a", Type: "text/plain\r\nX: y"}} },
	}
}

// message returns an ordinary message for the channel's medium under a new key.
func (b *bench) message() *proto.SendRequest {
	r := Mail(1)
	r.Key = b.key()
	m := r.Message
	m.Subject = "Channel test " + r.Key[len(r.Key)-4:]
	m.Tag, m.Thread, m.Purpose = "HF-0TEST0000001", "channel-test", "courtesy"
	if b.opts.From != "" {
		m.From.Address = b.opts.From
	}
	switch b.about.GetMedium() {
	case "sms":
		asText(m)
	case "voice":
		asText(m)
		m.Call = ordinaryCall()
	case "letter":
		m.Html, m.To = "", nil
		m.Postal = []string{"Customer GmbH", "Accounts Payable", "Musterweg 12", "12345 Musterstadt", "GERMANY"}
		m.Letter = ordinaryLetter()
		m.Text = strings.Join(m.Letter.Sender, "\n") + "\n\n" + strings.Join(m.Postal, "\n") + "\n\n" + m.Letter.Dated + "\n\n" + m.Subject + "\n\n" + m.Text
	case "chat":
		m.Html, m.To = "", nil
		m.Card = ordinaryCard()
	default:
		m.Unsubscribe = "https://pay.holdfast.example/u/test"
	}
	if b.opts.To != "" && b.about.GetMedium() != "letter" {
		m.To = []*proto.Mailbox{{Name: "Channel test", Address: b.opts.To}}
	}
	return r
}

// asText makes a message one for telephones.
func asText(m *proto.Message) {
	m.Html = ""
	m.To = []*proto.Mailbox{{Name: "Customer", Address: nobodysNumber}}
	m.Text = "Holdfast Trading: this is a test of a channel. There is nothing to do. Reply STOP to opt out."
}

func ordinaryCall() *proto.Call {
	return &proto.Call{
		Script:        "Good day. This is an automatic test call of Holdfast Trading about your account.",
		Machine:       "Good day. This is Holdfast Trading about your account. Please call us back.",
		Menu:          "Press 1 for a text message with a link. Press 2 to name a day. Press 3 to speak to us.",
		LinkText:      "Holdfast Trading: https://pay.holdfast.example/p/test",
		LinkSent:      "The text message is on its way.",
		AskDay:        "Please type the day as two digits and the month as two digits.",
		LastDay:       "2026-12-07",
		DayTaken:      "Thank you. We have noted %s.",
		SpeakTo:       "+12025550143",
		SpeakSaid:     "We connect you.",
		NotUnderstood: "Sorry, that was not understood.",
		Goodbye:       "Good bye.",
	}
}

func ordinaryLetter() *proto.Letter {
	return &proto.Letter{
		Sender: []string{"Holdfast Trading", "Harbour Road 1", "20095 Hamburg"},
		Dated:  "Hamburg, 23 November 2026",
		Body: []*proto.Block{
			{Lines: []string{"Dear customer,"}},
			{Lines: []string{"these invoices are overdue:"}},
			{Table: &proto.Table{
				Head: []string{"Invoice", "Due", "Open"}, Right: 2,
				Rows: []*proto.Row{{Cells: []string{"INV-1001", "2026-10-01", "1,200.00 EUR"}}, {Cells: []string{"In all", "", "1,200.00 EUR"}, Strong: true}},
			}},
			{Lines: []string{"Yours faithfully"}},
		},
		Slip: []string{"IBAN DE02 1203 0000 0000 2020 51", "Reference C-1"},
	}
}

func ordinaryCard() *proto.Card {
	return &proto.Card{
		Fields: []*proto.Field{{Name: "Customer", Value: "C-1"}, {Name: "Overdue", Value: "1,200.00 EUR"}},
		Links:  []*proto.Link{{Label: "Open", Url: "https://pay.holdfast.example/t/test"}},
	}
}
