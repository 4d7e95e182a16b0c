package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"holdfast/engine/ar"
)

// Keys of the settings that have a method of their own.
const (
	keyStopped  = "stopped"
	keyIdentity = "identity:"
)

// Setting returns what was put under key, "" where nothing was.
func (s *Store) Setting(ctx context.Context, key string) (string, error) {
	value, _, err := s.setting(ctx, key)
	return value, err
}

func (s *Store) setting(ctx context.Context, key string) (value string, at time.Time, err error) {
	var changed int64
	err = s.r.QueryRowContext(ctx, `SELECT value, changed_at FROM setting WHERE key = ?`, key).Scan(&value, &changed)
	if errors.Is(err, sql.ErrNoRows) {
		return "", time.Time{}, nil
	}
	return value, fromInstant(changed), wrap("read the setting "+key, err)
}

// PutSetting keeps value under key.
func (s *Store) PutSetting(ctx context.Context, key, value, by string, at time.Time) error {
	return s.put(ctx, key, value, note{at: at, actor: by, kind: "setting.changed", subject: key, body: map[string]string{"value": value}})
}

func (s *Store) put(ctx context.Context, key, value string, n note) error {
	return s.write(ctx, "write the setting "+key, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO setting (key, value, changed_by, changed_at) VALUES (?, ?, ?, ?)
			ON CONFLICT (key) DO UPDATE SET value = excluded.value, changed_by = excluded.changed_by, changed_at = excluded.changed_at`,
			key, value, n.actor, instant(n.at))
		if err != nil {
			return err
		}
		return journal(ctx, tx, n)
	})
}

// PauseChannel notes that nothing can leave by a channel, and why; empty: that
// it can again. What is so already is not noted again.
func (s *Store) PauseChannel(ctx context.Context, channel, because string, at time.Time) error {
	key := "channel_paused:" + channel
	if now, _, err := s.setting(ctx, key); err != nil || (now == "") == (because == "") {
		return err
	}
	n := note{at: at, actor: "cycle", kind: "channel.paused", subject: channel, body: map[string]string{"reason": because}}
	if because == "" {
		n.kind, n.body = "channel.resumed", nil
	}
	return s.put(ctx, key, because, n)
}

// Stop turns every effect off until Resume.
func (s *Store) Stop(ctx context.Context, reason, by string, at time.Time) error {
	if reason == "" {
		reason = "no reason given"
	}
	return s.put(ctx, keyStopped, reason, note{at: at, actor: by, kind: "stop", subject: "all", body: map[string]string{"reason": reason}})
}

// Resume takes a Stop back.
func (s *Store) Resume(ctx context.Context, by string, at time.Time) error {
	return s.put(ctx, keyStopped, "", note{at: at, actor: by, kind: "resume", subject: "all"})
}

// Stopped says whether effects are turned off, why and since when.
func (s *Store) Stopped(ctx context.Context) (reason string, since time.Time, stopped bool, err error) {
	reason, since, err = s.setting(ctx, keyStopped)
	if reason == "" {
		since = time.Time{}
	}
	return reason, since, reason != "", err
}

// Identity returns which database a source was when it was last known good, ""
// where it was never read.
func (s *Store) Identity(ctx context.Context, source ar.Source) (string, error) {
	return s.Setting(ctx, keyIdentity+string(source))
}

// SetIdentity binds the state to the database that a source is now.
func (s *Store) SetIdentity(ctx context.Context, source ar.Source, id, by string, at time.Time) error {
	return s.put(ctx, keyIdentity+string(source), id, note{at: at, actor: by, kind: "identity.set", subject: string(source),
		body: map[string]string{"identity": id}})
}
