package cycle

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"holdfast/engine"
	"holdfast/engine/ar"
	"holdfast/engine/fault"
	"holdfast/engine/intake"
	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
)

// An address that says softBounces times in a row within softDays that it takes
// nothing is for a person to look at.
const (
	softBounces = 3
	softDays    = 30
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
	case outbox.BouncedHard:
		return h.dead(ctx)
	case outbox.BouncedSoft:
		return h.slow(ctx)
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

// dead leaves a dead address alone and asks for another, once a month. Anybody
// can write a report that something came back: it is believed of the very address
// that a message of ours went to, and of any other a person looks at it.
func (h *hearing) dead(ctx context.Context) error {
	copied, err := h.copied(ctx)
	switch {
	case err != nil:
		return err
	case copied:
		h.e.Why = "a copy of the message was sent there: that the copy came back says nothing of " + h.delivery.Recipient
	case h.delivery.ID == 0:
		h.doubt("address_doubted", h.e.Address, fmt.Sprintf("a report that names no message of ours says that %s is dead", h.e.Address))
	case h.e.Address != h.delivery.Recipient:
		h.doubt("address_other", h.e.Address, fmt.Sprintf("what was sent to %s came back from %s, which is another address", h.delivery.Recipient, h.e.Address))
	default:
		h.e.Bounce = true
		h.ask(h.monthly("address_dead", h.e.Address), sequence.ReasonBounced,
			fmt.Sprintf("what was sent to %s came back%s: find another address and enter it in the ERP", h.e.Address, because(h.e.Detail)))
	}
	return nil
}

// copied reports whether the event's address is that of a copy of the message
// and not of whom it was written to.
func (h *hearing) copied(ctx context.Context) (bool, error) {
	if h.delivery.ID == 0 || h.e.Address == h.delivery.Recipient {
		return false, nil
	}
	d, err := h.Store.Delivery(ctx, h.delivery.ID)
	if err != nil {
		return false, err
	}
	m, err := outbox.Decode(d.Content)
	if err != nil {
		return false, fault.New(fault.Invalid, "delivery %d: its bytes cannot be read: %w", d.ID, err)
	}
	return slices.ContainsFunc(m.Cc, func(to outbox.Mailbox) bool { return strings.EqualFold(to.Address, h.e.Address) }), nil
}

// doubt has a person look at a report that is not simply believed, once a month.
func (h *hearing) doubt(what, address, said string) {
	h.e.Why = said + ": the address is not left alone"
	h.ask(h.monthly(what, address), sequence.ReasonBounced, said+because(h.e.Detail)+": see whether mail still arrives there")
}

// slow counts an address that takes nothing this time.
func (h *hearing) slow(ctx context.Context) error {
	earlier, err := h.Store.SoftBounces(ctx, h.e.Address, h.e.At.AddDate(0, 0, -softDays))
	if err == nil && earlier+1 >= softBounces {
		h.ask(h.monthly("address_slow", h.e.Address), sequence.ReasonBounced,
			fmt.Sprintf("%s took nothing %d times in a row%s: ask for another address", h.e.Address, earlier+1, because(h.e.Detail)))
	}
	return err
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

// writtenTo is the address that a message went to, else the event's own.
func (h *hearing) writtenTo() string { return cmp.Or(h.delivery.Recipient, h.e.Address) }

// monthly is the key of a task about an address that is given once a month.
func (h *hearing) monthly(what, address string) string {
	return fmt.Sprintf("%s|%s|%s|%s", what, address, h.e.Account.Customer, h.e.Today.String()[:len("2006-01")])
}

// because writes a detail behind what it explains.
func because(detail string) string {
	if detail == "" {
		return ""
	}
	return " (" + cut(detail, 200) + ")"
}
