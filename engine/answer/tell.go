package answer

import (
	"slices"
	"strings"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
	"holdfast/engine/intake"
)

// About is the message that is answered.
type About struct {
	Medium    string // email, sms, voice or letter
	Address   string // it was sent to, lower case
	Documents []ar.DocumentID
}

// Tell turns an answer into facts of one account: they are to be kept in their
// order. Each has a key of its own made from the teller's, so that an answer
// that comes twice is told once. It fails with fault.Invalid or fault.Conflict
// where intake refuses it, such as a dispute of what was paid meanwhile.
func Tell(account *intake.Account, t intake.Teller, a Answer, about About) ([]intake.Fact, error) {
	switch a.Action {
	case Dispute:
		documents, err := stillOpen(account, a, about)
		if err != nil {
			return nil, err
		}
		return one(account.Dispute(t, contested(documents), orOther(a.Code), "", a.Text))
	case Promise:
		documents, err := stillOpen(account, a, about)
		if err != nil {
			return nil, err
		}
		return one(account.Promise(t, documents, a.Day, nil))
	case Copy:
		documents, _ := stillOpen(account, a, about) // none: a copy of whatever there is
		return one(account.Event(t, intake.CopyRequested, a.Text, documents))
	case Unsubscribe:
		return one(account.DoNotContact(t, about.Medium, about.Address))
	case WrongContact:
		return wrongContact(account, t, a, about)
	}
	return nil, fault.New(fault.Invalid, "%q is no answer", a.Action)
}

func one(f intake.Fact, err error) ([]intake.Fact, error) {
	if err != nil {
		return nil, err
	}
	return []intake.Fact{f}, nil
}

// wrongContact keeps the address from being written to, and what they said of
// who should be, as a note.
func wrongContact(account *intake.Account, t intake.Teller, a Answer, about About) ([]intake.Fact, error) {
	stop, err := account.DoNotContact(t, about.Medium, about.Address)
	if err != nil {
		return nil, err
	}
	if t.Key != "" {
		t.Key += "/note"
	}
	text := "Wrong contact: " + about.Address
	if a.Text != "" {
		text += ". They wrote: " + a.Text
	}
	note, err := account.Note(t, text, nil)
	return []intake.Fact{stop, note}, err
}

func orOther(code string) string {
	if code == "" {
		return "other"
	}
	return code
}

// contested claims the whole of each document.
func contested(documents []string) []intake.Claimed {
	var claims []intake.Claimed
	for _, id := range documents {
		claims = append(claims, intake.Claimed{Number: id})
	}
	return claims
}

// stillOpen names the documents of the answer, else those of the message, that
// are open debts of the account. None is no error only where the message was
// about the account and not about documents.
func stillOpen(account *intake.Account, a Answer, about About) ([]string, error) {
	if len(a.Documents)+len(about.Documents) == 0 {
		return nil, nil
	}
	var open []string
	for i := range account.Documents {
		d := &account.Documents[i]
		named := slices.Contains(about.Documents, d.ID)
		if len(a.Documents) > 0 {
			named = slices.ContainsFunc(a.Documents, func(n string) bool { return n == string(d.ID) || strings.EqualFold(n, d.Number) })
		}
		if named && d.Open > 0 {
			open = append(open, string(d.ID))
		}
	}
	if len(open) == 0 {
		return nil, fault.New(fault.Conflict, "nothing of this message is open any more").WithCure("it was paid or credited meanwhile")
	}
	return open, nil
}
