package twiliotest

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// Talk is what whoever is called does.
type Talk struct {
	Status     string   // busy, no-answer, failed or canceled: the call is not answered
	AnsweredBy string   // as machine detection says: human, machine_end_beep, fax, unknown ...; empty: no word of it
	Keys       []string // pressed at each question in turn; empty: silence. After the last one: silence
	HangUp     int      // hangs up at the nth question; 0: stays on the line
	Dial       string   // what becomes of a <Dial>: completed, busy, no-answer, failed; empty: no-answer
	LeaveDial  bool     // hangs up while a <Dial> goes on: what it asks afterwards is never asked
	Twice      bool     // every webhook comes twice, as after a lost answer
	Silent     bool     // the last webhook, that of the end, does not come
	Seconds    int      // that the call lasts
	Before     func(address string)
}

// Heard is what was said and done in a call.
type Heard struct {
	Said    []string // each text
	Voices  []string // language and voice of each text
	Dialled []string // numbers that the call was connected to
	Asked   int      // questions
	Ended   string   // how: hangup, end of document, hung up
}

// Text is all that was said, a line each.
func (h Heard) Text() string { return strings.Join(h.Said, "\n") }

// longestCall ends a document that asks on for ever.
const longestCall = 100

// errLeft ends a call from the side of whoever was called.
var errLeft = errors.New("hung up")

// Play plays a call that was made, with its webhooks, to its end.
func (s *Server) Play(sid string, t Talk) (Heard, error) {
	s.mu.Lock()
	c := s.call(sid)
	s.mu.Unlock()
	if c == nil {
		return Heard{}, fmt.Errorf("there is no call %s", sid)
	}
	p := &player{server: s, call: c, talk: t}
	if t.Status != "" {
		return p.heard, p.finish(t.Status)
	}
	s.became(c, "in-progress", t.AnsweredBy, 0)
	form := url.Values{}
	if t.AnsweredBy != "" {
		form.Set("AnsweredBy", t.AnsweredBy)
	}
	err := p.fetch(c.Form.Get("Url"), form)
	if errors.Is(err, errLeft) {
		p.heard.Ended, err = errLeft.Error(), nil
	}
	return p.heard, errors.Join(err, p.finish("completed"))
}

// Calling waits for nothing: it returns the SIDs of the calls that have not been
// played.
func (s *Server) Calling() []string {
	var sids []string
	for _, c := range s.Calls() {
		if c.Status == "queued" {
			sids = append(sids, c.SID)
		}
	}
	return sids
}

func (s *Server) became(c *Call, status, by string, seconds int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c.Status, c.Seconds = status, seconds
	if by != "" {
		c.AnsweredBy = by
	}
}

// player plays one call.
type player struct {
	server *Server
	call   *Call
	talk   Talk
	heard  Heard
	steps  int
}

// form is what every webhook of a call tells.
func (p *player) form(status string, more url.Values) url.Values {
	form := url.Values{
		"CallSid": {p.call.SID}, "AccountSid": {AccountSID}, "From": {p.call.From}, "To": {p.call.To}, "Direction": {"outbound-api"},
		"ApiVersion": {"2010-04-01"}, "CallStatus": {status},
	}
	for key, values := range more {
		form[key] = values
	}
	return form
}

// post sends a webhook and returns its answer, the second one where it comes
// twice.
func (p *player) post(address string, form url.Values) ([]byte, error) {
	if p.talk.Before != nil {
		p.talk.Before(address)
	}
	times := 1
	if p.talk.Twice {
		times = 2
	}
	var body []byte
	for range times {
		status, got, err := p.server.Post(address, form)
		if err != nil {
			return nil, err
		}
		if status != http.StatusOK {
			return nil, fmt.Errorf("error 11200: %s answered %d: %s", address, status, got)
		}
		body = got
	}
	return body, nil
}

// finish tells how the call has ended.
func (p *player) finish(status string) error {
	seconds := 0
	if status == "completed" {
		seconds = p.talk.Seconds
	}
	p.server.became(p.call, status, "", seconds)
	if callback := p.call.Form.Get("StatusCallback"); callback != "" && !p.talk.Silent {
		_, err := p.post(callback, p.form(status, url.Values{"CallDuration": {strconv.Itoa(seconds)}, "SequenceNumber": {"0"}}))
		return err
	}
	return nil
}

// fetch asks what to do next and does it.
func (p *player) fetch(address string, more url.Values) error {
	if p.steps++; p.steps > longestCall {
		return errors.New("the call has no end")
	}
	body, err := p.post(address, p.form("in-progress", more))
	if err != nil {
		return err
	}
	verbs, err := parse(body)
	if err != nil {
		return err
	}
	return p.run(verbs)
}

// run does verbs in turn. What follows a verb that asks on is never reached.
func (p *player) run(verbs []verb) error {
	for _, v := range verbs {
		switch v.XMLName.Local {
		case "Say":
			p.say(v)
		case "Gather":
			if keys := p.gather(v); keys != "" {
				return p.fetch(v.attr("action", ""), url.Values{"Digits": {keys}})
			}
			if p.left() {
				return errLeft
			}
		case "Redirect":
			return p.fetch(v.Text, nil)
		case "Dial":
			return p.dial(v)
		case "Hangup":
			p.heard.Ended = "hangup"
			return nil
		}
	}
	p.heard.Ended = "end of document"
	return nil
}

func (p *player) say(v verb) {
	p.heard.Said = append(p.heard.Said, v.Text)
	p.heard.Voices = append(p.heard.Voices, strings.TrimSpace(v.attr("language", "")+" "+v.attr("voice", "")))
}

func (p *player) left() bool { return p.heard.Asked == p.talk.HangUp }

// gather says what is nested and returns the keys that were pressed, as many as
// are asked for, up to the key that finishes.
func (p *player) gather(v verb) string {
	for _, inner := range v.Verbs {
		if inner.XMLName.Local == "Say" {
			p.say(inner)
		}
	}
	p.heard.Asked++
	if p.left() || p.heard.Asked > len(p.talk.Keys) {
		return ""
	}
	keys := p.talk.Keys[p.heard.Asked-1]
	if finish := v.attr("finishOnKey", "#"); finish != "" {
		keys, _, _ = strings.Cut(keys, finish)
	}
	if n, err := strconv.Atoi(v.attr("numDigits", "")); err == nil && len(keys) > n {
		keys = keys[:n]
	}
	return keys
}

// dial connects the call to another number.
func (p *player) dial(v verb) error {
	status := p.talk.Dial
	if status == "" {
		status = "no-answer"
	}
	for _, n := range v.Verbs {
		p.heard.Dialled = append(p.heard.Dialled, n.Text)
		callback := n.attr("statusCallback", "")
		if callback == "" || status != "completed" {
			continue
		}
		leg := url.Values{"CallSid": {p.call.SID + "leg"}, "ParentCallSid": {p.call.SID}, "To": {n.Text}, "CallStatus": {"in-progress"}}
		if _, err := p.post(callback, p.form("in-progress", leg)); err != nil {
			return err
		}
	}
	if p.talk.LeaveDial {
		return errLeft
	}
	more := url.Values{"DialCallStatus": {status}}
	if status == "completed" {
		more.Set("DialCallDuration", strconv.Itoa(p.talk.Seconds))
	}
	return p.fetch(v.attr("action", ""), more)
}
