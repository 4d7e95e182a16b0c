package email

import (
	"context"
	"errors"
	"fmt"
	"net/textproto"
	"slices"
	"strings"
	"time"

	"github.com/wneessen/go-mail/smtp"

	"holdfast/plugins/sdk"
)

// envelope is a mail with whom it goes to.
type envelope struct {
	from string
	to   []sdk.Mailbox
	cc   []sdk.Mailbox
	raw  []byte // CRLF line ends
	id   string // Message-ID
}

// transaction is one mail on one connection.
type transaction struct {
	*conn
	envelope
	timeout time.Duration

	begun    bool // the server has taken MAIL
	broken   bool // the connection is of no further use
	accepted bool
	missed   []string // copies that the server would not take
}

// Phases of a transaction, as they stand in a detail.
const (
	phaseMail = "sender"
	phaseRcpt = "recipient"
	phaseData = "start of the message"
	phaseBody = "message"
	phaseDot  = "end of the message"
)

// run sends the mail. Up to the final dot a lost connection means that nothing
// was taken; after it, nobody knows.
func (t *transaction) run(ctx context.Context) sdk.Sent {
	if sent, ok := t.open(ctx); !ok {
		return sent
	}
	t.patience(ctx, t.timeout)
	w, err := t.Data()
	if err != nil {
		return t.failed(phaseData, err)
	}
	for piece := range slices.Chunk(t.raw, 64<<10) {
		t.patience(ctx, t.timeout)
		if _, err := w.Write(piece); err != nil {
			return t.failed(phaseBody, err)
		}
	}
	t.patience(ctx, 12*time.Minute)
	if err := w.Close(); err != nil {
		return t.failed(phaseDot, err)
	}
	t.accepted = true
	sent := sdk.Sent{State: sdk.Accepted, ProviderID: strings.Trim(t.id, "<>")}
	if d, ok := w.(*smtp.DataCloser); ok {
		sent.Detail = d.ServerResponse()
	}
	if len(t.missed) > 0 {
		sent.Detail = strings.Join(append(t.missed, sent.Detail), "; ")
	}
	return sent
}

// open names sender, recipients and copies. A copy that is not taken does not
// keep the mail from its recipient.
func (t *transaction) open(ctx context.Context) (sdk.Sent, bool) {
	t.patience(ctx, t.timeout)
	unicode := t.needsUnicode()
	if can, _ := t.Extension("SMTPUTF8"); unicode && !can {
		return sdk.Sent{State: sdk.Refused, Detail: "an address is not ASCII, and the mail server has no SMTPUTF8"}, false
	}
	t.SkipSMTPUTF8(!unicode)
	if err := t.Mail("<" + t.from + ">"); err != nil {
		return t.failed(phaseMail, err), false
	}
	t.begun = true
	for _, to := range t.to {
		if err := t.Rcpt("<" + to.Address + ">"); err != nil {
			return t.failed(phaseRcpt, err), false
		}
	}
	for _, cc := range t.cc {
		if err := t.Rcpt("<" + cc.Address + ">"); err != nil {
			if reply, ok := replyOf(err); !ok || reply.Code == 421 {
				return t.failed(phaseRcpt, err), false
			}
			t.missed = append(t.missed, fmt.Sprintf("copy to %s not taken: %v", cc.Address, err))
		}
	}
	return sdk.Sent{}, true
}

func (t *transaction) failed(phase string, err error) sdk.Sent {
	sent, broken := classify(phase, err)
	t.broken = broken
	return sent
}

// patience sets how long the next answers may take, at most until shortly
// before the caller gives up: an answer of ours is better than none.
func (t *transaction) patience(ctx context.Context, d time.Duration) {
	if deadline, ok := ctx.Deadline(); ok {
		left := time.Until(deadline)
		d = min(d, left-min(2*time.Second, left/4))
	}
	_ = t.UpdateDeadline(d)
}

func (t *transaction) needsUnicode() bool {
	all := t.from
	for _, box := range append(append([]sdk.Mailbox{}, t.to...), t.cc...) {
		all += box.Address
	}
	return strings.ContainsFunc(all, func(r rune) bool { return r > 127 })
}

// replyOf returns the server's reply inside err, if there was one.
func replyOf(err error) (*textproto.Error, bool) {
	var reply *textproto.Error
	return reply, errors.As(err, &reply)
}
