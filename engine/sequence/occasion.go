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
	SubjectAccount SubjectKind = "account" // one customer, or one event of it
	SubjectDispute SubjectKind = "dispute" // one dispute, as told or as the ERP has it
	SubjectPromise SubjectKind = "promise" // one promise, or one part of an instalment plan
	SubjectMonth   SubjectKind = "month"   // one customer's month
)

// Subject is one thing that a sequence moves along, within a party. Document is
// filled where the subject is one document, or its dispute in the ERP.
type Subject struct {
	Kind     SubjectKind   `json:"k"`
	Customer ar.CustomerID `json:"c"`
	Document ar.DocumentID `json:"d,omitempty"`
	Ref      string        `json:"f,omitempty"` // the fact, its part, or the month: "12", "12.2", "2026-10"
}

// String writes the subject as kind:customer, kind:customer/document or with
// #ref.
func (s Subject) String() string {
	text := string(s.Kind) + ":" + string(s.Customer)
	if s.Document != "" {
		text += "/" + string(s.Document)
	}
	if s.Ref != "" {
		text += "#" + s.Ref
	}
	return text
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

// YesKey is the key under which a person answers whether the occasion may
// happen: that of the task which asks for it, where there is one.
func (o Occasion) YesKey() string { return o.Key() + yesSuffix }

// yesSuffix ends the key of a question.
const yesSuffix = "|yes"
