package store

import (
	"holdfast/engine/ar"
	"holdfast/engine/sequence"
)

// Adoption sets where the old debt of one party enters its sequences.
type Adoption struct {
	Party     ar.PartyID
	Version   int64 // of the case that the positions were made from
	Positions []sequence.Position
	Raised    []sequence.Raised
}
