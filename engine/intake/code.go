package intake

// Outcomes of calls and tasks. A step may name further ones of its own.
const (
	Done          = "done"
	Reached       = "reached"
	NoAnswer      = "no_answer"
	Voicemail     = "voicemail"
	Promised      = "promised"
	Disputed      = "disputed"
	WrongContact  = "wrong_contact"
	CopyRequested = "copy_requested"
	SaysPaid      = "says_paid"
	Refused       = "refused"
	CallBack      = "call_back"
	Yes           = "yes"
	No            = "no"
)

// Outcomes lists the outcomes that every call knows, for a person to choose
// from.
var Outcomes = []string{
	Reached, NoAnswer, Voicemail, Promised, Disputed, WrongContact, CopyRequested, SaysPaid, Refused, CallBack, Done,
}

// Codes of an End.
const (
	Withdrawn = "withdrawn" // it was a mistake, or is no longer so
	Rejected  = "rejected"  // a dispute: the amount is owed after all
	Granted   = "granted"   // a dispute: a credit follows; the amount stays out until the ledger shows it
	Answered  = "answered"  // a reply was dealt with
)

// LiveVoice is the Channel of an Outcome where a person was spoken to, or rung
// up, by telephone.
const LiveVoice = "voice_live"

// CollectionFailed is the Event of a direct debit that did not come in.
const CollectionFailed = "collection_failed"

// Names of preferences, the Code of a Preference.
const (
	PrefersChannel  = "channel"      // a medium: email, sms, voice, letter
	PrefersHour     = "hour"         // "10:00", in the customer's zone
	PrefersLanguage = "language"     // "de"
	PaysOn          = "pays_on"      // days of payment: "Thu", "15,last"
	DirectDebit     = "direct_debit" // "yes" or "no": we collect, or a card does
	NeedsPO         = "needs_po"     // "yes": a document without a purchase order is not paid
	NeedsPortal     = "needs_portal" // "yes": a document counts once the customer's portal took it
	WantsPeople     = "white_glove"  // "yes": only people speak to this account
	NoStatement     = "no_statement" // "yes": no statement of account
)

// DisputeCodes lists the reasons of disputes, for a person to choose from.
var DisputeCodes = []string{
	"price", "quantity", "damaged", "not_delivered", "wrong_goods", "quality", "duplicate", "tax", "missing_po", "paid_already", "terms", "other",
}

// DeductionCodes lists what a suspected deduction can turn out to be. Short pay
// is chased; the others are dealt with in the ledger or as a dispute.
var DeductionCodes = []string{"short_pay", "discount", "dispute", "write_off"}
