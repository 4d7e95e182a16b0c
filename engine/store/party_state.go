package store

import (
	"context"
	"database/sql"
	"errors"

	"holdfast/engine/ar"
	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
)

// laneRow is one party in one lane.
type laneRow struct {
	no      int64
	mode    outbox.Mode
	payer   ar.CustomerID
	found   bool
	version int64
	book    string
	state   string
}

// findLane reads a party's row; found is false where it has none.
func findLane(ctx context.Context, tx *sql.Tx, no int64, mode outbox.Mode, payer ar.CustomerID) (laneRow, error) {
	row := laneRow{no: no, mode: mode, payer: payer}
	err := tx.QueryRowContext(ctx, `SELECT version, book, state FROM party_state WHERE company_no = ? AND mode = ? AND payer = ?`,
		no, string(mode), string(payer)).Scan(&row.version, &row.book, &row.state)
	if errors.Is(err, sql.ErrNoRows) {
		return row, nil
	}
	row.found = err == nil
	return row, err
}

// matches reports whether nothing changed since a case of that version was
// read. A negative version is of a case read before its lane was opened: it
// counts the company's reads.
func (r laneRow) matches(version, reads int64) bool {
	if version < 0 {
		return version == -reads-1 && r.version == 0
	}
	return r.found && r.version == version
}

// put writes what a decision leaves of a party. The book, which has an index, is
// left alone where it is the same.
func (r laneRow) put(ctx context.Context, tx *sql.Tx, state sequence.State, next any, book string) error {
	text, err := asJSON(state)
	if err != nil {
		return err
	}
	if !r.found {
		if err := touchLane(ctx, tx, r.no, r.mode, r.payer); err != nil {
			return err
		}
	}
	set, args := `version = version + 1, next_on = ?, running = ?, state = ?`, []any{next, running(state), text}
	if book != r.book {
		set, args = set+`, book = ?`, append(args, book)
	}
	_, err = tx.ExecContext(ctx, `UPDATE party_state SET `+set+` WHERE company_no = ? AND mode = ? AND payer = ?`,
		append(args, r.no, string(r.mode), string(r.payer))...)
	return err
}

// running counts what a state still moves: positions and raised tasks.
func running(state sequence.State) int {
	n := len(state.Raised)
	for _, p := range state.Positions {
		if p.Ended == "" {
			n++
		}
	}
	return n
}

// markDone puts steps behind their subjects and makes the party due.
func markDone(ctx context.Context, tx *sql.Tx, row laneRow, occasions []sequence.Occasion, on ar.Day, how sequence.How) error {
	if len(occasions) == 0 {
		return touchLane(ctx, tx, row.no, row.mode, row.payer)
	}
	return changeState(ctx, tx, row, func(s *sequence.State) { s.MarkDone(occasions, on, how, 0) })
}

// changeState changes what a party remembers and makes it due.
func changeState(ctx context.Context, tx *sql.Tx, row laneRow, change func(*sequence.State)) error {
	row, err := findLane(ctx, tx, row.no, row.mode, row.payer)
	if err != nil {
		return err
	}
	var state sequence.State
	if err := fromJSON(row.state, &state); err != nil {
		return err
	}
	change(&state)
	text, err := asJSON(state)
	if err != nil {
		return err
	}
	if !row.found || text == row.state {
		return touchLane(ctx, tx, row.no, row.mode, row.payer)
	}
	quiet, n := quietUnlessRunning, running(state)
	if n > 0 {
		quiet = "0"
	}
	_, err = tx.ExecContext(ctx, `UPDATE party_state SET version = version + 1, next_on = 0, state = ?, running = ?, quiet = `+quiet+`
		WHERE company_no = ? AND mode = ? AND payer = ?`, text, n, row.no, string(row.mode), string(row.payer))
	return err
}
