//go:build !unix

package main

import (
	"os"
	"time"
)

// cpuTime is not known here.
func cpuTime() time.Duration { return 0 }

// peak is not known here.
func peak(*os.ProcessState) float64 { return 0 }
