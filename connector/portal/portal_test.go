package portal_test

import (
	"context"
	"errors"
	"html"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"holdfast/connector/portal"
	"holdfast/engine/answer"
	"holdfast/engine/ar"
	"holdfast/engine/cycle"
	"holdfast/engine/fault"
	"holdfast/engine/intake"
	"holdfast/engine/outbox"
)

var (
	today = ar.MustDay("2026-11-20")
	id    = ar.AccountID{Source: "erp", Company: "1", Customer: "C-1"}
	party = ar.PartyID{Source: "erp", Company: "1", Payer: "C-1"}
	links = answer.Links{Base: "https://ar.seller.example/a", Key: []byte("0123456789abcdef"), Opens: true, Clicks: true}
	tag   = answer.Tag(links.Key, party, "ap@a.example", today)
)

// desk is a desk with one message and one account, whose facts are real ones.
type desk struct {
	delivery outbox.Delivery
	account  intake.Account
	seen     []outbox.EventKind
	broken   error
	today    ar.Day
}

func newDesk(t *testing.T, language string) *desk {
	t.Helper()
	m := outbox.Message{
		From: outbox.Mailbox{Name: "Seller & Sons", Address: "ar@seller.example"}, To: []outbox.Mailbox{{Address: "ap@a.example"}},
		Subject: "Reminder <b>C-1</b>", Language: language,
	}
	content, sha, err := m.Encode()
	if err != nil {
		t.Fatal(err)
	}
	doc := func(no string, open int64) ar.Document {
		return ar.Document{ID: ar.DocumentID(no), Account: id, Number: "INV-" + no, Kind: ar.Invoice, Currency: "USD", Amount: 100000, Open: open, DueOn: today - 30}
	}
	return &desk{
		today: today,
		delivery: outbox.Delivery{
			ID: 7, Party: party, Account: id, Mode: outbox.Live, Medium: "email", Recipient: "ap@a.example", Tag: tag, Day: today,
			Documents: []ar.DocumentID{"1", "2", "paid"}, Content: content, SHA: sha,
		},
		account: intake.Account{
			Customer: ar.Customer{Account: id, Number: "C-1", Name: "Buyer"}, Base: "USD", Documents: []ar.Document{doc("1", 123450), doc("2", 5000), doc("9", 700)},
		},
	}
}

func (d *desk) Tagged(_ context.Context, named string) (outbox.Delivery, error) {
	if d.broken != nil {
		return outbox.Delivery{}, d.broken
	}
	if named != d.delivery.Tag {
		return outbox.Delivery{}, fault.New(fault.NotFound, "no message has the tag %s", named)
	}
	return d.delivery, nil
}

func (d *desk) Answered(context.Context, outbox.Delivery) (cycle.Answered, error) {
	return cycle.Answered{Delivery: d.delivery, Accounts: []intake.Account{d.account}}, nil
}

func (d *desk) Keep(_ context.Context, of cycle.Answered, t intake.Teller, a answer.Answer) ([]intake.Fact, error) {
	facts, err := answer.Tell(&of.Accounts[0], t, a, answer.About{Medium: "email", Address: of.Delivery.Recipient, Documents: of.Delivery.Documents})
	for _, f := range facts {
		if !d.told(f.Key) {
			f.ID = int64(len(d.account.Facts) + 1)
			d.account.Facts = append(d.account.Facts, f)
		}
	}
	return facts, err
}

func (d *desk) told(key string) bool {
	for _, f := range d.account.Facts {
		if f.Key == key {
			return true
		}
	}
	return false
}

func (d *desk) Seen(_ context.Context, _ outbox.Delivery, kind outbox.EventKind, _ time.Time) error {
	d.seen = append(d.seen, kind)
	return nil
}

func (d *desk) Rules(outbox.Delivery) portal.Rules {
	return portal.Rules{Today: d.today, LastDay: today + 30, Phone: "+1 207 555 0100"}
}

// visitor follows links and fills in forms.
type visitor struct {
	t    *testing.T
	page http.Handler
}

func visit(t *testing.T, d *desk) visitor {
	return visitor{t, portal.New(portal.Config{Links: links, Desk: d, Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Now: func() time.Time { return today.Time(time.UTC) }})}
}

