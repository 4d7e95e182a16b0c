package email

import (
	"time"

	"holdfast/plugins/sdk"
)

// NewHasty returns the channel with a reader that tries again at once, and waits
// for news of the server and for its answers as long as is said.
func NewHasty(idle, answer time.Duration) sdk.Channel {
	return &Channel{pace: pace{
		retry: 20 * time.Millisecond, retryMost: 40 * time.Millisecond, idle: idle,
		answer: answer, body: answer, firstPass: 10 * time.Second,
	}}
}

// End stops the reader of a channel and closes its record, as the end of its
// process does.
func End(c sdk.Channel) {
	own := c.(*Channel)
	if own.reader != nil && own.reader.stop != nil {
		own.reader.stop()
		<-own.reader.ended
	}
	if own.record != nil {
		_ = own.record.Close()
	}
}

// CloseRecord closes the record under a channel, as a disk that is gone.
func CloseRecord(c sdk.Channel) { _ = c.(*Channel).record.Close() }
