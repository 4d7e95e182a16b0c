package store

import (
	"time"

	"holdfast/engine/ar"
	"holdfast/engine/outbox"
)

// Run is what one cycle of one company did.
type Run struct {
	ID        int64        `json:"id"`
	Source    ar.Source    `json:"source"`
	Company   ar.CompanyID `json:"company"`
	Mode      outbox.Mode  `json:"mode"`
	Day       ar.Day       `json:"day"`
	StartedAt time.Time    `json:"started_at"`
	EndedAt   time.Time    `json:"ended_at"`
	Parties   int          `json:"parties"` // decided
	Messages  int          `json:"messages"`
	Tasks     int          `json:"tasks"`
	Holds     int          `json:"holds"`
	Releases  int          `json:"releases"`
	Failure   string       `json:"failure,omitempty"` // empty where it went through
}
