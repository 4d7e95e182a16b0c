package cli

import (
	"testing"

	"holdfast/engine/ar"
)

// A customer reads what a hold stops, never more than it does stop in this ERP.
func TestHoldStopsNoMoreThanTheLevel(t *testing.T) {
	for level, want := range map[ar.HoldLevel]string{
		ar.HoldNothing: "", ar.HoldWarns: "", ar.HoldStopsOrders: "no new orders", ar.HoldStopsShipments: "no further shipments",
	} {
		if got := holdStops(level); got != want {
			t.Errorf("level %d: %q, want %q", level, got, want)
		}
	}
}
