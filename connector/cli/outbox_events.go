package cli

import (
	"holdfast/engine"
	"holdfast/engine/outbox"
)

// Heard is what nobody watches.
func (unwatched) Heard(string, outbox.EventKind, engine.EventState) {}
