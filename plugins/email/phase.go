package email

import "time"

// phase is a step of a session with the mail server.
type phase int

// The phases, in their order.
const (
	phaseConnect phase = iota
	phaseGreeting
	phaseHello
	phaseTLS
	phaseLogin
	phaseMail
	phaseRcpt
	phaseData
	phaseBody
	phaseDot
)

// phases holds how each phase is called in a detail, and how long its answer
// may take: RFC 5321, section 4.5.3.2, where it names one.
var phases = [...]struct {
	words    string
	patience time.Duration
}{
	phaseConnect:  {"the connection", time.Minute},
	phaseGreeting: {"the greeting", 5 * time.Minute},
	phaseHello:    {"EHLO", 5 * time.Minute},
	phaseTLS:      {"the start of TLS", 5 * time.Minute},
	phaseLogin:    {"the login", 5 * time.Minute},
	phaseMail:     {"the sender", 5 * time.Minute},
	phaseRcpt:     {"the recipient", 5 * time.Minute},
	phaseData:     {"the start of the message", 2 * time.Minute},
	phaseBody:     {"a part of the message", 3 * time.Minute},
	phaseDot:      {"the end of the message", 12 * time.Minute}, // RFC 5321 asks for 10 at least
}

// block is how much of a message is sent before its patience begins anew.
const block = 64 << 10

// String returns the phase in words.
func (p phase) String() string { return phases[p].words }
