package twiliotest

import (
	"io"
	"net/http"
	"strconv"
	"strings"
)

// Trouble is how a request goes wrong.
type Trouble int

// The troubles. "Taken" means that what was asked is done before.
const (
	Answer    Trouble = iota + 1 // answers Status, Code and Message, not taken
	Cut                          // hangs up without an answer, not taken
	CutTaken                     // hangs up without an answer, taken
	Hang                         // no answer until the caller gives up, not taken
	HangTaken                    // no answer until the caller gives up, taken
	Broken                       // half an answer, taken
	Rubbish                      // an answer that is no JSON, taken
)

// Fault is trouble for some requests.
type Fault struct {
	On         string // the beginning of "POST Messages.json"
	Times      int    // how many requests it meets
	Trouble    Trouble
	Status     int // of Answer
	Code       int // of Answer; 0: a body that is not the API's
	Message    string
	RetryAfter int // seconds, of Answer; 0: none
}

// Meet adds trouble for requests to come; the first that fits counts.
func (s *Server) Meet(f Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = append(s.faults, &f)
}

// take returns the trouble of a request, nil where it has none.
func (s *Server) take(asked string) *Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range s.faults {
		if f.Times > 0 && strings.HasPrefix(asked, f.On) {
			f.Times--
			return f
		}
	}
	return nil
}

// before reports whether the trouble came before anything was done.
func (f *Fault) before(s *Server, w http.ResponseWriter, r *http.Request) bool {
	if f == nil {
		return false
	}
	switch f.Trouble {
	case Answer:
		if f.RetryAfter > 0 {
			w.Header().Set("Retry-After", strconv.Itoa(f.RetryAfter))
		}
		if f.Code == 0 {
			http.Error(w, "<html>"+f.Message+"</html>", f.Status)
		} else {
			s.fail(w, f.Status, f.Code, f.Message)
		}
	case Cut:
		panic(http.ErrAbortHandler)
	case Hang:
		s.hang(r)
	default:
		return false
	}
	return true
}

// after reports whether the trouble came once all was done.
func (f *Fault) after(s *Server, w http.ResponseWriter, r *http.Request) bool {
	if f == nil {
		return false
	}
	switch f.Trouble {
	case CutTaken:
		panic(http.ErrAbortHandler)
	case HangTaken:
		s.hang(r)
	case Broken:
		w.Header().Set("Content-Length", "1000")
		w.WriteHeader(http.StatusCreated)
		_, _ = io.WriteString(w, `{"sid": "SM`)
	case Rubbish:
		w.WriteHeader(http.StatusCreated)
		_, _ = io.WriteString(w, "<html>thank you</html>")
	}
	return true
}

func (s *Server) hang(r *http.Request) {
	select {
	case <-r.Context().Done():
	case <-s.done:
	}
	panic(http.ErrAbortHandler)
}
