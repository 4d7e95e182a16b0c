package cycle

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"holdfast/engine/fault"
	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
)

// An address that says softBounces times in a row within softDays that it takes
// nothing is for a person to look at.
const (
	softBounces = 3
	softDays    = 30
)

// bounced says what follows from a message that came back, or from one of its
// copies.
func (h *hearing) bounced(ctx context.Context) error {
	copied, err := h.copied(ctx)
	switch {
	case err != nil:
		return err
	case copied:
		h.e.Why = "a copy of the message was sent there: that the copy came back says nothing of " + h.delivery.Recipient
	case h.e.Kind == outbox.BouncedSoft:
		return h.slow(ctx)
	default:
		h.dead()
	}
	return nil
}

// dead leaves a dead address alone and asks for another, once a month. Anybody
// can write a report that something came back: it is believed of the very address
// that a message of ours went to, and of any other a person looks at it.
func (h *hearing) dead() {
	switch {
	case h.delivery.ID == 0:
		h.doubt("address_doubted", h.e.Address, fmt.Sprintf("a report that names no message of ours says that %s is dead", h.e.Address))
	case h.e.Address != h.delivery.Recipient:
		h.doubt("address_other", h.e.Address, fmt.Sprintf("what was sent to %s came back from %s, which is another address", h.delivery.Recipient, h.e.Address))
	default:
		h.e.Bounce = true
		h.ask(h.monthly("address_dead", h.e.Address), sequence.ReasonBounced,
			fmt.Sprintf("what was sent to %s came back%s: find another address and enter it in the ERP", h.writtenTo(), because(h.e.Detail)))
	}
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

// monthly is the key of a task about an address that is given once a month.
func (h *hearing) monthly(what, address string) string {
	return fmt.Sprintf("%s|%s|%s|%s", what, address, h.e.Account.Customer, h.e.Today.String()[:len("2006-01")])
}
