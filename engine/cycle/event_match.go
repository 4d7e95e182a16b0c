package cycle

import (
	"context"
	"slices"
	"strings"
	"time"

	"holdfast/engine"
	"holdfast/engine/ar"
	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
)

// answerDays is for how many days after a message whoever writes from its
// address without naming it is taken to answer it.
const answerDays = 14

// hearing is one event being judged.
type hearing struct {
	*listener
	e        *engine.TakenEvent
	delivery outbox.Delivery // the message that it is about; ID 0: none
	co       *Company        // whose it is; nil: nobody's
}

// judge says what follows from an event. An error means that nothing can be
// judged now.
func (l *listener) judge(ctx context.Context, e outbox.Event) (engine.TakenEvent, error) {
	e = tidy(e)
	t := engine.TakenEvent{Event: e, Hash: hashOf(&e), State: engine.EventTaken}
	h := &hearing{listener: l, e: &t}
	match, err := l.Store.MatchEvent(ctx, l.channel, t.Hash, e)
	switch {
	case err != nil || match.Known:
		return t, err
	case e.At.IsZero():
		t.State, t.Why = engine.EventIgnored, "it does not say when it happened"
		return t, nil
	case match.Delivery.ID != 0:
		h.of(match.Delivery)
	default:
		if err := h.whose(ctx); err != nil {
			return t, err
		}
	}
	if t.State == engine.EventTaken && t.Why == "" {
		err = h.follow(ctx)
	}
	if refused(err) {
		return l.bare(t, err), nil
	}
	return t, err
}

// of takes an event for one of a message. What comes of a message that was not
// sent in earnest is noted on it alone: testers answer.
func (h *hearing) of(d outbox.Delivery) {
	h.delivery = d
	h.e.Delivery, h.e.Account, h.e.Mode = d.ID, d.Account, d.Mode
	h.co = h.company(d.Party.Source, d.Party.Company)
	if h.e.Address == "" {
		h.e.Address = d.Recipient
	}
	h.e.Medium = d.Medium
	if d.Channel != h.channel {
		h.e.Medium = h.medium()
	}
	switch {
	case d.Mode != outbox.Live:
		h.e.Why = "the message was sent in mode " + string(d.Mode) + ": nothing follows from it"
	case h.co == nil:
		h.e.State, h.e.Why = engine.EventIgnored, "its company is not configured any more"
	default:
		h.e.Today = h.Today(h.co).Day
	}
}

// whose finds the one party that has the address of an event that names no
// message. Of several it is the one that was written to lately.
func (h *hearing) whose(ctx context.Context) error {
	h.e.Medium = h.medium()
	owners, err := h.owners(ctx, h.e.Address, true)
	if err != nil {
		return err
	}
	parties := partiesOf(owners)
	last := map[ar.PartyID]outbox.Delivery{}
	for _, p := range parties {
		d, err := h.Store.LastTo(ctx, p, h.channel, h.e.Address, h.Clock.Now().AddDate(0, 0, -answerDays))
		if err != nil {
			return err
		}
		if d.ID != 0 {
			last[p] = d
		}
	}
	if len(parties) > 1 && len(last) == 1 {
		parties = slices.DeleteFunc(parties, func(p ar.PartyID) bool { return last[p].ID == 0 })
	}
	if len(parties) != 1 {
		return nil
	}
	if d := last[parties[0]]; d.ID != 0 && h.byPerson() {
		h.of(d)
		return nil
	}
	h.belong(parties[0], owners)
	return nil
}

// byPerson reports whether somebody did what the event tells, rather than a mail
// server.
func (h *hearing) byPerson() bool {
	return h.e.Kind == outbox.Replied || h.e.Kind == outbox.OptedOut || h.e.Kind == outbox.CallOutcome
}

// belong gives an event to an account of a party: the payer's own where it has
// the address.
func (h *hearing) belong(party ar.PartyID, owners []engine.PartyContact) {
	h.co = h.company(party.Source, party.Company)
	h.e.Mode, h.e.Today = h.co.Mode, h.Today(h.co).Day
	for _, o := range owners {
		if o.Party == party && (h.e.Account.Customer == "" || o.Account.Customer == party.Payer) {
			h.e.Account = o.Account
		}
	}
}

// owners lists the contacts that have an address; used narrows to companies that
// are configured and use this channel.
func (h *hearing) owners(ctx context.Context, address string, used bool) ([]engine.PartyContact, error) {
	if address == "" {
		return nil, nil
	}
	all, err := h.Store.ContactsAt(ctx, address)
	return slices.DeleteFunc(all, func(p engine.PartyContact) bool {
		co := h.company(p.Party.Source, p.Party.Company)
		return used && (co == nil || !uses(co, h.channel)) || !slices.Contains(sequence.Addresses(&p.Contact), address)
	}), err
}

func partiesOf(owners []engine.PartyContact) []ar.PartyID {
	var parties []ar.PartyID
	for _, o := range owners {
		if !slices.Contains(parties, o.Party) {
			parties = append(parties, o.Party)
		}
	}
	return parties
}

// users lists the companies that use a channel.
func (c *Cycle) users(channel string) []*Company {
	var all []*Company
	for _, co := range c.Companies {
		if uses(co, channel) {
			all = append(all, co)
		}
	}
	return all
}

func uses(co *Company, channel string) bool {
	for _, name := range co.Book.Policy.Channels {
		if name == channel {
			return true
		}
	}
	return false
}

// medium is what the channel carries; where it is several, what the address is
// made for.
func (h *hearing) medium() string { return h.mediumOf(h.channel, h.e.Address) }

func (c *Cycle) mediumOf(channel, address string) string {
	order := []string{sequence.MediumSMS, sequence.MediumVoice, sequence.MediumLetter, sequence.MediumEmail}
	if strings.Contains(address, "@") {
		slices.Reverse(order)
	}
	for _, medium := range order {
		for _, co := range c.users(channel) {
			if co.Book.Policy.Channels[medium] == channel {
				return medium
			}
		}
	}
	return ""
}

// unmatched gives an event to a person: the collector of the first company that
// uses the channel, in earnest where one does.
func (l *listener) unmatched(e *engine.TakenEvent, why string) {
	e.State, e.Why = engine.EventUnmatched, why
	companies := l.users(l.channel)
	i := slices.IndexFunc(companies, func(co *Company) bool { return co.Mode == outbox.Live })
	if len(companies) == 0 {
		return
	}
	co := companies[max(0, i)]
	e.Unmatched, e.Mode, e.Today = ar.PartyID{Source: co.Source, Company: co.ID}, co.Mode, l.Today(co).Day
}

// dayOf returns the company's day of an instant.
func dayOf(co *Company, at time.Time) ar.Day { return ar.DayOf(at.In(co.Zone)) }
