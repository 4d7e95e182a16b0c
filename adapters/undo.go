package adapters

import (
	"strings"

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
	written := entry.Written
	if entry.State == ar.EntryPlacing {
		if e.cfg.Preset.Hold.Compare == "version" {
			return "", fault.New(fault.Uncertain, "the hold was being written and its version is not known: look at the row first")
		}
		written = e.Capability().Value
	}
	q, err := e.holdQuery(holdWrite{id: entry.Account, goal: entry.Previous, seen: written})
	if err != nil {
		return "", err
	}
	return q.Literal(map[string]string{
		"company": quoteLiteral(string(e.cfg.Company)), "customer": quoteLiteral(string(entry.Account.Customer)),
		"value": literal(entry.Previous), "seen": literal(written),
		"version": quoteLiteral(written.Version), "now": "CURRENT_TIMESTAMP",
	}, e.places)
}

// literal writes a state's value as SQL.
func literal(s ar.HoldState) string {
	if s.Held != ar.Valued {
		return "NULL"
	}
	return quoteLiteral(s.Value)
}

// quoteLiteral writes a text as an SQL literal, by the rule that all databases
// share.
func quoteLiteral(s string) string {
	return "'" + strings.ReplaceAll(s, "'", "''") + "'"
}
