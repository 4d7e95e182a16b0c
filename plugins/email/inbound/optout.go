package inbound

import (
	"regexp"
	"strings"
)

// complaint reads feedback reports (RFC 5965): somebody has called our mail
// spam. Reports that say the contrary, or are about signatures, are none.
func complaint(l *letter, m *Mail) bool {
	feedback := l.part("message/feedback-report")
	if feedback == nil && !l.isReport("feedback-report") {
		return false
	}
	fields := headersOf(feedback)
	kind := strings.ToLower(strings.TrimSpace(fields.Get("Feedback-Type")))
	m.Detail = "feedback report: " + cut(decoded(kind), 100)
	switch kind {
	case "abuse", "fraud", "opt-out", "other", "":
	default: // not-spam, auth-failure, virus, dmarc
		return true
	}
	m.Class = Complaint
	address := typedAddress(fields.Get("Original-Rcpt-To"))
	if to := addressesIn(l.returned().Get("To")); address == "" && len(to) == 1 {
		address = to[0]
	}
	if address != "" {
		m.Recipients = []Recipient{{Class: Complaint, Address: address, Detail: m.Detail}}
	}
	return true
}

// receipt reads disposition notifications (RFC 8098). That a mail program showed
// a mail says nothing that anybody acts on.
func receipt(l *letter, m *Mail) bool {
	part := l.part("message/disposition-notification")
	if part == nil {
		return false
	}
	m.Detail = "read receipt: " + cut(decoded(headersOf(part).Get("Disposition")), 200)
	return true
}

const stopWords = `unsubscribe( me)?|please unsubscribe( me)?|opt[ -]?out|remove me|stop|` +
	`abmelden|abbestellen|austragen|(me |se )?d[ée]sabonner|d[ée]sabonnez-moi|(me |se )?d[ée]sinscrire|d[ée]sinscription|` +
	`darse de baja|baja|dar de baja|cancelar suscripci[óo]n|disiscriv(i|imi|iti)|annulla iscrizione|cancellami|afmelden|uitschrijven`

var (
	stopSubject = regexp.MustCompile(`(?i)^(unsubscribe|opt[ -]?out|list-unsubscribe|abmelden|abbestellen|d[ée]sabonner|d[ée]sinscription|` +
		`darse de baja|cancelar suscripci[óo]n|disiscrivi|afmelden|uitschrijven)([ :,-]+(hf-[0-9a-z]{12}|<?[^\s<>]+@[^\s<>]+>?))?\s*$`)
	stopBody = regexp.MustCompile(`(?i)^(` + stopWords + `)[ .!]*( hf-[0-9a-z]{12})?$`)
)

// optOut reads mails that want no more of ours: the mail of a List-Unsubscribe
// link, or an answer of nothing but that word. A longer answer is for a person.
func optOut(l *letter, m *Mail) bool {
	if m.From == "" || l.answeredByMachine() {
		return false
	}
	text := strings.Join(strings.Fields(l.written()), " ")
	if !stopSubject.MatchString(m.Subject) && !stopBody.MatchString(text) || len(text) > 200 {
		return false
	}
	m.Class, m.Detail = Unsubscribe, "asks for no more mail"
	return true
}
