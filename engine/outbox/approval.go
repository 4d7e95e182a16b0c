package outbox

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
	"holdfast/engine/sequence"
)

// RefKind says what a Ref names, by its letter.
type RefKind string

// What can wait for a person's yes.
const (
	RefMessage  RefKind = "m" // a delivery in state Waiting
	RefHold     RefKind = "h" // an entry of the hold journal that is proposed
	RefQuestion RefKind = "q" // an open task that asks for a yes or a no
	RefVolume   RefKind = "v" // a day on which more would leave than usual
)

// Ref names one thing that waits for a yes: m12, h3, q7 or v2. It keeps its
// meaning for ever: a message rendered anew has another one.
type Ref struct {
	Kind RefKind
	ID   int64
}

// ParseRef reads a Ref as a person types it.
func ParseRef(text string) (Ref, error) {
	kind := RefKind(strings.ToLower(text[:min(1, len(text))]))
	id, err := strconv.ParseInt(text[min(1, len(text)):], 10, 64)
	known := slices.Contains([]RefKind{RefMessage, RefHold, RefQuestion, RefVolume}, kind)
	if err != nil || id <= 0 || !known {
		return Ref{}, fault.New(fault.Invalid, "%q names nothing that waits for a yes", text).
			WithCure("write it as the list does: m12 a message, h3 a hold, q7 a question, v2 a volume alarm")
	}
	return Ref{Kind: kind, ID: id}, nil
}

// String writes the Ref as m12.
func (r Ref) String() string { return string(r.Kind) + strconv.FormatInt(r.ID, 10) }

// MarshalText writes the Ref as m12.
func (r Ref) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (r *Ref) UnmarshalText(text []byte) error {
	ref, err := ParseRef(string(text))
	*r = ref
	return err
}

// ApprovalState is where something that was asked stands.
type ApprovalState string

// The states of an approval.
const (
	ApprovalWaits    ApprovalState = "waiting"
	ApprovalGiven    ApprovalState = "approved"
	ApprovalDeclined ApprovalState = "declined"
	ApprovalGone     ApprovalState = "gone" // nobody need answer any more: Reason and Detail say why
)

// Approval is one thing that waits, or waited, for a person's yes.
type Approval struct {
	Ref       Ref             `json:"id"`
	Account   ar.AccountID    `json:"account"` // of a volume alarm: the company alone
	Sequence  string          `json:"sequence,omitempty"`
	Step      string          `json:"step,omitempty"`
	What      string          `json:"what"`         // template, question, reason of the hold, or the alarm in words
	To        string          `json:"to,omitempty"` // address of a message, role of a question
	Amount    ar.Balance      `json:"amount,omitempty"`
	Documents []ar.DocumentID `json:"documents,omitempty"`
	On        ar.Day          `json:"on"` // the day it was decided for
	Because   sequence.Reason `json:"because"`
	Needs     int             `json:"needs"`         // different people, as far as was known when the last of them spoke
	SHA       string          `json:"sha,omitempty"` // of a message: of the bytes that would leave
	Said      []Said          `json:"said,omitempty"`

	State  ApprovalState   `json:"-"`
	Reason sequence.Reason `json:"-"` // why a message is gone
	Detail string          `json:"-"`
}

// Said is one person's word on the bytes of an approval.
type Said struct {
	Yes     bool      `json:"yes"`
	By      string    `json:"by"`                // the person, without a prefix
	Account string    `json:"account,omitempty"` // the login that spoke for somebody else; empty: the person's own
	Reason  string    `json:"reason,omitempty"`  // of a no
	At      time.Time `json:"at"`
}

// Word is what a person says to an approval.
type Word struct {
	Said
	Ref      Ref
	SHA      string     // what the person saw, or how it begins; empty: as it stands
	Day      ar.Day     // the company's day
	TwoAbove []ar.Money // above it two people must say yes
}

// Yes returns who said yes.
func (a *Approval) Yes() []string {
	var names []string
	for _, s := range a.Said {
		if s.Yes {
			names = append(names, s.By)
		}
	}
	return names
}

// Need returns how many different people must say yes in all, under a limit.
func (a *Approval) Need(twoAbove []ar.Money) int {
	return max(1, a.Needs, YesNeeded(a.Amount, twoAbove))
}

// YesNeeded returns how many different people must say yes to an amount: two
// where a currency of it is above the limit of that currency, else one.
func YesNeeded(amount ar.Balance, twoAbove []ar.Money) int {
	for _, limit := range twoAbove {
		if amount.In(limit.Currency) > limit.Minor {
			return 2
		}
	}
	return 1
}

// Topic names what an approval is about, whichever delivery or entry carries
// it: the same topic on another day is the same matter, changed.
func (a *Approval) Topic() string {
	return strings.Join([]string{string(a.Ref.Kind), a.Account.String(), a.Sequence, a.Step}, "|")
}
