package portal

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"holdfast/engine/answer"
	"holdfast/engine/ar"
	"holdfast/engine/cycle"
	"holdfast/engine/fault"
	"holdfast/engine/intake"
	"holdfast/engine/outbox"
)

// maxForm bounds what a form may hold, in bytes; maxText what a person writes,
// in characters.
const (
	maxForm = 64 << 10
	maxText = 2000
)

// form shows what the customer can say, filled in as it was sent before. wrong
// says what was wrong with that.
func (v *visit) form(wrong string) {
	of, err := v.Desk.Answered(v.r.Context(), v.d)
	if err != nil {
		v.failed(err)
		return
	}
	documents := v.documents(of)
	if len(documents) == 0 && (v.action == answer.Promise || v.action == answer.Dispute) {
		v.page(http.StatusOK, "message", view{Title: v.words["settled"], Text: v.words["settled_text"]})
		return
	}
	status := http.StatusOK
	if wrong != "" {
		status = http.StatusUnprocessableEntity
	}
	v.page(status, string(v.action), view{
		Title: v.words["title:"+string(v.action)], Text: v.words["text:"+string(v.action)], Wrong: wrong,
		Documents: documents, Codes: v.words.list("dispute:", intake.DisputeCodes, v.r.PostForm.Get("code")),
		Said:  cut(v.r.PostForm.Get("text")),
		First: v.rules.Today.String(), Last: v.rules.LastDay.String(), Address: v.d.Recipient, Once: v.once(),
	})
}

// documents lists what the message named and is still open.
func (v *visit) documents(of cycle.Answered) []documentRow {
	rows := []documentRow{}
	for i := range of.Accounts {
		for _, d := range of.Accounts[i].Documents {
			if d.Open > 0 && slices.Contains(v.d.Documents, d.ID) {
				rows = append(rows, documentRow{
					ID: string(d.ID), Number: d.Number, Due: v.words.day(d.DueOn), Open: ar.Money{Minor: d.Open, Currency: d.Currency}.String(),
					Chosen: slices.Contains(v.r.PostForm["document"], string(d.ID)),
				})
			}
		}
	}
	if len(rows) == 1 {
		rows[0].Chosen = true
	}
	return rows
}

// post keeps what the customer said.
func (v *visit) post() {
	if err := v.r.ParseForm(); err != nil {
		v.form(v.words["too_long"])
		return
	}
	a, wrong := v.said()
	if wrong != "" {
		v.form(wrong)
		return
	}
	if v.d.Mode != outbox.Live {
		v.page(http.StatusOK, "message", view{Title: v.words["thanks"], Text: v.words["test_text"]})
		return
	}
	of, err := v.Desk.Answered(v.r.Context(), v.d)
	if err != nil {
		v.failed(err)
		return
	}
	switch _, err := v.Desk.Keep(v.r.Context(), of, v.teller(a), a); {
	case fault.Is(err, fault.Conflict):
		v.page(http.StatusConflict, "message", view{Title: v.words["already"], Text: v.words["already_text"]})
	case fault.Is(err, fault.Invalid):
		v.form(v.words["refused"])
	case err != nil:
		v.failed(err)
	default:
		v.Log.Info("a customer answered by a link", "action", string(a.Action), "delivery", v.d.ID)
		v.page(http.StatusOK, "message", view{Title: v.words["thanks"], Text: v.thanks(a)})
	}
}

// said reads the form; wrong says in the customer's words what is missing.
func (v *visit) said() (a answer.Answer, wrong string) {
	form := v.r.PostForm
	a = answer.Answer{Action: v.action, Text: cut(form.Get("text")), Documents: form["document"]}
	switch v.action {
	case answer.Promise:
		day, err := ar.ParseDay(form.Get("day"))
		if err != nil || day < v.rules.Today || day > v.rules.LastDay {
			return a, fmt.Sprintf(v.words["day_wrong"], v.words.day(v.rules.Today), v.words.day(v.rules.LastDay))
		}
		a.Day = day
	case answer.Dispute:
		if a.Code = form.Get("code"); !slices.Contains(intake.DisputeCodes, a.Code) {
			return a, v.words["code_wrong"]
		}
	}
	if len(a.Documents) == 0 && (v.action == answer.Dispute || v.action == answer.Copy && len(v.d.Documents) > 0) {
		return a, v.words["document_wrong"]
	}
	return a, ""
}

// teller says who answered. What one form says is kept once, however often it
// is sent, and what is said anew in it is another answer; the button of a mail
// program has no form, and says it once a day.
func (v *visit) teller(a answer.Answer) intake.Teller {
	once := v.r.PostForm.Get("once")
	if len(once) != onceLength {
		once = v.rules.Today.String()
	}
	said := sha256.Sum256([]byte(strings.Join(append([]string{a.Day.String(), a.Code, a.Text}, a.Documents...), "\x00")))
	return intake.Teller{
		By: "customer by link, " + v.d.Recipient, On: v.rules.Today, At: v.Now(),
		Key: strings.Join([]string{"link", v.d.Tag, string(v.action), once, hex.EncodeToString(said[:8])}, ":"),
	}
}

// thanks says what was kept.
func (v *visit) thanks(a answer.Answer) string {
	text := v.words["thanks:"+string(a.Action)]
	if a.Action == answer.Promise {
		text = fmt.Sprintf(text, v.words.day(a.Day))
	}
	return text
}

// cut bounds what a person writes, and takes control characters out.
func cut(text string) string {
	text = strings.ToValidUTF8(strings.TrimSpace(text), "")
	if utf8.RuneCountInString(text) > maxText {
		text = string([]rune(text)[:maxText]) + " …"
	}
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' || r == 0x7f {
			return -1
		}
		return r
	}, text)
}
