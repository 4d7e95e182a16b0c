package sequence

// Reason names why something happens or does not. Reasons are stored, shown by
// explain and counted by reports, so their spelling is kept.
type Reason string

// Why a step happens.
const (
	ReasonDue     Reason = "due"     // the step's day has come
	ReasonSettled Reason = "settled" // the document is paid or credited
	ReasonCause   Reason = "cause_gone"
	ReasonPerson  Reason = "person" // somebody asked for it
)

// Why nothing happens now.
const (
	ReasonNotYet        Reason = "not_yet"        // the step's day is ahead
	ReasonOutsideWindow Reason = "outside_window" // no permitted hour is left today
	ReasonHoliday       Reason = "holiday"        // no business day of both parties
	ReasonGap           Reason = "gap"            // the last message is too fresh
	ReasonCap           Reason = "cap"            // the address had its share of messages
	ReasonCondition     Reason = "condition"      // the step's condition is false and it waits
	ReasonAbstain       Reason = "abstain"        // the condition needs a rate that the ERP did not give
	ReasonPending       Reason = "pending"        // its message is on its way
	ReasonUncertain     Reason = "uncertain"      // a message may or may not have left
	ReasonDisputed      Reason = "disputed"
	ReasonTolerated     Reason = "tolerated" // under the floor
	ReasonDeduction     Reason = "suspected_deduction"
	ReasonUndated       Reason = "undated"
	ReasonBlocked       Reason = "dunning_block" // the ERP or config says: do not dun
	ReasonWhiteGlove    Reason = "white_glove"
	ReasonFlawed        Reason = "flawed_data" // a row of the account cannot be read
	ReasonNoAddress     Reason = "no_address"
	ReasonNothingAsked  Reason = "credits_cover"     // credits cover what is overdue
	ReasonCashBehind    Reason = "cash_behind"       // receipts are not posted far enough
	ReasonSuperseded    Reason = "another_speaks"    // a sequence of higher rank speaks today
	ReasonNotWarned     Reason = "not_warned"        // the hold's warning is not old enough or was not accepted
	ReasonHoldQuota     Reason = "hold_quota"        // enough new holds in this run
	ReasonAgain         Reason = "held_again"        // released lately: placing again needs a yes
	ReasonApproval      Reason = "approval"          // waits for a person's yes
	ReasonHeld          Reason = "held"              // our hold stands
	ReasonTaskOpen      Reason = "task_open"         // a person has the task
	ReasonAdopted       Reason = "adoption_quota"    // old debt enters a share a day
	ReasonNoHold        Reason = "no_hold"           // the preset cannot write a hold
	ReasonFinished      Reason = "finished"          // the sequence has no further step
	ReasonNoSequence    Reason = "no_sequence"       // no sequence takes it
	ReasonReopened      Reason = "payment_reversed"  // a settled document is open again
	ReasonRebuilt       Reason = "sequence_replaced" // its pinned version is no longer on file
	ReasonAway          Reason = "away"              // the agency or a lawyer has it
	ReasonPaused        Reason = "paused"            // a person said: nothing until a day
	ReasonReplied       Reason = "replied"           // the customer wrote, nobody has answered yet
	ReasonPromised      Reason = "promised"          // a promise to pay is open
	ReasonPlan          Reason = "instalment_plan"   // a plan is open and kept so far
	ReasonBroken        Reason = "promise_broken"    // a promise was not kept
	ReasonCreditLate    Reason = "credit_late"       // a granted credit is not in the ledger in time
	ReasonDirectDebit   Reason = "direct_debit"      // we collect it ourselves
	ReasonMissingPO     Reason = "missing_po"        // our own side first: a purchase order
	ReasonNotAccepted   Reason = "not_accepted"      // our own side first: the customer's portal
	ReasonPayRun        Reason = "pay_run"           // the customer pays on days of its own
	ReasonGoal          Reason = "goal"              // what the sequence is for was reached
	ReasonDeclined      Reason = "declined"          // a person said no
	ReasonFarewell      Reason = "farewell"          // settled: only the last word is left
	ReasonRules         Reason = "contact_rules"     // the contact rules want a person's yes
	ReasonVolume        Reason = "volume"            // more would leave on a day than usual
)

// Why the last look kept a message back.
const (
	ReasonStopped Reason = "stopped"
	ReasonMode    Reason = "mode"
	ReasonConsent Reason = "consent"
	ReasonDataAge Reason = "data_too_old"
	ReasonChanged Reason = "cover_changed" // paid, disputed or credited since planning
	ReasonRefused Reason = "refused"       // the channel said no
	ReasonRetry   Reason = "not_now"       // the channel said not now
	ReasonChannel Reason = "channel"       // nothing can leave by the channel for now
	ReasonDomain  Reason = "domain"        // the receiver's mail server gets no more for now
)

// Why a person looks at what came back after a message had left.
const (
	ReasonBounced      Reason = "bounced"       // it came back: the address is dead, or takes nothing
	ReasonWrongContact Reason = "wrong_contact" // somebody else is to be written to
	ReasonUnmatched    Reason = "unmatched"     // it fits no account
)
