package cycle

import (
	"context"
	"time"

	"holdfast/engine"
	"holdfast/engine/answer"
	"holdfast/engine/ar"
	"holdfast/engine/fault"
	"holdfast/engine/intake"
	"holdfast/engine/outbox"
)

// Answered is what a message was about, as its answer finds it.
type Answered struct {
	Delivery outbox.Delivery
	Accounts []intake.Account // those whose documents it names, else the one that it was sent to
}

// Answered reads the accounts that a delivery speaks of as they stand now.
func (c *Cycle) Answered(ctx context.Context, d outbox.Delivery) (Answered, error) {
	of := Answered{Delivery: d}
	ids, err := c.Store.AccountsOf(ctx, d.Party.Source, d.Party.Company, d.Documents)
	if err != nil {
		return of, err
	}
	if len(ids) == 0 {
		ids = []ar.AccountID{d.Account}
	}
	for _, id := range ids {
		account, err := c.Store.IntakeAccount(ctx, id)
		if err != nil {
			return of, fault.Wrap("answer to a message", err)
		}
		of.Accounts = append(of.Accounts, account)
	}
	return of, nil
}

// Keep keeps what a customer answered by a link, with all that follows from it in
// one transaction, and returns the facts. What is told under one key is kept
// once. Only answers to what was sent in mode live are to be kept. It fails with
// fault.NotFound where the company is not configured any more.
func (c *Cycle) Keep(ctx context.Context, of Answered, t intake.Teller, a answer.Answer) ([]intake.Fact, error) {
	d := of.Delivery
	if c.company(d.Party.Source, d.Party.Company) == nil {
		return nil, fault.New(fault.NotFound, "the company of message %d is not configured any more", d.ID)
	}
	facts, err := c.Tell(of, t, a)
	if err != nil {
		return nil, err
	}
	e := engine.TakenEvent{
		Event: outbox.Event{Kind: outbox.Replied, Key: d.Key, Address: d.Recipient, At: t.At, Text: a.Text, Detail: "by link: " + string(a.Action)},
		State: engine.EventTaken, Habit: engine.ContactReplied, Facts: facts, Today: t.On, Proves: true,
	}
	e.Hash = hashOf(&outbox.Event{Kind: e.Kind, Key: e.Key, Detail: e.Detail, ProviderID: t.Key}) // the same form says it once
	h := &hearing{listener: &listener{Cycle: c, channel: d.Channel}, e: &e}
	h.of(d)
	if a.Action == answer.WrongContact {
		h.wrongContact(a.Text)
	}
	return facts, h.keep(ctx, []engine.TakenEvent{e})
}

// Tell turns an answer into facts of every account that it speaks of, to be kept
// in their order. What an account refuses is an error only where no account took
// it. A day that is promised too far ahead is refused: a person agrees to it.
func (c *Cycle) Tell(of Answered, t intake.Teller, a answer.Answer) ([]intake.Fact, error) {
	if err := c.tooFar(of.Delivery.Party, t, a); err != nil {
		return nil, err
	}
	var all []intake.Fact
	var refused error
	about := answer.About{Medium: of.Delivery.Medium, Address: of.Delivery.Recipient, Documents: of.Delivery.Documents}
	for i := range of.Accounts {
		account := &of.Accounts[i]
		if i > 0 && ofAddress(a.Action) {
			break // what is said of an address is said once
		}
		told := t
		if told.Key != "" {
			told.Key += "/" + string(account.Customer.Account.Customer)
		}
		facts, err := answer.Tell(account, told, a, about)
		if err != nil {
			refused = err
		}
		all = append(all, facts...)
	}
	if len(all) == 0 {
		return nil, refused
	}
	return all, nil
}

// tooFar refuses a promise of a day beyond what customers may promise by
// themselves.
func (c *Cycle) tooFar(party ar.PartyID, t intake.Teller, a answer.Answer) error {
	last := c.LastPromise(party, t.On)
	if a.Action != answer.Promise || last == 0 || a.Day <= last {
		return nil
	}
	return fault.New(fault.Invalid, "%s is too far ahead: the last day that can be promised is %s", a.Day, last).
		WithCure("name an earlier day, or speak to us")
}

// LastPromise returns the last day that a customer can promise by itself; zero
// where nothing limits it.
func (c *Cycle) LastPromise(party ar.PartyID, today ar.Day) ar.Day {
	co := c.company(party.Source, party.Company)
	if co == nil || co.PromiseWithin.N == 0 {
		return 0
	}
	return co.PromiseWithin.From(today, co.Book.Policy.Business)
}

// seenOnce is how long a message that is looked at again and again counts as
// looked at once: programs that screen mails, and mail programs, ask often.
const seenOnce = 15 * time.Minute

// Seen keeps that a message was opened or a link of it followed, as its channel
// would tell it.
func (c *Cycle) Seen(ctx context.Context, d outbox.Delivery, kind outbox.EventKind, at time.Time) error {
	l := &listener{Cycle: c, channel: d.Channel}
	if err := l.hear(ctx, outbox.Event{Kind: kind, Key: d.Key, Address: d.Recipient, At: at.Truncate(seenOnce)}); err != nil {
		return err
	}
	return l.flush(ctx)
}

// ofAddress reports whether an answer is about the address and no account.
func ofAddress(a answer.Action) bool { return a == answer.Unsubscribe || a == answer.WrongContact }
