package endtoend_test

import (
	"encoding/csv"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"holdfast/engine/ar"
	"holdfast/engine/calendar"
	"holdfast/plugins/sdk/twilio/twiliotest"
)

// sent is a row of outbox list --json.
type sent struct {
	ID        int64  `json:"id"`
	State     string `json:"state"`
	Mode      string `json:"mode"`
	Customer  string `json:"customer_number"`
	Channel   string `json:"channel"`
	Recipient string `json:"recipient"`
	Step      string `json:"step"`
	LastEvent string `json:"last_event"`
	Reason    string `json:"reason"`
	Detail    string `json:"detail"`
	Key       string `json:"key"`
}

// TestEveryChannelThereAndBack: reminders leave by mail, text message, telephone
// and letter and arrive where they should; what comes back is heard by the
// running service and holds on the next day.
func TestEveryChannelThereAndBack(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("SKIPPED: no SIGTERM on Windows")
	}
	us := calendar.NewCountries()["US"]
	first := us.AddBusinessDays(ar.DayOf(time.Now()), -1)
	second := us.NextBusinessDay(first + 8)
	s := newStreet(t, first-10)
	s.ok("check")
	s.ok("pull")
	for n, channel := range map[int]string{3: "sms", 7: "sms", 4: "voice"} {
		s.ok("consent", "give", fmt.Sprint("C", n), "--channel", channel, "--on", (first - 1).String())
	}
	s.tried(first.String())
	rehearse(s.site, first.String())
	s.arrived()
	s.answer(second)
	s.heard(second)
	rehearse(s.site, second.String())
	s.holds()
}

// arrived looks at what the first day has brought to whom.
func (s *street) arrived() {
	s.t.Helper()
	if got := s.sentTo(); got != "c1@example.net c2@example.net c6@example.net" {
		s.t.Errorf("mail went to %q", got)
	}
	if text := s.mailTo("c6@example.net").Text; !strings.Contains(text, "INV-C6") || !strings.Contains(text, "500.00") {
		s.t.Errorf("the mail says\n%s", text)
	}
	if texts := s.texts(); len(texts) != 2 || texts[0].To != mobile(3) || texts[1].To != mobile(7) {
		s.t.Errorf("text messages %+v", texts)
	} else if body := texts[0].Body; !strings.HasPrefix(body, "Dockside Supply: ") || !strings.Contains(body, "STOP") || !strings.Contains(body, "500.00 USD") {
		s.t.Errorf("the text says %q", body)
	}
	if calls := s.twilio.Calls(); len(calls) != 2 || calls[1].To != mobile(4) { // the first one was the tester's
		s.t.Errorf("calls %+v", calls)
	}
	s.letterLies()
	for _, m := range s.outbox() {
		if m.State != "accepted" || m.Step != "first" {
			s.t.Errorf("%+v", m)
		}
	}
}

// letterLies looks at the letter to C5 and at its row in the posting list.
func (s *street) letterLies() {
	s.t.Helper()
	_, rows := s.postingList()
	if len(rows) != 2 || rows[1][1] != "C5" || rows[1][2] != "Buyer C5" {
		s.t.Fatalf("the posting list has %v", rows)
	}
	drawn := filepath.Join(s.dir, "letters", rows[1][0]+".pdf")
	if _, err := exec.LookPath("pdftotext"); err != nil {
		s.t.Log("SKIPPED: what the letter says was not read; Debian: poppler-utils")
		_, err := os.Stat(drawn)
		must(s.t, err)
		return
	}
	text, err := exec.Command("pdftotext", "-layout", drawn, "-").Output()
	must(s.t, err)
	for _, want := range []string{"Buyer C5", "9 Elm Street", "Chicago", "INV-C5", "500.00", "Dockside Supply"} {
		if !strings.Contains(string(text), want) {
			s.t.Errorf("the letter does not say %q:\n%s", want, text)
		}
	}
}

// postingList reads the one list of letters.
func (s *street) postingList() (path string, rows [][]string) {
	s.t.Helper()
	found, err := filepath.Glob(filepath.Join(s.dir, "letters", "posting-*.csv"))
	must(s.t, err)
	if len(found) != 1 {
		s.t.Fatalf("posting lists %v", found)
	}
	f, err := os.Open(found[0])
	must(s.t, err)
	defer f.Close()
	rows, err = csv.NewReader(f).ReadAll()
	must(s.t, err)
	return found[0], rows
}

// texts are the text messages that were sent to customers, by receiver.
func (s *street) texts() []twiliotest.Message {
	sent := slices.DeleteFunc(s.twilio.Messages(), func(m twiliotest.Message) bool { return m.Inbound || m.To == testerMobile })
	slices.SortStableFunc(sent, func(a, b twiliotest.Message) int { return strings.Compare(a.To, b.To) })
	return sent
}

// outbox lists what was sent in earnest.
func (s *street) outbox() []sent {
	return slices.DeleteFunc(list[sent](s.site, "outbox", "list"), func(m sent) bool { return m.Mode == "test" })
}

