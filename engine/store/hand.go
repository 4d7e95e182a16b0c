package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"holdfast/engine/fault"
	"holdfast/engine/outbox"
)

// Reserve takes at most n deliveries of a channel whose time has come, the
// longest waiting first, with their content.
func (s *Store) Reserve(ctx context.Context, channel string, now time.Time, n int) ([]outbox.Delivery, error) {
	var taken []outbox.Delivery
	err := s.write(ctx, "reserve deliveries of "+channel, func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, deliveryFrom+`WHERE d.state IN (?, ?) AND d.channel = ? AND d.not_before <= ?
			ORDER BY d.not_before, d.id LIMIT ?`, string(outbox.Rendered), string(outbox.Retry), channel, instant(now), n)
		err = each(rows, err, func(rows *sql.Rows) error {
			d, err := scanDelivery(rows)
			taken = append(taken, d.Delivery)
			return err
		})
		if err != nil {
			return err
		}
		for i := range taken {
			d := deliveryRow{Delivery: taken[i]}
			if err := d.shift(ctx, tx, outbox.Reserved, now); err != nil {
				return err
			}
			if d.Content, err = content(ctx, tx, d.ID); err != nil {
				return err
			}
			taken[i] = d.Delivery
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return taken, nil
}

// Hand commits outcomes first, then the intents of reserved deliveries. A
// delivery to be handed that is not reserved any more is fault.Conflict, and
// nothing is committed. An outcome for one that is settled changes nothing.
func (s *Store) Hand(ctx context.Context, ids []int64, outcomes []outbox.Outcome, at time.Time) error {
	return s.write(ctx, "hand deliveries over", func(tx *sql.Tx) error {
		h := hand{tx: tx, companies: map[int64]company{}}
		quick := context.WithoutCancel(ctx) // a context that can end costs a goroutine per statement
		for _, o := range outcomes {
			if err := h.settle(quick, o); err != nil {
				return err
			}
		}
		for _, id := range ids {
			if err := h.handOver(quick, id, at); err != nil {
				return err
			}
		}
		return journal(quick, tx, h.notes...)
	})
}

// hand is one transaction over some deliveries.
type hand struct {
	tx        *sql.Tx
	companies map[int64]company
	notes     []note
}

// movedColumns is what h.moved reads of a delivery whose state was changed.
const movedColumns = `id, company_no, payer, customer_id, mode, key, channel, medium, recipient, purpose, occasions, day, sha, state, reason, detail, last_event`

// moved runs an UPDATE that returns movedColumns, and notes the new state for
// the journal. found is false where the UPDATE had no row to change.
func (h *hand) moved(ctx context.Context, at time.Time, update string, args ...any) (d deliveryRow, found bool, err error) {
	var occasions string
	err = h.tx.QueryRowContext(ctx, update, args...).Scan(&d.ID, &d.no, &d.Party.Payer, &d.Account.Customer, &d.Mode, &d.Key, &d.Channel,
		&d.Medium, &d.Recipient, &d.Purpose, &occasions, (*int32)(&d.Day), &d.SHA, &d.State, &d.Reason, &d.Detail, &d.LastEvent)
	if errors.Is(err, sql.ErrNoRows) {
		return d, false, nil
	}
	if err != nil {
		return d, false, err
	}
	co, err := h.company(ctx, d.no)
	if err != nil {
		return d, false, err
	}
	d.Party, d.Account = co.party(d.Party.Payer), co.account(d.Account.Customer)
	h.notes = append(h.notes, deliveryNote(d.Delivery, "cycle", at))
	return d, true, fromJSON(occasions, &d.Occasions)
}

// company returns a company by its number.
func (h *hand) company(ctx context.Context, no int64) (company, error) {
	if c, known := h.companies[no]; known {
		return c, nil
	}
	c, err := scanCompany(h.tx.QueryRowContext(ctx, `SELECT `+companyColumns+` FROM company WHERE no = ?`, no))
	h.companies[no] = c
	return c, err
}

// handOver commits the intent to hand one delivery over. What waits for a yes
// leaves only with all of its yeses to these very bytes, counted here.
func (h *hand) handOver(ctx context.Context, id int64, at time.Time) error {
	_, found, err := h.moved(ctx, at, `UPDATE delivery SET state = ?, attempts = attempts + 1, changed_at = ?
		WHERE id = ? AND state = ? AND NOT EXISTS (SELECT 1 FROM approval a WHERE a.kind = 'm' AND a.item = delivery.id
			AND a.needs > (SELECT COUNT(*) FROM approval_word w WHERE w.kind = 'm' AND w.item = delivery.id AND w.sha = delivery.sha AND w.yes = 1))
		RETURNING `+movedColumns, string(outbox.Handed), instant(at), id, string(outbox.Reserved))
	if err != nil || found {
		return err
	}
	d, err := findDelivery(ctx, h.tx, id)
	if err != nil {
		return err
	}
	if d.State == outbox.Reserved {
		return fault.New(fault.Denied, "delivery %d has not all of the yeses that it needs", id).WithCure(`see "holdfast approve list"`)
	}
	return fault.New(fault.Conflict, "delivery %d is %s and not reserved", id, d.State)
}

// settle commits what became of one delivery.
func (h *hand) settle(ctx context.Context, o outbox.Outcome) error {
	o, err := h.proven(ctx, o)
	if err != nil {
		return err
	}
	d, found, err := h.moved(ctx, o.At, `UPDATE delivery SET state = ?, reason = ?, detail = ?, changed_at = ?,
		not_before = CASE WHEN ?1 = ? THEN ? ELSE not_before END, provider_id = COALESCE(NULLIF(?, ''), provider_id)
		WHERE id = ? AND state NOT IN (?, ?, ?) RETURNING `+movedColumns,
		string(o.State), string(o.Reason), o.Detail, instant(o.At), string(outbox.Retry), instant(o.RetryAt), o.ProviderID,
		o.ID, string(outbox.Accepted), string(outbox.Refused), string(outbox.Superseded))
	if err != nil {
		return err
	}
	if !found {
		_, err := findDelivery(ctx, h.tx, o.ID) // there is one, and it is settled
		return err
	}
	switch o.State {
	case outbox.Rendered: // it was only reserved, and nothing happened to it: no line in the journal
		h.notes = h.notes[:len(h.notes)-1]
	case outbox.Accepted:
		day := o.Day
		if day == 0 {
			day = d.Day
		}
		if err := d.accept(ctx, h.tx, day); err != nil {
			return err
		}
		return h.cameBack(ctx, &d, day, o.At)
	case outbox.Refused:
		if err := d.refuse(ctx, h.tx, d.Day); err != nil {
			return err
		}
		return d.free(ctx, h.tx)
	case outbox.Superseded:
		return d.free(ctx, h.tx)
	case outbox.Uncertain:
		return touchLane(ctx, h.tx, d.no, d.Mode, d.Party.Payer)
	}
	return nil
}
