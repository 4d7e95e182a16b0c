package store

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
	"time"

	"holdfast/engine"
	"holdfast/engine/fault"
	"holdfast/engine/sequence"
)

// habitDays is for how many days an event counts towards a habit.
const habitDays = 180

// AddContactEvent keeps what a contact did with a message, to learn from. It
// returns fault.Invalid without an address or with an hour that is none.
func (s *Store) AddContactEvent(ctx context.Context, e engine.ContactEvent) error {
	return s.write(ctx, "keep a contact event", func(tx *sql.Tx) error { return addContactEvent(ctx, tx, e) })
}

func addContactEvent(ctx context.Context, tx *sql.Tx, e engine.ContactEvent) error {
	if e.Address == "" || e.Hour < 0 || e.Hour > 23 {
		return fault.New(fault.Invalid, "a contact event needs an address and an hour from 0 to 23, not %q at %d", e.Address, e.Hour)
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO contact_event (address, medium, kind, at, hour) VALUES (?, ?, ?, ?, ?)`,
		e.Address, e.Medium, string(e.Kind), instant(e.At), int64(e.Hour))
	return err
}

// heard is how often one address was heard of by one medium at one hour.
type heard struct {
	address, medium string
	hour, events    int
}

const eventsOf = `SELECT address, medium, hour, COUNT(*) FROM contact_event WHERE at > ? AND at <= ? AND address IN (`

// readHabits learns how each address of the batch answers.
func (b *caseBatch) readHabits(ctx context.Context, tx *sql.Tx) error {
	var any bool
	if err := tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM contact_event)`).Scan(&any); err != nil || !any {
		return err
	}
	now := b.sel.Now
	if now.IsZero() {
		now = (b.sel.Today + 1).Time(time.UTC)
	}
	counts := map[string][]heard{}
	err := b.ofAddresses(ctx, tx, eventsOf, `) GROUP BY address, medium, hour`, func(rows *sql.Rows) error {
		var h heard
		err := rows.Scan(&h.address, &h.medium, &h.hour, &h.events)
		counts[h.address] = append(counts[h.address], h)
		return err
	}, instant(now.AddDate(0, 0, -habitDays)), instant(now))
	if err != nil {
		return err
	}
	for address, list := range counts {
		for _, c := range b.owners[address] {
			c.Habits = append(c.Habits, habitOf(list))
		}
	}
	for i := range b.cases {
		slices.SortFunc(b.cases[i].Habits, func(x, y sequence.Habit) int { return cmp.Compare(x.Address, y.Address) })
	}
	return nil
}

// habitOf returns the medium by which an address was heard of most, and its
// most frequent hour. Of equals the first by name, and the earliest hour, count.
func habitOf(list []heard) sequence.Habit {
	slices.SortFunc(list, func(x, y heard) int { return cmp.Or(cmp.Compare(x.medium, y.medium), cmp.Compare(x.hour, y.hour)) })
	best := sequence.Habit{Address: list[0].address}
	for from := 0; from < len(list); {
		h, most, to := sequence.Habit{Address: best.Address, Medium: list[from].medium}, 0, from
		for ; to < len(list) && list[to].medium == h.Medium; to++ {
			h.Events += list[to].events
			if list[to].events > most {
				h.Hour, most = list[to].hour, list[to].events
			}
		}
		if h.Events > best.Events {
			best = h
		}
		from = to
	}
	return best
}

// ofAddresses runs a query on the addresses of the batch, which stand between
// head and rest.
func (b *caseBatch) ofAddresses(ctx context.Context, tx *sql.Tx, head, rest string, f func(*sql.Rows) error, args ...any) error {
	for from := 0; from < len(b.named); from += receiptsAtOnce {
		some := b.named[from:min(from+receiptsAtOnce, len(b.named))]
		rows, err := tx.QueryContext(ctx, head+placeholders(len(some))+rest, append(args[:len(args):len(args)], some...)...)
		if err := each(rows, err, f); err != nil {
			return err
		}
	}
	return nil
}
