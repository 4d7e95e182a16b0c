package record

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"holdfast/engine/failpoint"
	"holdfast/plugins/sdk"
)

// Send calls deliver unless the key was sent before, and keeps what became of
// it before it returns. What was accepted or refused under the key is answered
// as it was. A key whose fate is unknown is Uncertain, or goes again where the
// channel is repeatable. deliver must answer Retry only where nothing left.
func (r *Record) Send(ctx context.Context, key string, deliver func() sdk.Sent) (sdk.Sent, error) {
	if !r.takeOff(key) {
		return sdk.Sent{State: sdk.Uncertain, Detail: "the same key is being sent at this moment"}, nil
	}
	defer r.land(key)
	quick := context.WithoutCancel(ctx)
	known, again, err := r.intend(quick, key)
	if err != nil {
		// Nothing was tried: the record is what keeps a message from going twice.
		return sdk.Sent{State: sdk.Retry, Detail: "the record of what was sent cannot be written: " + err.Error()}, nil
	}
	if known != nil {
		return *known, nil
	}
	failpoint.Here(failpoint.Intended)
	sent := deliver()
	failpoint.Here(failpoint.Delivered)
	if again && sent.State != sdk.Accepted {
		return sent, nil // what was not known of the time before still is not
	}
	sent, err = r.conclude(quick, key, sent)
	if err != nil {
		sent.Detail += fmt.Sprintf("; this could not be recorded: %v", err)
	}
	failpoint.Here(failpoint.Recorded)
	return sent, nil
}

// conclude keeps what deliver has answered. Where somebody else has learnt
// meanwhile that the provider has the message, such as by a webhook, that stands:
// an answer that was lost says nothing against it.
func (r *Record) conclude(ctx context.Context, key string, sent sdk.Sent) (sdk.Sent, error) {
	if sent.State == sdk.Retry || sent.State == sdk.Uncertain {
		known, _, err := r.find(ctx, key)
		if err == nil && known.State == sdk.Accepted {
			return known, nil
		}
	}
	return sent, r.settle(ctx, key, sent)
}

func (r *Record) takeOff(key string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.flying[key] {
		return false
	}
	r.flying[key] = true
	return true
}

func (r *Record) land(key string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.flying, key)
}

// intend notes that a key is about to leave. known is what is to be answered
// instead; nil: it may leave. again says that it may have left before.
func (r *Record) intend(ctx context.Context, key string) (known *sdk.Sent, again bool, err error) {
	done, err := r.insert.ExecContext(ctx, key, int(sdk.Uncertain), "it was being handed over when the channel ended", time.Now().UnixNano())
	if err != nil {
		return nil, false, err
	}
	if n, err := done.RowsAffected(); err != nil || n == 1 {
		return nil, false, err
	}
	earlier, _, err := r.find(ctx, key)
	if err != nil || earlier.State == sdk.Uncertain && r.opts.Repeatable {
		return nil, true, err
	}
	return &earlier, true, nil
}

// settle keeps an outcome. Retry frees the key: nothing left.
func (r *Record) settle(ctx context.Context, key string, s sdk.Sent) error {
	if s.State == sdk.Retry {
		_, err := r.db.ExecContext(ctx, `DELETE FROM outcome WHERE key = ?`, key)
		return err
	}
	_, err := r.update.ExecContext(ctx, int(s.State), s.ProviderID, s.Detail, time.Now().UnixNano(), key)
	return err
}

// Settle keeps what became of a key later on, such as when the provider tells
// it.
func (r *Record) Settle(ctx context.Context, key string, s sdk.Sent) error {
	return r.settle(ctx, key, s)
}

func (r *Record) find(ctx context.Context, key string) (s sdk.Sent, found bool, err error) {
	var state int
	err = r.db.QueryRowContext(ctx, `SELECT state, provider_id, detail FROM outcome WHERE key = ?`, key).Scan(&state, &s.ProviderID, &s.Detail)
	if errors.Is(err, sql.ErrNoRows) {
		return s, false, nil
	}
	s.State = sdk.State(state)
	return s, err == nil, err
}

// Lookup says what became of a key. One that is not known, and was handed over
// after the record began, never left: Retry.
func (r *Record) Lookup(ctx context.Context, key string, handed time.Time) (sdk.Sent, error) {
	s, found, err := r.find(ctx, key)
	switch {
	case err != nil || found:
		return s, err
	case handed.Before(r.began):
		return sdk.Sent{State: sdk.Uncertain, Detail: "the record of what was sent begins later"}, nil
	}
	return sdk.Sent{State: sdk.Retry, Detail: "it never left: the channel was not given it"}, nil
}

// KeyOf returns the key of what the provider calls id, empty where it is not
// known.
func (r *Record) KeyOf(ctx context.Context, id string) (string, error) {
	var key string
	err := r.db.QueryRowContext(ctx, `SELECT key FROM outcome WHERE provider_id = ? AND provider_id <> ''`, id).Scan(&key)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return key, err
}

// Accepted passes the keys and provider's ids that were accepted since an
// instant, oldest first: those whose further fate a channel may want to ask for.
func (r *Record) Accepted(ctx context.Context, since time.Time, pass func(key, providerID string) error) error {
	rows, err := r.db.QueryContext(ctx, `SELECT key, provider_id FROM outcome WHERE state = ? AND at >= ? AND provider_id <> '' ORDER BY at`,
		int(sdk.Accepted), since.UnixNano())
	if err != nil {
		return err
	}
	type sent struct{ key, id string }
	var list []sent
	for rows.Next() {
		var s sent
		if err := rows.Scan(&s.key, &s.id); err != nil {
			return errors.Join(err, rows.Close())
		}
		list = append(list, s)
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return err
	}
	for _, s := range list {
		if err := pass(s.key, s.id); err != nil {
			return err
		}
	}
	return nil
}
