package sequence

import (
	"time"

	"holdfast/engine/ar"
)

// Decision is what should happen next with one party, and why.
type Decision struct {
	Verdicts []Verdict // one per subject and sequence, and per account where it is left alone
	Intents  []Intent
	State    State  // the party's state once the decision is committed, no intent carried out yet
	Next     ar.Day // the next day to decide again if nothing changes; zero: never
}

// Verdict says why something happens with a subject, or why not now.
type Verdict struct {
	Subject  Subject `json:"s"`
	Sequence string  `json:"q,omitempty"`
	Step     string  `json:"t,omitempty"` // the next step
	Reason   Reason  `json:"why"`
	Detail   string  `json:"more,omitempty"` // figures that go with the reason
	On       ar.Day  `json:"on,omitempty"`   // the day the step is due, where known
}

// IntentKind is what an intent would do.
type IntentKind string

// The effects that a decision can have on the world.
const (
	Message IntentKind = "message"
	Task    IntentKind = "task"
	Hold    IntentKind = "hold"
	Release IntentKind = "release"
)

// Intent is one effect that a decision asks for. Fields that do not belong to
// its kind are zero.
type Intent struct {
	Kind      IntentKind
	Account   ar.AccountID // the customer held or named first
	Sequence  string       // the sequence that speaks
	Step      string
	Occasions []Occasion // every subject's step that this one effect does
	Lines     []Line     // the documents it names
	Reason    Reason
	Approve   bool   // waits for a person's yes
	Because   Reason // why it needs a yes; empty: the step asks for it

	About *Heard // the promise, dispute or event that it is about; nil: none
	Month string // of a month's step: 2026-10

	// of a message
	Purpose   Purpose
	Template  string
	Medium    string // email, letter ... as the sequence names it
	Channel   string // the configured channel that carries the medium
	To        []ar.Contact
	Attach    []string // "statement", "invoice"
	Asked     ar.Balance
	Cover     string    // hash of all that the message says about the ledger
	NotBefore time.Time // the send window of the day
	NotAfter  time.Time

	// of a task
	Key      string // unique among tasks: the occasion's key, or that of the cause
	Script   string
	Text     string // what to do, where the step says so
	Role     string
	DueOn    ar.Day
	Outcomes []string // how it can end, for a person to choose from; nil: as every call
	Away     string   // agency or legal: its documents leave our hands
	Yes      bool     // asks for a yes or a no

	// of a hold or release
	Entry  int64 // the journal entry to release; 0 for a new hold
	Detail string
}

// Line is one document named by an intent, with the wording of its own step.
type Line struct {
	Document ar.Document
	Label    string // "1st reminder"; empty where the document is at no step
	Sequence string
	Step     string
	AtStep   bool // done by this very intent's leading step
	Asked    int64
	Disputed int64
}

// Outcome is how an intent ended, as far as positions are concerned.
type Outcome struct {
	Intent Intent
	Done   bool // accepted, opened, written or shadowed: its occasions are behind their subjects
	On     ar.Day
}
