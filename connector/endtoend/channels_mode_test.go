package endtoend_test

import (
	"bytes"
	"path/filepath"
	"slices"
	"strings"

	"github.com/jhillyerd/enmime/v2"

	"holdfast/connector/smtpsink"
)

const (
	tester       = "tester@dockside.example"
	testerMobile = "+13125550199"
)

// tried plays a day in mode test: all of it goes to the tester, the letter as a
// mail, and nothing of it counts once the mode is live again.
func (s *street) tried(day string) {
	s.t.Helper()
	s.edit(`mode = "live"`, `mode = "test"`)
	s.refused(2, "test_number: missing", "check")
	s.edit(`mode = "test"`, "test_address = \""+tester+"\"\ntest_number = \""+testerMobile+"\"\nmode = \"test\"")
	rehearse(s.site, day)
	if got := s.sentTo(); got != strings.TrimSpace(strings.Repeat(tester+" ", 4)) {
		s.t.Errorf("in mode test mail went to %q", got)
	}
	for _, who := range []string{"c1@example.net", "c2@example.net", "Buyer C5"} {
		if !slices.ContainsFunc(s.sink.Mails(), func(m smtpsink.Mail) bool { return strings.HasPrefix(subjectOf(m), "[test, for "+who) }) {
			s.t.Errorf("no mail says that it is for %s", who)
		}
	}
	for _, m := range s.twilio.Messages() {
		if m.To != testerMobile || !strings.HasPrefix(m.Body, "[test, for +1312555014") {
			s.t.Errorf("in mode test %s was texted %q", m.To, m.Body)
		}
	}
	if texts, calls := len(s.twilio.Messages()), s.twilio.Calls(); texts != 2 || len(calls) != 1 || calls[0].To != testerMobile {
		s.t.Errorf("in mode test %d texts and the calls %+v", texts, calls)
	}
	if drawn, _ := filepath.Glob(filepath.Join(s.dir, "letters", "*.*")); len(drawn) > 0 {
		s.t.Errorf("in mode test letters lie to be posted: %v", drawn)
	}
	s.edit(`mode = "test"`, `mode = "live"`)
	s.sink.Forget()
}

func subjectOf(m smtpsink.Mail) string {
	read, err := enmime.ReadEnvelope(bytes.NewReader(m.Data))
	if err != nil {
		return ""
	}
	return read.GetHeader("Subject")
}
