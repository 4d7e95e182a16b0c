package email_test

import (
	"testing"
	"time"
)

// office is a mail server with one mailbox, password "right".
type office interface {
	port() int
	user() string
	deliver(t *testing.T, raw []byte, came time.Time)
	renumber(t *testing.T) // gives the mailbox a new UIDVALIDITY, with all mails
	folder(t *testing.T, name string) (mails, seen int)
}

// offices opens an office of each kind that can be had here.
func offices(t *testing.T, try func(t *testing.T, o office)) {
	t.Run("go-imap", func(t *testing.T) { try(t, openMemory(t)) })
	t.Run("Dovecot", func(t *testing.T) { try(t, openDovecot(t)) })
}

// soon asks until the answer is yes, for ten seconds.
func soon(yes func() bool) bool {
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		if yes() {
			return true
		}
	}
	return false
}
