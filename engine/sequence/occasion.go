package sequence

import (
	"fmt"

	"holdfast/engine/ar"
)

// SubjectKind is what a sequence moves along.
type SubjectKind string

// The subjects that sequences can have.
const (
	SubjectInvoice SubjectKind = "invoice" // one instalment of a document
	SubjectAccount SubjectKind = "account" // one customer
)

// Subject is one thing that a sequence moves along, within a party. Document
// is empty where the subject is the account.
type Subject struct {
	Kind     SubjectKind   `json:"k"`
	Customer ar.CustomerID `json:"c"`
	Document ar.DocumentID `json:"d,omitempty"`
}

// String writes the subject as kind:customer or kind:customer/document.
func (s Subject) String() string {
	if s.Document == "" {
		return fmt.Sprintf("%s:%s", s.Kind, s.Customer)
	}
	return fmt.Sprintf("%s:%s/%s", s.Kind, s.Customer, s.Document)
}

// Occasion is sequence + subject + step + repetition + episode. An effect
// belongs to an occasion, and an occasion happens once.
type Occasion struct {
	Sequence string  `json:"q"`
	Subject  Subject `json:"s"`
	Step     string  `json:"t"`
	Repeat   int     `json:"r,omitempty"` // 0 for the first time of a cadence
	Episode  int     `json:"e,omitempty"` // counts how often the document re-opened
}

// Key writes the occasion as the text that is unique in the store.
func (o Occasion) Key() string {
	return fmt.Sprintf("%s|%s|%s|%d|%d", o.Sequence, o.Subject, o.Step, o.Repeat, o.Episode)
}
