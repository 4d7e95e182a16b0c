package email_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"holdfast/plugins/email"
	"holdfast/plugins/sdk"
)

// inbox are the settings of a channel that reads an office; SMTP leads nowhere.
func inbox(o office, more string) string { return inboxAt(o.port(), o.user(), more) }

func inboxAt(port int, user, more string) string {
	return fmt.Sprintf(`{"host": "127.0.0.1", "port": 1, "tls": "none", "imap_host": "127.0.0.1", "imap_port": %d, "imap_tls": "none",
		"imap_user": %q, "imap_password": "right", "imap_every": "1s"%s}`, port, user, more)
}

// reading returns a channel that reads, with a folder of its own or one from
// before.
func reading(t *testing.T, dir, settings string) sdk.Channel {
	t.Helper()
	return configured(t, email.NewHasty(200*time.Millisecond, 5*time.Second), dir, settings)
}

func configured(t *testing.T, c sdk.Channel, dir, settings string) sdk.Channel {
	t.Helper()
	problems, err := c.Configure(t.Context(), sdk.Setup{Settings: []byte(settings), Dir: dir})
	if err != nil || len(problems) > 0 {
		t.Fatalf("%v, %v", problems, err)
	}
	t.Cleanup(func() { email.End(c) })
	return c
}

