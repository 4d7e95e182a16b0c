package year

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"slices"
	"time"

	"holdfast/engine"
	"holdfast/engine/ar"
	"holdfast/engine/cycle"
	"holdfast/engine/intake"
	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
	"holdfast/engine/store"
	"holdfast/engine/walk"
)

// liveStored lives the history through the cycle and a store in dir, day by day, and
// returns the journal of what it did.
func liveStored(ctx context.Context, dir string, book *sequence.Book, h walk.History, o Options) ([]string, error) {
	st, err := store.Open(ctx, filepath.Join(dir, "state"))
	if err != nil {
		return nil, err
	}
	defer st.Close()
	e := newERP(h)
	e.day = o.First
	co := &cycle.Company{
		Key: "1", Source: source, ID: companyID, Mode: outbox.Live, Book: book, Zone: time.UTC, Adapter: e,
		Limits: cycle.Limits{MaxAge: 24 * time.Hour, Skew: time.Hour, Breaker: 100, Volume: 1 << 30}, Render: amounts{},
	}
	c := &cycle.Cycle{
		Store: st, Companies: []*cycle.Company{co}, Log: slog.New(slog.DiscardHandler), Clock: e, Watch: nobody{},
		Channels: map[string]cycle.Lane{channel: {Channel: mailbox{}, InFlight: 8, Local: true}},
	}
	if err := st.PutSetting(ctx, cycle.HoldsEnabled(co), "yes", "trial", e.now()); err != nil {
		return nil, err
	}
	for n := range o.Days {
		e.day = o.First + ar.Day(n)
		if err := e.tell(ctx, st); err != nil {
			return nil, fmt.Errorf("%s: %w", e.day, err)
		}
		if _, err := c.Run(ctx, func(*cycle.Company) cycle.Moment { return cycle.Moment{Day: e.day} }); err != nil {
			return nil, fmt.Errorf("%s: %w", e.day, err)
		}
	}
	return storedJournal(ctx, st)
}

// tell adds the day's facts, with what they are about as it stands.
func (e *erp) tell(ctx context.Context, st *store.Store) error {
	for _, f := range e.history.Facts {
		if f.On != e.day {
			continue
		}
		f.Documents = slices.Clone(f.Documents)
		for i := range f.Documents {
			doc, _ := e.asOf(f.Documents[i].Document)
			f.Documents[i].Open = doc.Open
		}
		if f.Kind == intake.Promise || f.Kind == intake.Plan {
			f.Unapplied = e.unapplied(f.Account)
		}
		f.ID = 0
		if _, err := st.AddFact(ctx, f); err != nil {
			return err
		}
	}
	return nil
}

// unapplied is the credit on an account.
func (e *erp) unapplied(id ar.AccountID) ar.Balance {
	var sum ar.Balance
	for _, i := range e.owned[id] {
		if doc, ok := e.asOf(e.history.Documents[i].ID); ok && doc.Open < 0 {
			sum = sum.Add(-doc.Open, doc.Currency)
		}
	}
	return sum
}

// storedJournal reads what a store says was done.
func storedJournal(ctx context.Context, st *store.Store) ([]string, error) {
	var lines []string
	deliveries, err := st.Deliveries(ctx, store.DeliveryFilter{Mode: outbox.Live})
	if err != nil {
		return nil, err
	}
	for _, d := range deliveries {
		lines = append(lines, message(d.Day, d.Account, d.Sequence, d.Step, d.Template, d.Recipient, d.Documents, d.Asked, state(d)))
	}
	tasks, err := st.Tasks(ctx, store.TaskFilter{Mode: outbox.Live})
	if err != nil {
		return nil, err
	}
	for _, t := range tasks {
		lines = append(lines, task(t.OpenedOn, t.Account, t.Key, t.Role, t.Reason, t.Documents, t.DueOn))
	}
	holds, err := st.Holds(ctx, store.HoldFilter{Mode: outbox.Live})
	if err != nil {
		return nil, err
	}
	for _, h := range holds {
		if h.PlacedOn != 0 {
			lines = append(lines, line(h.PlacedOn, sequence.Hold, h.Account, h.Proposer))
		}
		if h.ReleasedOn != 0 {
			lines = append(lines, line(h.ReleasedOn, sequence.Release, h.Account, ""))
		}
	}
	slices.Sort(lines)
	return lines, nil
}

// state tells a delivery apart that never left: one that the last look kept
// back, or one that waited for a yes, which alone outlives its day.
func state(d outbox.Delivery) string {
	switch {
	case d.State == outbox.Accepted:
		return ""
	case d.State == outbox.Waiting || d.State == outbox.Superseded && ar.DayOf(d.ChangedAt) > d.Day:
		return waits
	}
	return fmt.Sprintf(" %s %s %s", d.State, d.Reason, d.Detail)
}

// amounts renders what is asked for, and nothing else.
type amounts struct{}

func (amounts) Render(_ sequence.Case, in sequence.Intent, at time.Time) (outbox.Message, []string, error) {
	return outbox.Message{To: []outbox.Mailbox{{Address: in.Recipient()}}, Subject: in.Template, Text: in.Asked.String(), Date: at}, nil, nil
}

// mailbox takes everything.
type mailbox struct{}

func (mailbox) Send(context.Context, outbox.Message) (outbox.Sent, error) {
	return outbox.Sent{State: outbox.Accepted}, nil
}

func (mailbox) Lookup(context.Context, outbox.Key, time.Time) (outbox.Sent, error) {
	return outbox.Sent{State: outbox.Uncertain}, nil
}

func (mailbox) Repeatable() bool { return true }

// nobody is told and says nothing.
type nobody struct{}

func (nobody) Pulled(string, time.Duration, engine.PullReport)   {}
func (nobody) Decided(string, int, time.Duration)                {}
func (nobody) Sent(string, string, outbox.State)                 {}
func (nobody) Held(string, ar.EntryState, time.Duration)         {}
func (nobody) Heard(string, outbox.EventKind, engine.EventState) {}
