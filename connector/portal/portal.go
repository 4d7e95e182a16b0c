// Package portal serves the pages behind the signed links of a mail: naming a
// day of payment, disputing, asking for a copy, saying that somebody else is in
// charge, ending reminders. Looking at a page changes nothing, since programs
// that screen mails follow every link; only a sent form does.
package portal

import (
	"context"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"holdfast/engine/answer"
	"holdfast/engine/ar"
	"holdfast/engine/cycle"
	"holdfast/engine/fault"
	"holdfast/engine/intake"
	"holdfast/engine/outbox"
)

// Desk is where answers are kept.
type Desk interface {
	// Tagged returns the delivery that a tag names, with its content, or
	// fault.NotFound.
	Tagged(ctx context.Context, tag string) (outbox.Delivery, error)
	// Answered reads the accounts that a delivery speaks of.
	Answered(ctx context.Context, d outbox.Delivery) (cycle.Answered, error)
	// Keep keeps an answer as facts.
	Keep(ctx context.Context, of cycle.Answered, t intake.Teller, a answer.Answer) ([]intake.Fact, error)
	// Seen keeps that a message was opened or a link of it followed.
	Seen(ctx context.Context, d outbox.Delivery, kind outbox.EventKind, at time.Time) error
	// Rules returns what holds for the company of a delivery.
	Rules(d outbox.Delivery) Rules
}

// Rules are what a page must know of a company.
type Rules struct {
	Today   ar.Day
	LastDay ar.Day // that a customer can promise by itself
	Phone   string // to call instead; may be empty
}

// Config is what the pages need.
type Config struct {
	Links answer.Links
	Desk  Desk
	Log   *slog.Logger
	Now   func() time.Time
}

// linkDays is how long a link can be used after the day of its message.
const linkDays = 180

// Portal answers requests behind links.
type Portal struct{ Config }

// New returns the handler of all pages. Whatever stands before the last three
// parts of a path is left to a reverse proxy.
func New(c Config) http.Handler {
	p := &Portal{c}
	return http.HandlerFunc(p.serve)
}

// visit is one request for one message.
type visit struct {
	*Portal
	w      http.ResponseWriter
	r      *http.Request
	d      outbox.Delivery
	sent   outbox.Message
	action answer.Action
	rules  Rules
	words  words
}

func (p *Portal) serve(w http.ResponseWriter, r *http.Request) {
	head(w)
	parts := strings.Split(strings.Trim(r.URL.Path, "/"), "/")
	if parts[len(parts)-1] == styleName {
		style(w)
		return
	}
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	if len(parts) < 3 {
		p.unknown(w, r)
		return
	}
	parts = parts[len(parts)-3:]
	tag, action := strings.ToUpper(parts[0]), answer.Action(parts[1])
	// The signature comes first: nobody else finds out which tags there are.
	if !p.Links.Verify(tag, action, r.URL.Query().Get("to"), parts[2]) {
		p.unknown(w, r)
		return
	}
	v := &visit{Portal: p, w: w, r: r, action: action}
	switch err := v.find(tag); {
	case action == answer.Click:
		v.click(err)
	case action == answer.Open:
		v.open(err)
	case err != nil:
		v.failed(err)
	default:
		v.answer()
	}
}

// find reads the message.
func (v *visit) find(tag string) error {
	v.words = wordsFor(v.r.Header.Get("Accept-Language"))
	var err error
	if v.d, err = v.Desk.Tagged(v.r.Context(), tag); err != nil {
		return err
	}
	if v.sent, err = outbox.Decode(v.d.Content); err != nil {
		return fault.New(fault.Unknown, "delivery %d: its bytes cannot be read: %w", v.d.ID, err)
	}
	v.words = wordsFor(v.sent.Language)
	v.rules = v.Desk.Rules(v.d)
	return nil
}

// answer goes by the action.
func (v *visit) answer() {
	switch {
	case v.rules.Today-v.d.Day > linkDays:
		v.page(http.StatusGone, "message", view{Title: v.words["expired"], Text: v.words["expired_text"]})
	case v.r.Method == http.MethodPost:
		v.post()
	case v.r.Method == http.MethodGet || v.r.Method == http.MethodHead:
		v.form("")
	default:
		v.w.Header().Set("Allow", "GET, HEAD, POST")
		http.Error(v.w, "method not allowed", http.StatusMethodNotAllowed)
	}
}

// unknown answers to an address that nobody made here.
func (p *Portal) unknown(w http.ResponseWriter, r *http.Request) {
	v := &visit{Portal: p, w: w, r: r, words: wordsFor(r.Header.Get("Accept-Language"))}
	v.page(http.StatusNotFound, "message", view{Title: v.words["unknown"], Text: v.words["unknown_text"]})
}

// failed says that it did not work, and logs why.
func (v *visit) failed(err error) {
	if fault.Is(err, fault.NotFound) {
		v.unknown(v.w, v.r)
		return
	}
	v.Log.Error("a customer's answer could not be kept", "action", string(v.action), "error", err)
	v.page(http.StatusServiceUnavailable, "message", view{Title: v.words["failed"], Text: v.words["failed_text"]})
}
