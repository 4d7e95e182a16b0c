package cycle

import (
	"time"

	"holdfast/engine/outbox"
)

// leastPause is the shortest time for which a channel that can send nothing is
// left alone.
const leastPause = time.Minute

// pause leaves the channel alone for a while: it said that nothing can leave by
// it, such as with a wrong password. The caller holds k.mu.
func (k *courier) pause(sent outbox.Sent) {
	k.sum.Paused = sent.Detail
	if k.route == nil || k.virtual() {
		return
	}
	wait := max(sent.RetryAfter, leastPause)
	k.route.pausedUntil, k.route.pausedBy = k.Clock.Now().Add(wait), sent.Detail
	k.Log.Error("channel paused: nothing can leave by it", "channel", k.channel, "because", sent.Detail, "for", wait.String())
}

// paused reports whether the channel is left alone, or has said on a virtual day
// that nothing can leave.
func (k *courier) paused() bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.virtual() {
		return k.sum.Paused != ""
	}
	if k.Clock.Now().Before(k.route.pausedUntil) {
		k.sum.Paused = k.route.pausedBy
		return true
	}
	return false
}
