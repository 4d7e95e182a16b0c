package store

import (
	"context"

	"holdfast/engine/ar"
	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
)

// HoldOccasions returns the steps that a hold entry does.
func (s *Store) HoldOccasions(ctx context.Context, id int64) ([]sequence.Occasion, error) {
	h, err := findHold(ctx, s.r, id)
	return h.occasions, wrap("read a hold entry", err)
}

// NewHolds counts the holds that decisions placed or shadowed on a day, with
// those still to be written.
func (s *Store) NewHolds(ctx context.Context, source ar.Source, company ar.CompanyID, mode outbox.Mode, day ar.Day) (int, error) {
	var n int
	err := s.r.QueryRowContext(ctx, `SELECT COUNT(*) FROM hold_journal h JOIN company c ON c.no = h.company_no
		WHERE c.source = ? AND c.id = ? AND h.mode = ? AND (h.placed_on = ? OR h.state IN (?, ?)) AND h.proposer NOT LIKE ?`,
		string(source), string(company), string(mode), int64(day), string(ar.EntryPlanned), string(ar.EntryPlacing),
		ar.ProposedBy("%")).Scan(&n)
	return n, wrap("count new holds", err)
}
