package cli

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"holdfast/engine/ar"
	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
	"holdfast/engine/store"
)

// holdNotices say what became of a hold.
var holdNotices = map[string]string{
	"hold.placed": "Hold placed", "hold.released": "Hold released", "hold.conflict": "Hold not written: the ERP holds another value",
	"hold.drifted": "Somebody changed our hold", "hold.failed": "Hold failed", "hold.proposed": "A hold waits for a yes",
}

// card makes the message of a notice. Its key names the notice for ever. t is the
// task that it is about, nil for all else; c the customer, zero where there is none.
func (n *notice) card(p place, t *store.Task, c ar.Customer) outbox.Message {
	m := p.toOurselves()
	m.Key, m.Date = outbox.Key(fmt.Sprintf("notice-%s-%d", p.Key, n.seq)), n.at.In(p.Zone)
	m.Card = &outbox.Card{Fields: []outbox.Field{{Name: "Company", Value: first(p.ERP.Name, p.Key)}}}
	if n.account.Customer != "" {
		addField(m.Card, "Customer", strings.TrimSpace(first(c.Number, string(n.account.Customer))+" "+c.Name))
	}
	switch {
	case t != nil:
		m.Key = outbox.Key(fmt.Sprintf("task-%s-%d", p.Key, t.ID))
		ofTask(&m, t)
	case n.hold.ID != 0:
		n.ofHold(&m)
	default:
		n.ofRest(&m)
	}
	if n.about == "stop" || strings.HasPrefix(n.actor, "person:") {
		addField(m.Card, "By whom", teller(n.actor))
	}
	m.Text = first(m.Text, m.Subject+".")
	return m
}

// addField adds a line to a card unless it is empty.
func addField(c *outbox.Card, name, value string) {
	if value != "" {
		c.Fields = append(c.Fields, outbox.Field{Name: name, Value: value})
	}
}

func ofTask(m *outbox.Message, t *store.Task) {
	m.Subject = fmt.Sprintf("Task %d: %s", t.ID, first(strings.ReplaceAll(t.Script, "-", " "), reasonText(t.Reason)))
	m.Text = first(t.Text, why(t.Reason, t.Detail))
	addField(m.Card, "For", t.Role)
	addField(m.Card, "By", dayText(t.DueOn))
	addField(m.Card, "More", fmt.Sprintf("holdfast task show %d", t.ID))
}

func (n *notice) ofHold(m *outbox.Message) {
	m.Subject, m.Text = holdNotices[n.kind], first(n.hold.Outcome, n.hold.Reason)
	if n.kind == "hold.proposed" {
		addField(m.Card, "More", fmt.Sprintf("holdfast approve show h%d", n.hold.ID))
	}
}

// ofRest words messages that wait, alarms, stops and their end.
func (n *notice) ofRest(m *outbox.Message) {
	switch n.kind {
	case "delivery.waiting":
		m.Subject, m.Text = "A message waits for a yes", why(sequence.Reason(n.body.Reason), n.body.Detail)
		addField(m.Card, "More", fmt.Sprintf("holdfast approve show m%d", n.body.ID))
	case "volume.alarm":
		m.Subject = "More would leave today than usual, so nothing leaves"
		m.Text = fmt.Sprintf("%d messages are ready; usual are at most %d.", n.body.Messages, n.body.Usual)
		addField(m.Card, "More", "holdfast approve list")
	case "channel.paused":
		m.Subject, m.Text = "Nothing can leave by channel "+n.subject, n.body.Reason
	case "channel.resumed":
		m.Subject, m.Text = "Messages leave by channel "+n.subject+" again", ""
	case "stop":
		m.Subject, m.Text = "Everything is stopped", n.body.Reason
	default:
		m.Subject, m.Text = "The stop was taken back", "Messages and holds go on."
	}
}

// andMore is the card for what is too much to show one by one.
func andMore(p place, rest []shown) outbox.Message {
	m := p.toOurselves()
	last := rest[len(rest)-1].notice
	m.Key, m.Date = outbox.Key(fmt.Sprintf("more-%s-%d", p.Key, last.seq)), last.at.In(p.Zone)
	count := map[string]int{}
	for _, s := range rest {
		count[s.about]++
	}
	m.Subject = fmt.Sprintf("And %d more", len(rest))
	m.Text = "holdfast task list and holdfast approve list show all that waits; the journal shows the rest."
	m.Card = &outbox.Card{Fields: []outbox.Field{{Name: "Company", Value: first(p.ERP.Name, p.Key)}}}
	for _, about := range slices.Sorted(maps.Keys(count)) {
		m.Card.Fields = append(m.Card.Fields, outbox.Field{Name: about, Value: itoa(int64(count[about]))})
	}
	return m
}

// toOurselves is the envelope of what a company writes to its own people.
func (p place) toOurselves() outbox.Message {
	s := p.Sender
	self := outbox.Mailbox{Name: first(s.FromName, s.Name, p.ERP.Name), Address: s.From}
	return outbox.Message{From: self, To: []outbox.Mailbox{self}, Language: "en", Reference: "notice"}
}
