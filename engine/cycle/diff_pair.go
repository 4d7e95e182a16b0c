package cycle

import (
	"cmp"
	"slices"

	"holdfast/engine/ar"
)

// differ pairs the effects of two plans: first those that are alike, then those
// of the same step, then those of the same day. What is left is in one plan only.
func differ(before, after []planned) Differences {
	d := Differences{Rows: []Difference{}, Steps: countSteps(before, after)}
	was, now := byCustomer(before), byCustomer(after)
	for _, k := range keysOf(before, after) {
		d.pair(was[k], now[k])
	}
	slices.SortStableFunc(d.Rows, func(x, y Difference) int {
		return cmp.Or(cmp.Compare(x.day(), y.day()), cmp.Compare(x.Company, y.Company), cmp.Compare(x.CustomerID, y.CustomerID))
	})
	return d
}

// day is the day by which a difference is listed: the earlier of its two.
func (d *Difference) day() ar.Day {
	switch {
	case d.Before == nil:
		return d.After.Day
	case d.After == nil:
		return d.Before.Day
	}
	return min(d.Before.Day, d.After.Day)
}

// customerKey is a customer with a kind of effect: only within it are effects
// paired.
type customerKey struct {
	company  string
	customer ar.CustomerID
	kind     string
}

func (p *planned) key() customerKey {
	return customerKey{p.of.Company, p.of.CustomerID, p.of.Kind}
}

func byCustomer(list []planned) map[customerKey][]*planned {
	by := map[customerKey][]*planned{}
	for i := range list {
		p := &list[i]
		by[p.key()] = append(by[p.key()], p)
	}
	return by
}

// keysOf lists the keys of both plans, each once, in the order in which they
// are met.
func keysOf(lists ...[]planned) []customerKey {
	var keys []customerKey
	seen := map[customerKey]bool{}
	for _, list := range lists {
		for i := range list {
			if k := list[i].key(); !seen[k] {
				seen[k] = true
				keys = append(keys, k)
			}
		}
	}
	return keys
}

// pair compares the effects of one kind that one customer gets.
func (d *Differences) pair(before, after []*planned) {
	matches := []func(x, y *Side) bool{
		func(x, y *Side) bool { return len(x.differs(y)) == 0 },
		func(x, y *Side) bool {
			return x.Sequence == y.Sequence && x.Step == y.Step && x.Step != "" && shareDocument(x, y)
		},
		func(x, y *Side) bool { return x.Sequence == y.Sequence && x.Step == y.Step && x.Step != "" },
		func(x, y *Side) bool { return x.Day == y.Day },
	}
	for _, match := range matches {
		for i, x := range before {
			j := slices.IndexFunc(after, func(y *planned) bool { return x != nil && y != nil && match(&x.side, &y.side) })
			if j < 0 {
				continue
			}
			d.add(x, after[j])
			before[i], after[j] = nil, nil
		}
	}
	for _, x := range before {
		d.add(x, nil)
	}
	for _, y := range after {
		d.add(nil, y)
	}
}

// add notes how two effects differ, if they do; either may be nil.
func (d *Differences) add(before, after *planned) {
	row := Difference{Change: Changed, What: []string{}}
	switch {
	case before == nil && after == nil:
		return
	case before == nil:
		row = after.of
		row.Change, row.What, row.After = OnlyAfter, []string{}, &after.side
	case after == nil:
		row = before.of
		row.Change, row.What, row.Before = OnlyBefore, []string{}, &before.side
	default:
		what := before.side.differs(&after.side)
		if len(what) == 0 {
			d.Same++
			return
		}
		row = after.of
		row.Change, row.What, row.Before, row.After = Changed, what, &before.side, &after.side
	}
	d.Rows = append(d.Rows, row)
}

// differs names what two effects differ in.
func (s *Side) differs(o *Side) []string {
	var what []string
	for _, part := range []struct {
		name string
		same bool
	}{
		{"day", s.Day == o.Day}, {"step", s.Sequence == o.Sequence && s.Step == o.Step}, {"template", s.Template == o.Template},
		{"channel", s.Channel == o.Channel}, {"to", s.To == o.To}, {"amount", slices.Equal(s.Amounts, o.Amounts)},
		{"documents", slices.Equal(s.Documents, o.Documents)}, {"approval", s.Approval == o.Approval},
	} {
		if !part.same {
			what = append(what, part.name)
		}
	}
	return what
}

func shareDocument(x, y *Side) bool {
	return slices.ContainsFunc(x.Documents, func(d string) bool { return slices.Contains(y.Documents, d) })
}

// countSteps counts how often each step comes in two plans.
func countSteps(before, after []planned) []StepCount {
	counts := []StepCount{}
	at := func(p *planned) *StepCount {
		s := &p.side
		i := slices.IndexFunc(counts, func(c StepCount) bool { return c.Sequence == s.Sequence && c.Step == s.Step && c.Kind == p.of.Kind })
		if i < 0 {
			i, counts = len(counts), append(counts, StepCount{Sequence: s.Sequence, Step: s.Step, Kind: p.of.Kind})
		}
		return &counts[i]
	}
	for i := range before {
		at(&before[i]).Before++
	}
	for i := range after {
		at(&after[i]).After++
	}
	slices.SortFunc(counts, func(x, y StepCount) int {
		return cmp.Or(cmp.Compare(x.Sequence, y.Sequence), cmp.Compare(x.Step, y.Step), cmp.Compare(x.Kind, y.Kind))
	})
	return counts
}
