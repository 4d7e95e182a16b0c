package email

import (
	"errors"
	"fmt"
	"net/textproto"
	"regexp"
	"slices"
	"strings"
	"time"

	"holdfast/plugins/sdk"
)

// class is what a reply, or its absence, means.
type class struct {
	words string // a detail begins with them
	state sdk.State
	after time.Duration // pause before it is tried again
	whole bool          // no other mail will fare better
}

// The classes. Where a person must mend something, the pause is long.
var (
	accepted       = class{"accepted", sdk.Accepted, 0, false}
	busy           = class{"not now", sdk.Retry, 5 * time.Minute, false}
	greylisted     = class{"greylisted", sdk.Retry, 5 * time.Minute, false}
	mailboxFull    = class{"mailbox full", sdk.Retry, time.Hour, false}
	addressRefused = class{"address refused", sdk.Refused, 0, false}
	contentRefused = class{"content refused", sdk.Refused, 0, false}
	senderRefused  = class{"sender refused", sdk.Retry, 15 * time.Minute, false}
	misunderstood  = class{"not understood", sdk.Retry, 15 * time.Minute, false}
	loginFailed    = class{"authentication failed", sdk.Retry, 15 * time.Minute, true}
	tlsFailed      = class{"no encryption", sdk.Retry, 15 * time.Minute, true}
	noService      = class{"no service", sdk.Retry, 15 * time.Minute, true}
	unreachable    = class{"unreachable", sdk.Retry, time.Minute, true}
	noSlot         = class{"all connections in use", sdk.Retry, time.Minute, false}
	lost           = class{"connection lost", sdk.Retry, time.Minute, false}
	uncertain      = class{"uncertain", sdk.Uncertain, 0, false}
)

// sent is the answer of a class.
func (c class) sent(format string, args ...any) sdk.Sent {
	detail := fmt.Sprintf(format, args...)
	return sdk.Sent{State: c.state, Detail: c.words + ": " + oneLine(detail), RetryAfter: c.after, WholeChannel: c.whole}
}

// rule says which replies are of a class. Empty fields fit everything.
type rule struct {
	phases   []phase
	codes    string         // how the code begins, one of several
	enhanced string         // how the enhanced status code of RFC 3463 begins, one of several
	words    *regexp.Regexp // in the text
	class    class
}

// Groups of phases.
var (
	opening  = []phase{phaseGreeting, phaseHello}
	atSender = []phase{phaseMail}
	atPerson = []phase{phaseRcpt}
	atTLS    = []phase{phaseTLS}
	atLogin  = []phase{phaseLogin}
	content  = []phase{phaseData, phaseBody, phaseDot}
	atDot    = []phase{phaseDot}
)

var (
	greylist = regexp.MustCompile(`(?i)gr[ea]y[ -]?list`)
	// That a server passes nothing on for us, in the words of Postfix (with 454
	// too), Exim and Exchange.
	relaying = regexp.MustCompile(`(?i)relay(ing)?( access)? (denied|not permitted|prohibited)|unable to relay`)
	// What servers say where they mean us: open relays they won't be, lists of
	// bad hosts, and senders that others may not use (Exchange: 5.7.60).
	againstUs = regexp.MustCompile(`(?i)relay|block(ed)? ?(using|list)|blacklist|denylist|client host|authenticat|send as this sender|reverse dns|helo`)
)

// rules is the table of replies: the first that fits counts.
var rules = []rule{
	{codes: "530 534 535 538", class: loginFailed},      // RFC 4954, section 6
	{phases: atLogin, codes: "432", class: loginFailed}, // a password must be changed
	{phases: atLogin, codes: "5", class: loginFailed},
	{codes: "450 451", enhanced: "4.7.1", class: greylisted},
	{codes: "4", words: greylist, class: greylisted},
	{codes: "4 5", words: relaying, class: senderRefused},
	{codes: "4", class: busy},
	{phases: opening, codes: "5", class: noService},
	{phases: atTLS, codes: "5", class: tlsFailed},
	{enhanced: "5.2.2", class: mailboxFull},
	{phases: atPerson, codes: "552", enhanced: "5.3.4", class: contentRefused},
	{phases: atPerson, codes: "552", class: mailboxFull}, // RFC 5321, section 4.5.3.1.10: for a while
	{codes: "552", class: contentRefused},
	{enhanced: "5.3.4", class: contentRefused},
	{phases: atSender, codes: "5", class: senderRefused},
	{codes: "500 502 503 504 555", class: misunderstood},
	{codes: "5", enhanced: "5.7.20 5.7.21 5.7.22 5.7.23 5.7.24 5.7.25 5.7.26 5.7.60", class: senderRefused}, // RFC 7372
	{codes: "5", enhanced: "5.7", words: againstUs, class: senderRefused},
	{phases: atPerson, codes: "5", class: addressRefused},
	{phases: content, codes: "5", enhanced: "5.1 5.2.1", class: addressRefused},
	{phases: content, codes: "5", class: contentRefused},
	{phases: atDot, codes: "2", class: accepted},
	{phases: atDot, class: uncertain},
	{class: misunderstood},
}

// classify turns what went wrong in a phase into an answer, and says whether
// the connection is spoilt.
func classify(at phase, err error) (sent sdk.Sent, spoilt bool) {
	reply, replied := replyOf(err)
	switch {
	case replied:
		c := classOf(at, reply)
		inOrder := reply.Code >= 400 && reply.Code != 421 && c != misunderstood && !c.whole
		return c.sent("at %s: %d %s", at, reply.Code, reply.Msg), !inOrder && c != accepted
	case at == phaseDot:
		return uncertain.sent("no answer at %s: %v", at, err), true
	}
	return lost.sent("at %s: %v", at, err), true
}

// classOf finds the class of a reply in the table.
func classOf(at phase, reply *textproto.Error) class {
	code, enhanced := fmt.Sprint(reply.Code), statusCode.FindString(reply.Msg)
	for _, r := range rules {
		here := r.phases == nil || slices.Contains(r.phases, at)
		if here && begins(code, r.codes) && beginsDotted(enhanced, r.enhanced) && (r.words == nil || r.words.MatchString(reply.Msg)) {
			return r.class
		}
	}
	return misunderstood
}

// statusCode is an enhanced status code at the head of a reply: RFC 2034.
var statusCode = regexp.MustCompile(`^[245]\.\d{1,3}\.\d{1,3}\b`)

// begins reports whether code begins with one of several; with none, it does.
func begins(code, several string) bool {
	return several == "" || slices.ContainsFunc(strings.Fields(several), func(s string) bool { return strings.HasPrefix(code, s) })
}

// beginsDotted is begins for enhanced codes, of which 5.1 is not how 5.10 begins.
func beginsDotted(code, several string) bool {
	return several == "" || slices.ContainsFunc(strings.Fields(several), func(s string) bool { return strings.HasPrefix(code+".", s+".") })
}

// replyOf returns the server's reply inside err, if there was one.
func replyOf(err error) (*textproto.Error, bool) {
	var reply *textproto.Error
	return reply, errors.As(err, &reply)
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
