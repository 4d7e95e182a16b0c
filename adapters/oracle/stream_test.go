package oracle

import (
	"testing"
	"time"
)

// A stamp with a zone is written in UTC, whatever the zone that it came with, and
// bytes are written as RAWTOHEX does.
func TestCells(t *testing.T) {
	for want, v := range map[string]any{
		"2026-10-25 00:30:00.5": time.Date(2026, 10, 25, 2, 30, 0, 500_000_000, time.FixedZone("", 2*3600)),
		"0001-01-01 00:00:00":   time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC),
		"00FFAB":                []byte{0x00, 0xff, 0xab},
	} {
		if got, done := cell(nil, v); string(got) != want || !done {
			t.Errorf("%v is written %q, want %q", v, got, want)
		}
	}
	if _, done := cell(nil, "a text"); done {
		t.Error("a text is not left to the common way")
	}
}

// Names that were not quoted come in small letters, and go back in capitals.
func TestNames(t *testing.T) {
	for in, want := range map[string]string{"C_BPARTNER_ID": "c_bpartner_id", "Mixed": "Mixed", "open": "open", "X$": "x$"} {
		if got := folded(in); got != want {
			t.Errorf("%s is folded to %s", in, got)
		}
	}
	for in, want := range map[string]string{"c_bpartner": "C_BPARTNER", `"Mixed"`: "Mixed"} {
		if got := stored(in); got != want {
			t.Errorf("%s is stored as %s", in, got)
		}
	}
}
