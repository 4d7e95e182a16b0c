package store

import (
	"context"
	"database/sql"
	"strings"
	"time"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
)

// HoldFilter narrows a list of hold entries; a zero field does not narrow.
type HoldFilter struct {
	Source   ar.Source
	Company  ar.CompanyID
	Accounts []ar.AccountID
	Mode     outbox.Mode
	States   []ar.EntryState
	Live     bool // only entries that still stand for a hold of ours
}

// HoldWrite is one transition of the hold journal. Entry.ID 0 makes a new
// entry; else Was, where set, is the state that the entry must still have.
type HoldWrite struct {
	Entry     ar.HoldEntry
	Was       ar.EntryState
	Mode      outbox.Mode         // of a new entry; a known one keeps its own
	Occasions []sequence.Occasion // of a new entry: the steps that it does
	By        string              // "cycle" or "person:NAME"
	Day       ar.Day              // the day on which the entry's steps are done
	At        time.Time
}

// Holds lists entries of the hold journal in the order of their ids.
func (s *Store) Holds(ctx context.Context, f HoldFilter) ([]ar.HoldEntry, error) {
	var c conditions
	c.text("c.source = ?", string(f.Source))
	c.text("c.id = ?", string(f.Company))
	c.text("h.mode = ?", string(f.Mode))
	if f.Live {
		c.add("h.live = 1")
	}
	if f.States != nil {
		c.among("h.state", anys(f.States, func(e ar.EntryState) any { return string(e) }))
	}
	if f.Accounts != nil {
		c.among("c.source || '/' || c.id || '/' || h.customer_id", anys(f.Accounts, func(a ar.AccountID) any { return a.String() }))
	}
	const op = "list holds"
	known, err := companies(ctx, s.r)
	if err != nil {
		return nil, wrap(op, err)
	}
	columns := "h." + strings.Join(strings.Fields(holdColumns), " h.")
	rows, err := s.r.QueryContext(ctx, `SELECT `+columns+` FROM hold_journal h JOIN company c ON c.no = h.company_no`+
		c.where()+` ORDER BY h.id`, c.args...)
	var list []ar.HoldEntry
	err = each(rows, err, func(rows *sql.Rows) error {
		h, err := scanHold(rows)
		h.Account = known[h.no].account(h.Account.Customer)
		list = append(list, h.HoldEntry)
		return err
	})
	return list, wrap(op, err)
}

// PutHold writes one transition of the hold journal and returns the entry's id.
// Where the entry is placed, shadowed or found in conflict, the steps that it
// does are done on w.Day. It returns fault.Conflict where the entry is no longer
// as w.Was says, or where another live entry stands on the account.
func (s *Store) PutHold(ctx context.Context, w HoldWrite) (int64, error) {
	var id int64
	err := s.write(ctx, "write the hold journal for "+w.Entry.Account.String(), func(tx *sql.Tx) error {
		h, err := rowToPut(ctx, tx, w)
		if err != nil {
			return err
		}
		err = h.save(ctx, tx, w.By, w.At)
		if isUnique(err) {
			return fault.New(fault.Conflict, "a hold of ours stands on this account already")
		}
		if err != nil {
			return err
		}
		id = h.ID
		lane := laneRow{no: h.no, mode: h.mode, payer: h.payer}
		switch {
		case h.Reasserted > 0: // its steps are done already
		case h.State == ar.EntryPlaced, h.State == ar.EntryShadow, h.State == ar.EntryConflict:
			return markDone(ctx, tx, lane, h.occasions, w.Day, sequence.DoneHold)
		}
		return markDone(ctx, tx, lane, nil, w.Day, sequence.DoneHold)
	})
	return id, err
}

// rowToPut returns the row that a write makes of the entry as it stands.
func rowToPut(ctx context.Context, tx *sql.Tx, w HoldWrite) (heldRow, error) {
	if w.Entry.ID != 0 {
		h, err := findHold(ctx, tx, w.Entry.ID)
		if err == nil && w.Was != "" && h.State != w.Was {
			err = fault.New(fault.Conflict, "hold entry %d is %s and not %s any more", h.ID, h.State, w.Was)
		}
		h.HoldEntry = w.Entry
		if err == nil && (h.State == ar.EntryPlanned || h.State == ar.EntryPlacing) {
			err = holdApproved(ctx, tx, h.ID)
		}
		return h, err
	}
	c, err := ensureCompany(ctx, tx, w.Entry.Account.Source, w.Entry.Account.Company)
	if err != nil {
		return heldRow{}, err
	}
	h := heldRow{HoldEntry: w.Entry, no: c.no, mode: w.Mode, occasions: w.Occasions, payer: w.Entry.Account.Customer}
	payers, err := column[ar.CustomerID](ctx, tx, `SELECT payer FROM customer WHERE company_no = ? AND id = ?`,
		c.no, string(w.Entry.Account.Customer))
	if err != nil {
		return h, err
	}
	if len(payers) == 1 {
		h.payer = payers[0]
	}
	return h, openLane(ctx, tx, c.no, w.Mode)
}
