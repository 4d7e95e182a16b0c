package adapters

import (
	"testing"
	"time"

	"holdfast/engine/ar"
)

// The quick way through parseAmount gives what ar.ParseAmount gives, errors
// included.
func FuzzParseAmount(f *testing.F) {
	for _, s := range []string{"0", "-0.01", "1.005", "1.", ".5", "", "-", "--1", "1e5", "12345678901234567.89", "9223372036854775807", "1.0000", " 1", "+1.5", "1.2.3"} {
		for _, cur := range []string{"USD", "JPY", "KWD"} {
			f.Add(s, cur)
		}
	}
	f.Fuzz(func(t *testing.T, s, code string) {
		cur := ar.Currency(code)
		digits, err := cur.Digits()
		if err != nil {
			t.Skip("not a currency")
		}
		want, wantErr := ar.ParseAmount(s, cur)
		got, gotErr := parseAmount([]byte(s), cur, digits)
		if got != want || (gotErr == nil) != (wantErr == nil) {
			t.Errorf("%q %s: %d, %v; want %d, %v", s, cur, got, gotErr, want, wantErr)
		}
	})
}

// A stamp is the same instant in every form that databases write.
func TestParseStamp(t *testing.T) {
	want := time.Date(2026, 11, 21, 10, 30, 0, 120_000_000, time.UTC)
	for _, s := range []string{
		"2026-11-21 10:30:00.12", "2026-11-21 10:30:00.120000+00", "2026-11-21 12:30:00.12+02:00", "2026-11-21T10:30:00.12Z", "2026-11-21 10:30:00.12  ",
	} {
		if got, err := parseStamp([]byte(s)); err != nil || !got.Equal(want) {
			t.Errorf("%q is %s, %v", s, got, err)
		}
	}
	for _, s := range []string{"infinity", "2026-13-01 10:00:00", "2026-02-30 10:00:00", "2026-11-21 25:00:00", "yesterday"} {
		if got, err := parseStamp([]byte(s)); err == nil {
			t.Errorf("%q is %s", s, got)
		}
	}
}
