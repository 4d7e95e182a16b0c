// Package casefile reads a case that a collector wrote, a ledger by days and what
// should come of it, lives it and says where the two differ.
package casefile

import (
	"holdfast/engine/ar"
	"holdfast/engine/calendar"
)

// file is a case as it is written.
type file struct {
	Title     string         `toml:"title"`
	From      day            `toml:"from"`
	To        day            `toml:"to"`
	Sequences []string       `toml:"sequences"`
	Kinds     []string       `toml:"kinds"`
	Approve   []string       `toml:"approve"`
	Company   fileCompany    `toml:"company"`
	Policy    filePolicy     `toml:"policy"`
	Customer  []fileCustomer `toml:"customer"`
	Contact   []fileContact  `toml:"contact"`
	Document  []fileDocument `toml:"document"`
	Receipt   []fileReceipt  `toml:"receipt"`
	Contested []fileContest  `toml:"contested"`
	Fact      []fileFact     `toml:"fact"`
	Expect    []fileExpect   `toml:"expect"`
	Nothing   []day          `toml:"nothing"`
	Why       []fileWhy      `toml:"why"`
}

type fileCompany struct {
	Name     string          `toml:"name"`
	Currency string          `toml:"currency"`
	Country  string          `toml:"country"`
	Zone     string          `toml:"zone"`
	Window   calendar.Window `toml:"window"`
	Hours    calendar.Window `toml:"hours"`
	Media    []string        `toml:"media"`
}

// filePolicy is what a case changes of a company's usual rules, under the names
// that the config has for them.
type filePolicy struct {
	GapCourtesy  *calendar.Span `toml:"gap_courtesy"`
	GapDunning   *calendar.Span `toml:"gap_dunning"`
	Cap7Days     *int           `toml:"cap_7_days"`
	Cap30Days    *int           `toml:"cap_30_days"`
	ReplyPause   *calendar.Span `toml:"reply_pause"`
	FloorItem    []string       `toml:"floor_item"`
	FloorAccount []string       `toml:"floor_account"`
	Deduction    *int           `toml:"deduction_percent"`
	DeductionFor *int           `toml:"deduction_days"`
	PromiseGrace *calendar.Span `toml:"promise_grace"`
	CreditWithin *calendar.Span `toml:"credit_within"`
	CashLag      *calendar.Span `toml:"cash_lag"`
	HoldWarned   *calendar.Span `toml:"hold_warned"`
	HoldAgain    *calendar.Span `toml:"hold_again"`
	HoldExempt   []string       `toml:"hold_exempt"`
	Holds        *bool          `toml:"holds"`
	MaxNewHolds  int            `toml:"max_new_holds"`
	WhiteGlove   []string       `toml:"white_glove"`
	DoNotDun     []string       `toml:"do_not_dun"`
	DirectDebit  []string       `toml:"direct_debit"`
	Relationship string         `toml:"relationship"`
	DebtorKind   string         `toml:"debtor_kind"`
	DebtKind     string         `toml:"debt_kind"`
	SendsBills   *bool          `toml:"sends_invoices"`
	ContactRules *bool          `toml:"contact_rules"`
}

type fileCustomer struct {
	ID            string   `toml:"id"`
	Name          string   `toml:"name"`
	Email         string   `toml:"email"`
	Payer         string   `toml:"payer"`
	Country       string   `toml:"country"`
	Region        string   `toml:"region"`
	City          string   `toml:"city"`
	Zone          string   `toml:"zone"`
	Language      string   `toml:"language"`
	Segment       string   `toml:"segment"`
	Limit         string   `toml:"limit"`
	Terms         string   `toml:"terms"`
	PaymentMethod string   `toml:"payment_method"`
	DebtorKind    string   `toml:"debtor_kind"`
	Collector     string   `toml:"collector"`
	DunningBlock  bool     `toml:"dunning_block"`
	CashInAdvance bool     `toml:"cash_in_advance"`
	Seen          day      `toml:"seen"`
	X             ar.Extra `toml:"x"`
}

type fileContact struct {
	Customer string `toml:"customer"`
	Role     string `toml:"role"`
	Name     string `toml:"name"`
	Email    string `toml:"email"`
	Phone    string `toml:"phone"`
	Mobile   string `toml:"mobile"`
	Language string `toml:"language"`
	Invalid  bool   `toml:"invalid"`
}

type fileDocument struct {
	Number   string        `toml:"number"`
	Customer string        `toml:"customer"`
	Kind     string        `toml:"kind"`
	Issued   day           `toml:"issued"`
	Posted   day           `toml:"posted"`
	Due      day           `toml:"due"`
	Amount   string        `toml:"amount"`
	PO       string        `toml:"po"`
	Order    string        `toml:"order"`
	Related  string        `toml:"related"`
	Applies  []fileApplied `toml:"applies"`
	X        ar.Extra      `toml:"x"`
}

type fileReceipt struct {
	Number   string        `toml:"number"`
	Customer string        `toml:"customer"`
	On       day           `toml:"on"`
	Amount   string        `toml:"amount"`
	Document string        `toml:"document"` // short for applies, whole and at once
	Applies  []fileApplied `toml:"applies"`
	Reversed day           `toml:"reversed"`
}

type fileApplied struct {
	Document string `toml:"document"`
	Amount   string `toml:"amount"`
	On       day    `toml:"on"`
}

type fileContest struct {
	Document string `toml:"document"`
	From     day    `toml:"from"`
	To       day    `toml:"to"`
	Amount   string `toml:"amount"`
	Reason   string `toml:"reason"`
}

type fileFact struct {
	On        day        `toml:"on"`
	Kind      string     `toml:"kind"`
	Customer  string     `toml:"customer"`
	Documents []string   `toml:"documents"`
	Day       day        `toml:"day"`
	Amount    string     `toml:"amount"`
	Parts     []filePart `toml:"parts"`
	Code      string     `toml:"code"`
	Value     string     `toml:"value"`
	Text      string     `toml:"text"`
	Owner     string     `toml:"owner"`
	Channel   string     `toml:"channel"`
	Address   string     `toml:"address"`
	Sequence  string     `toml:"sequence"` // of an outcome: whose step's task it closes
	Step      string     `toml:"step"`
	Ends      int        `toml:"ends"` // of an end: which fact of the file, from 1
}

type filePart struct {
	Day    day    `toml:"day"`
	Amount string `toml:"amount"`
}

// fileWhy is a verdict that is expected on a day.
type fileWhy struct {
	On       day    `toml:"on"`
	Customer string `toml:"customer"`
	Document string `toml:"document"`
	Sequence string `toml:"sequence"`
	Reason   string `toml:"reason"`
}

// fileExpect is an effect that is expected.
type fileExpect struct {
	On        day      `toml:"on"`
	Kind      string   `toml:"kind"`
	Customer  string   `toml:"customer"`
	Sequence  string   `toml:"sequence"`
	Step      string   `toml:"step"`
	Documents []string `toml:"documents"`
	Template  string   `toml:"template"`
	To        string   `toml:"to"`
	Amount    string   `toml:"amount"`
	Reason    string   `toml:"reason"`
}

// effect is what is expected, as it is compared.
func (e *fileExpect) effect() Effect {
	return Effect{
		On: e.On.Day, Kind: e.Kind, Customer: e.Customer, Sequence: e.Sequence, Step: e.Step, Documents: e.Documents,
		Template: e.Template, To: e.To, Amount: e.Amount, Reason: e.Reason,
	}
}
