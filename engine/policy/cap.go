package policy

import (
	"fmt"
	"strings"

	"holdfast/engine/ar"
)

// pers is whose contacts count together.
var pers = []string{"debt", "account", "person", "address"}

// limit is a number of contacts that a stretch of days may hold.
type limit struct {
	max, days          int
	per                string
	conversations      bool // a call or visit counts only where somebody answered
	channels, purposes uint16
	rule               *Rule
}

// pause is the days after a conversation in which nobody calls again, that of
// the conversation counted.
type pause struct {
	days int
	per  string
	rule *Rule
}

// Capped reports whether one more contact would be too many, why, and on which
// day it would not be any more. earlier is what is known of the same debtor, of
// all sequences and by hand, in any order.
func (r Rules) Capped(earlier []Contact, next Contact) (why string, free ar.Day, capped bool) {
	t := r.term()
	free = next.On
	for again := true; again; {
		again = false
		for i := range t.caps {
			if day := t.caps[i].free(earlier, &next, free); day > free {
				free, why, again = day, t.caps[i].text(), true
			}
		}
		for i := range t.pauses {
			if day := t.pauses[i].free(earlier, &next, free); day > free {
				free, why, again = day, t.pauses[i].text(), true
			}
		}
	}
	return why, free, free > next.On
}

// free returns the first day from a day on that has room for next.
func (l *limit) free(earlier []Contact, next *Contact, day ar.Day) ar.Day {
	if !l.counts(next, true) {
		return day
	}
	for {
		n, oldest := 0, day
		for i := range earlier {
			c := &earlier[i]
			if c.On > day-ar.Day(l.days) && c.On <= day && l.counts(c, false) && same(l.per, c, next) {
				n, oldest = n+1, min(oldest, c.On)
			}
		}
		if n < l.max {
			return day
		}
		day = oldest + ar.Day(l.days)
	}
}

// counts reports whether a contact counts. One that is only planned may become
// a conversation.
func (l *limit) counts(c *Contact, planned bool) bool {
	if l.channels&bit(channels, c.Channel) == 0 || l.purposes&bit(purposes, c.Purpose) == 0 {
		return false
	}
	return planned || !l.conversations || c.Conversation || !spoken(c.Channel)
}

// spoken reports whether a contact by this channel may fail to reach anybody.
func spoken(c Channel) bool { return c == VoiceLive || c == VoiceArtificial || c == Visit }

// free returns the first day from a day on that no conversation keeps quiet.
func (p *pause) free(earlier []Contact, next *Contact, day ar.Day) ar.Day {
	for i := range earlier {
		c := &earlier[i]
		if c.Conversation && c.On <= day && same(p.per, c, next) {
			day = max(day, c.On+ar.Day(p.days))
		}
	}
	return day
}

// same reports whether two contacts count together; what is not known counts
// for each.
func same(per string, a, b *Contact) bool {
	both := func(x, y string) bool { return x == "" || y == "" || strings.EqualFold(x, y) }
	switch per {
	case "debt":
		return both(a.Debt, b.Debt)
	case "account":
		return both(a.Account, b.Account)
	case "address":
		return both(a.Address, b.Address)
	}
	return true
}

func (l *limit) text() string {
	return fmt.Sprintf("at most %d contacts in %d days per %s (%s)", l.max, l.days, l.per, l.rule.source())
}

func (p *pause) text() string {
	return fmt.Sprintf("no call within %d days of a conversation, per %s (%s)", p.days, p.per, p.rule.source())
}
