package message

import (
	"slices"
	"strings"

	"holdfast/engine/answer"
	"holdfast/engine/sequence"
)

// Provides lists what every message carries whatever its template says, as
// policy.TextIDs: the footer adds what the template leaves out. Documents,
// amount, as-of day and ways to pay stand in it where the message is about money
// that is owed.
func Provides() []string {
	return []string{"amount", "as_of", "dispute", "documents", "identity", "opt_out", "payment_options", "postal_address"}
}

// footer says what the template left out, the day of the figures, how to
// dispute, how to stop the messages and who writes.
func (in Input) footer(w Words, s *source, p parts) []string {
	var out []string
	if in.owed() {
		out = in.leftOut(w, s, p)
	}
	optOut := in.optOutLine(w)
	if in.figures(s, p) {
		out = append(out, w.say("as_of", w.day(in.DataDay)))
		optOut += " " + w["opt_out_owed"]
	}
	out = append(out, in.disputeLine(w))
	if line := in.answerLine(w); line != "" {
		out = append(out, line)
	}
	return append(out, optOut, joinNotes([]string{in.sender(), in.reference(w)}))
}

// figures reports whether the message shows what is open.
func (in Input) figures(s *source, p parts) bool {
	return len(in.asked()) > 0 || s.marked(markDocuments, markTotals) && len(p.Groups) > 0 || s.marked(markStepDocuments) && len(p.Step) > 0
}

// owed reports whether the message is about money that is owed: an answer and a
// statement ask for none.
func (in Input) owed() bool {
	return len(in.asked()) > 0 && in.Intent.Purpose != sequence.Response && in.Intent.Purpose != sequence.Statement
}

// leftOut words what a reminder must say and the template does not.
func (in Input) leftOut(w Words, s *source, p parts) []string {
	var out []string
	if !s.marked(markDocuments, markStepDocuments) {
		out = append(out, w["head_document"]+w["colon"]+" "+strings.Join(in.documentNames(false), ", "))
	}
	if !s.marked(markTotals) && !s.asks {
		out = append(out, w["total_asked"]+w["colon"]+" "+w.moneys(in.asked()))
	}
	if !s.marked(markPay) {
		out = append(out, payLines(p, w)...)
	}
	return out
}

// marked reports whether a template has one of the markers.
func (s *source) marked(marks ...string) bool {
	return slices.ContainsFunc(marks, func(m string) bool { return slices.Contains(s.marks, m) })
}

// disputeLine says how to object.
func (in Input) disputeLine(w Words) string {
	switch {
	case in.Company.Dispute != "":
		return w.say("dispute_at", oneLine(in.Company.Dispute))
	case in.letter():
		return w["dispute_letter"]
	}
	return w["dispute_reply"]
}

// optOutLine says how to stop the messages.
func (in Input) optOutLine(w Words) string {
	if in.letter() {
		return w["opt_out_letter"]
	}
	if in.mail() && in.Links.Ready() {
		return w.say("opt_out_link", in.Links.To(in.tag(), answer.Unsubscribe))
	}
	return w["opt_out"]
}

// sender is name, postal address and phone on one line.
func (in Input) sender() string {
	parts := []string{oneLine(in.Company.Name)}
	for _, line := range append(slices.Clone(in.Company.Address), in.Company.Phone) {
		if line = oneLine(line); line != "" {
			parts = append(parts, line)
		}
	}
	return joinNotes(parts)
}
