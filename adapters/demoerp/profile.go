package demoerp

import (
	"math/rand/v2"
)

// profile is how a customer pays.
type profile string

const (
	punctual profile = "punctual"
	slow     profile = "slow"
	verySlow profile = "very_slow"
	never    profile = "never" // unless it is made to
	partial  profile = "partial"
	disputer profile = "disputer"
)

// habits is what a profile comes to, in per cent and in days.
type habits struct {
	profile  profile
	share    int // of 100 customers
	from, to int // days after the due day; both 0 with never: no intention to pay
	heeds    int // chance that one message brings the money within a week
	yields   int // chance that a day on hold brings the money within two days
}

var allHabits = []habits{
	{punctual, 50, -4, 3, 95, 95},
	{slow, 25, 5, 24, 45, 85},
	{verySlow, 9, 32, 95, 20, 65},
	{never, 4, 0, 0, 0, 30},
	{partial, 6, 0, 12, 40, 80},
	{disputer, 6, 1, 10, 40, 70},
}

func habitsOf(p profile) habits {
	for _, h := range allHabits {
		if h.profile == p {
			return h
		}
	}
	return allHabits[0]
}

// drawProfile picks a profile by its share.
func drawProfile(rng *rand.Rand) profile {
	n := rng.IntN(100)
	for _, h := range allHabits {
		if n < h.share {
			return h.profile
		}
		n -= h.share
	}
	return punctual
}

// between draws a whole number from lo to hi, both possible.
func between(rng *rand.Rand, lo, hi int) int { return lo + rng.IntN(hi-lo+1) }

// chance is true in percent of 100 draws.
func chance(rng *rand.Rand, percent int) bool { return rng.IntN(100) < percent }
