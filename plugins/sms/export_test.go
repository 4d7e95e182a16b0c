package sms

import "time"

// SetNow gives a channel a clock, before it is configured.
func (c *Channel) SetNow(now func() time.Time) { c.now = now }

// WordOf is wordOf: "stop", "help" or empty.
func WordOf(text, told string) string {
	return map[word]string{stop: "stop", help: "help"}[wordOf(text, told)]
}

// Receiver is receiver.
var Receiver = receiver
