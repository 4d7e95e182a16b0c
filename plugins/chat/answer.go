package chat

import (
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"

	"holdfast/plugins/sdk"
)

// How long the channel rests where nothing can be posted until a person mends
// it, and the longest that a receiver may ask for.
const (
	restFor     = time.Hour
	longestRest = 24 * time.Hour
)

// teamsFailure is what Teams' incoming webhooks say with status 200 where the
// card did not arrive.
var teamsFailure = regexp.MustCompile(`Microsoft Teams endpoint returned HTTP error (\d{3})`)

// read is an answer as far as it matters.
type read struct {
	status     int
	retryAfter string
	body       string // its beginning
}

// outcome classes an answer. repeatable says that the receiver knows copies by
// their key.
func outcome(a read, repeatable bool, now time.Time) sdk.Sent {
	if m := teamsFailure.FindStringSubmatch(a.body); m != nil && a.status < 300 {
		a.status, _ = strconv.Atoi(m[1]) // three digits
	}
	detail := strings.TrimSpace(fmt.Sprintf("the receiver answered %d %s: %s", a.status, http.StatusText(a.status), beginning(a.body)))
	detail = strings.TrimSuffix(detail, ":")
	switch {
	case a.status >= 200 && a.status < 300:
		return sdk.Sent{State: sdk.Accepted, Detail: fmt.Sprintf("answered %d", a.status)}
	case a.status >= 300 && a.status < 400:
		return whole(detail+"; redirects are not followed: set url to the address that it names", restFor)
	case a.status == http.StatusTooManyRequests:
		return sdk.Sent{State: sdk.Retry, Detail: detail, RetryAfter: wait(a.retryAfter, now), WholeChannel: true}
	case a.status == http.StatusUnauthorized, a.status == http.StatusForbidden, a.status == http.StatusNotFound, a.status == http.StatusGone:
		return whole(detail+"; the webhook is gone or closed: make a new one and set url", restFor)
	case a.status == http.StatusProxyAuthRequired:
		return whole(detail+"; the proxy wants a login", restFor)
	case !repeatable && (a.status == http.StatusBadGateway || a.status == http.StatusGatewayTimeout || a.status == http.StatusRequestTimeout):
		return sdk.Sent{State: sdk.Uncertain, Detail: detail + "; what stands behind it may have the card"}
	case a.status >= 500, a.status == http.StatusRequestTimeout, a.status == http.StatusTooEarly:
		return sdk.Sent{State: sdk.Retry, Detail: detail, RetryAfter: wait(a.retryAfter, now)}
	}
	return sdk.Sent{State: sdk.Refused, Detail: detail}
}

// whole is for what keeps every card from leaving.
func whole(detail string, after time.Duration) sdk.Sent {
	return sdk.Sent{State: sdk.Retry, Detail: detail, RetryAfter: after, WholeChannel: true}
}

// wait reads Retry-After: seconds or a date. 0 leaves it to the host.
func wait(text string, now time.Time) time.Duration {
	var d time.Duration
	if seconds, err := strconv.Atoi(text); err == nil {
		d = time.Duration(min(seconds, int(longestRest/time.Second))) * time.Second
	} else if at, err := http.ParseTime(text); err == nil {
		d = at.Sub(now)
	}
	return min(max(d, 0), longestRest)
}

// beginning is what a person needs to see of an answer, on one line.
func beginning(body string) string {
	return cut(strings.Join(strings.Fields(visible(body)), " "), 200, asIs)
}
