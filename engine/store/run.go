package store

import (
	"context"
	"database/sql"
	"time"

	"holdfast/engine/ar"
	"holdfast/engine/outbox"
)

// Run is what one cycle of one company did.
type Run struct {
	ID        int64        `json:"id"`
	Source    ar.Source    `json:"source"`
	Company   ar.CompanyID `json:"company"`
	Mode      outbox.Mode  `json:"mode"`
	Day       ar.Day       `json:"day"`
	StartedAt time.Time    `json:"started_at"`
	EndedAt   time.Time    `json:"ended_at"`
	Parties   int          `json:"parties"` // decided
	Messages  int          `json:"messages"`
	Tasks     int          `json:"tasks"`
	Holds     int          `json:"holds"`
	Releases  int          `json:"releases"`
	Failure   string       `json:"failure,omitempty"` // empty where it went through
}

// RecordRun keeps what a cycle did.
func (s *Store) RecordRun(ctx context.Context, r Run) error {
	return s.write(ctx, "record a run", func(tx *sql.Tx) error {
		c, err := ensureCompany(ctx, tx, r.Source, r.Company)
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO run (company_no, mode, day, started_at, ended_at, parties, messages, tasks, holds,
			releases, failure) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, c.no, string(r.Mode), int64(r.Day), instant(r.StartedAt),
			instant(r.EndedAt), r.Parties, r.Messages, r.Tasks, r.Holds, r.Releases, r.Failure)
		if err != nil {
			return err
		}
		return journal(ctx, tx, note{at: r.EndedAt, actor: "cycle", kind: "run.finished",
			subject: string(r.Source) + "/" + string(r.Company), body: r})
	})
}

// Runs returns the last n runs of a company, the newest first.
func (s *Store) Runs(ctx context.Context, source ar.Source, id ar.CompanyID, n int) ([]Run, error) {
	rows, err := s.r.QueryContext(ctx, `SELECT r.id, r.mode, r.day, r.started_at, r.ended_at, r.parties, r.messages, r.tasks, r.holds,
		r.releases, r.failure FROM run r JOIN company c ON c.no = r.company_no
		WHERE c.source = ? AND c.id = ? ORDER BY r.id DESC LIMIT ?`, string(source), string(id), n)
	var list []Run
	err = each(rows, err, func(rows *sql.Rows) error {
		r := Run{Source: source, Company: id}
		var started, ended int64
		err := rows.Scan(&r.ID, &r.Mode, (*int32)(&r.Day), &started, &ended, &r.Parties, &r.Messages, &r.Tasks, &r.Holds, &r.Releases, &r.Failure)
		r.StartedAt, r.EndedAt = fromInstant(started), fromInstant(ended)
		list = append(list, r)
		return err
	})
	return list, wrap("list runs", err)
}
