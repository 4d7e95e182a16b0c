package host

import (
	"slices"
	"testing"

	"holdfast/engine/outbox"
)

// A letter crosses the wire with its postal address and no other.
func TestRequestOfALetter(t *testing.T) {
	m := message("Reminder")
	m.To, m.Postal = nil, []string{"Buyer", "1 Elm St"}
	r := requestOf(m)
	if !slices.Equal(r.Message.Postal, m.Postal) || len(r.Message.To) != 0 || r.Message.From.Address != m.From.Address {
		t.Errorf("%v", r)
	}
	if r = requestOf(outbox.Message{}); r.Message.Postal != nil {
		t.Errorf("a mail has a postal address: %v", r)
	}
}
