package cli

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"holdfast/adapters/presets"
	"holdfast/engine/ar"
)

// presetVerb shows which ERPs are known.
type presetVerb struct {
	List  presetListVerb  `cmd:"" help:"List the ERPs that can be read, and how far a hold reaches in each."`
	Show  presetShowVerb  `cmd:"" help:"Show one preset: what it reads, the rights it needs, what it lacks."`
	New   presetNewVerb   `cmd:"" help:"Write the draft of a preset from the tables of an ERP that there is none for."`
	Probe presetProbeVerb `cmd:"" help:"Try a preset on an ERP: rights, plans, rows, seconds, samples."`
}

type presetListVerb struct{}

// presetRow is a preset as programs read it.
type presetRow struct {
	Name     string   `json:"name"`
	Title    string   `json:"title"`
	Engine   string   `json:"engine"`
	Versions []string `json:"versions"`
	Hold     string   `json:"hold"`       // what a hold does, in words
	Level    int      `json:"hold_level"` // 0 to 3
	Verified string   `json:"verified"`   // live, schema, source or docs
	Site     bool     `json:"site"`       // from the site's own folder, in part or whole
}

// Run lists presets.
func (v *presetListVerb) Run(a *App) error {
	list, err := presets.List(a.presetFolder())
	if err != nil {
		return usage("%w", err)
	}
	rows := []presetRow{}
	var lines [][]string
	for _, p := range list {
		r := presetRow{
			Name: p.Name, Title: p.Title, Engine: p.Engine, Versions: p.Versions, Hold: ar.HoldLevel(p.Hold.Level).String(),
			Level: p.Hold.Level, Verified: p.Verified, Site: p.Site,
		}
		rows = append(rows, r)
		name := r.Name
		if r.Site {
			name += " (yours)"
		}
		lines = append(lines, []string{name, r.Title, r.Engine, r.Hold, verifiedBy[r.Verified]})
	}
	if a.JSON {
		return a.WriteJSON(rows)
	}
	return a.Table([]Column{{"Name", false}, {"ERP", false}, {"Database", false}, {"A hold", false}, {"Verified", false}}, lines)
}

// verifiedBy says how a preset was checked, for a person.
var verifiedBy = map[string]string{
	"live": "on a live database", "schema": "against the vendor's schema", "source": "against the vendor's source", "docs": "by documents only",
}

// presetFolder is the site's own folder of presets, where a config names one.
// Presets are looked at before there is a config, so a missing one is no error.
func (a *App) presetFolder() string {
	cfg, err := a.Config()
	if err != nil {
		return ""
	}
	return cfg.Presets
}

type presetShowVerb struct {
	Name string `arg:"" help:"Name of the preset, as the list shows it."`
}

// Run shows one preset.
func (v *presetShowVerb) Run(a *App) error {
	p, err := presets.Load(v.Name, a.presetFolder())
	if err != nil {
		return usage("%w", err)
	}
	if a.JSON {
		return a.WriteJSON(newPresetDetail(p))
	}
	a.Say("%s: %s, on %s", p.Name, p.Title, p.Engine)
	a.fact("Versions", strings.Join(p.Versions, ", "))
	a.fact("Verified", verifiedBy[p.Verified])
	a.fact("Company", companyIn[p.Company])
	a.fact("A hold", holdWords(ar.HoldLevel(p.Hold.Level), p.Hold.Stops))
	a.fact("Written", strings.Join(p.ModesOn(), ", ")+" (hold_mode)")
	a.fact("Opt-in", p.Hold.OptIn)
	a.fact("Orders", p.Hold.Orders)
	a.fact("Undone", p.Hold.Undone)
	a.facts("Places in the SQL", placeLines(p))
	a.facts("Reads changes by", markLines(p))
	a.facts("Sources", p.Sources)
	a.facts("Limits", p.Limits)
	a.facts("Lacks", lacking(p))
	a.facts("Rights of the reading login", p.Rights)
	a.facts("Rights of the login that writes holds", p.HoldRights)
	return nil
}

// presetDetail is one preset whole, as programs read it.
type presetDetail struct {
	presetRow
	Stops      string   `json:"stops"`
	Writes     string   `json:"writes"` // how holds are written: sql or none
	Sources    []string `json:"sources"`
	Rights     []string `json:"rights"`
	HoldRights []string `json:"hold_rights"`
	Lacks      []string `json:"lacks"`
	Company    string   `json:"company"` // what keeps companies apart
	Modes      []string `json:"modes"`   // how holds may be written
	OptIn      string   `json:"opt_in"`
	Orders     string   `json:"orders"`
	Undone     string   `json:"undone"`
	Places     []string `json:"places"`
	Marks      []string `json:"marks"`
	Limits     []string `json:"limits"`
}

