package presets

import (
	"fmt"
	"slices"

	"holdfast/engine/fault"
	"holdfast/engine/tomlfile"
)

// Preset is one ERP as data: a preset.toml and one SQL file per entity.
type Preset struct {
	Name        string                       `toml:"name"`
	Title       string                       `toml:"title"`
	Engine      string                       `toml:"engine"`   // driver that it is written for
	Versions    []string                     `toml:"versions"` // of the ERP
	Sources     []string                     `toml:"sources"`  // where the facts come from
	Verified    string                       `toml:"verified"` // live, schema, source or docs
	Rights      []string                     `toml:"rights"`   // GRANT statements of the reading login
	HoldRights  []string                     `toml:"hold_rights"`
	Hold        Hold                         `toml:"hold"`
	Codes       map[string]map[string]string `toml:"codes"`       // column → the ERP's code → canonical
	Fingerprint map[string][]string          `toml:"fingerprint"` // table → columns that the queries use

	Site    bool              `toml:"-"` // at least one file comes from the site's own folder
	Queries map[string]*Query `toml:"-"` // by name: "documents", "hold_get" ...
}

// Hold is what a preset says about credit holds.
type Hold struct {
	Level   int    `toml:"level"`   // 0 nothing, 1 warns, 2 stops orders, 3 stops shipments
	Stops   string `toml:"stops"`   // in words, for a person
	Mode    string `toml:"mode"`    // ModeSQL or ModeNone
	Value   string `toml:"value"`   // what a placed hold looks like, as hold_get reads it
	Compare string `toml:"compare"` // "value", or "version" too
	Table   string `toml:"table"`   // what is written, for proving the rights
	Column  string `toml:"column"`
}

// How holds are written.
const (
	ModeSQL  = "sql"  // hold_set.sql and its companions
	ModeNone = "none" // not at all
)

// decode reads a preset.toml; file is its name for errors.
func decode(file string, text []byte) (*Preset, error) {
	p := &Preset{}
	if err := tomlfile.Read(file, text, p).Problems.Err(); err != nil {
		return nil, fault.New(fault.Invalid, "%w", err).WithCure("docs/presets.md names every key")
	}
	return p, nil
}

// validate checks what TOML cannot, naming file and cure.
func (p *Preset) validate(file string) error {
	bad := func(format string, args ...any) error {
		return fault.New(fault.Invalid, "%s: %s", file, fmt.Sprintf(format, args...))
	}
	switch {
	case p.Name == "" || p.Title == "" || p.Engine == "":
		return bad("name, title and engine must be given")
	case !slices.Contains([]string{"live", "schema", "source", "docs"}, p.Verified):
		return bad("verified is %q; write live, schema, source or docs", p.Verified)
	case p.Hold.Level < 0 || p.Hold.Level > 3:
		return bad("hold.level is %d; write 0 (nothing), 1 (warns), 2 (stops orders) or 3 (stops shipments)", p.Hold.Level)
	case p.Hold.Mode != ModeSQL && p.Hold.Mode != ModeNone:
		return bad("hold.mode is %q; write sql or none", p.Hold.Mode)
	case p.Hold.Mode == ModeSQL && p.Hold.Value == "":
		return bad("hold.value is empty; write what a placed hold looks like")
	case p.Hold.Mode == ModeSQL && p.Hold.Compare != "value" && p.Hold.Compare != "version":
		return bad("hold.compare is %q; write value or version", p.Hold.Compare)
	}
	return p.validateFiles(file)
}

// validateFiles checks that the files that a preset cannot do without exist.
func (p *Preset) validateFiles(file string) error {
	need := []string{"companies", "customers", "documents"}
	if p.Hold.Mode == ModeSQL {
		need = append(need, "hold_get", "hold_set")
	}
	for _, name := range need {
		if p.Queries[name] == nil {
			return fault.New(fault.Invalid, "%s: there is no %s.sql beside it", file, name).
				WithCure("write it; docs/presets.md lists its columns")
		}
	}
	return nil
}
