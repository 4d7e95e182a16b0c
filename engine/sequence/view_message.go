package sequence

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"holdfast/engine/ar"
)

// Quiet says whether gap or caps keep a message of a sequence back today, and
// until when.
func (v *View) Quiet(in *Intent, s *Sequence) (Reason, string, ar.Day) {
	today := v.Case.Today
	gap := v.Book.Policy.gap(in.Purpose, s)
	var last ar.Day
	week, month := 0, 0
	for _, t := range v.Case.Touches {
		if t.Party != v.Case.Party && t.Address != in.Recipient() || t.Purpose == Response && t.On != today {
			continue
		}
		last = max(last, t.On)
		if t.Purpose == Dunning && t.Address == in.Recipient() {
			if today-t.On < 7 {
				week++
			}
			if today-t.On < 30 {
				month++
			}
		}
	}
	if last != 0 && today-last < ar.Day(max(gap, 1)) {
		return ReasonGap, fmt.Sprintf("last message on %s, %d days apart", last, max(gap, 1)), last + ar.Day(max(gap, 1))
	}
	p := &v.Book.Policy
	if in.Purpose == Dunning && (week >= p.CapWeek || month >= p.CapMonth) {
		return ReasonCap, fmt.Sprintf("%d messages in 7 days, %d in 30", week, month), 0
	}
	return v.capped(channelOf[in.Medium], in.Purpose, in.Recipient())
}

// Reachable reports whether a contact can get e-mail: valid, with an address
// that was not refused.
func (v *View) Reachable(c *ar.Contact) bool {
	address := strings.ToLower(c.Email)
	return c.Valid && c.Email != "" && !v.State.refused(address, v.Case.Today) && !v.optedOut("email", address)
}

// FloorOfAccount returns the amount below which an account is tolerated, in
// minor units of a currency.
func (v *View) FloorOfAccount(cur ar.Currency) int64 { return floor(v.Book.Policy.FloorAccount, cur) }

// NeedsYes reports whether a step waits for a person's yes. An error means that
// its condition abstains.
func (v *View) NeedsYes(d Due) (bool, error) {
	if d.Rung.Always || d.Rung.approve == nil {
		return d.Rung.Always, nil
	}
	return d.Rung.approve.holds(&v.machine, v.facts(&d))
}

// Lines lists what a message names: every open overdue document, each with the
// wording of its own step, and those due soon that it covers. Credits follow.
func (v *View) Lines(due []Due, lead Due) []Line {
	v.label(due)
	covered, atStep := map[*Item]bool{}, map[*Item]bool{}
	for i := range due {
		for _, item := range due[i].Speaks(v) {
			covered[item] = true
			atStep[item] = atStep[item] || due[i].Sequence == lead.Sequence && due[i].Rung.ID == lead.Rung.ID
		}
	}
	var lines []Line
	for _, item := range v.Items {
		overdue := item.Doc.DueOn != 0 && min(item.Doc.DueOn, item.DueOn) < v.Case.Today
		if !covered[item] && (!overdue || lead.Purpose() == Response) {
			continue
		}
		lines = append(lines, Line{
			Document: *item.Doc, Label: item.Label, Sequence: item.Sequence, Step: item.Step, Asked: item.Asked,
			Disputed: item.Doc.DisputedOpen(), AtStep: atStep[item],
		})
	}
	return append(lines, v.creditLines()...)
}

// label gives each item the wording of its step: the one due now, else the
// last that the customer was told of.
func (v *View) label(due []Due) {
	for i := range v.State.Positions {
		p := &v.State.Positions[i]
		item, s := v.byID[p.Subject.Document], v.Book.version(p)
		if item == nil || s == nil || p.Ended != "" {
			continue
		}
		if last := p.lastTold(); last != nil && s.rung(last.Step) != nil {
			item.Label, item.Sequence, item.Step = s.rung(last.Step).Label, s.Name, last.Step
		}
	}
	for i := range due {
		d := &due[i]
		for _, item := range d.Speaks(v) {
			if d.Item != nil || d.Told != nil || item.Label == "" {
				item.Label, item.Sequence, item.Step = d.Rung.Label, d.Sequence.Name, d.Rung.ID
			}
		}
	}
}

// AllLines lists everything open, whatever its day, and the credits.
func (v *View) AllLines() []Line {
	v.label(nil)
	var lines []Line
	for _, item := range v.Items {
		lines = append(lines, Line{
			Document: *item.Doc, Label: item.Label, Sequence: item.Sequence, Step: item.Step,
			Asked: item.Asked, Disputed: item.Doc.DisputedOpen(),
		})
	}
	return append(lines, v.creditLines()...)
}

func (v *View) creditLines() []Line {
	var lines []Line
	for i := range v.Case.Accounts {
		for _, doc := range v.Case.Accounts[i].Documents {
			if doc.Open < 0 {
				lines = append(lines, Line{Document: doc})
			}
		}
	}
	slices.SortFunc(lines, func(a, b Line) int {
		return int(a.Document.IssuedOn - b.Document.IssuedOn)
	})
	return lines
}

// Digest is a hash of all that the message says about the ledger: another one
// means that it must be planned anew.
func (in *Intent) Digest() string {
	h := sha256.New()
	fmt.Fprintf(h, "%s %s %s %s\n", in.Template, in.Channel, in.Recipient(), in.Asked)
	for _, l := range in.Lines {
		fmt.Fprintf(h, "%s %d %d %d %s %s\n", l.Document.ID, l.Document.Open, l.Asked, l.Disputed, l.Document.DueOn, l.Label)
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// TaskFor makes a task of due steps, for a person to do instead or besides.
func (v *View) TaskFor(lead Due, due []Due, reason Reason, detail string) Intent {
	within := lead.Rung.Within
	if within.N == 0 {
		within.N, within.Business = 2, true
	}
	in := Intent{
		Kind: Task, Account: lead.Account.Customer.Account, Sequence: lead.Sequence.Name, Step: lead.Rung.ID,
		Occasions: Occasions(due), Reason: reason, Detail: detail, Key: lead.Occasion().Key(), Script: lead.Rung.Script,
		Text: lead.Rung.Text, About: lead.Told, Month: lead.Month(),
		Role: lead.Rung.Role, DueOn: within.From(v.Case.Today, v.Book.Policy.Business), Asked: v.Net(nil),
	}
	switch {
	case in.Role == "owner" && lead.Told != nil && lead.Told.Fact != nil && lead.Told.Fact.Owner != "":
		in.Role = lead.Told.Fact.Owner
	case in.Role == "" || in.Role == "owner":
		in.Role = "collector"
	}
	if len(lead.Rung.Outcomes) > 0 {
		in.Outcomes = lead.Rung.Outcomes
	}
	in.Lines = v.Lines(due, lead)
	return in
}

// Sought reports whether a sequence looks for the party's addresses already.
func (v *View) Sought() bool {
	return slices.ContainsFunc(v.State.Positions, func(p Position) bool {
		s := v.Book.version(&p)
		return p.Ended == "" && s != nil && s.Seeks
	})
}

// RaiseOnce notes that a step gave a cause to a person and reports whether it is
// the first time in keepRaised days.
func (v *View) RaiseOnce(key string) bool {
	if slices.ContainsFunc(v.State.Raised, func(r Raised) bool { return r.Key == key }) {
		return false
	}
	v.State.Raised = append(v.State.Raised, Raised{Key: key, On: v.Case.Today, Stays: true})
	return true
}
