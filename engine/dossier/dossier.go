// Package dossier puts together what a lawyer, an agency or somebody in the
// house needs to take an account over: a workbook, the very messages that went,
// copies of the invoices, a statement, and the SHA-256 of each file.
package dossier

import (
	"time"

	"holdfast/engine/ar"
	"holdfast/engine/intake"
	"holdfast/engine/ledger"
	"holdfast/engine/outbox"
)

// Dossier is all that is known of one account that was handed on. It holds what
// the ledger and the journals hold, and nothing else. Equal dossiers give equal
// files.
type Dossier struct {
	Creditor  Creditor
	Base      ar.Currency    // of the credit limit
	Day       ar.Day         // the debts are counted at its end
	Zone      *time.Location // of the times of day; nil: UTC
	Matter    Matter
	Customer  ar.Customer
	Contacts  []ar.Contact
	Documents []ar.Document    // of the account, open and closed
	Receipts  []ar.Document    // money and credit that was applied to them, whoever's account it stands on
	Applied   []ar.Application // to documents of the account, or of its receipts and credits
	Sent      []Sent           // in the order in which they went
	Calls     []Call
	Told      []Told
	Holds     []ar.HoldEntry
	Copies    []Copy // of invoices
	Statement []byte // the workbook of what is open; nil: none goes along
}

// Creditor is who is owed. Address is one line per entry; all but Name may be
// empty.
type Creditor struct {
	Company string // its key
	Name    string
	Address []string
	Phone   string
	Email   string
	Letter  bool // prints on US Letter instead of A4
}

// Matter is the task that handed the account on.
type Matter struct {
	Task      int64
	Mode      outbox.Mode
	To        string // agency, legal, or a role
	Sequence  string
	Step      string
	Reason    string // in words
	Text      string // what to do, where the step says so
	OpenedOn  ar.Day
	DueOn     ar.Day
	Outcome   string // empty while it is open
	ClosedBy  string
	Documents []ar.DocumentID // none: all that is open on the account
}

// Sent is one message that left, may have left, or that its channel refused.
type Sent struct {
	Delivery outbox.Delivery // with its content
	Message  outbox.Message
	Mail     []byte // as it went by e-mail; nil of a letter
}

// left reports whether the message went, or may have.
func (s *Sent) left() bool { return s.Delivery.State != outbox.Refused }

// Call is one call that was asked for, or of which somebody told.
type Call struct {
	Day     ar.Day
	Address string // may be empty
	Script  string // may be empty
	By      string // empty: nobody has called yet
	Outcome string // in words; empty: it is open
	Text    string
}

// Told is one thing that people told, as it stands on the day.
type Told struct {
	Fact  intake.Fact
	State string       // of a promise, a plan or a dispute: open, waiting, kept, broken and so on; may be empty
	Ended *intake.Fact // that took it back or answered it; nil: none did
}

// Copy is the copy of one invoice.
type Copy struct {
	Document ar.DocumentID
	Number   string
	Ext      string // of its file, such as .pdf
	Data     []byte
	Missing  string // why there is none; empty: there is one
}

// zone is where times of day are told.
func (d *Dossier) zone() *time.Location {
	if d.Zone == nil {
		return time.UTC
	}
	return d.Zone
}

// open returns what is open on the account at the end of the day.
func (d *Dossier) open() []ar.Document {
	return ledger.AccountLedger{Customer: d.Customer, Documents: d.Documents, Applications: d.Applied}.AsOf(d.Day)
}
