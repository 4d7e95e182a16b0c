package twiliotest

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// Message is one that the server took or that somebody sent to it.
type Message struct {
	SID       string
	From, To  string
	Service   string // of the messaging service, empty without one
	Body      string
	Status    string // queued, sent, delivered, undelivered, failed, received
	Code      int    // error code of undelivered and failed
	Inbound   bool
	Callback  string // StatusCallback
	Form      url.Values
	CreatedAt time.Time
	SentAt    time.Time // zero until it was sent: no filter by DateSent finds it before
}

// Messages lists all messages as they stand, oldest first.
func (s *Server) Messages() []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	list := make([]Message, len(s.messages))
	for i, m := range s.messages {
		list[i] = *m
	}
	return list
}

// troubles are the numbers that test credentials give a meaning to.
var (
	badTo = map[string]int{
		"+15005550001": 21211, "+15005550002": 21612, "+15005550003": 21408, "+15005550004": 21610, "+15005550009": 21614,
	}
	badFrom = map[string]int{"+15005550001": 21212, "+15005550007": 21606, "+15005550008": 21611}
)

var words = map[int]string{
	21211: "The 'To' number is not a valid phone number.", 21212: "The 'From' number is not a valid phone number.",
	21408: "Permission to send an SMS has not been enabled for the region indicated by the 'To' number.",
	21606: "The 'From' phone number is not a valid, SMS-capable inbound phone number or short code for your account.",
	21610: "Attempt to send to unsubscribed recipient", 21611: "This 'From' number has exceeded the maximum number of queued messages",
	21612: "The 'To' phone number is not currently reachable", 21614: "'To' number is not a valid mobile number",
}

func (s *Server) createMessage(form url.Values) answer {
	to, from, service := form.Get("To"), form.Get("From"), form.Get("MessagingServiceSid")
	switch {
	case to == "":
		return refuse(http.StatusBadRequest, 21604, "A 'To' phone number is required.")
	case form.Get("Body") == "":
		return refuse(http.StatusBadRequest, 21602, "Message body is required.")
	case utf8.RuneCountInString(form.Get("Body")) > 1600:
		return refuse(http.StatusBadRequest, 21617, "The concatenated message body exceeds the 1600 character limit.")
	case from == "" && service == "":
		return refuse(http.StatusBadRequest, 21603, "A 'From' phone number is required.")
	case service != "" && service != Service:
		return refuse(http.StatusBadRequest, 21705, "The Messaging Service Sid is invalid.")
	case badFrom[from] != 0:
		return refuse(http.StatusBadRequest, badFrom[from], words[badFrom[from]])
	case badTo[to] != 0:
		return refuse(http.StatusBadRequest, badTo[to], words[badTo[to]])
	case s.stopped[to]:
		return refuse(http.StatusBadRequest, 21610, words[21610])
	case !strings.HasPrefix(to, "+") || strings.Trim(to[1:], "0123456789") != "":
		return refuse(http.StatusBadRequest, 21211, words[21211])
	}
	m := &Message{
		SID: s.sid("SM"), From: from, To: to, Service: service, Body: form.Get("Body"), Status: "queued",
		Callback: form.Get("StatusCallback"), Form: form, CreatedAt: s.Now(),
	}
	s.messages = append(s.messages, m)
	return answer{http.StatusCreated, m.json()}
}

func (s *Server) fetchMessage(sid string) answer {
	if m := s.message(sid); m != nil {
		return answer{http.StatusOK, m.json()}
	}
	return refuse(http.StatusNotFound, 20404, "The requested resource /Messages/"+sid+".json was not found")
}

func (s *Server) message(sid string) *Message {
	i := slices.IndexFunc(s.messages, func(m *Message) bool { return m.SID == sid })
	if i < 0 {
		return nil
	}
	return s.messages[i]
}

func (s *Server) listMessages(r *http.Request) answer {
	rows := []any{}
	for _, m := range slices.Backward(s.messages) {
		to, from := r.Form.Get("To"), r.Form.Get("From")
		if (to == "" || to == m.To) && (from == "" || from == m.From) && onDay(r.Form, "DateSent", m.SentAt) {
			rows = append(rows, m.json())
		}
	}
	return s.page(r, "messages", rows)
}

// json is a message as the resource shows it.
func (m *Message) json() map[string]any {
	direction, code := "outbound-api", any(nil)
	if m.Inbound {
		direction = "inbound"
	}
	if m.Code != 0 {
		code = m.Code
	}
	return map[string]any{
		"sid": m.SID, "account_sid": AccountSID, "api_version": "2010-04-01", "body": m.Body, "direction": direction,
		"from": orNull(m.From), "to": m.To, "messaging_service_sid": orNull(m.Service), "status": m.Status,
		"error_code": code, "error_message": nil, "num_segments": strconv.Itoa(1), "num_media": "0", "price": nil, "price_unit": "USD",
		"date_created": stamp(m.CreatedAt), "date_updated": stamp(m.CreatedAt), "date_sent": stamp(m.SentAt),
		"uri": "/2010-04-01/Accounts/" + AccountSID + "/Messages/" + m.SID + ".json",
	}
}
