// Package audit is the journal that nobody can quietly rewrite: each entry
// carries the hash of the one before it, so that a line changed, dropped or
// slipped in afterwards is found and named.
package audit

import (
	"encoding/json"
	"time"
)

// Entry is one line of the journal. Seq counts from 1 without a gap.
type Entry struct {
	Seq     int64           `json:"seq"`
	At      time.Time       `json:"at"`
	Actor   string          `json:"actor"`   // "cycle", "person:NAME"
	Kind    string          `json:"kind"`    // "hold.placed", "delivery.accepted"
	Subject string          `json:"subject"` // what it is about, such as an account or a delivery
	Body    json.RawMessage `json:"body,omitempty"`
	Prev    string          `json:"prev"` // hash of the entry before, empty for the first
	Hash    string          `json:"hash"`
}
