package store

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"

	"holdfast/engine"
	"holdfast/engine/ar"
	"holdfast/engine/outbox"
)

var _ engine.EventStore = (*Store)(nil)

// EventCursor returns how far a channel was heard, "" at the beginning.
func (s *Store) EventCursor(ctx context.Context, channel string) (string, error) {
	var cursor string
	err := s.r.QueryRowContext(ctx, `SELECT cursor FROM channel_cursor WHERE channel = ?`, channel).Scan(&cursor)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return cursor, wrap("read how far channel "+channel+" was heard", err)
}

// MatchEvent finds whether an event was taken before, and the message that it is
// about. A tag names a message of any channel: people answer a letter by mail.
func (s *Store) MatchEvent(ctx context.Context, channel, hash string, e outbox.Event) (engine.EventMatch, error) {
	var m engine.EventMatch
	err := s.read(ctx, "match an event of channel "+channel, func(tx *sql.Tx) error {
		err := tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM channel_event WHERE channel = ? AND hash = ?)`, channel, hash).Scan(&m.Known)
		if err != nil {
			return err
		}
		m.Delivery, err = eventDelivery(ctx, tx, channel, e)
		return err
	})
	return m, err
}

// newest prefers, of several deliveries, one that may have left, then one in mode
// live, then the latest.
const newest = ` ORDER BY d.state = 'superseded', d.mode <> 'live', d.id DESC LIMIT 1`

// The ways in which an event finds its message, each by an index alone.
const (
	sentByKey      = deliveryFrom + `WHERE d.key = ? AND d.channel = ?` + newest
	sentByTag      = deliveryFrom + `WHERE d.tag <> '' AND d.tag = ?` + newest
	sentByProvider = deliveryFrom + `WHERE d.provider_id <> '' AND d.provider_id = ? AND d.channel = ?` + newest
	sentLastTo     = deliveryFrom + `WHERE c.source = ? AND c.id = ? AND d.company_no = c.no AND d.payer = ?
		AND d.mode = ? AND d.state = ? AND d.channel = ? AND d.recipient = ? AND d.changed_at >= ? ORDER BY d.id DESC LIMIT 1`
)

// eventDelivery finds a message by its key, its tag or the provider's name for
// it, in this order; the ID is 0 where there is none.
func eventDelivery(ctx context.Context, tx *sql.Tx, channel string, e outbox.Event) (outbox.Delivery, error) {
	for _, way := range []struct {
		name, query string
		args        []any
	}{
		{string(e.Key), sentByKey, []any{string(e.Key), channel}},
		{e.Tag, sentByTag, []any{strings.ToUpper(e.Tag)}},
		{e.ProviderID, sentByProvider, []any{e.ProviderID, channel}},
	} {
		if way.name == "" {
			continue
		}
		d, err := scanDelivery(tx.QueryRowContext(ctx, way.query, way.args...))
		if !errors.Is(err, sql.ErrNoRows) {
			return d.Delivery, err
		}
	}
	return outbox.Delivery{}, nil
}

// LastTo returns the last message that a channel took for an address of a party
// since an instant, in mode live; its ID is 0 where there was none.
func (s *Store) LastTo(ctx context.Context, party ar.PartyID, channel, address string, since time.Time) (outbox.Delivery, error) {
	d, err := scanDelivery(s.r.QueryRowContext(ctx, sentLastTo,
		string(party.Source), string(party.Company), string(party.Payer), string(outbox.Live), string(outbox.Accepted), channel, address, instant(since)))
	if errors.Is(err, sql.ErrNoRows) {
		return outbox.Delivery{}, nil
	}
	return d.Delivery, wrap("find the last message to an address", err)
}

// SoftBounces counts how often an address was said to take nothing since an
// instant, and since it last took anything.
func (s *Store) SoftBounces(ctx context.Context, address string, since time.Time) (int, error) {
	n := 0
	err := s.r.QueryRowContext(ctx, `SELECT COUNT(*) FROM channel_event WHERE address = ?1 AND at >= ?2 AND kind = ?3
		AND at > COALESCE((SELECT MAX(at) FROM channel_event WHERE address = ?1 AND kind IN (?4, ?5, ?6, ?7)), 0)`, address, instant(since),
		string(outbox.BouncedSoft), string(outbox.Delivered), string(outbox.Opened), string(outbox.Clicked), string(outbox.Replied)).Scan(&n)
	return n, wrap("count the soft bounces of an address", err)
}
