package email_test

import (
	"bytes"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/emersion/go-smtp"

	"holdfast/plugins/email"
	"holdfast/plugins/plugintest"
	"holdfast/plugins/proto"
)

// withCopies is a message to one recipient and three copies, one of them twice.
func withCopies() *proto.SendRequest {
	r := plugintest.Request(1)
	for _, to := range []string{"copy1@customer.example", "copy2@customer.example", "COPY1@customer.example", "copy3@customer.example"} {
		r.Message.Cc = append(r.Message.Cc, &proto.Mailbox{Address: to})
	}
	return r
}

// TestOneRecipientPerTransaction: each gets the same bytes by a transaction of
// its own, the recipient first.
func TestOneRecipientPerTransaction(t *testing.T) {
	s := new(sink)
	client := plugintest.Configured(t, email.New(), settings(s.serve(t, nil), `, "from": "bounces@holdfast.example"`))
	r := withCopies()
	if o := sent(t, client, r); o.State != accepted || o.ProviderId != r.Key+"@holdfast.example" {
		t.Errorf("%v", o)
	}
	want := []string{"ap1@customer.example", "copy1@customer.example", "copy2@customer.example", "copy3@customer.example"}
	if !slices.Equal(s.taken, want) {
		t.Errorf("transactions to %v", s.taken)
	}
	if s.senders[0] != "bounces@holdfast.example" {
		t.Errorf("envelope sender %s", s.senders[0])
	}
	for _, mail := range s.mails {
		if !bytes.Equal(mail, s.mails[0]) {
			t.Error("a copy has other bytes")
		}
	}
}

// TestCopyThatFails is named in the detail, and changes nothing for the
// recipient nor for the other copies.
func TestCopyThatFails(t *testing.T) {
	s := &sink{refuse: func(to string) error {
		switch to {
		case "copy1@customer.example":
			return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such user"}
		case "copy2@customer.example":
			return &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 3, 0}, Message: "later"}
		}
		return nil
	}}
	client := plugintest.Configured(t, email.New(), settings(s.serve(t, nil), ""))
	o := sent(t, client, withCopies())
	if o.State != accepted || !strings.Contains(o.Detail, "copy to copy1@customer.example not sent: address refused") ||
		!strings.Contains(o.Detail, "copy to copy2@customer.example not sent: not now") {
		t.Errorf("%s: %s", o.State, o.Detail)
	}
	if !slices.Equal(s.taken, []string{"ap1@customer.example", "copy3@customer.example"}) {
		t.Errorf("transactions to %v", s.taken)
	}
}

// TestRecipientThatFails gets no copies sent.
func TestRecipientThatFails(t *testing.T) {
	s := &sink{refuse: func(to string) error {
		if strings.HasPrefix(to, "ap1") {
			return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such user"}
		}
		return nil
	}}
	client := plugintest.Configured(t, email.New(), settings(s.serve(t, nil), ""))
	if o := sent(t, client, withCopies()); o.State != refused || len(s.taken) != 0 {
		t.Errorf("%s: %s; transactions to %v", o.State, o.Detail, s.taken)
	}
}

// TestRepeatLeavesOutWhoHasIt: the channel dies while the second copy is under
// way. Its successor, over a copy of the folder as it stood then, sends to that
// one and to the last.
func TestRepeatLeavesOutWhoHasIt(t *testing.T) {
	began, over := make(chan struct{}), make(chan struct{})
	hangs := &sink{refuse: func(to string) error {
		if strings.HasPrefix(to, "copy2") {
			close(began)
			<-over
		}
		return nil
	}}
	dir, afterwards := t.TempDir(), t.TempDir()
	dying, r := configuredIn(t, dir, hangs), withCopies()
	answered := make(chan struct{})
	go func() {
		defer close(answered)
		_ = sent(t, dying, r)
	}()
	<-began
	if err := os.CopyFS(afterwards, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	close(over)
	<-answered

	fresh := new(sink)
	successor := configuredIn(t, afterwards, fresh)
	look, err := successor.Lookup(t.Context(), &proto.LookupRequest{Key: r.Key})
	if err != nil || look.Outcome.State != uncertain || !strings.HasSuffix(look.Outcome.Detail, "ap1@customer.example copy1@customer.example") {
		t.Errorf("%v, %v", look, err)
	}
	for range 2 { // and once more, when all have it
		if o := sent(t, successor, r); o.State != accepted || o.ProviderId != r.Key+"@holdfast.example" {
			t.Errorf("%v", o)
		}
	}
	if !slices.Equal(fresh.taken, []string{"copy2@customer.example", "copy3@customer.example"}) {
		t.Errorf("transactions to %v", fresh.taken)
	}
}

// configuredIn serves a channel over a work folder that sends to s.
func configuredIn(t *testing.T, dir string, s *sink) proto.ChannelClient {
	t.Helper()
	client := plugintest.Wire(t, email.New())
	answer, err := client.Configure(t.Context(), &proto.ConfigureRequest{Settings: []byte(settings(s.serve(t, nil), "")), WorkFolder: dir})
	if err != nil || len(answer.Problems) > 0 {
		t.Fatal(answer, err)
	}
	return client
}