func (v visitor) do(method, link string, form url.Values) *httptest.ResponseRecorder {
	v.t.Helper()
	r := httptest.NewRequest(method, link, strings.NewReader(form.Encode()))
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	w := httptest.NewRecorder()
	v.page.ServeHTTP(w, r)
	return w
}

var once = regexp.MustCompile(`name="once" value="([^"]+)"`)

// fill opens a page and sends its form.
func (v visitor) fill(action answer.Action, form url.Values) *httptest.ResponseRecorder {
	v.t.Helper()
	link := links.To(tag, action)
	got := v.do(http.MethodGet, link, nil)
	found := once.FindStringSubmatch(got.Body.String())
	if got.Code != http.StatusOK || found == nil {
		v.t.Fatalf("%s: %d\n%s", action, got.Code, got.Body)
	}
	form.Set("once", found[1])
	return v.do(http.MethodPost, link, form)
}

func TestAnswersBecomeFacts(t *testing.T) {
	cases := []struct {
		action answer.Action
		form   url.Values
		kinds  string
		covers string
	}{
		{answer.Promise, url.Values{"day": {"2026-12-01"}}, "promise", "1 2"},
		{answer.Dispute, url.Values{"document": {"2"}, "code": {"price"}, "text": {"too\x00 dear"}}, "dispute", "2"},
		{answer.Copy, url.Values{"document": {"1"}}, "event", "1"},
		{answer.WrongContact, url.Values{"text": {"Ask Bo"}}, "do_not_contact note", ""},
		{answer.Unsubscribe, url.Values{}, "do_not_contact", ""},
	}
	for _, c := range cases {
		t.Run(string(c.action), func(t *testing.T) {
			d := newDesk(t, "en")
			v := visit(t, d)
			if got := v.fill(c.action, c.form); got.Code != http.StatusOK || !strings.Contains(got.Body.String(), "Thank you") {
				t.Fatalf("%d\n%s", got.Code, got.Body)
			}
			v.do(http.MethodPost, links.To(tag, c.action), c.form) // sent twice
			var kinds, covered []string
			for _, f := range d.account.Facts {
				kinds = append(kinds, string(f.Kind))
				for _, doc := range f.Documents {
					covered = append(covered, string(doc.Document))
				}
				if f.By != "customer by link, ap@a.example" || f.On != today || strings.ContainsRune(f.Text, 0) {
					t.Errorf("%+v", f)
				}
			}
			if strings.Join(kinds, " ") != c.kinds || strings.Join(covered, " ") != c.covers {
				t.Errorf("kept %v of %v", kinds, covered)
			}
		})
	}
}

// TestLookingChangesNothing: programs that screen mails follow every link.
func TestLookingChangesNothing(t *testing.T) {
	d := newDesk(t, "en")
	v := visit(t, d)
	for _, action := range append([]answer.Action{answer.Unsubscribe}, answer.Offered...) {
		for _, method := range []string{http.MethodGet, http.MethodHead} {
			if got := v.do(method, links.To(tag, action), nil); got.Code != http.StatusOK {
				t.Errorf("%s %s: %d", method, action, got.Code)
			}
		}
	}
	if len(d.account.Facts) > 0 {
		t.Errorf("kept %+v", d.account.Facts)
	}
}

// TestAFormSaysWhatItSays: whoever goes back and corrects what he sent is told
// whether that was kept.
func TestAFormSaysWhatItSays(t *testing.T) {
	d := newDesk(t, "en")
	v := visit(t, d)
	form := url.Values{"day": {"2026-12-01"}}
	v.fill(answer.Promise, form)
	for day, code := range map[string]int{"2026-12-01": http.StatusOK, "2026-12-03": http.StatusConflict} {
		form.Set("day", day)
		if got := v.do(http.MethodPost, links.To(tag, answer.Promise), form); got.Code != code {
			t.Errorf("%s: %d, want %d\n%s", day, got.Code, code, got.Body)
		}
	}
	if len(d.account.Facts) != 1 || d.account.Facts[0].Day != ar.MustDay("2026-12-01") {
		t.Errorf("kept %+v", d.account.Facts)
	}
}

