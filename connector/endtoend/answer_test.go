package endtoend_test

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/jhillyerd/enmime/v2"

	"holdfast/engine/ar"
)

// links turns on the pages behind links and returns the address where the
// service will serve them.
func (s *site) links() {
	s.t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(s.t, err)
	address := l.Addr().String()
	must(s.t, l.Close())
	must(s.t, os.WriteFile(filepath.Join(s.dir, "links.key"), []byte(strings.Repeat("k", 32)), 0o600))
	s.edit("[[channel]]\nname = \"smtp\"", fmt.Sprintf(`[links]
base_url = "http://%s/a"
listen = "%s"
signing_key = "file:links.key"
opens = "yes"
clicks = "yes"

[[channel]]
name = "smtp"`, address, address))
}

// mailTo returns the last mail to a recipient.
func (s *site) mailTo(address string) *enmime.Envelope {
	s.t.Helper()
	var last *enmime.Envelope
	for _, m := range s.sink.Mails() {
		if m.To[0] == address {
			var err error
			last, err = enmime.ReadEnvelope(bytes.NewReader(m.Data))
			must(s.t, err)
		}
	}
	if last == nil {
		s.t.Fatalf("no mail to %s", address)
	}
	return last
}

// fetch follows a link, or sends its form, and returns what the page says.
func (s *site) fetch(link string, form url.Values) string {
	s.t.Helper()
	get := func() (*http.Response, error) { return http.Get(link) }
	if form != nil {
		get = func() (*http.Response, error) { return http.PostForm(link, form) }
	}
	answer, err := get()
	must(s.t, err)
	defer answer.Body.Close()
	page, err := io.ReadAll(answer.Body)
	must(s.t, err)
	if answer.StatusCode != http.StatusOK {
		s.t.Errorf("%s: %s\n%s", link, answer.Status, page)
	}
	return string(page)
}

// dueLately moves every bill so that it was due nine days ago, and returns today:
// the service has no other clock than this machine's.
func (s *site) dueLately() ar.Day {
	s.t.Helper()
	zone, err := time.LoadLocation("America/Chicago")
	must(s.t, err)
	today := ar.DayOf(time.Now().In(zone))
	s.exec(`UPDATE ar_document SET due_on = $1::date, issued_on = $1::date - 30`, (today - 9).String())
	return today
}

// rehearseUntil rehearses the days after one until as many mails have left, since
// nothing leaves on a weekend or a holiday, and returns the day on which they did.
func (s *site) rehearseUntil(today ar.Day, mails int) ar.Day {
	s.t.Helper()
	for day := today + 1; day < today+8; day++ {
		if rehearse(s, day.String()); len(s.sink.Mails()) >= mails {
			return day
		}
	}
	s.t.Fatalf("%d mails left in a week, want %d", len(s.sink.Mails()), mails)
	return 0
}

// TestCustomersAnswerByLink: from a mail on a real mail server to facts that the
// next decision sees.
func TestCustomersAnswerByLink(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("SKIPPED: no SIGTERM on Windows")
	}
	s := generic(t)
	s.links()
	s.bill("D2", "C2", "800")
	today := s.dueLately()
	s.ok("pull")
	s.ok("adopt", "--yes")
	written := s.rehearseUntil(today, 2)
	one, two := s.mailTo("c1@example.net"), s.mailTo("c2@example.net")
	link := func(m *enmime.Envelope, action string) string {
		t.Helper()
		found := regexp.MustCompile(`http://\S+/` + action + `/\S+`).FindString(m.Text)
		if found == "" {
			t.Fatalf("no link to %s:\n%s", action, m.Text)
		}
		return found
	}
	if unsubscribe := one.GetHeader("List-Unsubscribe"); !strings.Contains(unsubscribe, "<"+link(one, "unsubscribe")+">") {
		t.Errorf("List-Unsubscribe is %q; the text has %q", unsubscribe, link(one, "unsubscribe"))
	}
	stop := s.start()
	eventually(t, "the pages are served", func() bool {
		answer, err := http.Get(link(one, "promise"))
		if err == nil {
			answer.Body.Close()
		}
		return err == nil
	})
	page := s.fetch(link(one, "promise"), nil)
	once := regexp.MustCompile(`name="once" value="(\w+)"`).FindStringSubmatch(page)
	if once == nil || !strings.Contains(page, "500.00 USD") {
		t.Fatalf("the page asks for nothing:\n%s", page)
	}
	day := regexp.MustCompile(`max="([\d-]+)"`).FindStringSubmatch(page)[1]
	form := url.Values{"once": {once[1]}, "day": {day}}
	s.fetch(link(one, "promise"), form)
	s.fetch(link(one, "promise"), form)
	s.fetch(link(two, "unsubscribe"), url.Values{"List-Unsubscribe": {"One-Click"}})
	stop()
	type fact struct {
		Customer string `json:"customer_number"`
		By       string `json:"by"`
		Day      string `json:"day"`
		Address  string `json:"address"`
	}
	if promises := list[fact](s, "promise", "list"); len(promises) != 1 || promises[0].Customer != "C1" || promises[0].Day != day {
		t.Errorf("promises %+v, want one of C1 until %s", promises, day)
	}
	if stops := list[fact](s, "contact", "list"); len(stops) != 1 || stops[0].Address != "c2@example.net" || !strings.HasPrefix(stops[0].By, "customer by link") {
		t.Errorf("stops %+v", stops)
	}
	before := len(s.sink.Mails())
	s.exec(`UPDATE ar_document SET changed_at = now()`)
	for after := range 4 {
		rehearse(s, (written + 7 + ar.Day(after)).String())
	}
	for _, m := range s.sink.Mails()[before:] { // who promised gets a confirmation and the month's statement, and no reminder
		mail, err := enmime.ReadEnvelope(bytes.NewReader(m.Data))
		must(t, err)
		subject := mail.GetHeader("Subject")
		if m.To[0] != "c1@example.net" || !strings.Contains(subject, "your payment on") && !strings.Contains(subject, "statement of account") {
			t.Errorf("%s got %q", m.To[0], subject)
		}
	}
}
