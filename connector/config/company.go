package config

import (
	"holdfast/engine/ar"
	"holdfast/engine/calendar"
	"holdfast/engine/outbox"
)

// Company is one company of an ERP and the rules under which its customers are
// written to.
type Company struct {
	Key          string                 `toml:"key" required:"yes" example:"1" doc:"Your name for it, used in commands; also the ERP's id of it unless id says otherwise."`
	ID           string                 `toml:"id" doc:"The ERP's own id of the company. Empty: key."`
	ERP          string                 `toml:"erp" required:"yes" example:"main" doc:"Name of the [[erp]] that it is kept in."`
	Places       map[string]string      `toml:"places" doc:"What stands in the preset's SQL as {{name}} for this company, before the ERP's own places."`
	Mode         outbox.Mode            `toml:"mode" default:"observe" oneof:"observe test live" doc:"observe shows only (the file channel still writes), test sends all to test_address and test_number, live sends."`
	TestAddress  string                 `toml:"test_address" doc:"E-mail address that gets everything in mode test, letters too."`
	TestNumber   string                 `toml:"test_number" doc:"Telephone number that gets text messages and calls in mode test, such as \"+12075550142\"; needed there where channels has sms or voice."`
	Channels     map[string]string      `toml:"channels" required:"yes" example:"{ email = \"file\" }" doc:"Which [[channel]] carries a medium: email, sms, voice, letter or chat."`
	TimeZone     string                 `toml:"time_zone" doc:"IANA zone of its days, such as \"America/New_York\". Empty: the ERP's."`
	Holidays     string                 `toml:"holidays" default:"US" doc:"Country whose public holidays are no business days, as ISO code; \"none\": weekends only."`
	Window       calendar.Window        `toml:"window" default:"Mon-Fri 09:00-16:30" doc:"When messages may leave, where a sequence names no narrower window."`
	Hours        calendar.Window        `toml:"hours" default:"Mon-Fri 08:00-17:00" doc:"When your own people work: spans in working hours (\"16bh\") count these."`
	PayURL       map[ar.Currency]string `toml:"pay_url" example:"{ USD = \"https://pay.example.com/?ref={reference}\" }" doc:"Pay link per currency with {reference}, and {amount}, {currency}, {customer} at will."`
	SigningKey   Secret                 `toml:"signing_key" example:"file:signing.key" doc:"Key that signs references in pay links, by env:NAME or file:PATH; needed with pay_url."`
	InvoiceCopy  string                 `toml:"invoice_copy" path:"yes" example:"copies/{number}.pdf" doc:"File of an invoice's copy, with {number}, {id} or {customer}. Empty: none is attached."`
	NewInvoices  string                 `toml:"new_invoices" default:"erp" oneof:"erp holdfast" doc:"Who sends an invoice when it is issued: the ERP, or holdfast, with the copy that invoice_copy names."`
	Language     string                 `toml:"language" default:"en" doc:"The language your own people speak, in two letters; also that of customers whose language nobody knows."`
	Relationship string                 `toml:"relationship" default:"first_party" oneof:"first_party first_party_other_name third_party debt_buyer" doc:"Whose the debts are, as contact rules tell it apart: your own, your own under another name, another's, or bought."`
	DebtorKind   string                 `toml:"debtor_kind" default:"company" oneof:"company public_body partnership sole_trader consumer" doc:"What a customer is where the ERP does not say; contact rules are stricter for natural persons."`
	DebtKind     string                 `toml:"debt_kind" default:"trade_credit" oneof:"trade_credit consumer_credit rent utility medical other" doc:"What is owed for, as contact rules tell it apart."`
	DirectDebit  []string               `toml:"direct_debit" example:"[\"SEPA\", \"CARD\"]" doc:"The ERP's payment methods by which you collect yourself: no reminder until a collection failed."`
	WhiteGlove   []string               `toml:"white_glove" doc:"Customer numbers that only people write to: each message becomes a task."`
	DoNotDun     []string               `toml:"do_not_dun" doc:"Customer numbers that are never reminded nor held."`
	Sender       Sender                 `toml:"sender" doc:"Who writes: it stands in every message."`
	Contact      Contact                `toml:"contact" doc:"How often, and whom."`
	Floor        Floor                  `toml:"floor" doc:"Sums too small to speak about, one per currency; a currency not named has no floor."`
	Deduction    Deduction              `toml:"deduction" doc:"When the rest of a part payment looks like a deduction: a task, no reminder."`
	Cash         Cash                   `toml:"cash" doc:"How far receipts must be posted before anyone is reminded."`
	Holds        Holds                  `toml:"holds" doc:"Limits on credit holds."`
	Data         Data                   `toml:"data" doc:"When data are too old or too strange to act upon."`
	Volume       Volume                 `toml:"volume" doc:"When a run would send suspiciously much."`
	Promise      Promise                `toml:"promise" doc:"How long a promise to pay may be late."`
	Dispute      Dispute                `toml:"dispute" doc:"How long the end of a dispute may take."`
	Approve      Approve                `toml:"approve" doc:"What one person's yes is not enough for."`
	Collector    []Collector            `toml:"collector" example:"[{ name = \"anna\", email = \"anna@example.com\", deputy = \"ben\" }]" doc:"Who gets a daily worklist."`
	Notice       []Notice               `toml:"notice" example:"[{ channel = \"team\", about = [\"approve\", \"hold\"] }]" doc:"Where your own people are shown what is new."`
}

