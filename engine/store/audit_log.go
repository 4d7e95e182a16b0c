package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"iter"
	"time"

	"holdfast/engine/audit"
)

// note is one line for the audit journal; Body is written as JSON.
type note struct {
	at      time.Time
	actor   string
	kind    string
	subject string
	body    any
}

// journal appends notes to the audit journal within tx.
func journal(ctx context.Context, tx *sql.Tx, notes ...note) error {
	if len(notes) == 0 {
		return nil
	}
	var c audit.Chain
	err := tx.QueryRowContext(ctx, `SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1`).Scan(&c.Seq, &c.Hash)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	for _, n := range notes {
		body, err := asJSON(n.body)
		if err != nil {
			return err
		}
		e := c.Seal(audit.Entry{At: n.at, Actor: n.actor, Kind: n.kind, Subject: n.subject, Body: json.RawMessage(body)})
		_, err = tx.ExecContext(ctx, `INSERT INTO audit (seq, at, actor, kind, subject, body, prev, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
			e.Seq, e.At.UnixMicro(), e.Actor, e.Kind, e.Subject, body, e.Prev, e.Hash)
		if err != nil {
			return err
		}
	}
	return nil
}

// Audit passes the journal's entries from number from on.
func (s *Store) Audit(ctx context.Context, from int64) iter.Seq2[audit.Entry, error] {
	return func(yield func(audit.Entry, error) bool) {
		rows, err := s.r.QueryContext(ctx,
			`SELECT seq, at, actor, kind, subject, body, prev, hash FROM audit WHERE seq >= ? ORDER BY seq`, from)
		if err != nil {
			yield(audit.Entry{}, wrap("read the audit journal", err))
			return
		}
		defer rows.Close()
		for rows.Next() {
			e, err := scanAudit(rows)
			if !yield(e, wrap("read the audit journal", err)) || err != nil {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(audit.Entry{}, wrap("read the audit journal", err))
		}
	}
}

func scanAudit(rows *sql.Rows) (audit.Entry, error) {
	var e audit.Entry
	var at int64
	var body string
	err := rows.Scan(&e.Seq, &at, &e.Actor, &e.Kind, &e.Subject, &body, &e.Prev, &e.Hash)
	e.At, e.Body = time.UnixMicro(at).UTC(), json.RawMessage(body)
	return e, err
}
