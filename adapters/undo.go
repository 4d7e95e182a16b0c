package adapters

import (
	"strings"

	"holdfast/adapters/presets"
	"holdfast/engine/ar"
	"holdfast/engine/fault"
)

// UndoSQL writes the statement that puts back what stood before a hold of ours,
// for a person to run when this program cannot. Like the program's own release
// it changes the row only while it is still as we wrote it. A hold whose write
// was cut off is taken to be written, where no version is compared.
func (e *ERP) UndoSQL(entry ar.HoldEntry) (string, error) {
	if err := e.owns(entry.Account); err != nil {
		return "", err
	}
	if entry.Way != "" && entry.Way != e.cfg.HoldMode {
		return "", fault.New(fault.Invalid, "the hold was written by %s, and hold_mode is %s now: set it back to have the statement", entry.Way, e.cfg.HoldMode)
	}
	written := entry.Written
	if entry.State == ar.EntryPlacing {
		if e.cfg.Preset.Hold.Compare == "version" {
			return "", fault.New(fault.Uncertain, "the hold was being written and its version is not known: look at the row first")
		}
		written = e.Capability().Value
	}
	w := holdWrite{id: entry.Account, goal: entry.Previous, seen: written}
	q, err := e.undoQuery(w)
	if err != nil {
		return "", err
	}
	return e.undoLiteral(q, w)
}

// UndoOrderSQL writes the same for one open order that a hold of ours went
// through.
func (e *ERP) UndoOrderSQL(entry ar.HoldEntry, o ar.HoldOrder) (string, error) {
	if err := e.owns(entry.Account); err != nil {
		return "", err
	}
	written := o.Written
	if o.State == ar.EntryPlacing {
		written = e.Capability().Held
	}
	w := holdWrite{id: entry.Account, order: o.Order, goal: o.Previous, seen: written}
	q, err := e.holdQuery(w)
	if err != nil {
		return "", err
	}
	return e.undoLiteral(q, w)
}

// undoQuery is the statement that a person runs: in the modes that go through
// the site's own code, what this program would have called itself.
func (e *ERP) undoQuery(w holdWrite) (*presets.Query, error) {
	switch e.cfg.HoldMode {
	case presets.ModeProcedure:
		return e.cfg.Preset.Queries["hold_call"], nil
	case presets.ModeStaging:
		return e.cfg.Preset.Queries["hold_ask"], nil
	}
	return e.holdQuery(w)
}

func (e *ERP) undoLiteral(q *presets.Query, w holdWrite) (string, error) {
	quote, now := quoteLiteral, "CURRENT_TIMESTAMP"
	if own, ok := e.cfg.Driver.(Speller); ok {
		quote, now = own.Literal, own.Present()
	}
	literal := func(s ar.HoldState) string {
		if s.Held != ar.Valued {
			return "NULL"
		}
		return quote(s.Value)
	}
	return q.Literal(map[string]string{
		"company": quote(string(e.cfg.Company)), "customer": quote(string(w.id.Customer)), "order": quote(w.order),
		"value": literal(w.goal), "seen": literal(w.seen), "version": quote(w.seen.Version), "now": now,
	}, e.places)
}

// quoteLiteral writes a text as an SQL literal, by the rule that all databases
// share.
func quoteLiteral(s string) string {
	return "'" + strings.ReplaceAll(s, "'", "''") + "'"
}
