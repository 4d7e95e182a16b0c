package sequence

import (
	"time"

	"holdfast/engine/ar"
	"holdfast/engine/calendar"
	"holdfast/engine/policy"
)

// Policy is what a company decides once, over all its sequences.
type Policy struct {
	Zone      *time.Location
	Business  *calendar.Country // the company's business days
	Countries calendar.Countries
	Window    calendar.Window   // where a sequence names none
	Channels  map[string]string // the configured channel that carries each medium
	Roles     []string          // contact roles, the best first

	GapCourtesy int // days since the last automated message
	GapDunning  int
	CapWeek     int // automated dunning messages to one address in 7 days
	CapMonth    int // and in 30

	FloorItem        []ar.Money // below it a document is tolerated
	FloorAccount     []ar.Money // below it an account is
	DeductionPercent int        // a part-paid rest of at most this share is a suspected deduction
	DeductionDays    int        // and so is any rest this soon after its receipt

	Hours         calendar.Window // in which the company works: the clock of spans in bh
	PromiseGrace  calendar.Span   // business days after the promised day in which it may still be kept
	ReplyPause    calendar.Span   // business days in which a reply keeps reminders back
	CreditWait    calendar.Span   // business days in which a granted credit should be in the ledger
	SendsInvoices bool            // new invoices leave from here, not from the ERP
	Packs         *policy.Packs   // contact rules; nil: none but the company's own
	Relationship  string          // of the company to the debts, as contact rules name it
	DebtorKind    string          // of customers whose kind the ERP does not know
	DebtKind      string
	CashLag       int      // business days that posting a receipt takes
	DirectDebit   []string // the ERP's payment methods by which we collect ourselves

	WhiteGlove map[string]bool // by customer number
	DoNotDun   map[string]bool // by customer number

	HoldWritable bool            // the preset can write a hold
	HoldExempt   map[string]bool // by customer number
	HoldWarned   calendar.Span   // least age of a warning, whatever a step says; zero: none
	HoldAgain    int             // days after a release in which placing again needs a yes
}

// gap returns the days that must lie between messages of a purpose.
func (p *Policy) gap(purpose Purpose, seq *Sequence) int {
	gap := 0
	switch purpose {
	case Courtesy:
		gap = p.GapCourtesy
	case Dunning, Legal:
		gap = p.GapDunning
	}
	return max(gap, seq.Gap)
}

// floor returns the floor for a currency, 0 where there is none.
func floor(floors []ar.Money, cur ar.Currency) int64 {
	for _, m := range floors {
		if m.Currency == cur {
			return m.Minor
		}
	}
	return 0
}
