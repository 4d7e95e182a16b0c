package policy

import (
	"sync"

	"holdfast/engine/ar"
	"holdfast/engine/calendar"
)

// shippedLimit is the fewest business days in which a shipped pack wants an
// opt-out honoured; it does not change.
var shippedLimit = sync.OnceValue(func() int {
	p, problems := Load(nil)
	if err := problems.Err(); err != nil {
		panic(err) // the packs are embedded, and a test has seen them
	}
	return p.strictest(p.all).revocation.BusinessDays
})

// RevocationLimit returns the last day on which an opt-out of a day may take
// effect under the strictest shipped pack, by the business days of a country. It
// is a backstop: an opt-out takes effect here as soon as it is read.
func RevocationLimit(day ar.Day, c *calendar.Country) ar.Day {
	return c.AddBusinessDays(day, shippedLimit())
}
