// Package engine holds the contracts between the cycle and its leaves: what an
// ERP, a channel and a store must do. They stand here, where they are used, so
// that adapters and channels need not import the engine.
package engine

import (
	"context"
	"iter"
	"time"

	"holdfast/engine/ar"
	"holdfast/engine/intake"
	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
)

// Adapter reads one ERP company and writes credit holds back to it. All
// methods may be called at once from several goroutines.
type Adapter interface {
	// Company names the company that this adapter reads.
	Company() (ar.Source, ar.CompanyID)

	// Probe checks login, rights, columns, identity and clock, and changes
	// nothing. An unreachable ERP is an error; all else is a Finding.
	Probe(ctx context.Context) (ar.Findings, error)

	// Identify reads which database this is and its clock, quickly.
	Identify(ctx context.Context) (identity string, now time.Time, err error)

	// Pull passes every record changed since mark to emit and returns the mark
	// to use next time. The zero mark pulls everything. It returns
	// fault.Replaced where mark is ahead of the ERP, and fault.Expired where the
	// ERP no longer knows what changed since mark. After an error the mark is
	// empty and whatever was emitted must be thrown away.
	Pull(ctx context.Context, mark ar.Mark, emit func(ar.Record) error) (ar.Mark, error)

	// Regressed returns fault.Replaced where the mark of an earlier read is ahead
	// of a later one and the ERP's rows bear it out: it was put back to an older
	// copy of itself.
	Regressed(ctx context.Context, earlier, later ar.Mark) error

	// Fresh passes the customers, contacts and open documents of the named
	// accounts, at most 100, as they stand now. A document that it does not
	// pass is not open any more.
	Fresh(ctx context.Context, ids []ar.AccountID, emit func(ar.Record) error) error

	// Confirm passes the named documents as they stand now, open or closed. One
	// that it does not pass is no longer in the ERP.
	Confirm(ctx context.Context, ids []ar.DocumentID, emit func(ar.Record) error) error

	// Hold reads a hold; no row, NULL and a value are three different states.
	Hold(ctx context.Context, id ar.AccountID) (ar.HoldState, error)

	// SetHold makes the hold as wanted if it still is as seen, else it reports
	// fault.Conflict. fault.Pending: the ERP's own job was asked, and has not done
	// it yet. It returns the state read back. After a crash read again:
	// as wanted, with our intent open, means ours.
	SetHold(ctx context.Context, id ar.AccountID, want ar.Hold, seen ar.HoldState) (ar.HoldState, error)

	// Capability tells how far a hold reaches in this ERP, without asking it.
	Capability() HoldCapability
}

// OrderHolder is an Adapter of an ERP whose open orders have a hold of their own
// beside the customer's.
type OrderHolder interface {
	// OrderHolds reads the hold of each open order of an account.
	OrderHolds(ctx context.Context, id ar.AccountID) ([]ar.OrderHold, error)

	// SetOrderHold makes one open order's hold as wanted if it still is as o
	// says, with the errors of SetHold. fault.NotFound: the order is not open any
	// more.
	SetOrderHold(ctx context.Context, id ar.AccountID, o ar.OrderHold, want ar.Hold) (ar.HoldState, error)
}

// Renewer is an Adapter that keeps the lease of a guard inside the ERP.
type Renewer interface {
	// Renew tells the guard that this program is alive and reads. It does nothing
	// where there is no guard.
	Renew(ctx context.Context) error
}

// HoldCapability is what a preset says about its holds.
type HoldCapability struct {
	Level    ar.HoldLevel
	Stops    string // in words, for a person
	Writable bool
	Mode     string       // how it is written: sql, procedure, staging, guard or none
	OptIn    string       // what a person must accept on record before it is written; empty: nothing
	Value    ar.HoldState // what a placed hold looks like
	Undone   string       // what of the ERP itself may lift it; empty: nothing known
	Orders   string       // what becomes of orders entered before it; empty: it reaches them
	Sweeps   bool         // the adapter is an OrderHolder, and open orders can be held one by one
	Held     ar.HoldState // what a held order looks like, where Sweeps
}

// Channel hands one message to the outside.
type Channel interface {
	// Send delivers m. A second call with the same m.Key is a repeat after a
	// crash and delivers nothing new, where the provider can tell. An error
	// means that nothing is known about the message: it is uncertain.
	Send(ctx context.Context, m outbox.Message) (outbox.Sent, error)

	// Lookup says what became of a key that was handed over at an instant;
	// outbox.Uncertain is an answer, outbox.Retry says that nothing left.
	Lookup(ctx context.Context, key outbox.Key, handed time.Time) (outbox.Sent, error)

	// Repeatable reports whether a message whose fate is unknown may go again
	// under the same key, since the receiver can tell the copy.
	Repeatable() bool
}

// EventSource is a Channel that tells what happened to its messages.
type EventSource interface {
	// Events passes to emit what happened after cursor, "" being the beginning,
	// oldest first, and returns when there is no more for now. An event may come
	// twice. It stops with emit's error.
	Events(ctx context.Context, cursor string, emit func(outbox.Event) error) error
}

// Clock tells the time.
type Clock interface{ Now() time.Time }

// Selection says which cases to read.
type Selection struct {
	Source  ar.Source
	Company ar.CompanyID
	Parties []ar.PartyID // only these; nil: see Due
	Due     bool         // only parties that changed, whose next day has come, or decided under another book
	Book    string       // hash of the book, compared where Due
	Mode    outbox.Mode  // the lane whose positions are read
	Today   ar.Day
	Now     time.Time
}