// answer is what comes back while the service is not there to hear it: a report
// that C1 has no mailbox, a question of C2, STOP of C3, a receipt for the text to
// C7, and the day on which the letter was posted.
func (s *street) answer(second ar.Day) {
	s.t.Helper()
	s.mailbox.deliver(s.t, returned(s.mailTo("c1@example.net"), "c1@example.net"))
	s.mailbox.deliver(s.t, answered(s.mailTo("c2@example.net"), "c2@example.net", "Which pallets is this about?"))
	_, _, err := s.twilio.Receive(mobile(3), "Stop", nil)
	must(s.t, err)
	_, err = s.twilio.Become(s.texts()[1].SID, "delivered", 0)
	must(s.t, err)
	path, rows := s.postingList()
	rows[1][slices.Index(rows[0], "posted_on")] = time.Now().Format(time.DateOnly)
	f, err := os.Create(path)
	must(s.t, err)
	must(s.t, csv.NewWriter(f).WriteAll(rows))
	must(s.t, f.Close())
}

// heard runs the service until it has told what came back. C4 answers its call
// and promises to pay by keys.
func (s *street) heard(promised ar.Day) {
	s.t.Helper()
	stop := s.start()
	eventually(s.t, "the channel of calls listens", func() bool {
		c, err := net.Dial("tcp", s.calls)
		if err == nil {
			c.Close()
		}
		return err == nil
	})
	_, month, day := promised.Date()
	talk, err := s.twilio.Play(s.twilio.Calls()[1].SID, twiliotest.Talk{AnsweredBy: "human", Keys: []string{"2", fmt.Sprintf("%02d%02d", day, month), "1"}, Seconds: 40})
	must(s.t, err)
	if said := talk.Text(); !strings.Contains(said, "automatic call") || !strings.Contains(said, "Dockside Supply") || strings.Contains(said, "500") {
		s.t.Errorf("the call said\n%s", said)
	}
	want := map[string]string{"C1": "bounced_hard", "C2": "replied", "C3": "opted_out", "C4": "call_outcome", "C5": "posted", "C6": "", "C7": "delivered"}
	eventually(s.t, "all that came back is on its message", func() bool {
		return !slices.ContainsFunc(s.outbox(), func(m sent) bool { return m.LastEvent != want[m.Customer] })
	})
	eventually(s.t, "the tasks are on the board", func() bool {
		return s.board.has("C1", "Task") && s.board.has("C2", "Which pallets is this about?")
	})
	said := stop()
	if s.t.Failed() {
		s.t.Logf("outbox %+v\nboard %s\nservice %s", s.outbox(), s.board.text(), said)
	}
	s.told(promised)
}

// told looks at what has become of the answers.
func (s *street) told(promised ar.Day) {
	s.t.Helper()
	type fact struct {
		Customer string `json:"customer_number"`
		Day      string `json:"day"`
		Address  string `json:"address"`
		Text     string `json:"text"`
		Task     string `json:"task"`
		Reason   string `json:"reason"`
	}
	if stops := list[fact](s.site, "contact", "list"); len(stops) != 1 || stops[0].Address != mobile(3) {
		s.t.Errorf("stops %+v", stops)
	}
	if replies := list[fact](s.site, "reply", "list"); len(replies) != 1 || replies[0].Customer != "C2" || replies[0].Text != "Which pallets is this about?" {
		s.t.Errorf("replies %+v", replies)
	}
	if promises := list[fact](s.site, "promise", "list"); len(promises) != 1 || promises[0].Customer != "C4" || promises[0].Day != promised.String() {
		s.t.Errorf("promises %+v", promises)
	}
	tasks := list[fact](s.site, "task", "list")
	if !slices.ContainsFunc(tasks, func(f fact) bool { return f.Customer == "C1" }) {
		s.t.Errorf("nobody is asked for another address of C1: %+v", tasks)
	}
	for _, m := range s.outbox() {
		if m.Customer == "C1" && !strings.Contains(s.ok("outbox", "show", fmt.Sprint(m.ID)), "User unknown") {
			s.t.Errorf("outbox show %d does not say why it came back", m.ID)
		}
	}
}

// holds looks at what the second day has sent: to those who had no reason to be
// left alone, and to nobody else.
func (s *street) holds() {
	s.t.Helper()
	if got := s.sentTo(); got != "c1@example.net c2@example.net c6@example.net c6@example.net" {
		s.t.Errorf("mail went to %q", got)
	}
	var to []string
	for _, m := range s.texts() {
		to = append(to, m.To)
	}
	if !slices.Equal(to, []string{mobile(3), mobile(7), mobile(7)}) {
		s.t.Errorf("text messages went to %v", to)
	}
	if n := len(s.twilio.Calls()) - 1; n != 1 {
		s.t.Errorf("%d calls, and the one who was called has promised", n)
	}
}
