package store

import (
	"context"
	"database/sql"
	"time"
)

// SequenceVersion is a sequence file as it once was. Subjects that entered under
// it stay with it.
type SequenceVersion struct {
	Name   string
	Hash   string
	Source []byte
}

// KeepSequence keeps a version of a sequence file; one that is known already is
// left as it is.
func (s *Store) KeepSequence(ctx context.Context, name, hash string, source []byte, at time.Time) error {
	return s.write(ctx, "keep a sequence version", func(tx *sql.Tx) error {
		result, err := tx.ExecContext(ctx, `INSERT INTO sequence_version (hash, name, source, kept_at) VALUES (?, ?, ?, ?)
			ON CONFLICT DO NOTHING`, hash, name, string(source), instant(at))
		if err != nil {
			return err
		}
		if n, err := result.RowsAffected(); err != nil || n == 0 {
			return err
		}
		return journal(ctx, tx, note{at: at, actor: "cycle", kind: "sequence.kept", subject: name, body: map[string]string{"hash": hash}})
	})
}

// Sequences returns every version that was ever kept, in the order of name and
// hash.
func (s *Store) Sequences(ctx context.Context) ([]SequenceVersion, error) {
	rows, err := s.r.QueryContext(ctx, `SELECT name, hash, source FROM sequence_version ORDER BY name, hash`)
	var list []SequenceVersion
	err = each(rows, err, func(rows *sql.Rows) error {
		var v SequenceVersion
		err := rows.Scan(&v.Name, &v.Hash, &v.Source)
		list = append(list, v)
		return err
	})
	return list, wrap("list sequence versions", err)
}
