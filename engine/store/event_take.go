package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"holdfast/engine"
	"holdfast/engine/ar"
	"holdfast/engine/intake"
	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
)

// TakeEvents keeps events of one channel with all that follows from them, and
// how far the channel was heard, in one transaction. taken says of each whether
// it was new.
func (s *Store) TakeEvents(ctx context.Context, channel string, events []engine.TakenEvent, at time.Time) (taken []bool, err error) {
	if len(events) == 0 {
		return nil, nil
	}
	err = s.write(ctx, "keep events of channel "+channel, func(tx *sql.Tx) error {
		ctx := context.WithoutCancel(ctx) // one that can end costs a goroutine per statement
		t := eventTake{tx: tx, channel: channel, at: at}
		taken = make([]bool, len(events))
		for i := range events {
			if taken[i], err = t.take(ctx, &events[i]); err != nil {
				return err
			}
		}
		if err := t.heard(ctx, events[len(events)-1].Cursor); err != nil {
			return err
		}
		return journal(ctx, tx, t.notes...)
	})
	if err != nil {
		return nil, err
	}
	return taken, nil
}

// eventTake is one transaction over some events of a channel.
type eventTake struct {
	tx      *sql.Tx
	channel string
	at      time.Time
	notes   []note
}

// heard keeps how far the channel was heard; an event without a cursor leaves it.
func (t *eventTake) heard(ctx context.Context, cursor string) error {
	if cursor == "" {
		return nil
	}
	_, err := t.tx.ExecContext(ctx, `INSERT INTO channel_cursor (channel, cursor) VALUES (?, ?)
		ON CONFLICT (channel) DO UPDATE SET cursor = excluded.cursor`, t.channel, cursor)
	return err
}

// take keeps one event with what follows from it; false says that it was kept
// before, and nothing follows again.
func (t *eventTake) take(ctx context.Context, e *engine.TakenEvent) (bool, error) {
	fresh, err := t.insert(ctx, e)
	if err != nil || !fresh {
		return false, err
	}
	for _, step := range []func(context.Context, *engine.TakenEvent) error{t.mark, t.prove, t.bounce, t.restart, t.tell, t.learn, t.ask, t.askWhose} {
		if err := step(ctx, e); err != nil {
			return false, err
		}
	}
	return true, nil
}

func (t *eventTake) insert(ctx context.Context, e *engine.TakenEvent) (bool, error) {
	result, err := t.tx.ExecContext(ctx, `INSERT INTO channel_event (channel, hash, cursor, delivery_id, kind, at, address, subject, detail, text,
		code, day, state, why) VALUES (`+placeholders(14)+`) ON CONFLICT (channel, hash) DO NOTHING`,
		t.channel, e.Hash, e.Cursor, nullID(e.Delivery), string(e.Kind), instant(e.At), e.Address, e.Subject, e.Detail, e.Text,
		e.Code, int64(e.Day), string(e.State), e.Why)
	if err != nil {
		return false, err
	}
	n, err := result.RowsAffected()
	return n == 1, err
}

// nullID writes the id of a row that may be missing.
func nullID(id int64) any {
	if id == 0 {
		return nil
	}
	return id
}

// mark notes on the message what its channel told last. Events may come out of
// their order.
func (t *eventTake) mark(ctx context.Context, e *engine.TakenEvent) error {
	if e.Delivery == 0 {
		return nil
	}
	_, err := t.tx.ExecContext(ctx, `UPDATE delivery SET last_event = ?, last_event_at = ? WHERE id = ? AND last_event_at <= ?`,
		string(e.Kind), instant(e.At), e.Delivery, instant(e.At))
	return err
}

