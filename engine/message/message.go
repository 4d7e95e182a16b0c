// Package message turns a decision's message intent into the very bytes that
// leave: subject, text, HTML and attachments, all from one template file per
// language. The same input gives the same message.
package message

import (
	"slices"
	"strings"
	"time"

	"holdfast/engine/answer"
	"holdfast/engine/ar"
	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
)

// Company is who sends.
type Company struct {
	Key     string   // in pay links and file patterns
	Name    string   // on the message
	Address []string // postal, one line per entry
	Phone   string
	From    string // e-mail address of the sender
	ReplyTo string // empty: From
	Dispute string // how to dispute, such as an address or a phone number; empty: reply
	PayText string // how to pay other than by link, such as bank details; may be empty
	Portal  string // where customers see their account, an address of the web; may be empty
	LateFee string // what late payment costs, as agreed, a sentence or more; empty: nothing is said
	Place   string // of letters, before their date; empty: the date alone
	Country string // ISO 3166 alpha-2; letters to another one name it
}

// Hold is what a warning may say about the hold.
type Hold struct {
	Stops string // what a hold stops, in words; empty where it stops nothing
	From  ar.Day // the first day on which the hold can be placed; zero: not said
	Ended ar.Day // the day on which it was lifted; zero: not said
}

// Input is everything that a message is made from.
type Input struct {
	Intent   sequence.Intent
	Mode     outbox.Mode // empty: live
	Company  Company
	Party    ar.PartyID
	Accounts []sequence.Account // of the party: names, and credits that are not applied
	DataDay  ar.Day             // "as of"
	Today    ar.Day
	Date     time.Time   // of the message; zero: midnight UTC of Today
	Stated   string      // the language that the customer has asked for; empty: it did not
	Language string      // the company's own, where neither contact nor customer has one
	Base     ar.Currency // of credit limits
	Hold     Hold

	PayURL      map[ar.Currency]string // pattern by currency; see PayLink
	SigningKey  []byte                 // signs references of pay links
	LastPromise ar.Day                 // that a customer can promise by itself; zero: any
	Links       answer.Links           // behind which customers answer; the zero Links: they reply
	Logo        *outbox.Attachment     // of the sender, for the head of a mail; nil: none
	InvoiceFile string                 // pattern of invoice copies, such as /srv/invoices/{number}.pdf; empty: none
	// Statement makes the workbook of one account, called where the intent
	// attaches "statement". nil: none is attached, and a note says so.
	Statement func(a sequence.Account) ([]byte, error)

	copies bool // copies of invoices go along: they were found
}

// Render makes the message; one whose medium is the letter is text alone, with
// a postal address; one whose medium is voice is what an automatic call says, one
// whose medium is sms a short text. The notes say, for a person, what it lacks:
// the language that was wanted, an invoice copy that is not there, an attachment
// too large.
// It fails with fault.NotFound where no language has the template, and with
// fault.Invalid where the message would ask for nothing or show an amount that
// cannot be, or the template cannot be filled.
func (t *Templates) Render(in Input) (outbox.Message, []string, error) {
	switch in.Intent.Medium {
	case sequence.MediumVoice:
		return t.asCall(in)
	case sequence.MediumSMS:
		return t.asShort(in)
	}
	language, source, note, err := t.choose(in)
	if err != nil {
		return outbox.Message{}, nil, err
	}
	files, notes, err := in.attachments()
	if err != nil {
		return outbox.Message{}, nil, err
	}
	in.copies = slices.ContainsFunc(files, func(a outbox.Attachment) bool { return a.Type != xlsxType })
	words := t.wordsOf(language)
	subject, blocks, err := in.written(words, source)
	if err != nil {
		return outbox.Message{}, nil, err
	}
	m := in.envelope(language)
	in.name(&m)
	m.Subject = in.subject(words, subject)
	if in.letter() {
		m.Postal, err = in.postal()
		m.Text, m.Letter = in.asLetter(words, m, blocks), in.letterParts(words, m, blocks)
	} else {
		m.Text = asText(blocks, words)
		m.HTML, err = t.asHTML(blocks, in.page(words, m))
		files = in.withLogo(files)
	}
	if err != nil {
		return outbox.Message{}, nil, err
	}
	m.Attachments = files
	return m, append(note, notes...), nil
}

// written fills a template and cuts it into blocks.
func (in Input) written(w Words, s *source) (string, []block, error) {
	if s.asks && len(in.asked()) == 0 {
		return "", nil, in.nothingAsked()
	}
	p, err := in.parts(w, s)
	if err != nil {
		return "", nil, err
	}
	data, err := in.data(w, p)
	if err != nil {
		return "", nil, err
	}
	subject, body, err := s.fill(data)
	return subject, blocksOf(body, p), err
}

// subject shows no debt to whoever looks over a natural person's shoulder.
func (in Input) subject(w Words, subject string) string {
	if in.naturalPerson() {
		return w.say("subject_private", oneLine(in.Company.Name))
	}
	return oneLine(subject)
}

// envelope fills in sender, receivers and date.
func (in Input) envelope(language string) outbox.Message {
	m := outbox.Message{
		From:    outbox.Mailbox{Name: oneLine(in.Company.Name), Address: in.Company.From},
		ReplyTo: in.Company.ReplyTo, Date: in.Date, Language: language, Reference: in.customer().Number,
	}
	if m.Date.IsZero() {
		m.Date = in.Today.Time(time.UTC)
	}
	for _, c := range in.Intent.To {
		if c.Email != "" && !in.letter() {
			m.To = append(m.To, outbox.Mailbox{Name: oneLine(c.Name), Address: strings.TrimSpace(c.Email)})
		}
	}
	return m
}

// customer is the customer named first.
func (in Input) customer() ar.Customer {
	for _, a := range in.Accounts {
		if a.Customer.Account == in.Intent.Account {
			return a.Customer
		}
	}
	if len(in.Accounts) > 0 {
		return in.Accounts[0].Customer
	}
	return ar.Customer{}
}

// oneLine keeps a text from the ERP on one line and from looking like one of
// our markers or like a row of a table; control characters go.
func oneLine(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\r' || r == '\t' || r == '\u2028' || r == '\u2029':
			return ' '
		case r < ' ' || r >= 0x7f && r < 0xa0:
			return -1
		}
		return r
	}, text)
	return strings.Join(strings.Fields(strings.ReplaceAll(text, "[[", "[ [")), " ")
}
