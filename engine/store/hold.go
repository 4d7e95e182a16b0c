package store

import (
	"time"

	"holdfast/engine/ar"
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
