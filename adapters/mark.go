package adapters

import (
	"encoding/json"
	"time"

	"holdfast/engine/ar"
	"holdfast/engine/fault"
)

// overlap is how far behind its mark an incremental read begins: stamps are
// taken before the transaction commits.
const overlap = 10 * time.Minute

// mark is what an ar.Mark holds.
type mark struct {
	Newest map[string]time.Time `json:"newest"` // greatest changed_at per entity
	Clock  time.Time            `json:"clock"`  // the database's, when the read began
}

func parseMark(text ar.Mark) (mark, error) {
	m := mark{Newest: map[string]time.Time{}}
	if text == "" {
		return m, nil
	}
	if err := json.Unmarshal([]byte(text), &m); err != nil || m.Newest == nil {
		return m, fault.New(fault.Corrupt, "the mark %q is not one of this adapter", text).WithCure("pull everything once: holdfast pull --full")
	}
	return m, nil
}

func (m mark) String() ar.Mark {
	text, err := json.Marshal(m)
	if err != nil {
		panic(err) // a map of times always encodes
	}
	return ar.Mark(text)
}

// newest is the greatest stamp of all entities.
func (m mark) newest() time.Time {
	var newest time.Time
	for _, t := range m.Newest {
		if t.After(newest) {
			newest = t
		}
	}
	return newest
}

// since says from when to read an entity; an entity without stamps of its own
// follows the newest of all. Zero: read it whole.
func (m mark) since(entity string) time.Time {
	t := m.Newest[entity]
	if t.IsZero() {
		t = m.newest()
	}
	if t.IsZero() {
		return t
	}
	return t.Add(-overlap)
}
