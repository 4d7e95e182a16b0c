package adapters

import (
	"context"
	"encoding/json"
	"time"

	"holdfast/adapters/presets"
	"holdfast/engine/ar"
	"holdfast/engine/fault"
)

// xminSlack is how far behind its mark a read by xmin begins: a row's number is
// worked out from its age, which counts transactions that are still under way.
const xminSlack = 10_000

// mark is what an ar.Mark holds.
type mark struct {
	Newest  map[string]time.Time `json:"newest"`            // greatest changed_at per entity
	Numbers map[string]int64     `json:"numbers,omitempty"` // per entity, up to where its changes are committed and read
	Rows    newestRows           `json:"rows,omitempty"`    // the newest of all entities
	Clock   time.Time            `json:"clock"`             // the database's, when the read began
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

// bind adds to binds from where an entity is read on; nothing where it is read
// whole.
func (m mark) bind(entity string, how presets.Mark, binds map[string]any) {
	switch {
	case how.Kind.Counts():
		if n := m.Numbers[entity]; n > 0 {
			if how.Kind == presets.MarkXmin {
				n -= xminSlack
			}
			binds["since_no"] = n
		}
	case how.Kind == presets.MarkStamp:
		if since := m.since(entity); !since.IsZero() {
			binds["since"] = since.Add(-how.Back())
		}
	}
}

// since is the newest stamp of an entity; one without stamps of its own follows
// the newest of all. Zero: there is none.
func (m mark) since(entity string) time.Time {
	if t := m.Newest[entity]; !t.IsZero() {
		return t
	}
	return m.newest()
}

// committed asks, before the first row is read, up to where the changes of each
// counted entity are committed.
func (p *pull) committed(ctx context.Context, old mark) (map[string]int64, error) {
	numbers, asked := map[string]int64{}, map[presets.MarkKind]int64{}
	for _, entity := range pulled {
		how := p.erp.cfg.Preset.MarkOf(entity)
		if !how.Kind.Counts() || p.erp.cfg.Preset.Queries[entity] == nil {
			continue
		}
		counter, ok := p.erp.cfg.Driver.(Counter)
		if !ok {
			return nil, fault.New(fault.Unsupported, "the mark %s of %s: %s counts no changes", how.Kind, entity, p.erp.cfg.Driver.Name())
		}
		n, known := asked[how.Kind]
		if !known {
			var err error
			if n, err = counter.Committed(ctx, p.conn, how.Kind); err != nil {
				return nil, fault.Wrap("mark of "+entity, p.erp.sorted(ctx, err))
			}
			asked[how.Kind] = n
		}
		numbers[entity] = n
		if err := p.reaches(ctx, counter, entity, old.Numbers[entity]); err != nil {
			return nil, err
		}
	}
	return numbers, nil
}

// reaches returns fault.Expired where the database no longer knows what changed
// after number.
func (p *pull) reaches(ctx context.Context, counter Counter, entity string, number int64) error {
	how := p.erp.cfg.Preset.MarkOf(entity)
	if how.Kind != presets.MarkTracking || number == 0 {
		return nil
	}
	known, err := counter.Reaches(ctx, p.conn, how.Kind, how.Tables, number)
	if err != nil {
		return fault.Wrap("mark of "+entity, p.erp.sorted(ctx, err))
	}
	if !known {
		return fault.New(fault.Expired, "the ERP has forgotten what changed in %s since the last read", entity).
			WithCure("everything is read once; lengthen CHANGE_RETENTION where this comes often")
	}
	return nil
}

// advance returns the mark after the read. Its window began before the newest
// row of the last one; where nothing as new came, the ERP may have gone back.
func (p *pull) advance(ctx context.Context, old mark, numbers map[string]int64, clock time.Time) (mark, error) {
	next := mark{Newest: map[string]time.Time{}, Numbers: numbers, Rows: old.Rows.with(p.rows), Clock: clock}
	for _, m := range []map[string]time.Time{old.Newest, p.newest} {
		for entity, t := range m {
			if t.After(next.Newest[entity]) {
				next.Newest[entity] = t
			}
		}
	}
	if err := p.regressed(ctx, old, mark{Newest: p.newest, Numbers: numbers}); err != nil {
		return mark{}, err
	}
	return next, nil
}

// Regressed returns fault.Replaced where the mark of an earlier read is ahead of
// a later one, and the ERP's rows bear it out: it was put back to an older copy
// of itself.
func (e *ERP) Regressed(ctx context.Context, earlier, later ar.Mark) error {
	before, err := parseMark(earlier)
	if err != nil {
		return err
	}
	now, err := parseMark(later)
	if err != nil {
		return err
	}
	return e.reading(ctx, "compare marks", nil, func(s *session) error { return s.regressed(ctx, before, now) })
}

func (s *session) regressed(ctx context.Context, before, now mark) error {
	for entity, n := range before.Numbers {
		if got, counted := now.Numbers[entity]; counted && got < n {
			return replaced("the ERP has counted %d changes of %s, and %d of them were read from it before", got, entity, n)
		}
	}
	then, newest := before.newest(), now.newest()
	if then.IsZero() || !then.After(newest.Add(s.erp.repeatedHour())) {
		return nil
	}
	return s.testify(ctx, before, newest)
}

// repeatedHour is how far the ERP's stamps may fall back by themselves: where
// they are local time, its preset reads with a longer overlap than most.
func (e *ERP) repeatedHour() time.Duration {
	longest := presets.DefaultOverlap
	for _, m := range e.cfg.Preset.Marks {
		longest = max(longest, m.Back())
	}
	return longest - presets.DefaultOverlap
}

func replaced(format string, args ...any) error {
	return fault.New(fault.Replaced, format+": the database was replaced by an older copy of itself", args...).
		WithCure("look with the ERP's administrator at what was restored, then run: holdfast resume --erp-restored")
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return "no known time"
	}
	return t.UTC().Format("2006-01-02 15:04:05 UTC")
}
