package twiliotest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

// answer is a status with a body.
type answer struct {
	status int
	body   any
}

// refuse is an error as the API words it.
func refuse(status, code int, message string) answer {
	return answer{status, map[string]any{
		"code": code, "message": message, "more_info": fmt.Sprintf("https://www.twilio.com/docs/errors/%d", code), "status": status,
	}}
}

func (s *Server) write(w http.ResponseWriter, a answer) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(a.status)
	_ = json.NewEncoder(w).Encode(a.body) // a client that hung up is its own matter
}

func (s *Server) fail(w http.ResponseWriter, status, code int, message string) {
	s.write(w, refuse(status, code, message))
}

// stamp writes an instant as the API does, null where there is none.
func stamp(at time.Time) any {
	if at.IsZero() {
		return nil
	}
	return at.UTC().Format(time.RFC1123Z)
}

// orNull is a text, or null where it is empty.
func orNull(text string) any {
	if text == "" {
		return nil
	}
	return text
}

// page cuts the asked part out of a list, newest first, with the address of the
// next one.
func (s *Server) page(r *http.Request, name string, rows []any) answer {
	size, err := strconv.Atoi(r.Form.Get("PageSize"))
	if err != nil || size < 1 {
		size = 50
	}
	size = min(size, 1000)
	if s.Page > 0 {
		size = min(size, s.Page)
	}
	number, err := strconv.Atoi(r.Form.Get("Page"))
	if err != nil || number < 0 {
		number = 0
	}
	from, to := min(number*size, len(rows)), min((number+1)*size, len(rows))
	var next any
	if to < len(rows) {
		query := url.Values{}
		for key, values := range r.Form {
			query[key] = values
		}
		query.Set("Page", strconv.Itoa(number+1))
		next = r.URL.Path + "?" + query.Encode()
	}
	return answer{http.StatusOK, map[string]any{
		name: append([]any{}, rows[from:to]...), "page": number, "page_size": size, "next_page_uri": next, "uri": r.URL.RequestURI(),
	}}
}

// onDay applies a filter such as DateSent, DateSent> and DateSent<, which compare
// days in GMT, the day itself included. What has no such day passes none.
func onDay(form url.Values, name string, at time.Time) bool {
	if at.IsZero() {
		return !form.Has(name) && !form.Has(name+">") && !form.Has(name+"<")
	}
	day := at.UTC().Format(time.DateOnly)
	if exact := form.Get(name); exact != "" && day != exact {
		return false
	}
	if from := form.Get(name + ">"); from != "" && day < from {
		return false
	}
	to := form.Get(name + "<")
	return to == "" || day <= to
}