func newPresetDetail(p *presets.Preset) presetDetail {
	return presetDetail{
		presetRow: presetRow{
			Name: p.Name, Title: p.Title, Engine: p.Engine, Versions: p.Versions, Hold: ar.HoldLevel(p.Hold.Level).String(),
			Level: p.Hold.Level, Verified: p.Verified, Site: p.Site,
		},
		Stops: p.Hold.Stops, Writes: p.Hold.Mode, Sources: p.Sources, Rights: p.Rights, HoldRights: p.HoldRights, Lacks: lacking(p),
		Company: p.Company, Modes: p.ModesOn(), OptIn: p.Hold.OptIn, Orders: p.Hold.Orders, Undone: p.Hold.Undone,
		Places: placeLines(p), Marks: markLines(p), Limits: slices.Concat([]string{}, p.Limits),
	}
}

// companyIn says what keeps companies apart, for a person.
var companyIn = map[string]string{
	presets.InColumn:   "all in one database, told apart by a column",
	presets.InDatabase: "each in a database of its own: one [[erp]] for each",
	presets.InSchema:   "each in a schema of its own",
	presets.InPrefix:   "each in tables of its own, by their names",
	presets.InSession:  "chosen by the session",
}

// placeLines says what stands in the SQL from site to site.
func placeLines(p *presets.Preset) []string {
	list := []string{}
	for _, name := range slices.Sorted(maps.Keys(p.Places)) {
		place := p.Places[name]
		stands := fmt.Sprintf("%q", place.Default)
		if place.Of != "" {
			stands = "the company's id"
		}
		list = append(list, fmt.Sprintf("{{%s}} = %s unless places says otherwise: %s", name, stands, place.Doc))
	}
	return list
}

// markLines says how each entity is read incrementally.
func markLines(p *presets.Preset) []string {
	list := []string{}
	for _, entity := range []string{"customers", "contacts", "documents", "applications", "orders"} {
		if p.Queries[entity] == nil {
			continue
		}
		m := p.MarkOf(entity)
		how := string(m.Kind)
		switch {
		case m.Kind == presets.MarkStamp && !p.Queries[entity].Has("since"):
			how = string(presets.MarkWhole)
		case m.Kind == presets.MarkStamp:
			how = fmt.Sprintf("stamp, with %s of overlap", m.Back())
		}
		list = append(list, entity+": "+how)
	}
	return list
}

// gaps says what goes without where a preset has no file of a name.
var gaps = []struct{ query, without string }{
	{"contacts", "contacts: messages go nowhere"},
	{"applications", "applications: past balances and part payments are worked out from the documents alone"},
	{"orders", "open orders: exposure counts documents only"},
	{"freshness", `how far receipts are posted: say it with "holdfast cash posted-through"`},
	{"hold_get", "holds"},
}

// lacking lists what a preset cannot do.
func lacking(p *presets.Preset) []string {
	list := []string{}
	for _, g := range gaps {
		if p.Queries[g.query] == nil {
			list = append(list, g.without)
		}
	}
	if p.Hold.Orders != "" && p.Queries["orders_hold_set"] == nil {
		list = append(list, "holding open orders: they go on")
	}
	if p.Queries["hold_get"] != nil && p.Hold.Mode == presets.ModeNone {
		list = append(list, "writing holds: they are read only")
	}
	return list
}

// fact writes one line of a description.
func (a *App) fact(title, text string) {
	if text != "" {
		a.Say("  %-9s %s", title, text)
	}
}

// holdWords says what a hold does, its level first: "stops orders: the ERP ...".
func holdWords(level ar.HoldLevel, stops string) string {
	switch {
	case stops == "":
		return level.String()
	case strings.HasPrefix("stops "+stops, level.String()):
		return "stops " + stops
	}
	return level.String() + ": " + stops
}

// facts writes a list below its title; an empty one is left out.
func (a *App) facts(title string, list []string) {
	if len(list) == 0 {
		return
	}
	a.Say("  %s:", title)
	for _, text := range list {
		a.Say("    %s", text)
	}
}
