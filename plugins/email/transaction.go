package email

import (
	"context"
	"slices"
	"time"

	"github.com/wneessen/go-mail/smtp"

	"holdfast/plugins/sdk"
)

// envelope is a mail on its way to one address.
type envelope struct {
	from    string
	to      string
	raw     []byte // CRLF line ends
	id      string // Message-ID without its brackets
	unicode bool   // an address of the mail is not ASCII
}

// transaction is one mail on one connection.
type transaction struct {
	*conn
	envelope
	patience func(phase) time.Duration

	begun  bool // the server has taken MAIL
	spoilt bool // the connection is of no further use
}

// run sends the mail. Up to the final dot a lost connection means that nothing
// was taken; after it, nobody knows, so that the answer is awaited even if the
// caller has gone.
func (t *transaction) run(ctx context.Context) sdk.Sent {
	stop := context.AfterFunc(ctx, t.interrupt)
	defer stop()
	if sent, ok := t.open(ctx); !ok {
		return sent
	}
	t.wait(ctx, t.patience(phaseData))
	w, err := t.Data()
	if err != nil {
		return t.failed(phaseData, err)
	}
	for piece := range slices.Chunk(t.raw, block) {
		t.wait(ctx, t.patience(phaseBody))
		if _, err := w.Write(piece); err != nil {
			return t.failed(phaseBody, err)
		}
	}
	if !stop() {
		return t.failed(phaseBody, context.Cause(ctx)) // the dot was never sent
	}
	t.waitForDot(ctx)
	if err := w.Close(); err != nil {
		return t.answered(t.failed(phaseDot, err))
	}
	reply := ""
	if d, ok := w.(*smtp.DataCloser); ok {
		reply = d.ServerResponse()
	}
	return t.answered(accepted.sent("250 %s", reply))
}

// waitForDot bounds the last answer by ctx's deadline, whether or not the
// caller still listens.
func (t *transaction) waitForDot(ctx context.Context) {
	patient, cancel := context.WithCancel(context.WithoutCancel(ctx))
	if deadline, ok := ctx.Deadline(); ok {
		patient, cancel = context.WithDeadline(patient, deadline)
	}
	defer cancel()
	t.wait(patient, t.patience(phaseDot))
}

// answered adds the mail's id to what was accepted.
func (t *transaction) answered(s sdk.Sent) sdk.Sent {
	if s.State == sdk.Accepted {
		s.ProviderID = t.id
	}
	return s
}

// open names sender and recipient.
func (t *transaction) open(ctx context.Context) (sdk.Sent, bool) {
	if can, _ := t.Extension("SMTPUTF8"); t.unicode && !can {
		return addressRefused.sent("an address is not ASCII, and the mail server has no SMTPUTF8"), false
	}
	t.SkipSMTPUTF8(!t.unicode)
	t.wait(ctx, t.patience(phaseMail))
	if err := taken(t.Mail("<" + t.from + ">")); err != nil {
		return t.failed(phaseMail, err), false
	}
	t.begun = true
	t.wait(ctx, t.patience(phaseRcpt))
	if err := taken(t.Rcpt("<" + t.to + ">")); err != nil {
		return t.failed(phaseRcpt, err), false
	}
	return sdk.Sent{}, true
}

// taken drops the error of a good reply that is not the usual one: RFC 5321,
// section 4.3.2, has clients go by the first digit.
func taken(err error) error {
	if reply, replied := replyOf(err); replied && reply.Code/100 == 2 {
		return nil
	}
	return err
}

func (t *transaction) failed(at phase, err error) sdk.Sent {
	sent, spoilt := classify(at, err)
	t.spoilt = spoilt
	return sent
}
