package email

import (
	"crypto/tls"
	"errors"

	"github.com/wneessen/go-mail/smtp"

	"holdfast/plugins/sdk"
)

// dialFailed is the answer where no session came about; nothing left.
func dialFailed(err error) sdk.Sent {
	var f *failure
	if !errors.As(err, &f) {
		return lost.sent("%v", err)
	}
	_, replied := replyOf(f.err)
	switch {
	case replied:
		sent, _ := classify(f.phase, f.err)
		return sent
	case errors.Is(f.err, errLogin) || errors.Is(f.err, smtp.ErrUnencrypted):
		return loginFailed.sent("%v", f.err)
	case f.phase == phaseConnect:
		return unreachable.sent("the mail server cannot be reached: %v", f.err)
	case errors.Is(f.err, errNoTLS) || untrusted(f.err):
		return tlsFailed.sent("%v", f.err)
	}
	sent, _ := classify(f.phase, f.err)
	return sent
}

// untrusted reports errors of TLS that come again: a certificate that proves
// nothing, and a server that doesn't speak it.
func untrusted(err error) bool {
	var certificate *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	var alert tls.AlertError
	return errors.As(err, &certificate) || errors.As(err, &record) || errors.As(err, &alert)
}

// describe makes an error of an answer.
func describe(s sdk.Sent) error { return errors.New(s.Detail) }
