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
	r := RequestOf(m)
	if !slices.Equal(r.Message.Postal, m.Postal) || len(r.Message.To) != 0 || r.Message.From.Address != m.From.Address {
		t.Errorf("%v", r)
	}
	if r = RequestOf(outbox.Message{}); r.Message.Postal != nil {
		t.Errorf("a mail has a postal address: %v", r)
	}
}
