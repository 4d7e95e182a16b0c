package walk

import (
	"holdfast/engine/ar"
	"holdfast/engine/sequence"
)

// Begin moves everybody to a day that is still to be lived, before the first one
// is, and lets state say what each party remembers on its morning. Without it
// nobody remembers anything.
func (w *Walker) Begin(day ar.Day, state func(c *sequence.Case) sequence.State) {
	w.ledger.day = day
	for _, p := range w.ledger.parties {
		if p.live(w.ledger, day); len(p.accounts) > 0 {
			c := p.stand(w.ledger, day)
			p.state = state(&c)
		}
	}
}
