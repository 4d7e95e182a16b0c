package cli

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"holdfast/connector/config"
	"holdfast/engine/ar"
	"holdfast/engine/calendar"
	"holdfast/engine/cycle"
	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
	"holdfast/engine/store"
	"holdfast/engine/worklist"
)

// sendWithin is how long a channel may take over one worklist.
const sendWithin = 2 * time.Minute

// post sends the worklists of one company. Its lanes are those that run.
type post struct {
	*App
	store *store.Store
	lanes map[string]cycle.Lane
	place place
}

// send sends a list to its collector, once for a day: what a channel took or
// refused is remembered, all else may be tried again under the same key. It
// returns to whom it went, or why it did not go.
func (p *post) send(ctx context.Context, l *worklist.List) (to, not string, err error) {
	reason, _, stopped, err := p.store.Stopped(ctx)
	if err != nil {
		return "", "", err
	}
	if stopped {
		return "", "everything is stopped: " + reason, nil
	}
	c := p.collector(l.Collector)
	if c == nil {
		return "", fmt.Sprintf("%s has no [[company.collector]] with an address", l.Collector), nil
	}
	lane, address, not := p.way(c, l.Day)
	if not != "" {
		return "", not, nil
	}
	done, err := p.store.Setting(ctx, sentKey(l))
	if err != nil {
		return "", "", err
	}
	if earlier, ok := strings.CutPrefix(done, l.Day.String()+sentTo); ok {
		return earlier, "", nil
	}
	if done == l.Day.String()+refusedBy+address {
		return "", "the channel refused " + address + " today", nil
	}
	return p.hand(ctx, lane, outbox.Mailbox{Name: c.Name, Address: address}, l)
}

// hand gives a list to its channel and remembers what became of it.
func (p *post) hand(ctx context.Context, lane cycle.Lane, to outbox.Mailbox, l *worklist.List) (went, not string, err error) {
	s := p.place.Sender
	m, err := l.Message(worklist.Letter{
		From: outbox.Mailbox{Name: first(s.FromName, s.Name, p.place.ERP.Name), Address: s.From}, ReplyTo: s.ReplyTo, To: to,
		Date: calendar.Instant(l.Day, 8*time.Hour, p.place.Zone),
	})
	if err != nil {
		return "", "", err
	}
	within, cancel := context.WithTimeout(ctx, sendWithin)
	defer cancel()
	sent, err := lane.Channel.Send(within, m)
	if err != nil {
		return "", fmt.Sprintf("whether it went to %s is not known: %v", to.Address, err), nil
	}
	switch sent.State {
	case outbox.Accepted:
		return to.Address, "", p.remember(ctx, l, sentTo+to.Address)
	case outbox.Refused:
		not = fmt.Sprintf("the channel refused %s: %s", to.Address, sent.Detail)
		return "", not, p.remember(ctx, l, refusedBy+to.Address)
	}
	return "", fmt.Sprintf("the channel did not take it now: %s", sent.Detail), nil
}

// What is remembered of a list, behind its day and before an address.
const (
	sentTo    = " sent to "
	refusedBy = " refused by "
)

func (p *post) remember(ctx context.Context, l *worklist.List, what string) error {
	return p.store.PutSetting(ctx, sentKey(l), l.Day.String()+what, "cycle", time.Now())
}

// sentKey is the setting that says for which day a collector's list went last,
// and to whom.
func sentKey(l *worklist.List) string {
	return "worklist:" + l.Company + "/" + strings.ToLower(l.Collector)
}

// collector finds the config of a collector, nil where there is none.
func (p *post) collector(name string) *config.Collector {
	i := slices.IndexFunc(p.place.Collector, func(c config.Collector) bool { return strings.EqualFold(c.Name, name) })
	if i < 0 {
		return nil
	}
	return &p.place.Collector[i]
}

// way finds the channel of a company's e-mail and the address, by its mode:
// observe takes the file channel only, test writes to the test address. The list
// of another day than today takes the file channel only.
func (p *post) way(c *config.Collector, day ar.Day) (lane cycle.Lane, address, not string) {
	lane, ok := p.lanes[p.place.Channels[sequence.MediumEmail]]
	if p.place.Mode == outbox.Observe && !lane.Local {
		lane, ok = p.local()
	}
	switch {
	case !ok && p.place.Mode == outbox.Observe:
		return lane, "", "the company is in mode observe, and no channel of it writes files"
	case !ok:
		return lane, "", "no channel carries e-mail"
	case day != p.place.today() && !lane.Local:
		return lane, "", "the list of another day than today goes to files only"
	case p.place.Mode == outbox.Test:
		return lane, p.place.TestAddress, ""
	}
	return lane, c.Email, ""
}

// local returns a running channel of the company's whose messages stay here.
func (p *post) local() (cycle.Lane, bool) {
	for _, name := range slices.Sorted(maps.Values(p.place.Channels)) {
		if lane, ok := p.lanes[name]; ok && lane.Local {
			return lane, true
		}
	}
	return cycle.Lane{}, false
}
