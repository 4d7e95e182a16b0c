package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"holdfast/engine/failpoint"
)

// The victims of a kill.
const (
	host    = "host"    // the program
	channel = "channel" // its channel's process
	both    = "both"    // one right after the other
)

// death says who dies, where, and what becomes of what may have left.
type death struct {
	victim string // empty: the program four times in five, else its channel
	points bool   // at named lines, else whenever it comes
	hold   bool   // it waits for a person, else it goes again
}

func (d death) String() string {
	text := d.victim
	if d.points {
		text += " at points"
	} else {
		text += " at random"
	}
	if d.hold {
		text += ", hold"
	}
	return text
}

// deaths are the trials of make trials beside the mixed one.
func deaths() []death {
	var all []death
	for _, hold := range []bool{false, true} {
		for _, points := range []bool{false, true} {
			for _, victim := range []string{host, channel, both} {
				all = append(all, death{victim, points, hold})
			}
		}
	}
	return all
}

// pointsOf are the lines at which a victim can die.
func pointsOf(victim string) []failpoint.Point {
	ofChannel := slices.Index(failpoint.Points, failpoint.Intended)
	switch victim {
	case host:
		return failpoint.Points[:ofChannel]
	case channel:
		return failpoint.Points[ofChannel:]
	}
	return failpoint.Points
}

// lifeToAPoint starts the program and lets it, or its channel, die at a named
// line. A program that outlives its channel is set another one.
func (t *trial) lifeToAPoint(ctx context.Context) error {
	at, err := t.arm()
	if err != nil {
		return err
	}
	cmd, output := t.start(ctx, t.day)
	if err := cmd.Start(); err != nil {
		return err
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	look := time.NewTicker(5 * time.Millisecond)
	defer look.Stop()
	for {
		select {
		case err := <-ended:
			if !t.struck(at) {
				return t.byItself(err, output)
			}
			return t.afterKill(ctx)
		case <-look.C:
		}
		if !t.isChannels(at) || !t.struck(at) {
			continue
		}
		if t.death.victim == both {
			if err := cmd.Process.Kill(); err == nil {
				<-ended
				t.result.Kills++
				return t.afterKill(ctx)
			}
		}
		if t.result.Kills+t.result.ChannelKills >= t.kills {
			return t.byItself(<-ended, output)
		}
		if at, err = t.arm(); err != nil {
			return err
		}
	}
}

func (t *trial) isChannels(at failpoint.Point) bool { return slices.Contains(pointsOf(channel), at) }

// arm draws the next point, and at which time of passing it the process dies.
func (t *trial) arm() (failpoint.Point, error) {
	points := pointsOf(t.death.victim)
	at := points[t.between(0, len(points))]
	left := max(t.kills-t.result.Kills-t.result.ChannelKills, 1)
	times := 1
	if at != failpoint.Reserved && at != failpoint.Looked { // these are passed once for dozens of messages
		times += t.between(0, max(2, 2*t.unsent()/left))
	}
	file := filepath.Join(filepath.Dir(t.program), failpoint.FileName)
	aside := file + ".new"
	if err := os.WriteFile(aside, fmt.Appendf(nil, "%s %d", at, times), 0o600); err != nil {
		return at, err
	}
	return at, os.Rename(aside, file)
}

// struck reports once that somebody died at the point that was set.
func (t *trial) struck(at failpoint.Point) bool {
	done := filepath.Join(filepath.Dir(t.program), failpoint.FileName+".done")
	text, err := os.ReadFile(done)
	if err != nil || !strings.HasPrefix(string(text), string(at)+" ") || os.Remove(done) != nil {
		return false
	}
	if t.isChannels(at) {
		t.result.ChannelKills++
	} else {
		t.result.Kills++
	}
	t.result.Struck[at]++
	return true
}