// TestOneClick is RFC 8058: the mail program posts, and no page was looked at.
func TestOneClick(t *testing.T) {
	d := newDesk(t, "en")
	for range 2 {
		if got := visit(t, d).do(http.MethodPost, links.To(tag, answer.Unsubscribe), url.Values{"List-Unsubscribe": {"One-Click"}}); got.Code != http.StatusOK {
			t.Fatal(got.Code)
		}
	}
	if len(d.account.Facts) != 1 || d.account.Facts[0].Kind != intake.DoNotContact || d.account.Facts[0].Address != "ap@a.example" {
		t.Errorf("%+v", d.account.Facts)
	}
	d.today++ // it may have been taken back meanwhile
	visit(t, d).do(http.MethodPost, links.To(tag, answer.Unsubscribe), url.Values{"List-Unsubscribe": {"One-Click"}})
	if len(d.account.Facts) != 2 {
		t.Errorf("the next day it is not kept anew: %+v", d.account.Facts)
	}
}

func TestWrongFormsAreShownAgain(t *testing.T) {
	for _, c := range []struct {
		action answer.Action
		form   url.Values
		says   string
	}{
		{answer.Promise, url.Values{}, "20 November 2026 to 20 December 2026"},
		{answer.Promise, url.Values{"day": {"2027-11-01"}}, "For a later one, call us"},
		{answer.Promise, url.Values{"day": {"2026-11-19"}}, "Please name a day"},
		{answer.Dispute, url.Values{"document": {"1"}}, "choose what is wrong"},
		{answer.Dispute, url.Values{"document": {"1"}, "code": {"nonsense"}}, "choose what is wrong"},
		{answer.Dispute, url.Values{"code": {"price"}}, "at least one document"},
		{answer.Copy, url.Values{}, "at least one document"},
		{answer.WrongContact, url.Values{"text": {strings.Repeat("x", 70<<10)}}, "too long"},
	} {
		d := newDesk(t, "en")
		got := visit(t, d).fill(c.action, c.form)
		if got.Code != http.StatusUnprocessableEntity || !strings.Contains(got.Body.String(), c.says) || len(d.account.Facts) > 0 {
			t.Errorf("%s %v: %d, kept %d\n%s", c.action, c.form, got.Code, len(d.account.Facts), got.Body)
		}
	}
}

func TestWhatWasFilledInStays(t *testing.T) {
	got := visit(t, newDesk(t, "en")).fill(answer.Dispute, url.Values{"document": {"2"}, "text": {"too <dear>"}})
	for _, want := range []string{`value="2" checked`, "too &lt;dear&gt;</textarea>"} {
		if body := got.Body.String(); !strings.Contains(body, want) || strings.Contains(body, `value="1" checked`) {
			t.Errorf("lacks %s:\n%s", want, body)
		}
	}
}

// TestDocumentsOfOthersAreNotTouched: a form names only what the message did.
func TestDocumentsOfOthersAreNotTouched(t *testing.T) {
	d := newDesk(t, "en")
	got := visit(t, d).fill(answer.Dispute, url.Values{"document": {"paid", "unknown"}, "code": {"price"}})
	if got.Code != http.StatusConflict || len(d.account.Facts) > 0 {
		t.Errorf("%d, %+v", got.Code, d.account.Facts)
	}
	got = visit(t, d).do(http.MethodGet, links.To(tag, answer.Dispute), nil)
	if body := got.Body.String(); strings.Contains(body, "INV-9") || !strings.Contains(body, "INV-1") || !strings.Contains(body, "1,234.50 USD") {
		t.Errorf("documents:\n%s", body)
	}
}

func TestForeignLinksLeadNowhere(t *testing.T) {
	d := newDesk(t, "en")
	v := visit(t, d)
	good := links.To(tag, answer.Dispute)
	for what, link := range map[string]string{
		"another action": strings.Replace(good, "/dispute/", "/promise/", 1), "another tag": strings.Replace(good, tag, "HF-000000000000", 1),
		"cut off": good[:len(good)-1], "too short": "https://ar.seller.example/a", "root": "https://ar.seller.example/",
		"another way on": links.Over(tag, "https://pay.example") + "x", "signed, but no such message": links.To("HF-000000000000", answer.Dispute),
	} {
		for _, method := range []string{http.MethodGet, http.MethodPost} {
			if got := v.do(method, link, url.Values{}); got.Code != http.StatusNotFound || got.Header().Get("Location") != "" {
				t.Errorf("%s: %d", what, got.Code)
			}
		}
	}
}

