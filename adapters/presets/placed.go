package presets

import "maps"

// Placed returns a copy of p whose tables and rights have the places written
// into their names. A name whose place is not known yet, as that of the company
// before there is one, stays as it is.
func (p *Preset) Placed(places map[string]string) *Preset {
	put := func(text string) string {
		if filled, err := Put(text, places); err == nil {
			return filled
		}
		return text
	}
	all := func(texts []string) []string {
		filled := make([]string, len(texts))
		for i, text := range texts {
			filled[i] = put(text)
		}
		return filled
	}
	placed := *p
	placed.Rights, placed.HoldRights = all(p.Rights), all(p.HoldRights)
	placed.Hold.Table, placed.Hold.OrderTable = put(p.Hold.Table), put(p.Hold.OrderTable)
	placed.Fingerprint = map[string][]string{}
	for table, columns := range maps.All(p.Fingerprint) {
		placed.Fingerprint[put(table)] = columns
	}
	return &placed
}
