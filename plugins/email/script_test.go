package email_test

import (
	"bufio"
	"crypto/tls"
	"net"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// script is what an SMTP server says at each phase: greeting, EHLO, STARTTLS,
// AUTH, MAIL, RCPT, DATA, "body" (the first line of the message) and "." (its
// end). Lines of one reply are divided by "\n". A phase left out goes well;
// "hang up" closes the connection, "stall" says nothing more and reads nothing
// more; "later " before a reply lets it come late, and "last " hangs up after it.
type script map[string]string

// scripted is a server that follows a script.
type scripted struct {
	script  script
	once    bool          // only the first connection follows it; all goes well on the others
	spared  int           // messages of a connection that go well first
	secret  *tls.Config   // for STARTTLS, where the script lets it go well
	stalled chan struct{} // closed when the server stalls for the first time
	ended   chan struct{} // closed when the first message has come to its end
	begun   atomic.Int64  // connections
	got     atomic.Int64  // messages that have come to their end
}

// late is how long a late reply takes.
const late = 150 * time.Millisecond

// play starts a server that follows the script and returns its port.
func (s *scripted) play(t testing.TB) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.stalled, s.ended = make(chan struct{}), make(chan struct{})
	over := make(chan struct{})
	t.Cleanup(func() { close(over); _ = l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			says := s.script
			if s.begun.Add(1) > 1 && s.once {
				says = nil
			}
			talk := &talk{scripted: s, says: says, over: over}
			talk.on(conn)
			go talk.run()
		}
	}()
	return l.Addr().(*net.TCPAddr).Port
}

// talk is one connection.
type talk struct {
	*scripted
	says script
	over chan struct{} // closed at the end of the test
	conn net.Conn
	in   *bufio.Scanner

	mails int // that have come to their end, and were answered
}

func (t *talk) on(conn net.Conn) {
	t.conn, t.in = conn, bufio.NewScanner(conn)
	t.in.Buffer(nil, 1<<20)
}

var well = script{"greeting": "220 hello", "DATA": "354 go on", "QUIT": "221 bye", "AUTH": "235 welcome", "STARTTLS": "220 go on", "body": ""}

// say answers in a phase and reports whether the talk goes on.
func (t *talk) say(phase string) bool {
	reply, ok := t.says[phase]
	if !ok || t.mails < t.spared {
		reply, ok = well[phase]
	}
	if !ok {
		reply = "250 fine"
	}
	if phase == "EHLO" && t.says["EHLO"] == "" {
		reply = "250-localhost"
		for offer, when := range map[string]string{"STARTTLS": "STARTTLS", "AUTH PLAIN": "AUTH"} {
			if _, ok := t.says[when]; ok {
				reply += "\n250-" + offer
			}
		}
		reply += "\n250 ENHANCEDSTATUSCODES"
	}
	switch reply {
	case "":
		return true
	case "hang up":
		return false
	case "stall":
		t.stall()
		return false
	}
	if rest, ok := strings.CutPrefix(reply, "later "); ok {
		time.Sleep(late)
		reply = rest
	}
	reply, last := strings.CutPrefix(reply, "last ")
	_, err := t.conn.Write([]byte(strings.ReplaceAll(reply, "\n", "\r\n") + "\r\n"))
	return err == nil && !last && !strings.HasPrefix(reply, "421") // which announces the end
}

// stall keeps the connection open and silent until the test is over.
func (t *talk) stall() {
	select {
	case <-t.stalled:
	default:
		close(t.stalled)
	}
	<-t.over
}

func (t *talk) run() {
	defer func() { _ = t.conn.Close() }()
	if !t.say("greeting") {
		return
	}
	for t.in.Scan() {
		phase, _, _ := strings.Cut(t.in.Text(), " ")
		if phase == "RCPT" && strings.Contains(t.in.Text(), "copy@") {
			phase = "COPY"
		}
		if !t.say(phase) || phase == "STARTTLS" && !t.encrypt() || phase == "DATA" && !t.message() {
			return
		}
	}
}

// encrypt goes on behind TLS, or stalls instead of the handshake.
func (t *talk) encrypt() bool {
	if t.says["STARTTLS"] == "220 and no handshake" {
		t.stall()
	}
	if t.secret != nil {
		t.on(tls.Server(t.conn, t.secret))
	}
	return t.secret != nil
}

// message reads a message up to its end.
func (t *talk) message() bool {
	if reply, ok := t.says["DATA"]; ok && t.mails >= t.spared && !strings.HasPrefix(reply, "354") {
		return true
	}
	for first := true; t.in.Scan(); first = false {
		if first && !t.say("body") {
			return false
		}
		if t.in.Text() == "." {
			if t.got.Add(1) == 1 {
				close(t.ended)
			}
			defer func() { t.mails++ }()
			return t.say(".")
		}
	}
	return false
}