// Sender is who a message comes from.
type Sender struct {
	Name     string   `toml:"name" doc:"Legal name. Empty: the ERP's name of the company."`
	Address  []string `toml:"address" doc:"Postal address, a line each."`
	Phone    string   `toml:"phone" doc:"Telephone number for questions."`
	From     string   `toml:"from" required:"yes" example:"receivables@example.com" doc:"E-mail address that messages come from."`
	FromName string   `toml:"from_name" doc:"Name shown beside it. Empty: name."`
	ReplyTo  string   `toml:"reply_to" doc:"E-mail address that answers go to. Empty: from."`
	Disputes string   `toml:"disputes" doc:"How to dispute an invoice: an address or a telephone number. Empty: reply_to."`
	Cc       []string `toml:"cc" doc:"E-mail addresses that get a copy of every message."`
	LateFee  string   `toml:"late_fee" doc:"What your terms say of late payment, in a sentence; templates may quote it. Empty: they say nothing of it."`
	PayText  string   `toml:"pay_text" doc:"How to pay, in a sentence, such as your bank account. Empty: the account named on the invoice."`
	Logo     string   `toml:"logo" path:"yes" doc:"Picture file (PNG, JPEG or GIF, at most 200 KiB) for the head of mails. Empty: none."`
	Place    string   `toml:"place" doc:"Town that letters are dated from. Empty: none."`
	Portal   string   `toml:"portal" doc:"Where customers find their invoices, in a sentence or as a URL. Empty: templates say nothing of it."`
}

// Contact bounds how often a customer hears from us. It can be made stricter,
// never looser, than the defaults.
type Contact struct {
	GapCourtesy calendar.Span `toml:"gap_courtesy" default:"1d" min:"1d" max:"60d" doc:"Least days between two friendly messages to one address."`
	GapDunning  calendar.Span `toml:"gap_dunning" default:"3d" min:"1d" max:"60d" doc:"Least days between two reminders to one address."`
	Cap7Days    int           `toml:"cap_7_days" default:"2" min:"1" max:"2" doc:"Most reminders to one address in any 7 days."`
	Cap30Days   int           `toml:"cap_30_days" default:"5" min:"1" max:"5" doc:"Most reminders to one address in any 30 days."`
	ReplyPause  calendar.Span `toml:"reply_pause" default:"3bd" min:"1bd" max:"20bd" doc:"Business days in which a customer's reply keeps reminders back, unless somebody answers it before."`
	To          []string      `toml:"to" default:"[\"invoice\", \"ap\", \"billing\"]" doc:"Roles of the contacts to write to, best first; then any valid one."`
}

// Floor holds the sums below which nothing is sent or held, per currency.
type Floor struct {
	Item    []ar.Money `toml:"item" default:"[\"5.00 USD\"]" doc:"Least open amount of one document."`
	Account []ar.Money `toml:"account" default:"[\"25.00 USD\"]" doc:"Least overdue amount of one account."`
}

