package sequence

import (
	"time"

	"holdfast/engine/ar"
	"holdfast/engine/calendar"
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
