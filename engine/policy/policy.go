// Package policy holds contact rules as dated data: who may be contacted how
// often, at what hours, with which consent and which words. A pack is a file of
// rules with their sources; several packs may apply, and the strictest wins.
// The rules are no legal advice, and a site may replace any of them.
package policy

import (
	"slices"
	"time"

	"holdfast/engine/ar"
)

// Channel is the way by which somebody is contacted.
type Channel string

// The channels that rules tell apart.
const (
	Email           Channel = "email"
	SMS             Channel = "sms"
	VoiceLive       Channel = "voice_live"       // a person calls
	VoiceArtificial Channel = "voice_artificial" // a recording or a made voice calls
	Letter          Channel = "letter"
	Portal          Channel = "portal"
	Visit           Channel = "visit"
)

// Question is one contact that somebody would make. A text that is empty, or
// none of the words that rules know, is an unknown fact and takes the stricter
// rule; so does a place that is empty.
type Question struct {
	Day          ar.Day // on which the rules must be valid
	Channel      Channel
	Purpose      string // response, statement, courtesy, dunning, legal
	Stage        string // courtesy, reminder, collection, final, legal
	Relationship string // first_party, first_party_other_name, third_party, debt_buyer
	DebtorKind   string // consumer, sole_trader, partnership, company, public_body
	DebtKind     string // trade_credit, consumer_credit, rent, utility, medical, other
	Guarantor    bool   // a natural person answers for the debt
	Line         string // of a call or text: mobile, landline
	Workplace    bool   // the contact reaches the debtor at work
	First        bool   // it is the first contact about this debt

	Country, Region, City string           // ISO 3166 alpha-2; state or province; town, as in the address
	Zones                 []*time.Location // every zone the debtor may be in: a time must be good in all
	Total                 ar.Money         // what is owed to us, for scopes that end at a sum; without currency: unknown
}

// Contact is one earlier contact, or an attempt at one. An empty address, debt
// or account is not known, and counts for each.
type Contact struct {
	On           ar.Day // in the debtor's zone
	Channel      Channel
	Address      string
	Debt         string
	Account      string
	Conversation bool // somebody answered
	Purpose      string
}

// The words that facts and scopes are written in.
var (
	channels      = []string{"email", "sms", "voice_live", "voice_artificial", "letter", "portal", "visit"}
	purposes      = []string{"response", "statement", "courtesy", "dunning", "legal"}
	stages        = []string{"courtesy", "reminder", "collection", "final", "legal"}
	relationships = []string{"first_party", "first_party_other_name", "third_party", "debt_buyer"}
	debtorKinds   = []string{"consumer", "sole_trader", "partnership", "company", "public_body"}
	debtKinds     = []string{"trade_credit", "consumer_credit", "rent", "utility", "medical", "other"}
	lines         = []string{"mobile", "landline"}
)

// TextIDs are the parts of a message that a pack may require.
var TextIDs = []string{
	"amount", "as_of", "collector_notice", "dispute", "documents", "identity", "opt_out", "payment_options",
	"postal_address", "privacy_notice", "validation_notice",
}

// ForbiddenIDs are what a pack may forbid: kinds of claim, and ways to show a
// debt to others.
var ForbiddenIDs = append([]string{"debt_on_envelope", "debt_in_subject", "postcard", "shared_address"}, claimKinds...)

// NaturalPerson reports whether a debtor kind is, or may be, a natural person.
// An unknown kind may be one.
func NaturalPerson(debtorKind string) bool {
	return !slices.Contains([]string{"company", "public_body"}, debtorKind)
}

// bit returns the place of word in a list as a bit; an unknown word is all of
// them.
func bit[W ~string](list []string, word W) uint16 {
	if i := slices.Index(list, string(word)); i >= 0 {
		return 1 << i
	}
	return 1<<len(list) - 1
}

// bits returns the bits of several words; none of them is all.
func bits(list, words []string) uint16 {
	var set uint16
	for _, w := range words {
		set |= bit(list, w)
	}
	if len(words) == 0 {
		return 1<<len(list) - 1
	}
	return set
}
