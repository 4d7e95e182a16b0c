package year

import (
	"io/fs"
	"time"

	"holdfast/engine/ar"
	"holdfast/engine/calendar"
	"holdfast/engine/sequence"
	"holdfast/engine/steps"
)

// newBook binds the shipped library to the usual policy of a company.
func newBook() (*sequence.Book, error) {
	return bookOf(sequence.Library())
}

// bookOf binds a folder of sequences to that policy.
func bookOf(folder fs.FS) (*sequence.Book, error) {
	sequences, problems := sequence.Load(folder, "shipped", steps.All())
	if err := problems.Err(); err != nil {
		return nil, err
	}
	window, err := calendar.ParseWindow("Mon-Fri 09:00-16:30")
	if err != nil {
		return nil, err
	}
	hours, err := calendar.ParseWindow("Mon-Fri 08:00-17:00")
	if err != nil {
		return nil, err
	}
	countries := calendar.NewCountries()
	book, problems := sequence.NewBook(sequences, nil, sequence.Policy{
		Zone: time.UTC, Business: countries["US"], Countries: countries, Window: window, Hours: hours,
		Channels: map[string]string{"email": channel, "letter": channel}, Roles: []string{"invoice", "ap", "billing"},
		GapCourtesy: gapCourtesy, GapDunning: gapDunning, CapWeek: capWeek, CapMonth: capMonth,
		DeductionPercent: 2, DeductionDays: 3, PromiseGrace: bd(3), ReplyPause: bd(3), CreditWait: bd(10), CashLag: 2,
		FloorItem: []ar.Money{{Minor: floorItem, Currency: "USD"}}, FloorAccount: []ar.Money{{Minor: floorAccount, Currency: "USD"}},
		HoldWritable: true, HoldAgain: 30, HoldWarned: bd(warnedAgo),
		Relationship: "first_party", DebtorKind: "company", DebtKind: "trade_credit",
	}, steps.All())
	return book, problems.Err()
}

func bd(n int) calendar.Span { return calendar.Span{N: n, Business: true} }

// channel is the one channel of the trial's company.
const channel = "box"

// The figures of the policy that the trial checks, in days, messages, minor
// units and business days.
const (
	gapCourtesy  = 1
	gapDunning   = 3
	capWeek      = 2
	capMonth     = 5
	floorItem    = 500
	floorAccount = 2500
	warnedAgo    = 5
)
