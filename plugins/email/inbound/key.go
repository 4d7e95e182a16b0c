package inbound

import (
	"bytes"
	"net/textproto"
	"regexp"
	"slices"
	"strings"
)

// keyHeader is the header of our mails that names their delivery.
const keyHeader = "X-Holdfast-Key"

var (
	// A Message-ID of ours is its key, 32 hex digits, at the sender's domain.
	ourID      = regexp.MustCompile(`<\s*([0-9a-f]{32})@[^<>\s]{1,255}>`)
	ourIDLine  = regexp.MustCompile(`(?im)^[>\s]*Message-ID:\s*<([0-9a-f]{32})@[^<>\s]{1,255}>`)
	ourKeyLine = regexp.MustCompile(`(?im)^[>\s]*X-Holdfast-Key:\s*([A-Za-z0-9][A-Za-z0-9._-]{0,59})\s*$`)
	ourKey     = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,59}$`)
	ourThread  = regexp.MustCompile(`<thread\.([^<>@\s]{1,200})@[^<>\s]{1,255}>`)
	ourTag     = regexp.MustCompile(`(?i)\bHF-[0-9A-HJKMNP-TV-Z]{12}\b`)
)

// names finds what the mail is about: keys, tag and thread.
func (l *letter) names(m *Mail) {
	m.Keys = l.keys()
	m.Tag = l.tag()
	if found := ourThread.FindStringSubmatch(l.references()); found != nil {
		m.Thread = found[1]
	}
}

// aboutOurs reports whether a mail names a delivery.
func (l *letter) aboutOurs() bool { return len(l.keys()) > 0 || l.tag() != "" }

// keys returns the keys that a mail names: first of what was returned, then of
// what it answers, the latest first, then of headers that its text shows.
func (l *letter) keys() (keys []string) {
	add := func(key string) {
		if ourKey.MatchString(key) && !slices.Contains(keys, key) && len(keys) < 20 {
			keys = append(keys, key)
		}
	}
	for _, p := range l.reports {
		h := headersOf(p.content[:min(len(p.content), beginning)])
		add(h.Get(keyHeader))
		l.addIDs(add, h.Get("Message-Id"))
	}
	for _, name := range []string{"In-Reply-To", "References", "X-Original-Message-Id"} {
		l.addIDs(add, l.top.Get(name))
	}
	l.addShown(add)
	return keys
}

func (l *letter) addIDs(add func(string), value string) {
	found := ourID.FindAllStringSubmatch(cut(value, 16<<10), 50)
	slices.Reverse(found)
	for _, f := range found {
		add(f[1])
	}
}

// addShown adds the keys of headers that stand in the text, as in bounces that
// return the mail as text.
func (l *letter) addShown(add func(string)) {
	for _, pattern := range []*regexp.Regexp{ourKeyLine, ourIDLine} {
		for _, f := range pattern.FindAllStringSubmatch(l.plain, 5) {
			add(f[1])
		}
	}
}

// references returns the headers that name earlier mails.
func (l *letter) references() string {
	return l.top.Get("In-Reply-To") + " " + cut(l.top.Get("References"), 16<<10)
}

// tag returns the first tag of the subject, of what was written, of what was
// quoted, or of what was returned.
func (l *letter) tag() string {
	for _, text := range []string{l.header("Subject"), l.written(), l.plain} {
		if found := ourTag.FindString(text); found != "" {
			return strings.ToUpper(found)
		}
	}
	for _, p := range l.reports {
		if found := ourTag.Find(p.content[:min(len(p.content), beginning)]); found != nil {
			return string(bytes.ToUpper(found))
		}
	}
	return ""
}

// returned are the headers of the mail that a report gives back; empty where it
// gives none.
func (l *letter) returned() textproto.MIMEHeader {
	for _, p := range l.reports {
		if p.kind == "message/rfc822" || p.kind == "text/rfc822-headers" || p.kind == "message/global" || p.kind == "message/global-headers" {
			return headersOf(p.content[:min(len(p.content), beginning)])
		}
	}
	return textproto.MIMEHeader{}
}