// Deduction says when a part-paid rest is a suspected deduction.
type Deduction struct {
	Percent int `toml:"percent" default:"2" min:"0" max:"100" doc:"The rest is at most this share of the document; 0: never."`
	Days    int `toml:"days" default:"3" min:"0" max:"60" doc:"Or the receipt is at most this many days old; 0: never."`
}

// Cash says how far the posting of receipts must have come.
type Cash struct {
	Lag     calendar.Span `toml:"lag" default:"2bd" min:"0bd" max:"20bd" doc:"Business days that posting may be behind."`
	Sources []CashSource  `toml:"sources" example:"[{ name = \"bank\", weekdays = \"Mon-Fri\" }]" doc:"Bank accounts or other sources of receipts. Empty: not looked at, and \"check\" says so."`
}

// CashSource is one bank account or other source of receipts.
type CashSource struct {
	Name     string   `toml:"name" required:"yes" example:"bank" doc:"As the ERP's freshness query or \"cash posted-through\" names it."`
	Weekdays Weekdays `toml:"weekdays" default:"Mon-Fri" doc:"Days on which it is posted."`
}

// Holds limits what may be held.
type Holds struct {
	MaxNew int           `toml:"max_new" default:"0" min:"0" max:"100000" doc:"New holds in one run without a yes; 0: the greater of 5 and 1 % of the accounts."`
	Again  calendar.Span `toml:"again" default:"30d" min:"0d" max:"366d" doc:"A hold within this time of a release needs a yes."`
	Warned calendar.Span `toml:"warned" default:"5bd" min:"1bd" max:"60bd" doc:"Business days that must lie between an accepted warning and its hold, at least."`
	Exempt []string      `toml:"exempt" doc:"Customer numbers that are never held."`
	Orders string        `toml:"open_orders" default:"leave" oneof:"leave hold" doc:"What becomes of open orders where the ERP's own flag does not reach them: leave them, or hold each one too."`
	Drift  string        `toml:"drift" default:"report" oneof:"report reassert" doc:"When our hold is gone and what stood before is back: report it, or set it again, three times at most (some ERPs work it out anew)."`
}

// Data says when data are not fit to act upon.
type Data struct {
	MaxAge  Duration `toml:"max_age" default:"26h" min:"1m" max:"30d" doc:"Oldest pull upon which a message or a hold may leave."`
	Breaker int      `toml:"breaker" default:"30" min:"1" max:"100" doc:"Share of open documents, in percent, that may vanish in one pull before it stops and asks."`
}

// Volume says when a run stops because it would send too much.
type Volume struct {
	Limit int `toml:"limit" default:"0" min:"0" max:"1000000" doc:"Most messages in one run; 0: the greater of 50 and 3 times the largest of the last 10 runs."`
}

// Promise bounds promises to pay.
type Promise struct {
	Within calendar.Span `toml:"within" default:"30d" min:"1d" max:"180d" doc:"How far ahead a day may be that a customer promises by itself, by link, reply or keypress; a later one is for a person."`
	Grace  calendar.Span `toml:"grace" default:"2bd" min:"0bd" max:"20bd" doc:"Business days after the promised day in which the money may still come in."`
}

// Dispute bounds the end of disputes.
type Dispute struct {
	CreditWithin calendar.Span `toml:"credit_within" default:"20bd" min:"1bd" max:"250bd" doc:"Business days in which a granted credit should stand in the ledger; after them it is a task."`
}

// Approve says when two people must say yes.
type Approve struct {
	TwoAbove []ar.Money `toml:"two_above" example:"[\"50000.00 USD\"]" doc:"Sums above which two different people must say yes, one per currency. Empty: one is enough."`
}

// Collector is one person who works tasks.
type Collector struct {
	Name   string `toml:"name" required:"yes" example:"anna" doc:"As the ERP or a task names the collector."`
	Email  string `toml:"email" required:"yes" example:"anna@example.com" doc:"Where the worklist goes."`
	Deputy string `toml:"deputy" doc:"Name of the collector who stands in."`
}

// CompanyID is the ERP's own id of the company: id, or key where that is empty.
func (c *Company) CompanyID() ar.CompanyID {
	if c.ID == "" {
		return ar.CompanyID(c.Key)
	}
	return ar.CompanyID(c.ID)
}

// Source is the name of the company's ERP as records carry it.
func (c *Company) Source() ar.Source { return ar.Source(c.ERP) }
