package cycle

import (
	"cmp"
	"context"
	"fmt"

	"holdfast/engine"
	"holdfast/engine/ar"
	"holdfast/engine/fault"
	"holdfast/engine/intake"
	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
)

// follow says what follows from an event of an account, or of nobody's.
func (h *hearing) follow(ctx context.Context) error {
	h.e.Proves = h.delivery.ID != 0
	switch h.e.Kind {
	case outbox.Replied:
		return h.replied(ctx)
	case outbox.OptedOut:
		return h.optedOut(ctx)
	case outbox.CallOutcome:
		return h.called(ctx)
	}
	if h.co == nil {
		h.e.State, h.e.Why = engine.EventIgnored, "it is about no message of ours, and one party alone has its address neither"
		return nil
	}
	switch h.e.Kind {
	case outbox.BouncedHard, outbox.BouncedSoft:
		return h.bounced(ctx)
	case outbox.Opened:
		h.e.Habit = engine.ContactOpened
	case outbox.Clicked:
		h.e.Habit = engine.ContactClicked
	case outbox.Delivered, outbox.Printed, outbox.Posted:
	default:
		h.e.State, h.e.Why = engine.EventIgnored, fmt.Sprintf("this version knows no %q", h.e.Kind)
	}
	return nil
}

// optedOut keeps that an address wants no more. A channel of texts hears the
// keywords that carriers stop at.
func (h *hearing) optedOut(ctx context.Context) error {
	if h.e.Medium == sequence.MediumSMS {
		return h.stop(ctx, wordStop)
	}
	return h.stop(ctx, wordOptOut)
}

// How a stop came about, in the keys of its facts: the store ends those that came
// by a keyword when the keyword to start again comes.
const (
	wordStop   = "stop"
	wordOptOut = "optout"
)

// stop keeps every account that has an address from being contacted there.
func (h *hearing) stop(ctx context.Context, how string) error {
	for _, address := range h.stopped() {
		accounts, err := h.sharers(ctx, address)
		if err != nil {
			return err
		}
		for _, id := range accounts {
			t := h.teller(how + "/" + string(id.Customer) + "/" + address)
			t.On = h.todayOf(id)
			f, err := bareAccount(id).DoNotContact(t, h.e.Medium, address)
			if err != nil {
				return err
			}
			f.Text = h.e.Text
			h.e.Facts = append(h.e.Facts, f)
		}
	}
	if len(h.e.Facts) == 0 {
		h.unmatched(h.e, "wants no more to this address, and no account has it")
	}
	return nil
}

// todayOf is the day of an account's company; one that is not configured has that
// of the event.
func (h *hearing) todayOf(id ar.AccountID) ar.Day {
	if co := h.company(id.Source, id.Company); co != nil {
		return h.Today(co).Day
	}
	return cmp.Or(h.e.Today, ar.DayOf(h.Clock.Now()))
}

// stopped lists the addresses that want no more: the one that wrote, and the one
// that was written to by the same medium, from which it may have been passed on.
func (h *hearing) stopped() []string {
	addresses := []string{}
	if h.e.Address != "" {
		addresses = append(addresses, h.e.Address)
	}
	if to := h.delivery.Recipient; to != "" && to != h.e.Address && h.delivery.Medium == h.e.Medium {
		addresses = append(addresses, to)
	}
	return addresses
}

// sharers lists the accounts of all companies that have an address, that of the
// event among them.
func (h *hearing) sharers(ctx context.Context, address string) ([]ar.AccountID, error) {
	var accounts []ar.AccountID
	known := map[ar.AccountID]bool{}
	add := func(id ar.AccountID) {
		if id.Customer != "" && !known[id] {
			known[id] = true
			accounts = append(accounts, id)
		}
	}
	owners, err := h.owners(ctx, address, false)
	if err != nil {
		return nil, err
	}
	switch _, err = h.Store.PartyOf(ctx, h.e.Account); {
	case err == nil:
		add(h.e.Account)
	case !fault.Is(err, fault.NotFound): // gone from the ERP: the others want no more all the same
		return nil, err
	}
	for _, o := range owners {
		add(o.Account)
	}
	return accounts, nil
}

// bareAccount is an account of which intake need know nothing more.
func bareAccount(id ar.AccountID) *intake.Account {
	return &intake.Account{Customer: ar.Customer{Account: id}}
}

// teller is who tells what follows from the event; what makes the key of each
// fact another one.
func (h *hearing) teller(what string) intake.Teller {
	by := "reply by " + h.e.Address
	if h.e.Kind == outbox.CallOutcome {
		by = "automatic call to " + h.e.Address
	}
	return intake.Teller{By: by, On: h.e.Today, At: h.e.At, Key: factKey(h.channel, h.e.Hash, what)}
}

// factKey is the key of a fact that follows from an event.
func factKey(channel, hash, what string) string { return "event:" + channel + ":" + hash + ":" + what }

// ask gives a person a task, once for its key.
func (h *hearing) ask(key string, reason sequence.Reason, detail string) {
	h.e.Tasks = append(h.e.Tasks, sequence.Intent{
		Kind: sequence.Task, Account: h.e.Account, Key: key, Reason: reason, Detail: detail, Role: "collector",
		DueOn: h.co.Book.Policy.Business.AddBusinessDays(h.e.Today, 1),
	})
}

// writtenTo is the address that a message went to, else the event's own, for a
// person to read.
func (h *hearing) writtenTo() string {
	if h.delivery.Medium == sequence.MediumLetter {
		return "the address of the letter"
	}
	return cmp.Or(h.delivery.Recipient, h.e.Address)
}

// because writes a detail behind what it explains.
func because(detail string) string {
	if detail == "" {
		return ""
	}
	return " (" + cut(detail, 200) + ")"
}
