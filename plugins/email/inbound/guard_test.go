package inbound

import (
	"strings"
	"testing"
)

// TestBreakdown: a mail on which the reader breaks down still says who wrote, and
// to what.
func TestBreakdown(t *testing.T) {
	key := strings.Repeat("a", 32)
	raw := []byte("From: Jane <jane@customer.example>\r\nSubject: Re: x\r\nIn-Reply-To: <" + key + "@seller.example>\r\n\r\nbody\r\n")
	m := guarded(raw, func(raw []byte) Mail { return Mail{Text: string(raw[len(raw)])} })
	if m.Class != Reply || m.From != "jane@customer.example" || m.Subject != "Re: x" || len(m.Keys) != 1 || m.Keys[0] != key || !strings.Contains(m.Detail, "could not be read") {
		t.Errorf("%+v", m)
	}
}
