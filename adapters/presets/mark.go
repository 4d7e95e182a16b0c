package presets

import (
	"slices"
	"time"

	"holdfast/engine/fault"
)

// MarkKind is how an incremental read knows what changed.
type MarkKind string

// The kinds of mark. Stamps are compared with an overlap, since they are taken
// before their transaction commits; numbers are capped at what is committed.
const (
	MarkStamp    MarkKind = "stamp"           // changed_at, and lines that end in --? since
	MarkRow      MarkKind = "rowversion"      // SQL Server: a rowversion column, --? since_no
	MarkTracking MarkKind = "change_tracking" // SQL Server: CHANGETABLE, --? since_no
	MarkSCN      MarkKind = "scn"             // Oracle: ORA_ROWSCN, --? since_no
	MarkXmin     MarkKind = "xmin"            // PostgreSQL: xmin as a 64-bit number, --? since_no
	MarkWhole    MarkKind = "whole"           // nothing tells: the entity is read whole each time
)

var markKinds = []MarkKind{MarkStamp, MarkRow, MarkTracking, MarkSCN, MarkXmin, MarkWhole}

// Counts reports whether the mark is a number that the database counts.
func (k MarkKind) Counts() bool { return k != MarkStamp && k != MarkWhole }

// DefaultOverlap is how far behind its newest stamp an incremental read begins.
const DefaultOverlap = 10 * time.Minute

// Mark is how one entity is read incrementally.
type Mark struct {
	Kind    MarkKind `toml:"kind"`
	Overlap string   `toml:"overlap"` // of stamps, such as "70m" where they are local time; empty: DefaultOverlap
	Tables  []string `toml:"tables"`  // of change_tracking: what must still be known
}

// Back is how far behind its newest stamp a read begins.
func (m Mark) Back() time.Duration {
	d, err := time.ParseDuration(m.Overlap)
	if err != nil {
		return DefaultOverlap
	}
	return d
}

// MarkOf returns how an entity is read incrementally.
func (p *Preset) MarkOf(entity string) Mark {
	for _, name := range []string{entity, "all"} {
		if m, ok := p.Marks[name]; ok {
			if m.Kind == "" {
				m.Kind = MarkStamp
			}
			return m
		}
	}
	return Mark{Kind: MarkStamp}
}

// validateMarks checks the marks, and that each entity has the lines that its
// mark needs.
func (p *Preset) validateMarks(file string) error {
	for name, m := range p.Marks {
		bad := func(format string, args ...any) error {
			return fault.New(fault.Invalid, "%s: mark."+name+": "+format, append([]any{file}, args...)...)
		}
		if _, err := time.ParseDuration(m.Overlap); m.Overlap != "" && err != nil {
			return bad("overlap is %q", m.Overlap).(*fault.Error).WithCure(`write a time such as "70m"`)
		}
		kind := p.MarkOf(name).Kind
		q := p.Queries[name]
		switch {
		case !slices.Contains(markKinds, kind):
			return bad("kind is %q; write one of %v", kind, markKinds)
		case name != "all" && q == nil:
			return bad("there is no %s.sql", name)
		case name != "all" && kind.Counts() && !q.Has("since_no"):
			return bad("%s has no line that ends in --? since_no", q.File)
		case kind == MarkTracking && len(m.Tables) == 0:
			return bad("tables is empty; name the tables whose changes are tracked")
		}
	}
	return nil
}
