package store

import (
	"context"
	"database/sql"

	"holdfast/engine/ar"
	"holdfast/engine/outbox"
)

// quietNow is 1 for a row of party_state that has nothing to be decided:
// nothing open, flawed, running, held, new or told. Only a change of its records wakes it.
const (
	quietNow           = `CASE WHEN running > 0 OR ` + wakeful + ` THEN 0 ELSE 1 END`
	quietUnlessRunning = `CASE WHEN ` + wakeful + ` THEN 0 ELSE 1 END`
)

// wakeful is true of a row of party_state with something open, flawed or held,
// of a new customer, and of one of whom something was told that is not over or
// that is fresh. How new and how fresh is counted from the company's last read:
// no clock is at hand here, and a day more or less does not matter.
const wakeful = `(EXISTS (SELECT 1 FROM customer c CROSS JOIN document d
		WHERE c.company_no = party_state.company_no AND c.payer = party_state.payer
		AND d.company_no = c.company_no AND d.customer_id = c.id AND d.open <> 0 AND d.voided = 0)
	OR EXISTS (SELECT 1 FROM customer c CROSS JOIN flaw f
		WHERE c.company_no = party_state.company_no AND c.payer = party_state.payer
		AND f.company_no = c.company_no AND f.customer_id = c.id)
	OR EXISTS (SELECT 1 FROM customer c CROSS JOIN hold_journal h
		WHERE c.company_no = party_state.company_no AND c.payer = party_state.payer
		AND h.company_no = c.company_no AND h.mode = party_state.mode AND h.customer_id = c.id AND h.live = 1)
	OR EXISTS (SELECT 1 FROM customer c CROSS JOIN customer_life l
		WHERE c.company_no = party_state.company_no AND c.payer = party_state.payer
		AND l.company_no = c.company_no AND l.customer_id = c.id AND l.seen_on > ` + dayOfRead + ` - 120)
	OR EXISTS (SELECT 1 FROM customer c CROSS JOIN fact f
		WHERE c.company_no = party_state.company_no AND c.payer = party_state.payer
		AND f.company_no = c.company_no AND f.customer_id = c.id
		AND (f.kind IN ('promise', 'plan', 'dispute') AND f.over_on IS NULL
			OR f.kind IN ('event', 'outcome', 'reply') AND f.told_on > ` + dayOfRead + ` - 30)))`

// dayOfRead is the UTC day of the last read of a row of party_state's company.
const dayOfRead = `(SELECT read_at / 86400000000 + 719163 FROM company WHERE no = party_state.company_no)`

// touch makes every party whose records changed due at once, in each lane: its
// version goes up, so that a decision made on the old records conflicts.
func (w *swap) touch(ctx context.Context) error {
	_, err := w.exec(ctx, `INSERT INTO temp.touched_party (payer)
		SELECT DISTINCT c.payer FROM temp.touched_customer t CROSS JOIN customer c
		WHERE c.company_no = ? AND c.id = t.id ON CONFLICT DO NOTHING`, w.company.no)
	if err != nil {
		return err
	}
	err = w.tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM temp.touched_party`).Scan(&w.report.Parties)
	if err != nil {
		return err
	}
	_, err = w.exec(ctx, `INSERT INTO party_state (company_no, mode, payer, version, next_on, book, running, quiet, state)
		SELECT l.company_no, l.mode, t.payer, 0, 0, '', 0, 0, '' FROM lane l CROSS JOIN temp.touched_party t
		WHERE l.company_no = ? ON CONFLICT DO NOTHING`, w.company.no)
	if err != nil {
		return err
	}
	_, err = w.exec(ctx, `UPDATE party_state SET version = version + 1, next_on = 0, quiet = `+quietNow+`
		WHERE company_no = ? AND mode IN (SELECT mode FROM lane WHERE company_no = ?)
		AND payer IN (SELECT payer FROM temp.touched_party)`, w.company.no, w.company.no)
	return err
}

// touchParty is touch for one party, in every lane of its company.
func touchParty(ctx context.Context, tx *sql.Tx, no int64, payer ar.CustomerID) error {
	modes, err := column[outbox.Mode](ctx, tx, `SELECT mode FROM lane WHERE company_no = ?`, no)
	if err != nil {
		return err
	}
	for _, mode := range modes {
		if err := touchLane(ctx, tx, no, mode, payer); err != nil {
			return err
		}
	}
	return nil
}

// touchLane is touch for one party in one lane.
func touchLane(ctx context.Context, tx *sql.Tx, no int64, mode outbox.Mode, payer ar.CustomerID) error {
	const due = `UPDATE party_state SET version = version + 1, next_on = 0, quiet = ` + quietNow + `
		WHERE company_no = ? AND mode = ? AND payer = ?`
	result, err := tx.ExecContext(ctx, due, no, string(mode), string(payer))
	if err != nil {
		return err
	}
	if n, err := result.RowsAffected(); err != nil || n > 0 {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO party_state (company_no, mode, payer, version, next_on, book, running, quiet, state)
		VALUES (?, ?, ?, 0, 0, '', 0, 0, '')`, no, string(mode), string(payer))
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, due, no, string(mode), string(payer))
	return err
}

// openLane gives every party of a company a row in a lane, once: the first
// commit in it does. From then on due parties are found by an index alone.
func openLane(ctx context.Context, tx *sql.Tx, no int64, mode outbox.Mode) error {
	result, err := tx.ExecContext(ctx, `INSERT INTO lane (company_no, mode) VALUES (?, ?) ON CONFLICT DO NOTHING`, no, string(mode))
	if err != nil {
		return err
	}
	if n, err := result.RowsAffected(); err != nil || n == 0 {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO party_state (company_no, mode, payer, version, next_on, book, running, quiet, state)
		SELECT DISTINCT company_no, ?, payer, 0, 0, '', 0, 0, '' FROM customer WHERE company_no = ?
		ON CONFLICT DO NOTHING`, string(mode), no)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `UPDATE party_state SET quiet = `+quietNow+` WHERE company_no = ? AND mode = ?`, no, string(mode))
	return err
}
