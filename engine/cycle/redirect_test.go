package cycle

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
)

// In mode test everything goes to the one address, texts and calls to the one
// number, and nothing is posted.
func TestRedirect(t *testing.T) {
	to := func(address string) []outbox.Mailbox {
		return []outbox.Mailbox{{Name: "Holdfast test", Address: address}}
	}
	const address, number = "test@seller.example", "+15005550006"
	call := &outbox.Call{Script: "Hello.", SpeakTo: "+12075550100"}
	for _, c := range []struct {
		medium  string
		m, want outbox.Message
		channel string
	}{
		{sequence.MediumEmail,
			outbox.Message{Subject: "Reminder", Text: "Pay.", To: []outbox.Mailbox{{Address: "ap@buyer.example"}}, Cc: []outbox.Mailbox{{Address: "rep@seller.example"}}},
			outbox.Message{Subject: "[test, for ap@buyer.example] Reminder", Text: "Pay.", To: to(address)}, "own"},
		{sequence.MediumSMS,
			outbox.Message{Text: "Seller: pay.", To: []outbox.Mailbox{{Address: "+491711234567"}}},
			outbox.Message{Subject: "[test, for +491711234567]", Text: "[test, for +491711234567] Seller: pay.", To: to(number)}, "own"},
		{sequence.MediumVoice,
			outbox.Message{Subject: "Reminder", Text: "Hello.", Call: call, To: []outbox.Mailbox{{Address: "+12075550142"}}},
			outbox.Message{Subject: "[test, for +12075550142] Reminder", Text: "Hello.", Call: call, To: to(number)}, "own"},
		{sequence.MediumLetter,
			outbox.Message{Subject: "Reminder", Text: "Pay.", Postal: []string{"Buyer", "1 Elm St"}},
			outbox.Message{Subject: "[test, for Buyer, 1 Elm St] Reminder", Text: "Pay.", To: to(address)}, "mail"},
	} {
		co := &Company{TestAddress: address, TestNumber: number, Book: &sequence.Book{Policy: sequence.Policy{
			Channels: map[string]string{sequence.MediumEmail: "mail", c.medium: "own"}}}}
		if c.medium == sequence.MediumEmail {
			co.Book.Policy.Channels[c.medium] = "own"
		}
		got, channel := co.redirect(c.m, sequence.Intent{Medium: c.medium, Channel: "own"})
		if diff := cmp.Diff(c.want, got); diff != "" || channel != c.channel {
			t.Errorf("%s goes by %s:\n%s", c.medium, channel, diff)
		}
	}
}

// Without a channel for mail a letter stays with its own channel: one that
// writes files shows it, one that posts refuses what has no postal address.
func TestALetterWithoutAChannelForMail(t *testing.T) {
	co := &Company{TestAddress: "test@seller.example", Book: &sequence.Book{Policy: sequence.Policy{Channels: map[string]string{"letter": "post"}}}}
	m, channel := co.redirect(outbox.Message{Postal: []string{"Buyer"}}, sequence.Intent{Medium: sequence.MediumLetter, Channel: "post"})
	if channel != "post" || m.Postal != nil {
		t.Errorf("by %s, to %v", channel, m.Postal)
	}
}
