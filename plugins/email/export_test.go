package email

import (
	"time"

	"holdfast/plugins/sdk"
)

// NewHasty returns the channel with a reader that waits for hardly anything, and
// for news of the server as long as is said.
func NewHasty(idle time.Duration) sdk.Channel {
	return &Channel{pace: pace{
		retry: 20 * time.Millisecond, retryMost: 40 * time.Millisecond, idle: idle,
		answer: 5 * time.Second, body: 5 * time.Second, firstPass: 10 * time.Second,
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
