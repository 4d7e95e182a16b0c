package endtoend_test

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"holdfast/engine/ar"
	"holdfast/plugins/chat"
	"holdfast/plugins/sdk/twilio/twiliotest"
)

// street is a site that has every channel, each against what plays its provider
// on loopback.
type street struct {
	*site
	twilio  *twiliotest.Server
	mailbox *mailbox
	board   *board
	calls   string // address that the provider reaches the channel of calls at
	due     ar.Day // of every invoice
}

// A sequence for each medium; %s is by whom it is entered.
const byMedium = `name = "%[1]s"
subject = "invoice"
rank = %[2]d
purpose = "dunning"
enter = 'document.days_past_due >= 1 and customer.number in %[3]s'
[[step]]
id = "first"
at = "due + 10d"
%[4]s
`

// again is a second step, which comes 8 days after the first.
const again = `[[step]]
id = "second"
at = "due + 18d"
do = "message"
channel = ["%s"]
template = "past-due-2"
`

// newStreet installs holdfast with seven customers: by mail C1, C2 and C6, by
// text message C3 and C7, by telephone C4 and by letter C5. All are due on a day.
func newStreet(t *testing.T, due ar.Day) *street {
	t.Helper()
	s := &street{site: generic(t), twilio: twiliotest.New(), mailbox: openMailbox(t), board: openBoard(t), calls: freeAddress(t), due: due}
	t.Cleanup(s.twilio.Close)
	s.configure()
	s.sequences()
	s.customers()
	return s
}

// configure writes the channels into the config, secrets into files beside it.
func (s *street) configure() {
	s.t.Helper()
	for name, text := range map[string]string{
		"imap.password": mailboxPassword, "twilio.token": twiliotest.AuthToken, "board.url": s.board.web.URL + "/hook", "board.secret": boardSecret,
	} {
		must(s.t, os.WriteFile(filepath.Join(s.dir, name), []byte(text), 0o600))
	}
	s.edit(`channels = { email = "smtp" }`, `channels = { email = "smtp", sms = "texts", voice = "calls", letter = "post" }`,
		`tls = "none"`, fmt.Sprintf(`tls = "none"
imap_host = "127.0.0.1"
imap_port = %d
imap_tls = "none"
imap_user = "%s"
imap_password = "file:imap.password"
imap_since = "%s"`, s.mailbox.port, mailboxUser, s.due),
		"[[channel]]\nname = \"file\"", fmt.Sprintf(`[[channel]]
name = "texts"
type = "sms"
[channel.settings]
account_sid = "%[1]s"
auth_token = "file:twilio.token"
base_url = "%[2]s"
from = "%[3]s"
poll_every = "10s"

[[channel]]
name = "calls"
type = "voice"
[channel.settings]
account_sid = "%[1]s"
auth_token = "file:twilio.token"
base_url = "%[2]s"
from = "%[3]s"
listen = "%[4]s"
public_url = "http://%[4]s/calls"

[[channel]]
name = "post"
type = "letter"
[channel.settings]
dir = "letters"
paper = "letter"
window = "us-10"

[[channel]]
name = "team"
type = "chat"
[channel.settings]
kind = "webhook"
url = "file:board.url"
secret = "file:board.secret"
allow_private = "i-accept"
allow_plaintext = "i-accept"

[[channel]]
name = "file"`, twiliotest.AccountSID, s.twilio.URL, twiliotest.Number, s.calls),
		`from = "receivables@example.com"`, `from = "receivables@dockside.example"
name = "Dockside Supply"
address = ["4 Pier Road", "Chicago IL 60601"]
phone = "+1 312 555 0100"
[company.contact]
reply_pause = "10bd"
[[company.notice]]
channel = "team"`)
}

// sequences puts the site's own sequences in place of those that ship.
func (s *street) sequences() {
	s.t.Helper()
	dir := filepath.Join(s.dir, "sequences")
	must(s.t, os.RemoveAll(dir))
	must(s.t, os.MkdirAll(dir, 0o755))
	message := func(medium string) string {
		return fmt.Sprintf("do = \"message\"\nchannel = [\"%s\"]\ntemplate = \"past-due-1\"\n", medium) + fmt.Sprintf(again, medium)
	}
	for i, q := range []struct{ name, who, step string }{
		{"mailed", `["C1", "C2", "C6"]`, message("email")}, {"texted", `["C3", "C7"]`, message("sms")}, {"called", `["C4"]`, message("voice")},
		{"posted", `["C5"]`, "do = \"letter\"\ntemplate = \"past-due-3\"\n"},
	} {
		text := fmt.Sprintf(byMedium, q.name, 10+i, q.who, q.step)
		must(s.t, os.WriteFile(filepath.Join(dir, q.name+".toml"), []byte(text), 0o600))
	}
}

// customers gives each of seven customers an invoice, and the way to reach it.
func (s *street) customers() {
	s.t.Helper()
	s.exec(`DELETE FROM ar_contact`)
	s.exec(`DELETE FROM ar_customer`)
	s.exec(`DELETE FROM ar_document`)
	for i := 1; i <= 7; i++ {
		id := fmt.Sprint("C", i)
		s.exec(`INSERT INTO ar_customer (company_id, id, name, number, address1, city, region, postcode, country, time_zone, active, changed_at)
			VALUES ('10', $1::text, 'Buyer ' || $1::text, $1::text, '9 Elm Street', 'Chicago', 'IL', '60602', 'US', 'America/Chicago', true, now())`, id)
		s.exec(`INSERT INTO ar_contact (company_id, customer_id, id, role, name, email, mobile, valid)
			VALUES ('10', $1::text, $1::text, 'invoice', 'Ada', lower($1::text) || '@example.net', '(312) 555-014' || $2::text, true)`, id, fmt.Sprint(i))
		s.exec(`INSERT INTO ar_document (company_id, id, customer_id, number, kind, issued_on, due_on, currency, amount, open, posted, changed_at)
			VALUES ('10', 'D' || $1::text, $1::text, 'INV-' || $1::text, 'IN', $2::date, $2::date, 'USD', 500, 500, true, now())`, id, s.due.String())
	}
}

// mobile is the number of a customer as it is called.
func mobile(n int) string { return fmt.Sprint("+1312555014", n) }

func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	defer l.Close()
	return l.Addr().String()
}

// boardSecret signs what is shown on the board.
const boardSecret = "a secret of the board"

// board takes notices, as a receiver of one's own would.
type board struct {
	web *httptest.Server

	mu    sync.Mutex
	shown []string
	wrong error
}

func openBoard(t *testing.T) *board {
	b := new(board)
	b.web = httptest.NewServer(b)
	t.Cleanup(b.web.Close)
	return b
}

// ServeHTTP keeps a card that is signed.
func (b *board) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err == nil {
		err = chat.Verify(boardSecret, r.Header, body, time.Now())
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if err != nil {
		b.wrong = err
		http.Error(w, err.Error(), http.StatusForbidden)
		return
	}
	b.shown = append(b.shown, string(body))
}

// has reports whether one card has all the words.
func (b *board) has(words ...string) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, card := range b.shown {
		n := 0
		for _, w := range words {
			if strings.Contains(card, w) {
				n++
			}
		}
		if n == len(words) {
			return true
		}
	}
	return false
}

// text is all that was shown, for a test that misses something.
func (b *board) text() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return fmt.Sprint(strings.Join(b.shown, "\n"), b.wrong)
}
