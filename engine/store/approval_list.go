package store

import (
	"context"
	"database/sql"
	"errors"
	"slices"

	"holdfast/engine/ar"
	"holdfast/engine/outbox"
)

// KeepApprovals remembers what waits for a yes on a day, so that a later day can
// say what is new, changed or gone. Whatever was on the day's list at any time
// stays on it; handing the same list in again writes nothing.
//
// The list is kept as it was, and not worked out from the journal later: the
// journal tells when a thing was asked and settled by the wall clock, which a
// day that is played at another time does not have, and the ledger behind an
// amount has moved on by then.
func (s *Store) KeepApprovals(ctx context.Context, source ar.Source, id ar.CompanyID, mode outbox.Mode, day ar.Day, list []outbox.Approval) error {
	const op = "keep the day's list of approvals"
	co, err := findCompany(ctx, s.r, source, id)
	if err != nil {
		return wrap(op, err)
	}
	_, before, text, err := listOf(ctx, s.r, co.no, mode, day, day)
	if err != nil {
		return wrap(op, err)
	}
	for _, a := range list {
		if i := slices.IndexFunc(before, func(b outbox.Approval) bool { return b.Ref == a.Ref }); i >= 0 {
			before[i] = a
		} else {
			before = append(before, a)
		}
	}
	if before == nil {
		before = []outbox.Approval{} // an empty list is one too
	}
	now, err := asJSON(before)
	if err != nil || now == text {
		return wrap(op, err)
	}
	return s.write(ctx, op, func(tx *sql.Tx) error {
		co, err := ensureCompany(ctx, tx, source, id)
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO approval_list (company_no, mode, day, list) VALUES (?, ?, ?, ?)
			ON CONFLICT (company_no, mode, day) DO UPDATE SET list = excluded.list`, co.no, string(mode), int64(day), now)
		return err
	})
}

// ApprovalsOn returns the newest list that was kept on or before a day, and its
// day; zero where there is none.
func (s *Store) ApprovalsOn(ctx context.Context, source ar.Source, id ar.CompanyID, mode outbox.Mode, day ar.Day) (ar.Day, []outbox.Approval, error) {
	const op = "read an earlier list of approvals"
	co, err := findCompany(ctx, s.r, source, id)
	if err != nil {
		return 0, nil, wrap(op, err)
	}
	on, list, _, err := listOf(ctx, s.r, co.no, mode, 0, day)
	return on, list, wrap(op, err)
}

// listOf reads the newest list between two days, with its text.
func listOf(ctx context.Context, q querier, no int64, mode outbox.Mode, from, to ar.Day) (on ar.Day, list []outbox.Approval, text string, err error) {
	err = q.QueryRowContext(ctx, `SELECT day, list FROM approval_list WHERE company_no = ? AND mode = ? AND day BETWEEN ? AND ?
		ORDER BY day DESC LIMIT 1`, no, string(mode), int64(from), int64(to)).Scan((*int32)(&on), &text)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil, "", nil
	}
	if err == nil {
		err = fromJSON(text, &list)
	}
	return on, list, text, err
}
