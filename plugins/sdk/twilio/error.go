package twilio

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Error is a request that did not succeed.
type Error struct {
	Status     int           // of HTTP; 0: there was no answer
	Code       int           // Twilio's own, such as 21610; 0: none
	Message    string        // what the provider says
	MoreInfo   string        // where it says more
	RetryAfter time.Duration // as the answer asks; 0: it does not
	Left       bool          // the request was written, whole or in part
	cause      error
}

// Error says it in one line.
func (e *Error) Error() string {
	switch {
	case e.Status == 0:
		return fmt.Sprintf("no answer from the provider: %v", e.cause)
	case e.Code != 0:
		return fmt.Sprintf("the provider answered %d, error %d: %s", e.Status, e.Code, e.Message)
	}
	return fmt.Sprintf("the provider answered %d: %s", e.Status, e.Message)
}

// Unwrap returns what went wrong below, nil where the provider answered.
func (e *Error) Unwrap() error { return e.cause }

// longestWait bounds what a Retry-After is believed.
const longestWait = 24 * time.Hour

// maxMessage bounds what is repeated of an answer, in bytes.
const maxMessage = 300

// errorOf reads an answer that is no success. Twilio's own carries code, message
// and more_info; whatever stands between may answer anything.
func errorOf(answer *http.Response, body []byte) *Error {
	e := &Error{Status: answer.StatusCode, Left: true, RetryAfter: retryAfter(answer.Header.Get("Retry-After"))}
	var said struct {
		Code     int    `json:"code"`
		Message  string `json:"message"`
		MoreInfo string `json:"more_info"`
	}
	if err := json.Unmarshal(body, &said); err == nil {
		e.Code, e.Message, e.MoreInfo = said.Code, oneLine(said.Message), oneLine(said.MoreInfo)
	}
	if e.Message == "" {
		e.Message = strings.ToLower(http.StatusText(answer.StatusCode))
	}
	return e
}

// retryAfter reads the header of RFC 9110: seconds or a date.
func retryAfter(value string) time.Duration {
	wait := time.Duration(0)
	if seconds, err := strconv.Atoi(strings.TrimSpace(value)); err == nil {
		wait = time.Duration(min(max(seconds, 0), int(longestWait/time.Second))) * time.Second
	} else if at, err := http.ParseTime(value); err == nil {
		wait = time.Until(at)
	}
	return min(max(wait, 0), longestWait)
}

// oneLine bounds what a stranger says, on one line.
func oneLine(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if len(text) > maxMessage {
		text = strings.ToValidUTF8(text[:maxMessage], "") + "…"
	}
	return text
}
