package cli

import (
	"strings"

	"holdfast/adapters/presets"
	"holdfast/engine/ar"
)

// presetVerb shows which ERPs are known.
type presetVerb struct {
	List presetListVerb `cmd:"" help:"List the ERPs that can be read, and how far a hold reaches in each."`
	Show presetShowVerb `cmd:"" help:"Show one preset: what it reads, the rights it needs, what it lacks."`
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
	a.fact("A hold", holdWords(ar.HoldLevel(p.Hold.Level), p.Hold.Stops))
	a.facts("Sources", p.Sources)
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
}

func newPresetDetail(p *presets.Preset) presetDetail {
	return presetDetail{
		presetRow: presetRow{
			Name: p.Name, Title: p.Title, Engine: p.Engine, Versions: p.Versions, Hold: ar.HoldLevel(p.Hold.Level).String(),
			Level: p.Hold.Level, Verified: p.Verified, Site: p.Site,
		},
		Stops: p.Hold.Stops, Writes: p.Hold.Mode, Sources: p.Sources, Rights: p.Rights, HoldRights: p.HoldRights, Lacks: lacking(p),
	}
}

// gaps says what goes without where a preset has no file of a name.
var gaps = []struct{ query, without string }{
	{"contacts", "contacts: messages go nowhere"},
	{"applications", "applications: past balances and part payments are worked out from the documents alone"},
	{"orders", "open orders: exposure counts documents only"},
	{"freshness", `how far receipts are posted: say it with "holdfast cash posted-through"`},
	{"hold_targets", "customers that a debtor's hold must reach: only the account itself is held"},
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
