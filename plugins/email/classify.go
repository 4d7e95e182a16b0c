package email

import (
	"errors"
	"fmt"
	"net"
	"strings"
	"time"

	"holdfast/plugins/sdk"
)

// Pauses before a mail is tried again.
const (
	afterBusy    = 5 * time.Minute  // 4xx, greylisting, 421
	afterNetwork = time.Minute      // nobody there, or hung up
	afterLogin   = 15 * time.Minute // a person must mend it
)

// classify turns what went wrong in a phase into an answer, and says whether
// the connection is spoilt.
//
//	reply       sender   recipient  start    end of message
//	4xx, 421    retry    retry      retry    retry
//	530-538     retry    retry      retry    retry      login is wanted
//	552, 5.3.4  refused  refused    refused  refused    too large
//	other 5xx   retry    refused    refused  refused    the sender is a matter of config
//	none        retry    retry      retry    uncertain
func classify(phase string, err error) (sent sdk.Sent, broken bool) {
	reply, ok := replyOf(err)
	if !ok {
		if phase == phaseDot {
			return sdk.Sent{State: sdk.Uncertain, Detail: fmt.Sprintf("no answer after the %s: %v", phase, err)}, true
		}
		return sdk.Sent{State: sdk.Retry, RetryAfter: afterNetwork, Detail: fmt.Sprintf("connection lost at the %s: %v", phase, err)}, true
	}
	detail := fmt.Sprintf("%s not taken: %d %s", phase, reply.Code, oneLine(reply.Msg))
	retry := sdk.Sent{State: sdk.Retry, RetryAfter: afterBusy, Detail: detail}
	refused := sdk.Sent{State: sdk.Refused, Detail: detail}
	switch {
	case reply.Code < 500:
		return retry, reply.Code == 421 || reply.Code < 400
	case wantsLogin(reply.Code):
		retry.Detail, retry.RetryAfter = "authentication failed: "+detail, afterLogin
		return retry, true
	case reply.Code == 552 || strings.HasPrefix(reply.Msg, "5.3.4"):
		return refused, false
	case phase == phaseMail:
		retry.RetryAfter = afterLogin
		return retry, false
	}
	return refused, false
}

// wantsLogin reports the replies of RFC 4954 about logging in.
func wantsLogin(code int) bool { return code == 530 || code == 534 || code == 535 || code == 538 }

// dialFailed is the answer where no connection could be made; nothing left.
func dialFailed(err error) sdk.Sent {
	sent := sdk.Sent{State: sdk.Retry, RetryAfter: afterNetwork}
	reply, replied := replyOf(err)
	var network *net.OpError
	switch {
	case strings.Contains(err.Error(), "AUTH") || replied && wantsLogin(reply.Code):
		sent.RetryAfter = afterLogin
		sent.Detail = "authentication failed: " + oneLine(err.Error())
	case replied && reply.Code < 500:
		sent.RetryAfter = afterBusy
		sent.Detail = "the mail server is busy: " + oneLine(reply.Error())
	case errors.As(err, &network) && network.Op == "dial":
		sent.Detail = "the mail server cannot be reached: " + err.Error()
	default:
		sent.Detail = "no session with the mail server: " + oneLine(err.Error())
	}
	return sent
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
