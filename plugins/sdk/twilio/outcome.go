package twilio

import (
	"errors"
	"net/http"
	"slices"
	"time"

	"holdfast/plugins/sdk"
)

// Twilio's error codes that mean something of their own here.
const (
	CodeOptedOut = 21610 // the receiver has answered STOP to this sender
	codeNoRegion = 21408 // sending to that country is not enabled for the account
)

// Pauses before a request is tried again.
const (
	afterBusy    = time.Minute
	afterTrouble = 5 * time.Minute
	afterSetting = 15 * time.Minute // a person must mend it
	afterQuota   = time.Hour
)

// forSender are the errors of a message or call that would meet every other one
// too: the sender or the account is not as it must be.
var forSender = []int{
	10001,        // the account is not active
	20003, 20005, // login refused; account suspended
	21212, 21213, // the sender is invalid or missing
	21601, 21603, 21606, 21659, 21660, // the sender cannot send, is missing, or belongs to somebody else
	21703, 21704, 21705, 21710, 21712, // the messaging service has no sender, or is not there
	30002, // the account is suspended
}

// forNow are the errors of one message that pass by themselves.
var forNow = []int{
	14107, 20429, // too many requests
	21611, 30001, // the sender's queue is full
}

// ofOne are the statuses by which a gateway without codes of its own refuses one
// message. Any other one without a code, such as 402, 405 or 407, is about the
// account, base_url or the proxy, and would meet every message.
var ofOne = []int{http.StatusBadRequest, http.StatusConflict, http.StatusRequestEntityTooLarge, http.StatusRequestURITooLong, http.StatusUnprocessableEntity}

// SentOf sorts what went wrong when a message or a call was to be made. It may
// be asked of an error of Post to the list of them only.
//
//	no connection, nothing written           retry
//	no answer after the request was written  uncertain
//	401, 403, 404, sender or account wrong   retry, the whole channel pauses
//	429, queue full                          retry after what the answer asks
//	503                                      retry
//	other 5xx, 408                           uncertain
//	3xx, 4xx that is not about one message   retry, the whole channel pauses
//	other 4xx                                refused
//
// A server in trouble may have done what it was asked before the trouble came,
// but for one that says that it takes nothing now.
//
// Twilio says of 429 that it was not processed (error 20429). The Messages and
// Calls resources take no idempotency key among their parameters
// (www.twilio.com/docs/messaging/api/message-resource), so a request without an
// answer cannot be repeated: it may have been taken.
func SentOf(err error) sdk.Sent {
	var e *Error
	if !errors.As(err, &e) {
		return sdk.Sent{State: sdk.Uncertain, Detail: err.Error()}
	}
	switch {
	case e.Status == 0 && !e.Left:
		return retry(e, afterBusy, false)
	case e.Status == 0:
		return sdk.Sent{State: sdk.Uncertain, Detail: e.Error()}
	case e.Status >= 200 && e.Status < 300:
		return sdk.Sent{State: sdk.Uncertain, Detail: e.Error()}
	case e.Status < 400 || e.Status == 401 || e.Status == 403 || e.Status == 404 || slices.Contains(forSender, e.Code):
		return retry(e, afterSetting, true)
	case e.Status == 429:
		return tooMany(e)
	case slices.Contains(forNow, e.Code):
		return retry(e, afterTrouble, false)
	case e.Code == codeNoRegion:
		return retry(e, afterQuota, false)
	case e.Status == http.StatusServiceUnavailable:
		return retry(e, afterTrouble, false)
	case e.Status >= 500 || e.Status == http.StatusRequestTimeout:
		return sdk.Sent{State: sdk.Uncertain, Detail: e.Error()}
	case e.Code == 0 && !slices.Contains(ofOne, e.Status):
		return retry(e, afterSetting, true)
	}
	return sdk.Sent{State: sdk.Refused, Detail: e.Error()}
}

// tooMany is the answer to 429: the account's requests per second, or a quota
// that lasts, which carries another code.
func tooMany(e *Error) sdk.Sent {
	if e.Code != 0 && !slices.Contains(forNow, e.Code) {
		return retry(e, afterQuota, true)
	}
	return retry(e, afterBusy, true)
}

func retry(e *Error, after time.Duration, whole bool) sdk.Sent {
	if e.RetryAfter > 0 {
		after = e.RetryAfter
	}
	return sdk.Sent{State: sdk.Retry, Detail: e.Error(), RetryAfter: after, WholeChannel: whole}
}
