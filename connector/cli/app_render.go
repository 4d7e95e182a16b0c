package cli

import (
	"slices"
	"time"

	"holdfast/connector/config"
	"holdfast/engine/answer"
	"holdfast/engine/ar"
	"holdfast/engine/intake"
	"holdfast/engine/ledger"
	"holdfast/engine/message"
	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
	"holdfast/engine/statement"
)

// renderer makes the messages of one company.
type renderer struct {
	templates *message.Templates
	company   *config.Company
	key       []byte
	book      *sequence.Book
	level     ar.HoldLevel // how far a hold reaches in the ERP
	links     answer.Links
	logo      *outbox.Attachment // nil: none
}

// Render makes the bytes of one message, dated at. A day that is not today is
// played with the data as that day's.
func (r *renderer) Render(c sequence.Case, in sequence.Intent, at time.Time) (outbox.Message, []string, error) {
	if c.Now.IsZero() {
		c.DataDay = c.Today
	}
	m, notes, err := r.templates.Render(message.Input{
		Intent: in, Mode: r.company.Mode, Company: sender(r.company, c.Company), Party: c.Party, Accounts: c.Accounts,
		DataDay: c.DataDay, Today: c.Today, Date: at, Hold: r.hold(c, in), Stated: statedLanguage(c, in.Account), Base: c.Company.BaseCurrency,
		Language: r.company.Language,
		PayURL:   r.company.PayURL, SigningKey: r.key, LastPromise: r.lastPromise(c.Today), Links: r.links, Logo: r.logo, InvoiceFile: r.company.InvoiceCopy,
		Statement: func(a sequence.Account) ([]byte, error) { return r.statement(c, a) },
	})
	if r.company.Sender.FromName != "" {
		m.From.Name = r.company.Sender.FromName
	}
	for _, cc := range r.company.Sender.Cc {
		if len(m.Postal) > 0 {
			break // a letter has no copies by e-mail
		}
		m.Cc = append(m.Cc, outbox.Mailbox{Address: cc})
	}
	return m, notes, err
}

// lastPromise is the last day that a customer can promise by itself; zero where
// nothing limits it.
func (r *renderer) lastPromise(today ar.Day) ar.Day {
	within := r.company.Promise.Within
	if within.N == 0 {
		return 0
	}
	return within.From(today, r.book.Policy.Business)
}

// statedLanguage is the language that a customer has asked for last; empty where
// it has asked for none.
func statedLanguage(c sequence.Case, id ar.AccountID) string {
	over := map[int64]bool{}
	for _, f := range c.Facts {
		if f.Kind == intake.End {
			over[f.Ref] = true
		}
	}
	language := ""
	for _, f := range c.Facts {
		if f.Kind == intake.Preference && f.Code == intake.PrefersLanguage && f.Account == id && !over[f.ID] {
			language = f.Value
		}
	}
	return language
}

// hold is what a message may say of a hold: what it stops, from which day on,
// and on which day the last one was lifted.
func (r *renderer) hold(c sequence.Case, in sequence.Intent) message.Hold {
	h := message.Hold{Stops: holdStops(r.level)}
	for _, e := range c.Holds {
		if e.Account == in.Account {
			h.Ended = max(h.Ended, e.ReleasedOn)
		}
	}
	s := r.book.Sequence(in.Sequence)
	if s == nil {
		return h
	}
	for i := range s.Steps {
		if s.Steps[i].WarnedBy == in.Step && in.Step != "" {
			h.From = max(s.Steps[i].WarnedAgo.From(c.Today, r.book.Policy.Business), c.Today+apart(s, in.Step, &s.Steps[i]))
		}
	}
	return h
}

// apart is how many days the file keeps between a warning and its hold; 0 where
// they do not count from the same day.
func apart(s *sequence.Sequence, warning string, hold *sequence.Rung) ar.Day {
	i := slices.IndexFunc(s.Steps, func(r sequence.Rung) bool { return r.ID == warning })
	if i < 0 || s.Steps[i].At.Anchor != hold.At.Anchor || s.Steps[i].At.Span.Business || hold.At.Span.Business {
		return 0
	}
	return ar.Day(hold.At.Span.N - s.Steps[i].At.Span.N)
}

// holdStops says to a customer what a hold stops. A hold that only warns our own
// people stops nothing for the customer.
func holdStops(level ar.HoldLevel) string {
	switch level {
	case ar.HoldStopsShipments:
		return "no further shipments"
	case ar.HoldStopsOrders:
		return "no new orders"
	}
	return ""
}

// statement makes the workbook of what is open on one account.
func (r *renderer) statement(c sequence.Case, a sequence.Account) ([]byte, error) {
	account := ledger.AccountLedger{Customer: a.Customer, Documents: a.Documents}
	return statement.Account(seller(r.company, c.Company), account, c.DataDay)
}

// sender is who a company's messages come from.
func sender(cfg *config.Company, erp ar.Company) message.Company {
	s := cfg.Sender
	return message.Company{
		Key: cfg.Key, Name: first(s.Name, erp.Name), Address: s.Address, Phone: s.Phone,
		From: s.From, ReplyTo: s.ReplyTo, Dispute: first(s.Disputes, s.ReplyTo),
		LateFee: s.LateFee, Portal: s.Portal, PayText: s.PayText, Place: s.Place, Country: countryOf(cfg.Holidays),
	}
}

// countryOf is the country of a company's holidays, empty where it has none of
// its own.
func countryOf(holidays string) string {
	if len(holidays) != 2 {
		return ""
	}
	return holidays
}

// seller is who a company's statements come from.
func seller(cfg *config.Company, erp ar.Company) statement.Seller {
	s := cfg.Sender
	return statement.Seller{
		Name: first(s.Name, erp.Name), Address: s.Address, Phone: s.Phone, Email: first(s.ReplyTo, s.From), Letter: cfg.Holidays == "US",
	}
}

// first returns the first text that is not empty.
func first(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}
