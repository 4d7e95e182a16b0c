package inbound

import (
	"regexp"
	"strings"
)

// oldBounce reads bounces that are no delivery reports: those of Exim before
// 4.83, qmail, and servers that write prose. They must come from a mail system,
// since a person may well write "undeliverable" in a subject.
func oldBounce(l *letter, m *Mail) bool {
	body, returned := l.aboveCopy()
	failed := addressesIn(l.top.Get("X-Failed-Recipients"))
	switch {
	case len(failed) > 0 && l.fromSystem():
		for _, address := range failed[:min(len(failed), maxRecipients)] {
			m.Recipients = append(m.Recipients, judged(address, reasonFor(address, body)))
		}
	case strings.Contains(body, "This is the qmail-send program"):
		m.Recipients = qmail(body)
	case l.fromSystem() && delayWords.MatchString(l.header("Subject")):
		address := firstForeign(body, m.From)
		m.Recipients = []Recipient{{Class: Delayed, Address: address, Detail: reasonFor(address, body)}}
	case l.fromSystem() && bounceWords.MatchString(l.header("Subject")):
		m.Recipients = l.prose(body, returned, m.From)
	}
	if len(m.Recipients) == 0 {
		return false
	}
	m.sum()
	return true
}

var (
	bounceWords = regexp.MustCompile(`(?i)undeliver|not delivered|delivery (status|failure|failed|problem|has failed)|failure notice|failed delivery|` +
		`returned (mail|to sender)|returning message|mail (delivery|system error)|message (not|could not be) delivered|could not be delivered|` +
		`unzustellbar|nicht zustellbar|nicht zugestellt|zustellung fehlgeschlagen|zustellungsfehler|non remis|non distribu|échec (de|d')|` +
		`no se (pudo|puede) entregar|no entregado|fallo (de|en) (la )?entrega|devuelto|mancato recapito|non recapitabile|recapito (fallito|non riuscito)|` +
		`onbestelbaar|niet (afgeleverd|bezorgd)|kan niet worden bezorgd`)
	delayWords = regexp.MustCompile(`(?i)\bdelay(ed)?\b|still being (tried|retried)|verzöger|retard[ée]|retrasad|ritardat|vertraagd`)
	systemName = regexp.MustCompile(`(?i)^(mailer-daemon|mail-daemon|postmaster|mailerdaemon|microsoftexchange[0-9a-f]+|bounce|bounces|mdaemon|mail_delivery_subsystem)[@+]`)
	systemSays = regexp.MustCompile(`(?i)mail delivery (subsystem|system)|mailer-daemon|mail administrator|system administrator|systemadministrator|administrateur`)
)

// fromSystem reports whether a mail system wrote: by its address, by its name,
// or by the empty sender of RFC 3464.
func (l *letter) fromSystem() bool {
	return systemName.MatchString(l.from()+"@") || systemSays.MatchString(l.header("From")) ||
		strings.TrimSpace(l.top.Get("Return-Path")) == "<>" && l.top.Get("In-Reply-To") == "" || l.isReport("delivery-status")
}

var copyLine = regexp.MustCompile(`(?im)^(-+ *(this is a copy of|below this line is a copy of|original message|the original message|returned message|` +
	`original-nachricht|message header|header of|included is a copy|ursprüngliche nachricht).*|-{3,} *original message *-{3,}|\s*\*+ *original message.*|` +
	`received: (from|by) .*|return-path: <.*)$`)

// aboveCopy splits the text of a bounce into what the server says and the copy
// of our mail.
func (l *letter) aboveCopy() (body, returned string) {
	if at := copyLine.FindStringIndex(l.plain); at != nil {
		return l.plain[:at[0]], l.plain[at[0]:]
	}
	return l.plain, ""
}

// qmail reads "<address>:" lines with their reasons.
func qmail(body string) (list []Recipient) {
	lines := strings.Split(body, "\n")
	for i, line := range lines {
		line = strings.TrimSpace(line)
		if !strings.HasPrefix(line, "<") || !strings.HasSuffix(line, ">:") || len(list) == maxRecipients {
			continue
		}
		if address := addressIn(line); address != "" {
			list = append(list, judged(address, paragraph(lines[i+1:])))
		}
	}
	return list
}

// prose finds the address of a bounce that is written for people.
func (l *letter) prose(body, returned, from string) []Recipient {
	address := firstForeign(body, from)
	if to := addressIn(headersOf([]byte(afterLine(returned))).Get("To")); to != "" && strings.Contains(strings.ToLower(body), to) {
		address = to
	}
	if address == "" {
		address = addressIn(l.returned().Get("To"))
	}
	if address == "" && !l.aboutOurs() {
		return nil
	}
	return []Recipient{judged(address, reasonFor(address, body))}
}

func afterLine(text string) string {
	_, rest, _ := strings.Cut(text, "\n")
	return strings.TrimLeft(rest, "\n")
}

// judged is a failed address with the verdict of the server's words.
func judged(address, reason string) Recipient {
	r := Recipient{Address: address, Status: enhanced(reason), Detail: cut(strings.Join(strings.Fields(reason), " "), 1000)}
	r.Class = verdict(r.Status, r.Detail)
	return r
}

// firstForeign returns the first address of a text that is not the writer's own
// and no mail system's.
func firstForeign(text, from string) string {
	for _, found := range bareAddress.FindAllString(cut(text, maxText), 50) {
		found = strings.ToLower(found)
		if found != from && !systemName.MatchString(found) {
			return found
		}
	}
	return ""
}

// reasonFor returns what a server says about an address: of the paragraphs that
// name it, the first with a code, or the first with the one behind it. Of a text
// that names it nowhere, all.
func reasonFor(address, body string) string {
	lines := strings.Split(body, "\n")
	first := ""
	for i, line := range lines[:min(len(lines), 2000)] {
		if address == "" || !strings.Contains(strings.ToLower(line), address) {
			continue
		}
		reason := paragraph(lines[i:])
		if enhanced(reason) != "" || replyCode.MatchString(reason) {
			return reason
		}
		if first == "" {
			first = reason + "\n" + paragraph(after(lines[i:]))
		}
	}
	if first != "" {
		return first
	}
	return cut(strings.TrimSpace(body), 2000)
}

// after returns the lines behind the first paragraph.
func after(lines []string) []string {
	for i, line := range lines {
		if strings.TrimSpace(line) == "" {
			return lines[i:]
		}
	}
	return nil
}

// paragraph returns the first lines up to an empty one, and no more than a
// server says about one address.
func paragraph(lines []string) string {
	var b strings.Builder
	for _, line := range lines[:min(len(lines), 30)] {
		if strings.TrimSpace(line) == "" && b.Len() > 0 {
			break
		}
		b.WriteString(line + "\n")
	}
	return strings.TrimSpace(b.String())
}