// Move is one decision to be committed, with the deliveries rendered for its
// messages.
type Move struct {
	Case       sequence.Case
	Decision   sequence.Decision
	Deliveries []outbox.Delivery
	Mode       outbox.Mode
	Book       string
	TwoAbove   []ar.Money // sums above which what waits for a yes needs that of two people
}

// Store keeps what must outlive the process. Each method is one short
// transaction unless it says otherwise.
type Store interface {
	// BeginPull starts taking in one company. full says that every open record
	// will come, so that a missing one has vanished.
	BeginPull(ctx context.Context, source ar.Source, company ar.CompanyID, full bool) (Pull, error)
	// ApplyFresh replaces what is open on the named accounts by recs, which were
	// read at the instant at: a document that recs does not hold closes that day.
	ApplyFresh(ctx context.Context, ids []ar.AccountID, recs []ar.Record, at time.Time) error
	// Mark returns how far a company has been read, and when that read ended.
	Mark(ctx context.Context, source ar.Source, company ar.CompanyID) (ar.Mark, time.Time, error)

	// Cases passes the selected cases in the order of their parties. It streams:
	// memory does not grow with the ledger.
	Cases(ctx context.Context, sel Selection) iter.Seq2[sequence.Case, error]
	// Commit persists what each decision shows, all in one transaction. A move
	// whose party has changed since its case was read is left out and returned:
	// decide it again.
	Commit(ctx context.Context, moves []Move) (conflicts []ar.PartyID, err error)

	// VerdictsAt returns the reasons for everything about one party as they stood
	// at the end of a day, and the day of the decision that gave them; zero and
	// none where it had not been decided by then.
	VerdictsAt(ctx context.Context, source ar.Source, company ar.CompanyID, mode outbox.Mode, payer ar.CustomerID, day ar.Day) ([]sequence.Verdict, ar.Day, error)

	// Reserve takes at most n deliveries of a channel whose time has come.
	Reserve(ctx context.Context, channel string, now time.Time, n int) ([]outbox.Delivery, error)
	// Hand commits the intents of reserved deliveries and, in the same
	// transaction, the outcomes of earlier ones; either may be empty.
	Hand(ctx context.Context, ids []int64, outcomes []outbox.Outcome, at time.Time) error
}

// FactStore keeps what people tell, and what contacts do with a message. Each
// method is one short transaction.
type FactStore interface {
	// AddFact keeps a fact and returns it with its id. One that was told before
	// under the same key is returned as it was. An outcome with a task closes it in
	// every mode; an account that it lacks is filled in. It returns fault.NotFound
	// where there is no such account, task or fact to end, fault.Conflict where the
	// task is closed or the fact over.
	AddFact(ctx context.Context, f intake.Fact) (intake.Fact, error)
	// Facts lists what was told, in the order of its telling.
	Facts(ctx context.Context, f FactFilter) ([]intake.Fact, error)
	// IntakeAccount returns an account as intake looks at it, or fault.NotFound.
	IntakeAccount(ctx context.Context, id ar.AccountID) (intake.Account, error)
	// AddContactEvent keeps what a contact did with a message.
	AddContactEvent(ctx context.Context, e ContactEvent) error
}

// FactFilter narrows a list of facts; a zero field does not narrow.
type FactFilter struct {
	Source   ar.Source
	Company  ar.CompanyID
	Customer ar.CustomerID
	Kinds    []intake.Kind
	Standing ar.Day // only what was told by that day and is not over on it
	Since    ar.Day // told on that day or later
}

// ContactEvent is something that a contact did with a message or a call, from
// which habits are learned.
type ContactEvent struct {
	Address string // lower case
	Medium  string // email, sms, voice, letter
	Kind    ContactKind
	At      time.Time
	Hour    int // 0 to 23, of At in the customer's zone
}

// ContactKind is what a contact did.
type ContactKind string

// The kinds of contact event.
const (
	ContactOpened  ContactKind = "opened"
	ContactClicked ContactKind = "clicked"
	ContactReplied ContactKind = "replied"
	ContactReached ContactKind = "reached" // by telephone
)

// Pull is one company being taken in: whole or not at all.
type Pull interface {
	// Stage keeps records aside in a transaction of its own.
	Stage(ctx context.Context, recs []ar.Record) error
	// Vanished returns the open documents that a full pull did not bring; of an
	// incremental one those that the ERP reported gone.
	Vanished(ctx context.Context) ([]ar.DocumentID, error)
	// Finish swaps what was staged in, with its mark, in one transaction.
	// limit is the share of open documents that may vanish or be new, in
	// percent; beyond it Finish changes nothing and returns fault.Conflict.
	// limit 0 does not ask.
	Finish(ctx context.Context, mark ar.Mark, at time.Time, limit int) (PullReport, error)
	// Abandon throws away what was staged. It may be called after Finish.
	Abandon(ctx context.Context) error
}

// PullReport counts what a pull brought.
type PullReport struct {
	Customers int `json:"customers"`
	Documents int `json:"documents"` // staged
	Changed   int `json:"changed"`
	Closed    int `json:"closed"`
	Vanished  int `json:"vanished"` // open before, no longer in the ERP
	Missed    int `json:"missed"`   // by a full read, after an incremental one: what the marks had not brought
	Flaws     int `json:"flaws"`
	Parties   int `json:"parties"` // to be decided again
}
