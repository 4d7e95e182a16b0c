package presets

import (
	"fmt"
	"slices"
	"strings"

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
	Limits      []string                     `toml:"limits"`   // what it cannot do, a sentence each
	Company     string                       `toml:"company"`  // where the ERP keeps companies apart, a Locator
	Session     []string                     `toml:"session"`  // statements that each connection begins with
	Places      map[string]Place             `toml:"place"`    // what stands in the SQL as {{name}}
	Marks       map[string]Mark              `toml:"mark"`     // by entity, or "all"
	Rights      []string                     `toml:"rights"`   // GRANT statements of the reading login
	HoldRights  []string                     `toml:"hold_rights"`
	Hold        Hold                         `toml:"hold"`
	Codes       map[string]map[string]string `toml:"codes"`       // column → the ERP's code → canonical
	Fingerprint map[string][]string          `toml:"fingerprint"` // table → columns that the queries use

	Site    bool              `toml:"-"` // at least one file comes from the site's own folder
	Queries map[string]*Query `toml:"-"` // by name: "documents", "hold_get" ...
}

// Locators: what keeps the companies of an ERP apart.
const (
	InColumn   = "column"   // a column that the queries compare with :company
	InDatabase = "database" // a database of its own, named by the DSN
	InSchema   = "schema"   // a schema, a place in the SQL
	InPrefix   = "prefix"   // part of the tables' names, a place in the SQL
	InSession  = "session"  // what the session set-up chooses
)

var locators = []string{InColumn, InDatabase, InSchema, InPrefix, InSession}

// Hold is what a preset says about credit holds.
type Hold struct {
	Level       int    `toml:"level"`        // 0 nothing, 1 warns, 2 stops orders, 3 stops shipments
	Stops       string `toml:"stops"`        // in words, for a person
	Mode        string `toml:"mode"`         // ModeSQL and so on, where the config names no other
	OptIn       string `toml:"opt_in"`       // why mode sql is off until a person accepts it on record; empty: it is not
	Value       string `toml:"value"`        // what a placed hold looks like, as hold_get reads it
	Compare     string `toml:"compare"`      // "value", or "version" too
	Table       string `toml:"table"`        // what is written, for proving the rights
	Column      string `toml:"column"`       // of table
	Undone      string `toml:"undone"`       // what of the ERP itself may lift or change the hold; empty: nothing known
	Orders      string `toml:"orders"`       // what becomes of orders entered before the hold; empty: it reaches them
	OrderValue  string `toml:"order_value"`  // what a held order looks like, as orders_hold_get reads it
	OrderTable  string `toml:"order_table"`  // what the sweep of open orders writes
	OrderColumn string `toml:"order_column"` // of order_table
}

// How holds are written.
const (
	ModeSQL       = "sql"       // hold_set.sql and its companions
	ModeProcedure = "procedure" // a procedure of the site's own, called by name
	ModeStaging   = "staging"   // a table of ours, from which the site's own job takes its orders
	ModeGuard     = "guard"     // a table of ours, which a trigger in the ERP asks before a shipment
	ModeNone      = "none"      // not at all
)

// Modes lists how holds may be written.
var Modes = []string{ModeSQL, ModeProcedure, ModeStaging, ModeGuard, ModeNone}

// decode reads a preset.toml; file is its name for errors.
func decode(file string, text []byte) (*Preset, error) {
	p := &Preset{Company: InColumn}
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
		return bad("hold.mode is %q; write sql or none; the config may choose another", p.Hold.Mode)
	case p.WritesSQL() && p.Hold.Value == "":
		return bad("hold.value is empty; write what a placed hold looks like")
	case p.WritesSQL() && p.Hold.Compare != "value" && p.Hold.Compare != "version":
		return bad("hold.compare is %q; write value or version", p.Hold.Compare)
	case p.Queries["orders_hold_set"] != nil && p.Hold.OrderValue == "":
		return bad("hold.order_value is empty; write what a held order looks like")
	case p.Company != "" && !slices.Contains(locators, p.Company):
		return bad("company is %q; write one of %s", p.Company, strings.Join(locators, ", "))
	}
	if err := p.validateMarks(file); err != nil {
		return err
	}
	if err := p.validatePlaces(file); err != nil {
		return err
	}
	return p.validateFiles(file)
}

// WritesSQL reports whether the preset has statements that write a hold.
func (p *Preset) WritesSQL() bool { return p.Queries["hold_set"] != nil }

// validateFiles checks that the files that a preset cannot do without exist.
func (p *Preset) validateFiles(file string) error {
	need := []string{"companies", "customers", "documents"}
	if p.Hold.Mode == ModeSQL || p.WritesSQL() {
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
