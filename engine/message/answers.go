package message

import (
	"holdfast/engine/answer"
	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
)

// name fills in by what an answer finds its message: tag, thread and, in a mail,
// the address that ends them.
func (in Input) name(m *outbox.Message) {
	m.Tag, m.Thread = in.tag(), answer.Thread(in.Intent.Account)
	m.Purpose = in.Intent.Purpose
	if in.mail() {
		m.Unsubscribe = in.Links.To(m.Tag, answer.Unsubscribe)
	}
}

// tag names the message for whoever answers it: no other has its occasions. One
// that is not sent in earnest has a tag of its own, so that its links do not
// answer the message that is.
func (in Input) tag() string {
	what := []string{in.Intent.Sequence, in.Intent.Step, in.Intent.Template}
	for _, o := range in.Intent.Occasions {
		what = append(what, o.Key())
	}
	if in.Mode != "" && in.Mode != outbox.Live {
		what = append(what, string(in.Mode))
	}
	return answer.Tag(in.Links.Key, in.Party, in.Intent.Recipient(), in.Today, what...)
}

// mail reports whether the message goes by e-mail.
func (in Input) mail() bool {
	return in.Intent.Medium == "" || in.Intent.Medium == sequence.MediumEmail
}

// answers are the links by which the customer can answer; none where the site
// makes no links, or on paper.
func (in Input) answers(w Words, s *source) []link {
	if !in.mail() || !in.Links.Ready() {
		return nil
	}
	var out []link
	for _, action := range in.offered(s) {
		out = append(out, link{Label: w["answer:"+string(action)], URL: in.Links.To(in.tag(), action)})
	}
	return out
}

// offered lists the answers that make sense: a day of payment only where money
// is asked for, a copy only where documents are named.
func (in Input) offered(s *source) []answer.Action {
	if in.owed() {
		return answer.Offered
	}
	if s.marked(markDocuments, markStepDocuments) && len(in.lines()) > 0 {
		return []answer.Action{answer.Dispute, answer.Copy, answer.WrongContact}
	}
	return []answer.Action{answer.WrongContact}
}

// answerLine says by which words a reply is understood, where there are no
// links; empty where none is needed.
func (in Input) answerLine(w Words) string {
	if !in.mail() || in.Links.Ready() || !in.owed() {
		return ""
	}
	return w["answer_codes"]
}

// reference is the tag as the footer shows it.
func (in Input) reference(w Words) string { return w.say("answer_reference", in.tag()) }

// seen is the address of the picture that tells that a mail was opened; empty
// where the site does not want that.
func (in Input) seen() string {
	if !in.mail() || !in.Links.Opens {
		return ""
	}
	return in.Links.To(in.tag(), answer.Open)
}
