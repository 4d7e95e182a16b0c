package config_test

import (
	"testing"
	"time"

	"holdfast/connector/config"
)

func TestDuration(t *testing.T) {
	for text, want := range map[string]string{"90s": "90s", "60s": "1m", "24h": "1d", "2d": "2d", "1h30m": "90m", "1500ms": "1.5s", "0s": "0s"} {
		var d config.Duration
		if err := d.UnmarshalText([]byte(text)); err != nil || d.String() != want {
			t.Errorf("%s: %s, %v; want %s", text, d, err, want)
		}
	}
	for _, text := range []string{"", "5", "-1m", "-2d", "3bd", "soon"} {
		var d config.Duration
		if err := d.UnmarshalText([]byte(text)); err == nil {
			t.Errorf("%q was taken as %s", text, d)
		}
	}
}

func TestWeekdays(t *testing.T) {
	for text, want := range map[string]string{
		"Mon-Fri": "Mon-Fri", "mon,wed , Fri": "Mon, Wed, Fri", "Sun-Thu": "Mon-Thu, Sun", "Sat-Sun": "Sat, Sun", "Fri-Mon": "Mon, Fri-Sun",
	} {
		var w config.Weekdays
		if err := w.UnmarshalText([]byte(text)); err != nil || w.String() != want {
			t.Errorf("%s: %s, %v; want %s", text, w, err, want)
		}
	}
	var w config.Weekdays
	for _, text := range []string{"", "Mon-", "Monday", "1-5"} {
		if err := w.UnmarshalText([]byte(text)); err == nil {
			t.Errorf("%q was taken as %s", text, w)
		}
	}
	if err := w.UnmarshalText([]byte("Sun-Thu")); err != nil || !w.Has(time.Sunday) || w.Has(time.Friday) {
		t.Errorf("Sun-Thu is %v", w)
	}
}

func TestQuietHours(t *testing.T) {
	c := mustLoad(t, minimal)
	if c.ERP[0].IsQuiet(time.Now()) {
		t.Error("quiet without quiet hours")
	}
	c = mustLoad(t, "log.level = \"warn\"\n[[erp]]\nquiet = [\"Mon-Fri 01:00-03:00\"]"+minimal[len("\n[[erp]]"):])
	ny, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	for clock, want := range map[string]bool{
		"2026-11-23 00:59": false, "2026-11-23 01:00": true, "2026-11-23 02:59": true, "2026-11-23 03:00": false, "2026-11-22 02:00": false,
	} {
		at, err := time.ParseInLocation("2006-01-02 15:04", clock, ny)
		if err != nil {
			t.Fatal(err)
		}
		if got := c.ERP[0].IsQuiet(at); got != want {
			t.Errorf("%s: quiet is %v", clock, got)
		}
	}
}
