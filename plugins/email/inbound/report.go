package inbound

import (
	"bytes"
	"net/textproto"
	"strings"
)

// maxRecipients is how many addresses of one report are told.
const maxRecipients = 50

// report reads delivery status notifications (RFC 3464), as Postfix, Exchange,
// Gmail, Sendmail and today's Exim write them.
func report(l *letter, m *Mail) bool {
	status := l.part("message/delivery-status")
	if status == nil {
		status = l.part("message/global-delivery-status")
	}
	if status == nil {
		return false
	}
	for _, fields := range groups(status) {
		if fields.Get("Final-Recipient")+fields.Get("Original-Recipient")+fields.Get("Action") == "" {
			continue // the group about the whole message
		}
		if m.Recipients = append(m.Recipients, l.recipient(fields)); len(m.Recipients) == maxRecipients {
			break
		}
	}
	if len(m.Recipients) == 0 {
		return false
	}
	m.sum()
	return true
}

// groups splits a delivery report into its groups of fields.
func groups(status []byte) (all []textproto.MIMEHeader) {
	status = bytes.ReplaceAll(status, []byte("\r\n"), []byte("\n"))
	for group := range bytes.SplitSeq(status, []byte("\n\n")) {
		if len(bytes.TrimSpace(group)) == 0 {
			continue
		}
		all = append(all, headersOf(bytes.TrimLeft(group, "\n ")))
		if len(all) > 2*maxRecipients {
			break
		}
	}
	return all
}

// recipient judges one group of a delivery report.
func (l *letter) recipient(fields textproto.MIMEHeader) Recipient {
	final, original := typedAddress(fields.Get("Final-Recipient")), typedAddress(fields.Get("Original-Recipient"))
	r := Recipient{Address: final, Status: enhanced(fields.Get("Status")), Detail: said(fields)}
	if r.Status == "" || strings.HasSuffix(r.Status, ".0.0") {
		if told := enhanced(r.Detail); told != "" {
			r.Status = told
		}
	}
	switch strings.ToLower(strings.TrimSpace(fields.Get("Action"))) {
	case "delivered":
		r.Class = Delivered
	case "delayed":
		r.Class = Delayed
	case "relayed", "expanded":
		r.Class = Other // handed on to where no report comes from
	default: // failed, or a word that RFC 3464 does not know
		r.Class = verdict(r.Status, r.Detail)
	}
	l.writtenTo(&r, original)
	return r
}

// writtenTo puts the address that we wrote to in the place of one that mail was
// passed on to. A dead end behind somebody else's forwarding does not make our
// address dead.
func (l *letter) writtenTo(r *Recipient, original string) {
	known := original
	if to := addressesIn(l.returned().Get("To")); len(to) == 1 && l.returned().Get("Cc") == "" {
		known = to[0]
	}
	if known == "" || known == r.Address {
		return
	}
	if r.Address != "" {
		r.Detail += " (passed on to " + r.Address + ")"
		if r.Class == BounceHard && !sameHouse(known, r.Address) {
			r.Class = BounceSoft
		}
	}
	r.Address = known
}

// said is what the server said, on one line.
func said(fields textproto.MIMEHeader) string {
	text := fields.Get("Diagnostic-Code")
	if kind, rest, found := strings.Cut(text, ";"); found && !strings.ContainsAny(strings.TrimSpace(kind), " ") {
		text = rest
	}
	if strings.TrimSpace(text) == "" {
		text = fields.Get("Status")
	}
	return cut(decoded(text), 1000)
}

// sum makes the class of a report from its recipients: the first of the worst.
func (m *Mail) sum() {
	worst := []Class{BounceHard, BounceSoft, Delayed, Delivered, Other}
	for _, class := range worst {
		for _, r := range m.Recipients {
			if r.Class == class {
				m.Class, m.Detail = class, strings.TrimSpace(r.Address+": "+r.Detail)
				return
			}
		}
	}
}
