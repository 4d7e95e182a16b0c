package twiliotest

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"
)

// Call is one that the server was asked to make.
type Call struct {
	SID        string
	From, To   string
	Status     string // queued, ringing, in-progress, completed, busy, no-answer, failed, canceled
	AnsweredBy string // empty until it was detected
	Seconds    int    // that it lasted
	Form       url.Values
	CreatedAt  time.Time
}

// Calls lists all calls as they stand, oldest first.
func (s *Server) Calls() []Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	list := make([]Call, len(s.calls))
	for i, c := range s.calls {
		list[i] = *c
	}
	return list
}

func (s *Server) createCall(form url.Values) answer {
	to, from := form.Get("To"), form.Get("From")
	switch {
	case to == "":
		return refuse(http.StatusBadRequest, 21201, "No 'To' number is specified")
	case from == "":
		return refuse(http.StatusBadRequest, 21213, "'From' phone number is required")
	case form.Get("Url") == "" && form.Get("Twiml") == "":
		return refuse(http.StatusBadRequest, 21205, "Url parameter is required")
	case badFrom[from] == 21212:
		return refuse(http.StatusBadRequest, 21212, words[21212])
	case badTo[to] == 21211:
		return refuse(http.StatusBadRequest, 21211, words[21211])
	}
	c := &Call{SID: s.sid("CA"), From: from, To: to, Status: "queued", Form: form, CreatedAt: s.Now()}
	s.calls = append(s.calls, c)
	return answer{http.StatusCreated, c.json()}
}

func (s *Server) fetchCall(sid string) answer {
	if c := s.call(sid); c != nil {
		return answer{http.StatusOK, c.json()}
	}
	return refuse(http.StatusNotFound, 20404, "The requested resource /Calls/"+sid+".json was not found")
}

// updateCall ends a call, by Status completed or canceled.
func (s *Server) updateCall(sid string, form url.Values) answer {
	c := s.call(sid)
	if c == nil {
		return refuse(http.StatusNotFound, 20404, "The requested resource /Calls/"+sid+".json was not found")
	}
	if status := form.Get("Status"); status != "" {
		c.Status = status
	}
	return answer{http.StatusOK, c.json()}
}

func (s *Server) call(sid string) *Call {
	i := slices.IndexFunc(s.calls, func(c *Call) bool { return c.SID == sid })
	if i < 0 {
		return nil
	}
	return s.calls[i]
}

func (s *Server) listCalls(r *http.Request) answer {
	rows := []any{}
	for _, c := range slices.Backward(s.calls) {
		to, from := r.Form.Get("To"), r.Form.Get("From")
		if (to == "" || to == c.To) && (from == "" || from == c.From) && onDay(r.Form, "StartTime", c.CreatedAt) {
			rows = append(rows, c.json())
		}
	}
	return s.page(r, "calls", rows)
}

// json is a call as the resource shows it.
func (c *Call) json() map[string]any {
	var duration any // null until it has ended
	if c.ended() {
		duration = strconv.Itoa(c.Seconds)
	}
	return map[string]any{
		"sid": c.SID, "account_sid": AccountSID, "api_version": "2010-04-01", "direction": "outbound-api",
		"from": c.From, "to": c.To, "status": c.Status, "answered_by": orNull(c.AnsweredBy), "duration": duration,
		"date_created": stamp(c.CreatedAt), "start_time": stamp(c.CreatedAt), "end_time": nil,
		"uri": "/2010-04-01/Accounts/" + AccountSID + "/Calls/" + c.SID + ".json",
	}
}

// ended reports whether the status is a final one.
func (c *Call) ended() bool {
	return slices.Contains([]string{"completed", "busy", "no-answer", "failed", "canceled"}, c.Status)
}
