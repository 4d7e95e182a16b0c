package store

import (
	"time"

	"holdfast/engine/ar"
	"holdfast/engine/outbox"
)

// DeliveryFilter narrows a list of deliveries; a zero field does not narrow.
type DeliveryFilter struct {
	Source  ar.Source
	Company ar.CompanyID
	Parties []ar.PartyID
	Mode    outbox.Mode
	Channel string
	States  []outbox.State
	IDs     []int64
	Since   time.Time // changed at or after
	Limit   int       // newest first where set; else in the order of their ids
}
