package walk

import (
	"holdfast/engine/ar"
	"holdfast/engine/intake"
)

// History is everything that was ever on the accounts of one company: records
// with their days, facts with theirs. It is read and never changed.
//
// A document counts from PostedOn, else IssuedOn; its Amount is the original
// one, its Open is not looked at, and it is settled on ClosedOn where it has
// one. An application counts from PostedOn, else AppliedOn, but never before
// both of its documents do; one that was reversed never did. What was applied
// and taken back on a later day is a second application of the negative amount.
// BaseOpen is what the whole Amount is worth in the company's base currency, nil
// where that is not known; in the base currency itself it may be nil.
type History struct {
	Company      ar.Company
	Customers    []ar.Customer
	Contacts     []ar.Contact
	Documents    []ar.Document
	Applications []ar.Application
	Orders       []ar.Order // open ones, on every day: an ERP keeps no days of them
	Contested    []Contested
	Facts        []intake.Fact
	SeenOn       map[ar.AccountID]ar.Day // when a customer came to be known; none: it was always there
}

// Contested is a dispute as the ERP had it on a document for a time.
type Contested struct {
	Document ar.DocumentID
	From     ar.Day
	To       ar.Day // the first day on which it was over; zero: it goes on
	Amount   int64  // minor units; 0: all that is open
	Reason   string
}

// knownOn returns the day from which a document counts; zero is from ever.
func knownOn(d *ar.Document) ar.Day {
	if d.PostedOn != 0 {
		return d.PostedOn
	}
	return d.IssuedOn
}

// appliedOn returns the day from which an application counts.
func appliedOn(a *ar.Application) ar.Day {
	if a.PostedOn != 0 {
		return a.PostedOn
	}
	return a.AppliedOn
}
