package cycle

import (
	"testing"

	"holdfast/engine/outbox"
)

// In mode test everything goes to the one address, and nothing is posted.
func TestRedirect(t *testing.T) {
	for want, m := range map[string]outbox.Message{
		"[test, for ap@buyer.example] Reminder": {Subject: "Reminder", To: []outbox.Mailbox{{Address: "ap@buyer.example"}}, Cc: []outbox.Mailbox{{Address: "rep@seller.example"}}},
		"[test, for Buyer, 1 Elm St] Reminder":  {Subject: "Reminder", Postal: []string{"Buyer", "1 Elm St"}},
	} {
		m = redirect(m, "test@seller.example")
		if m.Subject != want || len(m.To) != 1 || m.To[0].Address != "test@seller.example" || m.Cc != nil || m.Postal != nil {
			t.Errorf("%+v", m)
		}
	}
}
