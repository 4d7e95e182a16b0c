package cycle

import (
	"slices"
	"sync"

	"holdfast/engine/ar"
	"holdfast/engine/sequence"
)

// traffic is the messages that decisions asked for, by address, so that an
// address that two parties share gets one message a day, whichever company they
// belong to.
type traffic struct {
	mu      sync.Mutex
	day     ar.Day
	touches map[string][]sequence.Touch
}

// on returns the day's traffic, empty at first on a new day.
func (t *traffic) on(day ar.Day) *traffic {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.day != day {
		t.day, t.touches = day, nil
	}
	return t
}

func (t *traffic) add(touch sequence.Touch) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.touches == nil {
		t.touches = map[string][]sequence.Touch{}
	}
	t.touches[touch.Address] = append(t.touches[touch.Address], touch)
}

// others returns the messages to a case's addresses that are for other parties
// and that the case does not know of.
func (t *traffic) others(cs sequence.Case) []sequence.Touch {
	t.mu.Lock()
	defer t.mu.Unlock()
	var touches []sequence.Touch
	for _, a := range cs.Accounts {
		for _, contact := range a.Contacts {
			for _, touch := range t.touches[lower(contact.Email)] {
				if touch.Party != cs.Party && !slices.Contains(cs.Touches, touch) {
					touches = append(touches, touch)
				}
			}
		}
	}
	return touches
}
