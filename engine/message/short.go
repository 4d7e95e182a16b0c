package message

import (
	"fmt"
	"strings"

	"holdfast/engine/fault"
	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
)

// What a text message says where its template has no short text of its own: a
// reminder where money is asked for, else that there is news.
const (
	generalReminder = "reminder"
	generalNews     = "answer"
)

// ProvidesShort lists what every text message carries whatever its template says,
// as policy.TextIDs.
func ProvidesShort() []string { return []string{"identity", "opt_out"} }

// asShort makes a text message. It shows a natural person no sum. fault.Invalid
// for a statement, a legal step and the warning of a hold, which need more words,
// and where a reminder would ask for nothing. fault.NotFound where there is no
// short text.
func (t *Templates) asShort(in Input) (outbox.Message, []string, error) {
	if in.Intent.Purpose == sequence.Statement || in.Intent.Purpose == sequence.Legal || in.Hold.From != 0 {
		return outbox.Message{}, nil, fault.New(fault.Invalid, "no text message says what is meant by %q of purpose %q", in.Intent.Template, in.Intent.Purpose).
			WithCure("send it by e-mail or letter")
	}
	language, s, notes, err := t.chooseShort(in)
	if err != nil {
		return outbox.Message{}, nil, err
	}
	words := t.wordsOf(language)
	text, err := in.shortText(words, s)
	if err != nil {
		return outbox.Message{}, nil, err
	}
	m := in.envelope(language)
	in.name(&m)
	m.Tag = "" // there is no room for it: an answer is known by its number
	m.Subject, m.Text, m.To = words.say("subject_private", oneLine(in.Company.Name)), text, in.textedAt()
	if len(in.Intent.Attach) > 0 {
		notes = append(notes, fmt.Sprintf("a text message carries no attachments: %s left out", strings.Join(in.Intent.Attach, ", ")))
	}
	return m, notes, nil
}

// textedAt is the mobile number of the first receiver.
func (in Input) textedAt() []outbox.Mailbox {
	if len(in.Intent.To) == 0 {
		return nil
	}
	c := in.Intent.To[0]
	return []outbox.Mailbox{{Name: oneLine(c.Name), Address: sequence.AddressOf(sequence.MediumSMS, &c)}}
}

// chooseShort finds the text in the best language: the template's own, else a
// general one.
func (t *Templates) chooseShort(in Input) (string, *source, []string, error) {
	names, wanted := []string{in.Intent.Template, in.generalShort()}, in.wanted()
	for _, language := range wanted {
		for _, name := range names {
			s := t.short[key{name, language}]
			if s == nil {
				continue
			}
			if language == wanted[0] {
				return language, s, nil, nil
			}
			return language, s, []string{fmt.Sprintf("customer %s wants %s, %s is not there in it: used %s",
				in.customer().Number, wanted[0], s.file, language)}, nil
		}
	}
	return "", nil, nil, fault.New(fault.NotFound, "there is nothing that a text message could say for the template %q", in.Intent.Template).
		WithCure("add %s/%s.%s.txt to the templates folder, or send it by e-mail or letter", shortFolder, in.Intent.Template, fallback)
}

// generalShort names the text for a template without one of its own.
func (in Input) generalShort() string {
	if in.Intent.Purpose != sequence.Response && len(in.asked()) > 0 {
		return generalReminder
	}
	return generalNews
}

// shortText fills a short text and writes it without empty lines, in letters that
// take little room.
func (in Input) shortText(w Words, s *source) (string, error) {
	if s.asks && len(in.asked()) == 0 {
		return "", in.nothingAsked()
	}
	p, err := in.parts(w, s)
	if err != nil {
		return "", err
	}
	data, err := in.shortData(w, p)
	if err != nil {
		return "", err
	}
	_, body, err := s.fill(data)
	return thin(strings.Join(tight(body), "\n")), err
}

// tight are the lines of a text that hold something, with single blanks.
func tight(text string) []string {
	var lines []string
	for line := range strings.Lines(text) {
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

// shortData is what a short text sees: the fields of a template, .pay_link and
// .private. A natural person's telephone shows no sums and no documents to
// whoever looks at it.
func (in Input) shortData(w Words, p parts) (map[string]any, error) {
	data, err := in.data(w, p)
	if err != nil {
		return nil, err
	}
	data["private"], data["pay_link"], data["pay_links"] = in.naturalPerson(), in.shortLinks(p), []any{}
	if in.naturalPerson() {
		withoutSums(data)
	}
	return data, nil
}

// shortLinks are the addresses to pay at; of a natural person without those that
// show the sum.
func (in Input) shortLinks(p parts) string {
	var urls []string
	for _, l := range p.Links {
		if !in.naturalPerson() || !strings.Contains(in.PayURL[l.Currency], "{amount}") {
			urls = append(urls, l.URL)
		}
	}
	return strings.Join(urls, " ")
}

// withoutSums empties the fields that tell how much is owed, and for what.
func withoutSums(data map[string]any) {
	for _, field := range []string{"asked_text", "asked_step", "step_documents", "credit_limit"} {
		data[field] = ""
	}
	data["asked"], data["documents"], data["count"], data["oldest"] = []any{}, []any{}, 0, 0
	for about, fields := range map[string][]string{"promise": {"amount", "left"}, "dispute": {"amount", "documents"}} {
		of := data[about].(map[string]any)
		for _, field := range fields {
			of[field] = ""
		}
	}
	data["promise"].(map[string]any)["parts_list"] = []any{}
}
