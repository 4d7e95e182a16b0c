package cli

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"time"

	"holdfast/engine/ar"
	"holdfast/engine/audit"
	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
	"holdfast/engine/store"
)

// notice is one thing that a company's own people are shown: an entry of the
// journal that asks for their eyes.
type notice struct {
	seq     int64
	at      time.Time
	about   string // one of config.Abouts; empty for a task until it was read
	kind    string // of the entry: hold.placed, task.opened
	actor   string
	subject string       // as the journal has it: an account, or the name of a channel
	account ar.AccountID // zero customer: the company's
	task    string       // key of the task that was opened
	hold    ar.HoldEntry
	body    noticeBody
}

// noticeBody is what the journal's entries say, as far as notices need it.
type noticeBody struct {
	Mode     outbox.Mode `json:"mode"`
	Key      string      `json:"key"`
	Reason   string      `json:"reason"`
	Detail   string      `json:"detail"`
	ID       int64       `json:"id"`
	Messages int         `json:"messages"`
	Usual    int         `json:"usual"`
}

// noticed are the entries of the journal that become notices, with what they are
// about. Holds that are only journalled (shadow) are none.
var noticed = map[string]string{
	"task.opened":      "",
	"delivery.waiting": "approve",
	"hold.proposed":    "approve",
	"hold.placed":      "hold",
	"hold.released":    "hold",
	"hold.conflict":    "hold",
	"hold.drifted":     "hold",
	"hold.failed":      "hold",
	"volume.alarm":     "volume",
	"channel.paused":   "channel",
	"channel.resumed":  "channel",
	"stop":             "stop",
	"resume":           "stop",
}

// noticeOf makes a notice of an entry; false where it is none, or another
// company's, or of another mode than the company is in.
func noticeOf(e audit.Entry, p place) (notice, bool) {
	about, ok := noticed[e.Kind]
	n := notice{seq: e.Seq, at: e.At, about: about, kind: e.Kind, actor: e.Actor, subject: e.Subject, account: ar.AccountID{Source: p.ERP.Source, Company: p.ERP.ID}}
	if !ok {
		return n, false
	}
	switch about {
	case "stop":
	case "channel":
		if !slices.Contains(slices.Collect(maps.Values(p.Channels)), e.Subject) {
			return n, false
		}
	default:
		customer, ours := strings.CutPrefix(e.Subject+"/", string(p.ERP.Source)+"/"+string(p.ERP.ID)+"/")
		if !ours {
			return n, false
		}
		n.account.Customer = ar.CustomerID(strings.TrimSuffix(customer, "/"))
	}
	// What an entry does not have is zero; what cannot be read is left out of the card.
	_ = json.Unmarshal(e.Body, &n.body)
	if strings.HasPrefix(e.Kind, "hold.") {
		_ = json.Unmarshal(e.Body, &n.hold)
	}
	if e.Kind == "task.opened" {
		n.task = n.body.Key
	}
	return n, n.body.Mode == "" || n.body.Mode == p.Mode
}

// reasonsAbout are the reasons of tasks that have a kind of notice of their own.
var reasonsAbout = map[string][]sequence.Reason{
	"dispute": {sequence.ReasonDisputed, sequence.ReasonCreditLate, sequence.ReasonDeduction, sequence.ReasonMissingPO, sequence.ReasonNotAccepted},
	"promise": {sequence.ReasonPromised, sequence.ReasonBroken, sequence.ReasonPlan},
	"reply":   {sequence.ReasonReplied, sequence.ReasonUnmatched},
}

// aboutTask says what a task is about.
func aboutTask(t *store.Task) string {
	switch {
	case t.Yes:
		return "approve"
	case strings.HasPrefix(t.Script, "call"):
		return "call"
	}
	for about, reasons := range reasonsAbout {
		if slices.Contains(reasons, t.Reason) {
			return about
		}
	}
	return "task"
}
