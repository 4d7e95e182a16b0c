package cli

import (
	"time"

	"holdfast/connector/config"
	"holdfast/engine"
	"holdfast/engine/calendar"
	"holdfast/engine/sequence"
)

type (
	countries  = calendar.Countries
	pullReport = engine.PullReport
)

func newCountries() countries { return calendar.NewCountries() }

// policy is what a company's config decides over all sequences.
func (b *builder) policy(cfg *config.Company, zone *time.Location, hold engine.HoldCapability) sequence.Policy {
	return sequence.Policy{
		Zone: zone, Business: b.business(cfg.Holidays), Countries: b.countries, Window: cfg.Window,
		Channels: cfg.Channels, Roles: cfg.Contact.To,
		GapCourtesy: cfg.Contact.GapCourtesy.N, GapDunning: cfg.Contact.GapDunning.N,
		CapWeek: cfg.Contact.Cap7Days, CapMonth: cfg.Contact.Cap30Days,
		FloorItem: cfg.Floor.Item, FloorAccount: cfg.Floor.Account,
		DeductionPercent: cfg.Deduction.Percent, DeductionDays: cfg.Deduction.Days,
		WhiteGlove: set(cfg.WhiteGlove), DoNotDun: set(cfg.DoNotDun),
		Hours: cfg.Hours, PromiseGrace: cfg.Promise.Grace, ReplyPause: cfg.Contact.ReplyPause, CreditWait: cfg.Dispute.CreditWithin,
		Packs: b.packs, Relationship: cfg.Relationship, DebtorKind: cfg.DebtorKind, DebtKind: cfg.DebtKind,
		CashLag: cfg.Cash.Lag.N, DirectDebit: cfg.DirectDebit, SendsInvoices: cfg.NewInvoices == "holdfast",
		HoldWritable: hold.Writable, HoldExempt: set(cfg.Holds.Exempt), HoldAgain: cfg.Holds.Again.N, HoldWarned: cfg.Holds.Warned,
	}
}

// business is a country's business days; "none" has weekends only.
func (b *builder) business(code string) *calendar.Country {
	if c, ok := b.countries[code]; ok {
		return c
	}
	return &calendar.Country{Code: code}
}

func set(names []string) map[string]bool {
	all := make(map[string]bool, len(names))
	for _, n := range names {
		all[n] = true
	}
	return all
}
