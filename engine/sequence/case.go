package sequence

import (
	"time"

	"holdfast/engine/ar"
	"holdfast/engine/intake"
)

// Case is all that is known about one party at one instant: what Decide reads.
type Case struct {
	Party    ar.PartyID
	Version  int64     // of the party in the store; Commit compares it
	Today    ar.Day    // the day being decided, in the company's zone
	Now      time.Time // the instant of that day; zero: the latest permitted one
	DataDay  ar.Day    // the day of the data, shown as "as of"
	Company  ar.Company
	Accounts []Account
	State    State
	Holds    []ar.HoldEntry // the journal's live entries of these accounts, and those released lately
	Pending  []Pending      // deliveries that are neither settled nor superseded
	Touches  []Touch        // messages to this party's addresses in the last 30 days, any party's
	NewHolds int            // new holds that may still be placed today without a yes
	Facts    []intake.Fact  // told of these accounts, not ended; opt-outs of their addresses, whoever told them
	Habits   []Habit        // learned of these addresses
}

// Habit is what was learned of one address from its own events.
type Habit struct {
	Address string
	Medium  string // the one that was answered by, such as email
	Hour    int    // 0 to 23 in the customer's zone, when it was answered most
	Events  int    // how many it was learned from
}

// Account is one customer of a party with what is open on it.
type Account struct {
	Customer     ar.Customer
	Contacts     []ar.Contact
	Documents    []ar.Document            // open ones, voided ones left out
	LastReceipts map[ar.DocumentID]ar.Day // newest application to each part-paid document
	Orders       []ar.Order
	Flaws        []ar.Flaw
	SeenOn       ar.Day // the day it was first read; zero: it was there from the first read on
	FirstPaidOn  ar.Day // of its first receipt that is known; zero: none is
	LastPaidOn   ar.Day
}

// State is what a party remembers between decisions. The store keeps it whole,
// under the party's version.
type State struct {
	Positions []Position `json:"positions,omitempty"`
	Raised    []Raised   `json:"raised,omitempty"`
	Verdicts  []Verdict  `json:"verdicts,omitempty"` // of the last decision, for explain
	Refused   []Refused  `json:"refused,omitempty"`
	Told      []Told     `json:"told,omitempty"`
}

// Told is what became of a promise, a part of a plan, or a dispute that a
// person told: read from the ledger once, and kept.
type Told struct {
	Fact int64     `json:"i"`
	Part int       `json:"p,omitempty"`
	As   ToldState `json:"as"`
	On   ar.Day    `json:"on"`
}

// ToldState is how a promise or a dispute ended.
type ToldState string

// The states of promises and disputes. Only those after open are remembered.
const (
	ToldOpen    ToldState = "open"
	ToldKept    ToldState = "kept"    // what was promised came in
	ToldPartly  ToldState = "partly"  // some of it did, and the day is over
	ToldBroken  ToldState = "broken"  // nothing did
	ToldVoid    ToldState = "void"    // an earlier part of the plan was broken
	ToldWaiting ToldState = "waiting" // a dispute: granted, the credit is not in the ledger yet
	ToldClosed  ToldState = "closed"  // a dispute: rejected, or the ledger shows the credit or the payment
)

// Position is where one subject stands in one sequence.
type Position struct {
	Sequence  string  `json:"q"`
	Hash      string  `json:"h"` // version of the sequence it is pinned to
	Subject   Subject `json:"s"`
	Episode   int     `json:"e,omitempty"`
	EnteredOn ar.Day  `json:"in"`
	NotBefore ar.Day  `json:"nb,omitempty"` // adoption's daily quota: no step earlier
	Done      []Done  `json:"done,omitempty"`
	Ended     Reason  `json:"end,omitempty"` // empty while the subject runs
	EndedOn   ar.Day  `json:"end_on,omitempty"`
	SettledOn ar.Day  `json:"so,omitempty"` // the subject is settled and only its farewell steps are left
}

// Done is one step that is behind a subject.
type Done struct {
	Step   string `json:"t"`
	Repeat int    `json:"r,omitempty"`
	On     ar.Day `json:"on"`
	How    How    `json:"how"`
	Until  ar.Day `json:"until,omitempty"` // a task's last day: the next step waits for it
	Task   string `json:"k,omitempty"`     // the task's key, where it is another occasion's
	Result string `json:"o,omitempty"`     // how the task ended: an outcome code
}

// How a step came to be behind a subject.
type How string

// The ways in which a step gets done.
const (
	DoneSent    How = "sent"    // a message was accepted
	DoneTask    How = "task"    // a task was given to a person
	DoneHold    How = "hold"    // a hold was written, shadowed or found in conflict
	DoneSkipped How = "skipped" // its condition was false and it does not wait
	DoneLapsed  How = "lapsed"  // its moment had passed
	DoneAdopted How = "adopted" // lay before the step at which old debt entered
	DoneWaited  How = "waited"  // a wait was over
	DoneYes     How = "yes"     // a person said yes
	DoneAway    How = "away"    // given to the agency or to a lawyer
	DoneBounced How = "bounced" // a message came back after further steps were done: nobody was told
)

// effect reports whether a step done so sets the spacing of the next.
func (h How) effect() bool {
	switch h {
	case DoneSent, DoneTask, DoneHold, DoneWaited, DoneYes, DoneAway, DoneBounced:
		return true
	}
	return false
}

// Raised is a task outside any sequence that has been given to a person once;
// it goes when its cause has gone.
type Raised struct {
	Key   string `json:"k"`
	On    ar.Day `json:"on"`
	Stays bool   `json:"s,omitempty"` // a step raised it: remembered for keepRaised days
}

// Refused is an address that a channel would not take: nothing goes there for
// as long as it is remembered.
type Refused struct {
	Address string `json:"a"`
	On      ar.Day `json:"on"`
}

// Pending is a delivery on its way: its occasions wait.
type Pending struct {
	Delivery  int64
	State     string
	Occasions []Occasion
	Cover     string // of its message, compared where it waits for a yes
}

// Touch is one automated message to one address.
type Touch struct {
	Channel string
	Medium  string // empty: email
	Address string
	Purpose Purpose
	On      ar.Day
	Party   ar.PartyID
}

// Purpose is what a message is for; rules differ by it.
type Purpose string

// The purposes of a message, from the freest to the strictest.
const (
	Response  Purpose = "response"
	Statement Purpose = "statement"
	Courtesy  Purpose = "courtesy"
	Dunning   Purpose = "dunning"
	Legal     Purpose = "legal"
)