// prove settles a message of unknown fate: an event shows that it left.
func (t *eventTake) prove(ctx context.Context, e *engine.TakenEvent) error {
	if !e.Proves || e.Delivery == 0 {
		return nil
	}
	d, err := findDelivery(ctx, t.tx, e.Delivery)
	if err != nil || d.State != outbox.Uncertain && (d.State != outbox.Retry || d.Reason != sequence.ReasonUncertain) {
		return err
	}
	d.Reason, d.Detail = "", provenBy(e.Kind)
	if err := d.shift(ctx, t.tx, outbox.Accepted, t.at); err != nil {
		return err
	}
	t.notes = append(t.notes, deliveryNote(d.Delivery, "channel "+t.channel, t.at))
	return d.accept(ctx, t.tx, d.Day)
}

// tell keeps the facts.
func (t *eventTake) tell(ctx context.Context, e *engine.TakenEvent) error {
	for _, f := range e.Facts {
		if _, err := addFact(ctx, t.tx, f); err != nil {
			return err
		}
	}
	return nil
}

// restart ends the stops of an address that came by a keyword, whoever's it is.
func (t *eventTake) restart(ctx context.Context, e *engine.TakenEvent) error {
	if !e.Restart {
		return nil
	}
	rows, err := t.tx.QueryContext(ctx, factFrom+`WHERE f.address <> '' AND f.address = ? AND f.kind = ? AND f.over_on IS NULL
		AND f.key LIKE 'event:%:stop/%' ORDER BY f.id`, e.Address, string(intake.DoNotContact))
	var stops []intake.Fact
	err = each(rows, err, func(rows *sql.Rows) error {
		f, err := scanFact(rows)
		if f.Channel == e.Medium {
			stops = append(stops, f.Fact)
		}
		return err
	})
	if err != nil {
		return err
	}
	for _, f := range stops {
		end := intake.Fact{
			Kind: intake.End, Account: f.Account, Ref: f.ID, Code: intake.Withdrawn, Text: e.Text, By: "reply by " + e.Address, On: max(e.Today, f.On), At: e.At,
		}
		if _, err := addFact(ctx, t.tx, end); err != nil {
			return err
		}
	}
	return nil
}

// learn keeps what the contact did, at the hour of its customer's zone.
func (t *eventTake) learn(ctx context.Context, e *engine.TakenEvent) error {
	if e.Habit == "" || e.Address == "" {
		return nil
	}
	co, err := findCompany(ctx, t.tx, e.Account.Source, e.Account.Company)
	if err != nil {
		return err
	}
	loc, err := zoneOf(ctx, t.tx, co, e.Account.Customer)
	if err != nil {
		return err
	}
	return addContactEvent(ctx, t.tx, engine.ContactEvent{
		Address: e.Address, Medium: e.Medium, Kind: e.Habit, At: e.At, Hour: e.At.In(loc).Hour(),
	})
}

// ask gives the tasks to people, each once for its key.
func (t *eventTake) ask(ctx context.Context, e *engine.TakenEvent) error {
	if len(e.Tasks) == 0 {
		return nil
	}
	co, err := findCompany(ctx, t.tx, e.Account.Source, e.Account.Company)
	if err != nil {
		return err
	}
	party, err := partyOf(ctx, t.tx, co, e.Account.Customer)
	if err != nil {
		return err
	}
	c := commit{tx: t.tx}
	move := engine.Move{Mode: e.Mode, Case: sequence.Case{Party: party, Today: e.Today, Now: t.at}}
	for i := range e.Tasks {
		if err := c.openTask(ctx, co, &move, &e.Tasks[i]); err != nil {
			return err
		}
	}
	t.notes = append(t.notes, c.notes...)
	return nil
}

// partyOf returns the party that pays for a customer.
func partyOf(ctx context.Context, tx *sql.Tx, co company, id ar.CustomerID) (ar.PartyID, error) {
	payer := id
	err := tx.QueryRowContext(ctx, `SELECT payer FROM customer WHERE company_no = ? AND id = ?`, co.no, string(id)).Scan(&payer)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil // gone from the ERP: it is its own
	}
	return co.party(payer), err
}
