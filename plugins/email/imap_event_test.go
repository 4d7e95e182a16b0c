package email_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"holdfast/plugins/sdk"
)

// TestUnmatched: mail that names no message of ours is passed on with its
// address, or left alone.
func TestUnmatched(t *testing.T) {
	o := openMemory(t)
	raw := []byte("From: Jane <jane@customer.example>\r\nMessage-ID: <a@b>\r\nSubject: payment\r\n\r\nPaid.\r\n")
	byAddress := reading(t, t.TempDir(), inbox(o, ""))
	ignoring := reading(t, t.TempDir(), inbox(o, `, "imap_unmatched": "ignore"`))
	o.deliver(t, raw, time.Now())
	o.deliver(t, answer(1), time.Now())
	list := tells(t, byAddress, 2)
	if e := list[0]; e.Kind != sdk.Replied || e.Key != "" || e.Address != "jane@customer.example" || e.Text != "Paid." || e.Subject != "payment" {
		t.Errorf("%+v", e)
	}
	answered(t, tells(t, ignoring, 1), 1, 2)
}

// TestOwnMailIsIgnored: what the mailbox itself has sent says nothing.
func TestOwnMailIsIgnored(t *testing.T) {
	o := openMemory(t)
	c := reading(t, t.TempDir(), strings.Replace(inbox(o, `, "from": "ar@seller.example"`), `"port": 1`, `"port": 2`, 1))
	o.deliver(t, []byte("From: AR <ar@seller.example>\r\nSubject: Re: x\r\n\r\nour own answer\r\n"), time.Now())
	o.deliver(t, answer(0), time.Now())
	answered(t, tells(t, c, 1), 0, 1)
}

// TestComplaintsOfOthers: a complaint that names no message of ours opts out
// nobody.
func TestComplaintsOfOthers(t *testing.T) {
	raw, err := os.ReadFile(filepath.Join("testdata", "corpus", "complaint-abuse.eml"))
	if err != nil {
		t.Fatal(err)
	}
	for old, new := range map[string]string{"eb2c83c2686f53d6369bcfc648f41df9": "-", "HF-7K2Q9M4XT0RB": "INV-1"} {
		if !bytes.Contains(raw, []byte(old)) {
			t.Fatalf("%s is not in the complaint", old)
		}
		raw = bytes.ReplaceAll(raw, []byte(old), []byte(new))
	}
	o := openMemory(t)
	c := reading(t, t.TempDir(), inbox(o, ""))
	o.deliver(t, raw, time.Now())
	o.deliver(t, answer(0), time.Now())
	answered(t, tells(t, c, 1), 0, 1)
}

// TestKnownKeyFirst: of the keys that a mail names, one that this channel has
// sent under comes before one that only looks so.
func TestKnownKeyFirst(t *testing.T) {
	o, s := openMemory(t), new(sink)
	set := strings.Replace(inbox(o, ""), `"port": 1`, fmt.Sprintf(`"port": %d`, s.serve(t, nil)), 1)
	c := reading(t, t.TempDir(), set)
	ours, foreign := strings.Repeat("a", 32), strings.Repeat("b", 32)
	sent, err := c.Send(t.Context(), sdk.Message{
		Key: ours, From: sdk.Mailbox{Address: "ar@seller.example"}, To: []sdk.Mailbox{{Address: "jane@customer.example"}},
		Subject: "x", Text: "x", Date: time.Now(),
	})
	if err != nil || sent.State != sdk.Accepted {
		t.Fatalf("%+v, %v", sent, err)
	}
	o.deliver(t, fmt.Appendf(nil, "From: jane@customer.example\r\nReferences: <%s@a.example> <%s@b.example>\r\n\r\nyes\r\n", ours, foreign), time.Now())
	if list := tells(t, c, 1); list[0].Key != ours {
		t.Errorf("key %s", list[0].Key)
	}
}
