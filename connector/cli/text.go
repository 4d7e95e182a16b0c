package cli

import (
	"strconv"
	"strings"
	"time"

	"holdfast/engine/ar"
	"holdfast/engine/sequence"
)

// number writes a whole number with commas: "12,345".
func number(n int) string {
	digits := strconv.Itoa(max(n, -n))
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	if n < 0 {
		return "-" + digits
	}
	return digits
}

func seconds(s float64) string { return strconv.FormatFloat(s, 'f', 1, 64) }

// count writes a number with its noun: "1 message", "3 messages", "2 parties".
func count(n int, noun string) string {
	switch {
	case n == 1:
		return "1 " + noun
	case strings.HasSuffix(noun, "rty") || strings.HasSuffix(noun, "ny"):
		return number(n) + " " + strings.TrimSuffix(noun, "y") + "ies"
	}
	return number(n) + " " + noun + "s"
}

// dayText writes a day for a person: "Mon 2026-11-23".
func dayText(d ar.Day) string {
	if d.IsZero() {
		return "no day"
	}
	return d.Time(time.UTC).Format("Mon 2006-01-02")
}

// reasonText says a reason in words for a person; one that has no words of its
// own is written as it is stored, with blanks.
func reasonText(r sequence.Reason) string {
	if words, ok := reasonWords[r]; ok {
		return words
	}
	return strings.ReplaceAll(string(r), "_", " ")
}

// reasonWords are reasons in words for a person.
var reasonWords = map[sequence.Reason]string{
	sequence.ReasonDue:           "its day has come",
	sequence.ReasonSettled:       "paid or credited",
	sequence.ReasonCause:         "its cause has gone",
	sequence.ReasonPerson:        "somebody asked for it",
	sequence.ReasonNotYet:        "its day is ahead",
	sequence.ReasonOutsideWindow: "outside the hours for sending",
	sequence.ReasonHoliday:       "no business day",
	sequence.ReasonGap:           "the last message is too fresh",
	sequence.ReasonCap:           "the address had its share of messages",
	sequence.ReasonCondition:     "its condition is not met; it waits",
	sequence.ReasonAbstain:       "its condition needs a rate that the ERP does not give",
	sequence.ReasonPending:       "its message is on its way",
	sequence.ReasonUncertain:     "its message may or may not have left",
	sequence.ReasonDisputed:      "disputed",
	sequence.ReasonTolerated:     "too little to speak about",
	sequence.ReasonDeduction:     "the rest looks like a deduction",
	sequence.ReasonUndated:       "it has no due day",
	sequence.ReasonBlocked:       "not to be dunned, says the ERP or the config",
	sequence.ReasonWhiteGlove:    "only people write to this customer",
	sequence.ReasonFlawed:        "a row of the account cannot be read",
	sequence.ReasonNoAddress:     "there is no address to write to",
	sequence.ReasonNothingAsked:  "credits cover what is overdue",
	sequence.ReasonCashBehind:    "receipts are not posted far enough",
	sequence.ReasonSuperseded:    "another sequence speaks today",
	sequence.ReasonNotWarned:     "not warned long enough before",
	sequence.ReasonHoldQuota:     "enough new holds for one day",
	sequence.ReasonAgain:         "released lately: holding again needs a yes",
	sequence.ReasonApproval:      "waits for a yes",
	sequence.ReasonHeld:          "our hold stands",
	sequence.ReasonTaskOpen:      "somebody has the task",
	sequence.ReasonAdopted:       "old debt enters a share a day",
	sequence.ReasonNoHold:        "the preset cannot write a hold",
	sequence.ReasonFinished:      "the sequence is at its end",
	sequence.ReasonNoSequence:    "no sequence takes it",
	sequence.ReasonReopened:      "a receipt was taken back",
	sequence.ReasonRebuilt:       "the version of its sequence is gone",
	sequence.ReasonAway:          "the agency or a lawyer has it",
	sequence.ReasonReplied:       "they wrote, and nobody has answered yet",
	sequence.ReasonPlan:          "in an instalment plan",
	sequence.ReasonBroken:        "a promise was not kept",
	sequence.ReasonCreditLate:    "a granted credit is not in the ledger yet",
	sequence.ReasonDirectDebit:   "we collect it ourselves",
	sequence.ReasonMissingPO:     "it waits for a purchase order",
	sequence.ReasonNotAccepted:   "the customer's portal has not taken it yet",
	sequence.ReasonPayRun:        "the customer's pay run comes first",
	sequence.ReasonGoal:          "what it is for was reached",
	sequence.ReasonDeclined:      "a person said no",
	sequence.ReasonFarewell:      "settled: only a last word is left",
	sequence.ReasonRules:         "the contact rules want a person's yes",
	sequence.ReasonVolume:        "more would leave on a day than usual",
	sequence.ReasonStopped:       "everything is stopped",
	sequence.ReasonMode:          "the company is in another mode now",
	sequence.ReasonConsent:       "the contact wants none",
	sequence.ReasonDataAge:       "the data are too old",
	sequence.ReasonChanged:       "the account changed since it was planned",
	sequence.ReasonRefused:       "the channel refused it",
	sequence.ReasonRetry:         "the channel said not now",
	sequence.ReasonChannel:       "nothing can leave by the channel for now",
	sequence.ReasonDomain:        "the receiver's mail server gets no more for now",
	sequence.ReasonBounced:       "it came back",
	sequence.ReasonWrongContact:  "somebody else is to be written to",
	sequence.ReasonUnmatched:     "it fits no account",
}
