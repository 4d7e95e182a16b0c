package email_test

import (
	"bufio"
	"net"
	"strings"
	"testing"
)

// script is what an SMTP server says at each phase: greeting, EHLO, MAIL,
// RCPT, DATA and "." (the end of the message). A phase left out goes well;
// "hang up" closes the connection, "stall" says nothing more.
type script map[string]string

// play starts a server that follows the script and returns its port.
func (s script) play(t testing.TB) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go s.session(conn)
		}
	}()
	return l.Addr().(*net.TCPAddr).Port
}

func (s script) session(conn net.Conn) {
	defer conn.Close()
	in := bufio.NewScanner(conn)
	in.Buffer(nil, 1<<20)
	well := map[string]string{
		"greeting": "220 hello", "EHLO": "250 localhost", "DATA": "354 go on", "QUIT": "221 bye",
	}
	say := func(phase string) bool {
		line, ok := s[phase]
		if !ok {
			line, ok = well[phase]
		}
		if !ok {
			line = "250 fine"
		}
		switch line {
		case "hang up":
			return false
		case "stall":
			for in.Scan() {
			}
			return false
		}
		_, err := conn.Write([]byte(line + "\r\n"))
		return err == nil
	}
	if !say("greeting") {
		return
	}
	inData := false
	for in.Scan() {
		line := in.Text()
		phase, _, _ := strings.Cut(line, " ")
		switch {
		case inData && line != ".":
			continue
		case inData:
			phase, inData = ".", false
		case phase == "DATA":
			inData = !strings.HasPrefix(s["DATA"], "4") && !strings.HasPrefix(s["DATA"], "5")
		case phase == "RCPT" && strings.Contains(line, "copy@"):
			phase = "COPY"
		}
		if !say(phase) {
			return
		}
	}
}
