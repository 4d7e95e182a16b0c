package store

import (
	"time"

	"holdfast/engine/ar"
	"holdfast/engine/outbox"
	"holdfast/engine/sequence"
)

// Task is something that only a person can do. Its key is unique within a
// company and mode: the occasion's, or that of its cause.
type Task struct {
	ID        int64           `json:"id"`
	Key       string          `json:"key"`
	Mode      outbox.Mode     `json:"mode"`
	Party     ar.PartyID      `json:"party"`
	Account   ar.AccountID    `json:"account"`
	Sequence  string          `json:"sequence,omitempty"`
	Step      string          `json:"step,omitempty"`
	Script    string          `json:"script"`
	Role      string          `json:"role"`
	Reason    sequence.Reason `json:"reason"`
	Detail    string          `json:"detail,omitempty"`
	Documents []ar.DocumentID `json:"documents,omitempty"`
	DueOn     ar.Day          `json:"due_on"`
	OpenedOn  ar.Day          `json:"opened_on"`
	Outcome   string          `json:"outcome,omitempty"` // empty while open
	ClosedBy  string          `json:"closed_by,omitempty"`
	ClosedAt  time.Time       `json:"closed_at,omitzero"`
}

// TaskFilter narrows a list of tasks; a zero field does not narrow.
type TaskFilter struct {
	Source  ar.Source
	Company ar.CompanyID
	Mode    outbox.Mode
	Open    bool // only those that nobody has closed
}
