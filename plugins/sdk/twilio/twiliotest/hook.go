package twiliotest

import (
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"holdfast/plugins/sdk/twilio"
)

// Become moves a message to a status, with an error code where it failed, and
// tells its StatusCallback. It returns the status of that webhook's answer, 0
// where there is none.
func (s *Server) Become(sid, status string, code int) (int, error) {
	s.mu.Lock()
	m := s.message(sid)
	m.Status, m.Code = status, code
	if m.SentAt.IsZero() && status != "queued" && status != "sending" && status != "failed" {
		m.SentAt = s.Now()
	}
	form := url.Values{
		"MessageSid": {sid}, "SmsSid": {sid}, "MessageStatus": {status}, "SmsStatus": {status}, "AccountSid": {AccountSID},
		"From": {m.From}, "To": {m.To}, "ApiVersion": {"2010-04-01"},
	}
	callback := m.Callback
	s.mu.Unlock()
	if code != 0 {
		form.Set("ErrorCode", strconv.Itoa(code))
	}
	if callback == "" {
		return 0, nil
	}
	answer, _, err := s.Post(callback, form)
	return answer, err
}

// keywords are what Twilio itself understands as opting out and in again.
var keywords = map[string]bool{
	"STOP": true, "STOPALL": true, "UNSUBSCRIBE": true, "CANCEL": true, "END": true, "QUIT": true, "REVOKE": true, "OPTOUT": true,
	"START": false, "YES": false, "UNSTOP": false,
}

// Receive is a text from somebody to the account's number. Its form may be
// extended, such as by OptOutType. It returns the message's SID, and the status
// of the webhook's answer, 0 where nobody hears of it.
func (s *Server) Receive(from, body string, more url.Values) (sid string, status int, err error) {
	s.mu.Lock()
	m := &Message{
		SID: s.sid("SM"), From: from, To: Number, Body: body, Status: "received", Inbound: true, CreatedAt: s.Now(), SentAt: s.Now(),
	}
	s.messages = append(s.messages, m)
	if stop, known := keywords[strings.ToUpper(strings.TrimSpace(body))]; known {
		s.stopped[from] = stop
	}
	inbound := s.Inbound
	s.mu.Unlock()
	form := url.Values{
		"MessageSid": {m.SID}, "SmsSid": {m.SID}, "SmsMessageSid": {m.SID}, "AccountSid": {AccountSID}, "SmsStatus": {"received"},
		"From": {from}, "To": {Number}, "Body": {body}, "NumMedia": {"0"}, "NumSegments": {"1"}, "ApiVersion": {"2010-04-01"},
	}
	for key, values := range more {
		form[key] = values
	}
	if inbound == "" {
		return m.SID, 0, nil
	}
	status, _, err = s.Post(inbound, form)
	return m.SID, status, err
}

// Post sends a webhook, signed, and returns the status and the body that it is
// answered with.
func (s *Server) Post(address string, form url.Values) (int, []byte, error) {
	return s.PostSigned(address, form, twilio.Sign(AuthToken, address, form))
}

// PostSigned is Post with a signature of the caller's.
func (s *Server) PostSigned(address string, form url.Values, signature string) (int, []byte, error) {
	request, err := http.NewRequest(http.MethodPost, address, strings.NewReader(form.Encode()))
	if err != nil {
		return 0, nil, err
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set(twilio.SignatureHeader, signature)
	answer, err := s.hook.Do(request)
	if err != nil {
		return 0, nil, err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	return answer.StatusCode, body, err
}