func TestOpensAndClicks(t *testing.T) {
	d := newDesk(t, "en")
	v := visit(t, d)
	to := "https://pay.example/?a=1&b=%C3%BC"
	if got := v.do(http.MethodGet, links.Over(tag, to), nil); got.Code != http.StatusFound || got.Header().Get("Location") != to {
		t.Errorf("click: %d, %q", got.Code, got.Header().Get("Location"))
	}
	if got := v.do(http.MethodGet, links.To(tag, answer.Open), nil); got.Code != http.StatusOK || got.Header().Get("Content-Type") != "image/gif" {
		t.Errorf("open: %d", got.Code)
	}
	for _, broken := range []error{errors.New("disk"), fault.New(fault.NotFound, "no such message")} {
		d.broken = broken
		if got := v.do(http.MethodGet, links.Over(tag, to), nil); got.Code != http.StatusFound || got.Header().Get("Location") != to {
			t.Errorf("click, %v: %d, %q", broken, got.Code, got.Header().Get("Location"))
		}
		if got := v.do(http.MethodGet, links.To(tag, answer.Open), nil); got.Code != http.StatusOK || got.Header().Get("Content-Type") != "image/gif" {
			t.Errorf("open, %v: %d", broken, got.Code)
		}
	}
	d.broken, d.delivery.Mode = nil, outbox.Test
	v.do(http.MethodGet, links.To(tag, answer.Open), nil)
	if len(d.seen) != 2 || d.seen[0] != outbox.Clicked || d.seen[1] != outbox.Opened {
		t.Errorf("seen %v", d.seen)
	}
}

func TestEveryState(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*desk)
		method string
		code   int
		says   string
	}{
		"old":      {func(d *desk) { d.delivery.Day = today - 181 }, http.MethodGet, http.StatusGone, "too old"},
		"settled":  {func(d *desk) { d.account.Documents = nil }, http.MethodGet, http.StatusOK, "Nothing is open"},
		"test":     {func(d *desk) { d.delivery.Mode = outbox.Test }, http.MethodPost, http.StatusOK, "test message"},
		"broken":   {func(d *desk) { d.broken = errors.New("disk") }, http.MethodGet, http.StatusServiceUnavailable, "our fault"},
		"a method": {func(*desk) {}, http.MethodDelete, http.StatusMethodNotAllowed, "not allowed"},
	} {
		d := newDesk(t, "en")
		c.change(d)
		got := visit(t, d).do(c.method, links.To(tag, answer.Promise), url.Values{"day": {"2026-12-01"}})
		if got.Code != c.code || !strings.Contains(got.Body.String(), c.says) || len(d.account.Facts) > 0 {
			t.Errorf("%s: %d\n%s", name, got.Code, got.Body)
		}
	}
}

// TestPagesAreSafe: nothing of a message is markup, no page runs a script, is
// framed, kept or found.
func TestPagesAreSafe(t *testing.T) {
	got := visit(t, newDesk(t, "en")).do(http.MethodGet, links.To(tag, answer.Promise), nil)
	body := got.Body.String()
	if strings.Contains(body, "<b>C-1") || !strings.Contains(body, html.EscapeString("Reminder <b>C-1</b>")) || strings.Contains(body, "<script") {
		t.Errorf("not escaped:\n%s", body)
	}
	for name, want := range map[string]string{
		"Content-Security-Policy": "default-src 'none'", "Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex",
	} {
		if !strings.Contains(got.Header().Get(name), want) {
			t.Errorf("%s is %q", name, got.Header().Get(name))
		}
	}
}

// TestLanguages: each page is whole in each language, in the language of its
// message.
func TestLanguages(t *testing.T) {
	for language, title := range map[string]string{"en": "When will you pay?", "de": "Wann zahlen Sie?", "es": "¿Cuándo pagará?", "fr": "Quand paierez-vous ?", "it": "When will you pay?"} {
		v := visit(t, newDesk(t, language))
		if got := v.do(http.MethodGet, links.To(tag, answer.Promise), nil); !strings.Contains(got.Body.String(), title) {
			t.Errorf("%s:\n%s", language, got.Body)
		}
		for _, action := range append([]answer.Action{answer.Unsubscribe}, answer.Offered...) {
			body := v.do(http.MethodGet, links.To(tag, action), nil).Body.String()
			if regexp.MustCompile(`<(h1|label[^>]*|button|option value="\w+"|legend)>\s*</`).MatchString(body) || strings.Contains(body, "<no value>") {
				t.Errorf("%s in %s lacks words:\n%s", action, language, body)
			}
		}
	}
}
