package adapters

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

// The newest rows are the newest of what was last said of each row, whatever the
// order and the cuts between reads.
func TestNewestRowsAreTheNewestOfAll(t *testing.T) {
	start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	rapid.Check(t, func(t *rapid.T) {
		last := map[string]time.Time{}
		var kept newestRows
		at := start
		for range rapid.IntRange(1, 5).Draw(t, "reads") {
			var read newestRows
			for _, id := range rapid.Permutation([]string{"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"}).Draw(t, "order") {
				if rapid.Bool().Draw(t, "comes") {
					at = at.Add(time.Duration(rapid.IntRange(1, 5).Draw(t, "later")) * time.Minute)
					last[id] = at
				}
			}
			for _, id := range rapid.Permutation([]string{"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"}).Draw(t, "read") {
				if at, known := last[id]; known {
					read.add(witness{"documents", id, at})
				}
			}
			kept = kept.with(read)
		}
		newer := 0
		for _, w := range kept {
			if last[w.ID] != w.At {
				t.Fatalf("%s is kept at %s, and was last at %s", w.ID, w.At, last[w.ID])
			}
		}
		for _, at := range last {
			if len(kept) > 0 && at.After(kept[0].At) {
				newer++
			}
		}
		if want := min(witnesses, len(last)); len(kept) != want || want > 0 && newer != want-1 {
			t.Fatalf("kept %d of %d rows, %d newer than the oldest kept", len(kept), len(last), newer)
		}
	})
}