// told returns all events of a channel so far.
func told(t *testing.T, c sdk.Channel) (list []sdk.Event) {
	t.Helper()
	err := c.Events(t.Context(), "", func(e sdk.Event) error {
		list = append(list, e)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// tells waits until a channel has told n events, and returns them.
func tells(t *testing.T, c sdk.Channel, n int) []sdk.Event {
	t.Helper()
	soon(func() bool { return len(told(t, c)) >= n })
	list := told(t, c)
	if len(list) != n {
		t.Fatalf("%d events, not %d; health: %v", len(list), n, c.Health(t.Context()))
	}
	return list
}

// answer is a mail of a person, number n.
func answer(n int) []byte {
	return fmt.Appendf(nil, "From: Jane <jane@customer.example>\r\nTo: ar@seller.example\r\nSubject: Re: Invoice %d\r\n"+
		"Message-ID: <answer%d@customer.example>\r\nIn-Reply-To: <%032x@seller.example>\r\nDate: Mon, 23 Nov 2026 10:00:00 +0100\r\n\r\nWe pay number %d.\r\n", n, n, n, n)
}

// answered fails unless the events are the answers of the numbers, each once and
// in their order.
func answered(t *testing.T, list []sdk.Event, from, to int) {
	t.Helper()
	if len(list) != to-from {
		t.Fatalf("%d events, not %d", len(list), to-from)
	}
	for i, e := range list {
		n := from + i
		if e.Kind != sdk.Replied || e.Key != fmt.Sprintf("%032x", n) || e.Text != fmt.Sprintf("We pay number %d.", n) || e.Address != "jane@customer.example" {
			t.Errorf("event %d: %+v", i, e)
		}
	}
}

// TestCorpusArrives: each mail of the corpus becomes the events that its class
// asks for, through a real server.
func TestCorpusArrives(t *testing.T) {
	offices(t, func(t *testing.T, o office) {
		c := reading(t, t.TempDir(), inbox(o, ""))
		var want []string
		for _, w := range corpus(t) {
			raw, err := os.ReadFile(filepath.Join("testdata", "corpus", w.File))
			if err != nil {
				t.Fatal(err)
			}
			o.deliver(t, raw, time.Now())
			if line := w.event(); line != "" {
				want = append(want, line)
			}
		}
		var got []string
		for _, e := range tells(t, c, len(want)+1) { // one report is about two addresses
			got = append(got, fmt.Sprintf("%d %s %s", e.Kind, e.Key, e.Address))
		}
		slices.Sort(want)
		slices.Sort(got)
		for _, line := range want {
			i, found := slices.BinarySearch(got, line)
			if !found {
				t.Errorf("missing: %s", line)
				continue
			}
			got = slices.Delete(got, i, i+1)
		}
		if len(got) != 1 || !strings.HasPrefix(got[0], fmt.Sprint(int(sdk.BouncedSoft))) {
			t.Errorf("beside them: %v", got)
		}
		if mails, seen := o.folder(t, "INBOX"); mails != len(corpus(t)) || seen != 0 {
			t.Errorf("%d mails are left, %d are seen", mails, seen)
		}
	})
}

type judged struct{ File, Class, Key, Address, Tag, Thread string }

func corpus(t *testing.T) (list []judged) {
	t.Helper()
	index, err := os.ReadFile(filepath.Join("testdata", "corpus.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(index, &list); err != nil {
		t.Fatal(err)
	}
	return list
}

// event is what a mail must tell, empty for nothing.
func (w judged) event() string {
	ours := w.Key != "" || w.Tag != ""
	kind := map[string]sdk.EventKind{"reply": sdk.Replied, "unsubscribe": sdk.OptedOut}[w.Class]
	if ours {
		kind = max(kind, map[string]sdk.EventKind{
			"bounce_hard": sdk.BouncedHard, "bounce_soft": sdk.BouncedSoft, "delivered": sdk.Delivered, "complaint": sdk.OptedOut, "auto_reply": sdk.Delivered,
		}[w.Class])
	}
	if kind == 0 {
		return ""
	}
	if w.Class == "complaint" {
		w.Address = "" // whose the message was
	}
	return fmt.Sprintf("%d %s %s", kind, w.Key, w.Address)
}

// TestBeginsNow: mail from before is none of ours, unless a day is named.
func TestBeginsNow(t *testing.T) {
	offices(t, func(t *testing.T, o office) {
		old := time.Now().Add(-50 * time.Hour)
		for n := range 3 {
			o.deliver(t, answer(n), old)
		}
		o.deliver(t, answer(9), time.Now().Add(-time.Hour)) // of today, mostly: servers search by the day
		c := reading(t, t.TempDir(), inbox(o, ""))
		if list := told(t, c); len(list) != 0 {
			t.Errorf("%d events of old mail", len(list))
		}
		o.deliver(t, answer(3), time.Now())
		answered(t, tells(t, c, 1), 3, 4)
		since := old.UTC().Add(-24 * time.Hour).Format(time.DateOnly)
		all := reading(t, t.TempDir(), inbox(o, `, "imap_since": "`+since+`"`))
		if list := tells(t, all, 5); list[3].Key != fmt.Sprintf("%032x", 9) || list[4].Key != fmt.Sprintf("%032x", 3) {
			t.Errorf("from that day on: %+v", list)
		}
	})
}

// TestMailFromBeforeTheFirstConnection: what comes while the server cannot be
// reached yet is read when it can.
func TestMailFromBeforeTheFirstConnection(t *testing.T) {
	o, dir := openMemory(t), t.TempDir()
	unreachable := reading(t, dir, inboxAt(freePort(t), "ar", ""))
	if list := told(t, unreachable); len(list) != 0 || unreachable.Health(t.Context()) == nil {
		t.Errorf("%v", list)
	}
	email.End(unreachable)
	o.deliver(t, answer(0), time.Now())
	answered(t, tells(t, reading(t, dir, inbox(o, "")), 1), 0, 1)
}

// TestGoesOn: another process takes up where the last one ended, and a cursor
// goes on where it was.
func TestGoesOn(t *testing.T) {
	offices(t, func(t *testing.T, o office) {
		dir := t.TempDir()
		for round := range 3 {
			c := reading(t, dir, inbox(o, ""))
			for n := range 4 {
				o.deliver(t, answer(4*round+n), time.Now())
			}
			answered(t, tells(t, c, 4*round+4), 0, 4*round+4)
			email.End(c)
		}
	})
}

// TestNewNumbers: a server that has numbered its mails anew brings none twice,
// and none that came meanwhile is lost.
func TestNewNumbers(t *testing.T) {
	offices(t, func(t *testing.T, o office) {
		dir := t.TempDir()
		c := reading(t, dir, inbox(o, ""))
		for n := range 5 {
			o.deliver(t, answer(n), time.Now())
		}
		tells(t, c, 5)
		email.End(c)
		o.deliver(t, answer(5), time.Now())
		o.renumber(t)
		c = reading(t, dir, inbox(o, ""))
		tells(t, c, 6)
		o.deliver(t, answer(6), time.Now())
		answered(t, tells(t, c, 7), 0, 7)
	})
}

// TestNewNumbersOfFewerMails: where somebody has cleared the mailbox meanwhile, the
// new numbers are below the place that was reached by the old ones.
func TestNewNumbersOfFewerMails(t *testing.T) {
	o, dir := openMemory(t), t.TempDir()
	c := reading(t, dir, inbox(o, ""))
	for n := range 5 {
		o.deliver(t, answer(n), time.Now())
	}
	tells(t, c, 5)
	email.End(c)
	o.mails = nil
	o.deliver(t, answer(5), time.Now())
	o.renumber(t)
	answered(t, tells(t, reading(t, dir, inbox(o, "")), 6), 0, 6)
}

// TestIdle: new mail is told by the server; nobody asks for an hour.
func TestIdle(t *testing.T) {
	o := openDovecot(t)
	c := configured(t, email.NewHasty(time.Hour, 5*time.Second), t.TempDir(), inbox(o, ""))
	for n := range 3 {
		o.deliver(t, answer(n), time.Now())
		answered(t, tells(t, c, n+1), 0, n+1)
	}
}

// TestAfter: what is done to a mail that was understood, and that a stranger's
// is left alone.
func TestAfter(t *testing.T) {
	stranger := []byte("From: news@shop.example\r\nTo: ar@seller.example\r\nList-Id: <news.shop.example>\r\nSubject: 20 % off\r\n\r\nBuy.\r\n")
	offices(t, func(t *testing.T, o office) {
		dir := t.TempDir()
		deliver := func(from int) {
			o.deliver(t, stranger, time.Now())
			o.deliver(t, answer(from), time.Now())
			o.deliver(t, answer(from+1), time.Now())
		}
		is := func(folder string, mails, seen int) {
			t.Helper()
			var m, s int
			if !soon(func() bool { m, s = o.folder(t, folder); return m == mails && s == seen }) {
				t.Errorf("%s holds %d mails, %d seen; not %d, %d", folder, m, s, mails, seen)
			}
		}
		c := reading(t, dir, inbox(o, `, "imap_after": "seen"`))
		deliver(0)
		answered(t, tells(t, c, 2), 0, 2)
		is("INBOX", 3, 2)
		email.End(c)
		c = reading(t, dir, inbox(o, `, "imap_after": "move:Done"`))
		deliver(2)
		answered(t, tells(t, c, 4), 0, 4)
		is("INBOX", 4, 2)
		is("Done", 2, 0)
	})
}

// TestHealth: why nothing is read is said, and it keeps no mail from leaving.
func TestHealth(t *testing.T) {
	o, s := openMemory(t), new(sink)
	port := s.serve(t, nil)
	for name, c := range map[string]struct{ settings, says string }{
		"wrong password": {strings.Replace(inbox(o, ""), "right", "wrong", 1), "log in"},
		"no such folder": {inbox(o, `, "imap_mailbox": "Elsewhere"`), "open the mailbox Elsewhere"},
		"nobody there":   {inboxAt(freePort(t), "ar", ""), "connect to 127.0.0.1"},
		"well":           {inbox(o, ""), ""},
	} {
		ch := reading(t, t.TempDir(), strings.Replace(c.settings, `"port": 1`, fmt.Sprintf(`"port": %d`, port), 1))
		for _, when := range []string{"before reading", "while reading"} {
			err := ch.Health(t.Context())
			if (err == nil) != (c.says == "") || err != nil && !strings.Contains(err.Error(), c.says) {
				t.Errorf("%s, %s: %v", name, when, err)
			}
			told(t, ch)
		}
		sent, err := ch.Send(t.Context(), sdk.Message{
			Key: "k", From: sdk.Mailbox{Address: "ar@seller.example"}, To: []sdk.Mailbox{{Address: "jane@customer.example"}}, Text: "x", Date: time.Now(),
		})
		if err != nil || sent.State != sdk.Accepted {
			t.Errorf("%s: sent %+v, %v", name, sent, err)
		}
	}
}

// TestEventsGiveWay: Events ends with its caller, also while the mailbox hangs.
func TestEventsGiveWay(t *testing.T) {
	c := reading(t, t.TempDir(), inboxAt(silent(t), "ar", ""))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := c.Events(ctx, "", func(sdk.Event) error { return nil }); err == nil {
		t.Error("the record was read with a context that has ended")
	}
}

// TestMailboxSettings names what is wrong.
func TestMailboxSettings(t *testing.T) {
	for key, more := range map[string]string{
		"imap_host":      `"imap_host": "a b"`,
		"imap_port":      `"imap_port": 70000`,
		"imap_tls":       `"imap_tls": "none", "imap_host": "mail.example"`,
		"imap_user":      `"imap_user": ""`,
		"imap_password":  `"imap_password": ""`,
		"imap_mailbox":   `"imap_mailbox": ""`,
		"imap_after":     `"imap_after": "delete"`,
		"imap_every":     `"imap_every": "1ms"`,
		"imap_since":     `"imap_since": "yesterday"`,
		"imap_unmatched": `"imap_unmatched": "guess"`,
	} {
		set := strings.TrimSuffix(inboxAt(993, "ar", ""), "}") + ", " + more + "}"
		problems, err := email.New().Configure(t.Context(), sdk.Setup{Settings: []byte(set), Dir: t.TempDir()})
		if err != nil || len(problems) == 0 || problems[0].Key != key || problems[0].Cure == "" {
			t.Errorf("%s: %v, %v", more, problems, err)
		}
	}
}
