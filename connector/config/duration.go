package config

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Duration is a length of time, written as "90s", "5m", "26h" or "2d"; a day
// here is 24 hours.
type Duration struct{ time.Duration }

// UnmarshalText reads a length of time.
func (d *Duration) UnmarshalText(text []byte) error {
	s := string(text)
	if n, ok := strings.CutSuffix(s, "d"); ok {
		days, err := strconv.Atoi(n)
		if err == nil && days >= 0 && days < 100_000 {
			d.Duration = time.Duration(days) * 24 * time.Hour
			return nil
		}
	}
	v, err := time.ParseDuration(s)
	if err != nil || v < 0 {
		return fmt.Errorf("%q is not a length of time; write it as 90s, 5m, 26h or 2d", s)
	}
	d.Duration = v
	return nil
}

// MarshalText writes the length of time as UnmarshalText reads it.
func (d Duration) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// String writes whole days, hours, minutes or seconds where it can.
func (d Duration) String() string {
	for _, u := range []struct {
		size time.Duration
		name string
	}{{24 * time.Hour, "d"}, {time.Hour, "h"}, {time.Minute, "m"}, {time.Second, "s"}} {
		if d.Duration > 0 && d.Duration%u.size == 0 {
			return strconv.FormatInt(int64(d.Duration/u.size), 10) + u.name
		}
	}
	return d.Duration.String()
}
