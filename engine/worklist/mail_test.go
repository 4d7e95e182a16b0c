package worklist

import (
	"strings"
	"testing"
	"time"

	"holdfast/engine/outbox"
)

func TestMailNamesTheMostUrgent(t *testing.T) {
	l := build(t)
	m, err := l.Message(Letter{From: outbox.Mailbox{Address: "ar@example.com"}, To: outbox.Mailbox{Name: "Dana", Address: "dana@example.com"},
		Date: time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)})
	if err != nil {
		t.Fatal(err)
	}
	if m.Subject != "Worklist for Mon 2026-11-23: 5 tasks" || m.Attachments[0].Name != "worklist-1-dana-2026-11-23.xlsx" {
		t.Errorf("%s, %s", m.Subject, m.Attachments[0].Name)
	}
	if !strings.Contains(m.Text, "\n2. Cinder Works: Ask what became of the promise (promise for 2026-11-19 broken;") {
		t.Errorf("text:\n%s", m.Text)
	}
	if m.Key != l.SendKey() {
		t.Error("the message does not have the key of its list")
	}
}

func TestOneKeyForOneDay(t *testing.T) {
	l, same, next, other := build(t), build(t), build(t), build(t)
	same.Rows, same.Collector = nil, "DANA"
	next.Day++
	other.Company = "2"
	if l.SendKey() != same.SendKey() {
		t.Error("the same list made again has another key")
	}
	if l.SendKey() == next.SendKey() || l.SendKey() == other.SendKey() {
		t.Error("two lists have one key")
	}
}

func TestFileNamesAreApart(t *testing.T) {
	seen := map[string]string{}
	for _, name := range []string{"dana", "dana b", "dana/b", "../dana", "Ærø", "", "日本", strings.Repeat("x", 90), strings.Repeat("x", 91)} {
		l := List{Options: options, Collector: name}
		file := l.FileName()
		if strings.ContainsAny(file, `/\: `) || len(file) > 90 {
			t.Errorf("%q: file %q", name, file)
		}
		if other, twice := seen[file]; twice {
			t.Errorf("%q and %q are both %s", name, other, file)
		}
		seen[file] = name
	}
}
