package store

import (
	"context"
	"database/sql"

	"holdfast/engine/ar"
	"holdfast/engine/outbox"
)

// Volume is how many messages of a company leave, day by day.
type Volume struct {
	Ready   int // rendered, for whichever day
	Today   int // accepted of the day's
	Largest int // the most accepted on one of the last ten days before it that had any; 0: there is none
}

// Each is answered by the index delivery_by_day; the last one stops after ten
// days.
const (
	countReady = `SELECT COUNT(*) FROM delivery WHERE company_no = ? AND mode = ? AND state = ?`
	countToday = `SELECT COUNT(*) FROM delivery WHERE company_no = ? AND mode = ? AND state = ? AND day = ?`
	largestDay = `SELECT COALESCE(MAX(n), 0) FROM (SELECT COUNT(*) AS n FROM delivery
		WHERE company_no = ? AND mode = ? AND state = ? AND day < ? GROUP BY day ORDER BY day DESC LIMIT 10)`
)

// Volume counts the messages of a company in a mode, as of a day. Where none is
// ready it looks no further.
func (s *Store) Volume(ctx context.Context, source ar.Source, id ar.CompanyID, mode outbox.Mode, day ar.Day) (Volume, error) {
	var v Volume
	err := s.read(ctx, "count messages by day", func(tx *sql.Tx) error {
		c, err := findCompany(ctx, tx, source, id)
		if err != nil {
			return err
		}
		err = tx.QueryRowContext(ctx, countReady, c.no, string(mode), string(outbox.Rendered)).Scan(&v.Ready)
		if err != nil || v.Ready == 0 {
			return err
		}
		accepted := []any{c.no, string(mode), string(outbox.Accepted), int64(day)}
		if err := tx.QueryRowContext(ctx, countToday, accepted...).Scan(&v.Today); err != nil {
			return err
		}
		return tx.QueryRowContext(ctx, largestDay, accepted...).Scan(&v.Largest)
	})
	return v, err
}
