package sequence

import "strings"

// Carries says what a medium cannot say of a step's message; empty where it can.
// A text message and a call are short and reach whoever holds the telephone, so
// neither carries a statement, a legal step or the warning of a hold, which names
// documents. A call says no more than that somebody should see to the account:
// it answers nothing, and is no substitute for a document that should come along.
func (s *Sequence) Carries(r *Rung, medium string, purpose Purpose) (why string) {
	switch {
	case medium != MediumSMS && medium != MediumVoice:
		return ""
	case purpose == Statement || purpose == Legal:
		return "no " + medium + " carries a message of purpose " + string(purpose)
	case s.Warns(r.ID):
		return "no " + medium + " warns of a hold"
	case medium == MediumSMS:
		return ""
	case purpose == Response:
		return "no automatic call gives an answer"
	case purpose == Courtesy && (s.Subject != SubjectInvoice || len(r.Attach) > 0):
		return "an automatic call says nothing of what this message is about"
	}
	return ""
}

// dialable reports whether a telephone number is whole, so that a machine can
// call it.
func dialable(number string) bool { return strings.HasPrefix(number, "+") }
