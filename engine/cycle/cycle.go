// Package cycle is the one cycle of Holdfast: pull, decide, deliver, hold.
// run --once, demo and the service's workers all call it; plan walks the same
// decisions and carries nothing out.
package cycle

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"holdfast/engine"
	"holdfast/engine/ar"
	"holdfast/engine/calendar"
	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
	"holdfast/engine/store"
)

// Cycle binds the store, the companies and the channels. Its methods may be
// called from several goroutines; the caller holds the state's lock.
type Cycle struct {
	Store     *store.Store
	Companies []*Company
	Channels  map[string]Lane // by the channel's configured name
	Log       *slog.Logger
	Clock     engine.Clock
	Watch     Watch
	Host      string   // this machine, as it names itself; a state that comes to another one stops
	lanes     sync.Map // channel name → *route
	traffic   traffic  // of the day being decided
}

// Lane is a channel with the number of messages that may be on their way at
// once: the bound on doubles after a crash.
type Lane struct {
	Channel  engine.Channel
	InFlight int
	Every    time.Duration // least time between two messages; 0: none
	// DomainEvery is the least time between two messages to one recipient's domain;
	// 0: none.
	DomainEvery time.Duration
	Hold        bool // what may have left waits for a person, though the receiver could tell a copy
	Local       bool // what it sends stays on this machine, as files do
}

// Company is one company with its rules.
type Company struct {
	Key         string
	Source      ar.Source
	ID          ar.CompanyID
	Mode        outbox.Mode
	TestAddress string // gets everything in mode test
	TestNumber  string // gets texts and calls instead, as E.164
	Adapter     engine.Adapter
	Book        *sequence.Book
	Zone        *time.Location
	Limits      Limits
	Cash        []CashSource
	CashLag     int // business days
	// PromiseWithin is how far ahead a day may be that a customer promises by
	// itself; the zero Span does not ask.
	PromiseWithin calendar.Span
	Render        Renderer
}

// Limits are the figures beyond which a company's cycle stops and asks.
type Limits struct {
	MaxAge   time.Duration // of the last read, at hand-over
	Breaker  int           // percent of open documents that may vanish in a pull
	Skew     time.Duration // between the ERP's clock and ours before a word is said
	Volume   int           // messages in one run; 0: worked out from earlier runs
	NewHolds int           // new holds a day without a yes; 0: the greater of 5 and 1 % of the accounts
	TwoAbove []ar.Money    // above it a yes is that of two people
	Sweep    bool          // a hold goes through the customer's open orders too
	Reassert bool          // a hold that the ERP lifted by itself is set again
}

// CashSource is a bank account whose receipts must be posted far enough.
type CashSource struct {
	Name     string
	Weekdays [7]bool // on which it is posted
}

// Renderer makes the bytes of a message. notes say what the message goes
// without, for a person.
type Renderer interface {
	Render(c sequence.Case, in sequence.Intent, at time.Time) (m outbox.Message, notes []string, err error)
}

// Watch is told what happens, for metrics. Its methods return at once.
type Watch interface {
	Pulled(company string, took time.Duration, report engine.PullReport)
	Decided(company string, parties int, took time.Duration)
	Sent(company, channel string, state outbox.State)
	// Held is told of a hold action; took is how long the entry was in the state
	// before, for a release the time since it was decided.
	Held(company string, state ar.EntryState, took time.Duration)
	// Heard is told of each event that a channel told, once.
	Heard(channel string, kind outbox.EventKind, state engine.EventState)
}

// Moment is the day and the instant a cycle is run for. Now is zero where the
// day is not today: the latest permitted instant of the day is meant.
type Moment struct {
	Day       ar.Day
	Now       time.Time
	Rehearsal bool // ERP and channels are on this machine: a day other than today may have effects
	Drift     bool // look whether somebody changed our holds
}

// Today returns the moment of a company's own day, as the clock has it.
func (c *Cycle) Today(co *Company) Moment {
	now := c.Clock.Now().In(co.Zone)
	return Moment{Day: ar.DayOf(now), Now: now}
}

// company returns a company by its ids, nil where it is not configured.
func (c *Cycle) company(source ar.Source, id ar.CompanyID) *Company {
	for _, co := range c.Companies {
		if co.Source == source && co.ID == id {
			return co
		}
	}
	return nil
}

// Stopped returns why all effects are stopped, empty where they are not.
func (c *Cycle) Stopped(ctx context.Context) (string, error) {
	reason, _, stopped, err := c.Store.Stopped(ctx)
	if err != nil || !stopped {
		return "", err
	}
	return reason, nil
}
