package record

import (
	"time"

	"golang.org/x/sys/windows"
)

// booted returns when this machine was started.
func booted() time.Time { return time.Now().Add(-windows.DurationSinceBoot()) }
