package store

import (
	"context"

	"holdfast/engine/ar"
	"holdfast/engine/outbox"
)

// Volume is how many messages of a company leave, day by day.
type Volume struct {
	Ready   int // rendered, for whichever day
	Today   int // accepted of the day's
	Largest int // the most accepted on one of the last ten days before it that had any; 0: there is none
}

// Volume counts the messages of a company in a mode, as of a day.
func (s *Store) Volume(ctx context.Context, source ar.Source, company ar.CompanyID, mode outbox.Mode, day ar.Day) (Volume, error) {
	var v Volume
	err := s.r.QueryRowContext(ctx, `WITH mine AS (SELECT d.state, d.day FROM delivery d JOIN company c ON c.no = d.company_no
			WHERE c.source = ? AND c.id = ? AND d.mode = ? AND d.state IN (?, ?)),
		days AS (SELECT COUNT(*) AS n FROM mine WHERE state = ? AND day < ? GROUP BY day ORDER BY day DESC LIMIT 10)
		SELECT (SELECT COUNT(*) FROM mine WHERE state = ?), (SELECT COUNT(*) FROM mine WHERE state = ? AND day = ?),
			(SELECT COALESCE(MAX(n), 0) FROM days)`,
		string(source), string(company), string(mode), string(outbox.Rendered), string(outbox.Accepted),
		string(outbox.Accepted), int64(day), string(outbox.Rendered), string(outbox.Accepted), int64(day)).
		Scan(&v.Ready, &v.Today, &v.Largest)
	return v, wrap("count messages by day", err)
}
