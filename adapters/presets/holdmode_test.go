package presets_test

import (
	"slices"
	"strings"
	"testing"

	"holdfast/adapters/presets"
	"holdfast/engine/fault"
)

// Every preset can be guarded; one that reads a hold can leave the writing to the
// site's own code, where its database has such code.
func TestWaysOfWritingAHold(t *testing.T) {
	list, err := presets.List("")
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range list {
		want := []string{presets.ModeGuard, presets.ModeNone}
		if p.WritesSQL() {
			want = append(want, presets.ModeSQL, presets.ModeStaging)
			if p.Engine != "sqlite" {
				want = append(want, presets.ModeProcedure)
			}
		}
		got := p.ModesOn()
		slices.Sort(want)
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%s: holds are written by %v, want %v", p.Name, got, want)
		}
		guarded, err := p.InMode(presets.ModeGuard)
		if err != nil || guarded.Hold.Level != 3 || guarded.Queries["hold_set"] != nil || guarded.Queries["hold_insert"] == nil {
			t.Errorf("%s: the guard is %+v, %v", p.Name, guarded.Hold, err)
		}
		if closed := slices.Contains([]string{"sqlserver", "oracle"}, p.Engine) && p.Verified == "docs" && !strings.HasPrefix(p.Name, "generic"); closed && p.WritesSQL() && p.Hold.OptIn == "" {
			t.Errorf("%s: its vendor was never asked, and it says nothing that a person accepts", p.Name)
		}
	}
	if _, err := list[0].InMode("telepathy"); !fault.Is(err, fault.Invalid) {
		t.Errorf("an unknown mode: %v", err)
	}
}
