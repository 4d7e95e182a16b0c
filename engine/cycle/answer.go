package cycle

import (
	"context"
	"time"

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

// Keep keeps what a customer answered, as facts of every account that it speaks
// of, and returns them. What an account refuses is an error only where no
// account took it. Only answers to what was sent in mode live are to be kept.
func (c *Cycle) Keep(ctx context.Context, of Answered, t intake.Teller, a answer.Answer) ([]intake.Fact, error) {
	facts, err := c.Tell(of, t, a)
	if err != nil {
		return nil, err
	}
	var kept []intake.Fact
	for _, f := range facts {
		if f, err = c.Store.AddFact(ctx, f); err != nil {
			return kept, err
		}
		kept = append(kept, f)
	}
	return kept, nil
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

// Seen keeps that a message was opened or a link of it followed, as its channel
// would tell it.
func (c *Cycle) Seen(ctx context.Context, d outbox.Delivery, kind outbox.EventKind, at time.Time) error {
	l := &listener{Cycle: c, channel: d.Channel}
	if err := l.hear(ctx, outbox.Event{Kind: kind, Key: d.Key, Address: d.Recipient, At: at}); err != nil {
		return err
	}
	return l.flush(ctx)
}

// ofAddress reports whether an answer is about the address and no account.
func ofAddress(a answer.Action) bool { return a == answer.Unsubscribe || a == answer.WrongContact }
