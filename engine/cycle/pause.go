package cycle

import (
	"context"
	"time"

	"holdfast/engine/outbox"
)

// usualPause is for how long a channel that can send nothing is left alone,
// where it does not say.
const usualPause = time.Minute

// pauseOf returns for how long a channel is left alone.
func pauseOf(sent outbox.Sent) time.Duration {
	if sent.RetryAfter > 0 {
		return sent.RetryAfter
	}
	return usualPause
}

// pause leaves the channel alone for a while: it said that nothing can leave by
// it, such as with a wrong password. The caller holds k.mu.
func (k *courier) pause(sent outbox.Sent) {
	k.sum.Paused = sent.Detail
	if k.route == nil || k.virtual() {
		return
	}
	wait := pauseOf(sent)
	k.route.pausedUntil, k.route.pausedBy = k.Clock.Now().Add(wait), sent.Detail
	k.Log.Error("channel paused: nothing can leave by it", "channel", k.channel, "because", sent.Detail, "for", wait.String())
	k.note(sent.Detail)
}

// resumed notes that something left again. The caller holds k.mu.
func (k *courier) resumed() {
	if k.route == nil || k.virtual() || k.route.leaves {
		return
	}
	k.note("")
	k.route.leaves = true
}

// note writes into the journal that nothing can leave, or that it can again,
// for people to be told.
func (k *courier) note(because string) {
	k.route.leaves = false
	if err := k.Store.PauseChannel(context.Background(), k.channel, because, k.Clock.Now()); err != nil {
		k.failed = append(k.failed, err)
	}
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
