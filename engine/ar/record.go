package ar

import "time"

// Record is one row read from an ERP: *Company, *Customer, *Contact,
// *Document, *Application, *Order, *Freshness, *Flaw or *Gone. A record handed to an
// emit function belongs to the receiver.
type Record interface{ record() }

// Extra holds a site's own x_ columns: nil, string, int64, bool, Day or
// Money-free decimal text, by name without the x_.
type Extra map[string]any

// Company is a legal entity that sells and is owed.
type Company struct {
	Source       Source
	ID           CompanyID
	Name         string
	BaseCurrency Currency
	TimeZone     string // IANA; empty where the ERP does not know it
}

// Customer is one account's master data. Only Account and Name are always
// filled; CreditLimit is nil where there is no limit or the preset lacks it.
type Customer struct {
	Account       AccountID
	Number        string
	Name          string
	LegalName     string
	Parent        CustomerID
	Payer         CustomerID // never empty: the customer itself where the ERP names no other
	Currency      Currency
	CreditLimit   *int64 // minor units of the company's base currency
	TermsCode     string
	PaymentMethod string
	DebtorKind    string
	CashInAdvance bool
	DunningBlock  bool
	Language      string
	Address       Address
	TimeZone      string
	Collector     string
	SalesRep      string
	Segment       string
	Active        bool
	OnHold        bool
	HoldVersion   string
	ChangedAt     time.Time
	Extra         Extra
}

// Party returns the party that settles this customer's account.
func (c *Customer) Party() PartyID {
	return PartyID{Source: c.Account.Source, Company: c.Account.Company, Payer: c.Payer}
}

// Address is a postal address.
type Address struct {
	Line1, Line2, Postcode, City, Region, Country string // Country: ISO 3166 alpha-2, upper case
}

// Contact is a person or mailbox at a customer. Role is the ERP's own word,
// lower case, such as "invoice", "ap" or empty.
type Contact struct {
	Account  AccountID
	ID       string
	SiteID   string
	Role     string
	Name     string
	Email    string
	Phone    string
	Mobile   string
	Language string
	Valid    bool
	Address  Address
}

// Kind is what a document is.
type Kind string

// The kinds of document. Receipt is money in; Opening is a balance brought
// forward.
const (
	Invoice       Kind = "invoice"
	DebitMemo     Kind = "debit_memo"
	CreditMemo    Kind = "credit_memo"
	FinanceCharge Kind = "finance_charge"
	Receipt       Kind = "receipt"
	Prepayment    Kind = "prepayment"
	Retention     Kind = "retention"
	Opening       Kind = "opening"
)

// Kinds lists every kind that a preset may name.
var Kinds = []Kind{Invoice, DebitMemo, CreditMemo, FinanceCharge, Receipt, Prepayment, Retention, Opening}

// Document is one instalment of an invoice, memo or receipt. Amount and Open
// are minor units of Currency, positive where the customer owes.
type Document struct {
	ID              DocumentID
	Account         AccountID
	Number          string
	Kind            Kind
	Instalment      int
	IssuedOn        Day
	PostedOn        Day
	DueOn           Day // zero: undated, which is a task and never a message
	Currency        Currency
	Amount          int64
	Open            int64
	BaseOpen        *int64 // Open in the company's base currency at the ERP's rate; nil where not known
	PONumber        string
	OrderNumber     string
	ShipToID        string
	RelatedID       DocumentID
	ConsolidationNo string
	Disputed        bool
	DisputedAmount  int64 // minor units; the whole of Open where Disputed and 0
	DisputeReason   string
	Voided          bool
	ClosedOn        Day // zero while open
	ChangedAt       time.Time
	Extra           Extra
}

// IsCredit reports whether the document is money or credit of the customer's.
func (d *Document) IsCredit() bool {
	return d.Kind == CreditMemo || d.Kind == Receipt || d.Kind == Prepayment
}

// DisputedOpen returns how much of Open is in dispute, never more than Open.
func (d *Document) DisputedOpen() int64 {
	switch {
	case !d.Disputed || d.Open <= 0:
		return 0
	case d.DisputedAmount <= 0 || d.DisputedAmount > d.Open:
		return d.Open
	}
	return d.DisputedAmount
}

// DaysPastDue returns how many days d is overdue on day: 0 on the due day,
// negative before it, 0 for an undated document.
func (d *Document) DaysPastDue(day Day) int {
	if d.DueOn == 0 {
		return 0
	}
	return int(day - d.DueOn)
}

// Application is one receipt or credit set against one document.
type Application struct {
	Account   AccountID
	ID        string
	Receipt   DocumentID
	Document  DocumentID
	AppliedOn Day
	PostedOn  Day
	Amount    int64 // minor units of the document's currency, positive: lowers the document's open amount
	Discount  int64
	WriteOff  int64
	Reversed  bool
}

// Order is an open order, counted into exposure where the preset has it.
type Order struct {
	Account  AccountID
	ID       string
	Currency Currency
	Amount   int64
	Prepaid  bool
	OnHold   bool
}

// Freshness says how far the receipts of one bank account or source are
// posted in the ERP.
type Freshness struct {
	Source        Source
	Company       CompanyID
	Name          string
	PostedThrough Day
}

// Flaw is a row that cannot be taken as it is: its account is left alone until
// the ERP's row is mended. What stood before in the store stays.
type Flaw struct {
	Account AccountID
	Entity  string // "documents", "customers" ...
	ID      string // the row's id
	Field   string
	Reason  string // what is wrong and how to mend it, for a person
}

// GoneEntities are the entities whose rows may be reported gone.
var GoneEntities = []string{"documents", "applications", "contacts", "orders"}

// Gone is a row that the ERP itself says it no longer has. It comes with an
// incremental read; a read of everything shows it by its absence.
type Gone struct {
	Source  Source
	Company CompanyID
	Entity  string // one of GoneEntities
	ID      string
}

func (*Company) record()     {}
func (*Customer) record()    {}
func (*Contact) record()     {}
func (*Document) record()    {}
func (*Application) record() {}
func (*Order) record()       {}
func (*Freshness) record()   {}
func (*Flaw) record()        {}
func (*Gone) record()        {}
