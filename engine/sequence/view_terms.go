package sequence

import (
	"slices"
	"strings"

	"holdfast/engine/ar"
	"holdfast/engine/calendar"
	"holdfast/engine/intake"
)

// terms is how one account wants to be dealt with, as people told or the config
// says.
type terms struct {
	paysOn      calendar.PayDays // zero: any day
	directDebit bool             // we collect, or a card does
	needsPO     bool
	needsPortal bool
	people      bool // only people speak to it
	noStatement bool
	language    string
	medium      string // the one that the customer asked for
	hour        string // "10:00", the one that the customer asked for
	pause       *intake.Fact
	reply       *intake.Fact
}

// termsOf works out the terms of an account. The latest of each preference
// counts.
func (v *View) termsOf(a *Account) *terms {
	c := &a.Customer
	t := &terms{
		people:      v.Book.Policy.WhiteGlove[c.Number],
		directDebit: c.PaymentMethod != "" && slices.Contains(v.Book.Policy.DirectDebit, c.PaymentMethod),
	}
	for i := range v.Case.Facts {
		f := &v.Case.Facts[i]
		switch {
		case f.Account != c.Account || v.endOf(f.ID) != nil:
		case f.Kind == intake.Preference:
			t.prefer(f)
		case f.Kind == intake.Pause && len(f.Documents) == 0 && v.Case.Today <= f.Day:
			t.pause = f
		case f.Kind == intake.Reply && v.Case.Today <= v.replyPause(f):
			t.reply = f
		}
	}
	return t
}

// replyPause returns the last day on which a reply keeps reminders back.
func (v *View) replyPause(f *intake.Fact) ar.Day {
	return v.Book.Policy.Business.AddBusinessDays(f.On, v.Book.Policy.ReplyPause.N)
}

// prefer takes one preference over.
func (t *terms) prefer(f *intake.Fact) {
	yes := f.Value == intake.Yes
	switch f.Code {
	case intake.PaysOn:
		t.paysOn, _ = calendar.ParsePayDays(f.Value) // was read when it was told
	case intake.DirectDebit:
		t.directDebit = yes
	case intake.NeedsPO:
		t.needsPO = yes
	case intake.NeedsPortal:
		t.needsPortal = yes
	case intake.WantsPeople:
		t.people = yes
	case intake.NoStatement:
		t.noStatement = yes
	case intake.PrefersLanguage:
		t.language = f.Value
	case intake.PrefersChannel:
		t.medium = f.Value
	case intake.PrefersHour:
		t.hour = f.Value
	}
}

// terms returns an account's terms, worked out once.
func (v *View) terms(a *Account) *terms {
	for i := range v.Case.Accounts {
		if &v.Case.Accounts[i] != a {
			continue
		}
		if v.dealt[i] == nil {
			v.dealt[i] = v.termsOf(a)
		}
		return v.dealt[i]
	}
	return v.termsOf(a)
}

// payRun returns the day from which a document is late for contact and holds:
// its due day, or the pay run on or after it with the time that posting takes.
func (v *View) payRun(a *Account, doc *ar.Document) ar.Day {
	t := v.terms(a)
	if doc.DueOn == 0 || t.paysOn.IsZero() {
		return doc.DueOn
	}
	business := v.Book.Policy.Business
	return business.AddBusinessDays(t.paysOn.Next(doc.DueOn, business), v.Book.Policy.CashLag)
}

// pausedDocument returns the pause of one document, nil where it has none.
func (v *View) pausedDocument(doc *ar.Document) *intake.Fact {
	for i := range v.Case.Facts {
		f := &v.Case.Facts[i]
		if f.Kind == intake.Pause && len(f.Documents) > 0 && f.Account == doc.Account && f.Covers(doc.ID) &&
			v.Case.Today <= f.Day && v.endOf(f.ID) == nil {
			return f
		}
	}
	return nil
}

// hasFact reports whether a fact of a kind speaks of a document by name.
func (v *View) hasFact(kind intake.Kind, doc *ar.Document) bool {
	return slices.ContainsFunc(v.Case.Facts, func(f intake.Fact) bool {
		return f.Kind == kind && f.Account == doc.Account && len(f.Documents) > 0 && f.Covers(doc.ID)
	})
}

// optedOut reports whether a medium or an address must not be used for the
// party. An opt-out of an address holds for whoever it belongs to.
func (v *View) optedOut(medium, address string) bool {
	address = strings.ToLower(address)
	for i := range v.Case.Facts {
		f := &v.Case.Facts[i]
		if f.Kind != intake.DoNotContact || v.endOf(f.ID) != nil || f.Channel != "" && f.Channel != medium {
			continue
		}
		if SameAddress(f.Address, address, v.countryOf(f.Account)) || f.Address == "" && v.ours(f.Account) {
			return true
		}
	}
	return false
}

// consented reports whether the latest word on a medium or address was yes.
func (v *View) consented(medium, address string) bool {
	address = strings.ToLower(address)
	given := false
	for i := range v.Case.Facts {
		f := &v.Case.Facts[i]
		if f.Kind == intake.Consent && (f.Channel == "" || f.Channel == medium) &&
			(SameAddress(f.Address, address, v.countryOf(f.Account)) || f.Address == "" && v.ours(f.Account)) {
			given = f.Value == "given"
		}
	}
	return given
}

// countryOf returns where an account of the party is; empty for any other.
func (v *View) countryOf(id ar.AccountID) string {
	for i := range v.Case.Accounts {
		if c := &v.Case.Accounts[i].Customer; c.Account == id {
			return c.Address.Country
		}
	}
	return ""
}

func (v *View) ours(id ar.AccountID) bool {
	return slices.ContainsFunc(v.Case.Accounts, func(a Account) bool { return a.Customer.Account == id })
}
