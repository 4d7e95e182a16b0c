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

// Cost is what some segments cost at a price, empty where it is not known; false
// where the price is none.
func Cost(price string, segments int) (string, bool) {
	p, err := priceOf(price)
	return p.of(segments), err == nil
}
