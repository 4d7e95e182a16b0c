package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"holdfast/adapters"
	"holdfast/connector/config"
	"holdfast/engine/ar"
	"holdfast/engine/fault"
)

// presetProbeVerb is `holdfast preset probe`.
type presetProbeVerb struct {
	Preset  string            `placeholder:"NAME" help:"Try this preset, without a config."`
	DSN     string            `name:"dsn" placeholder:"DSN" help:"Connection of the reading login; with --preset."`
	Presets string            `placeholder:"DIR" help:"Folder of your own presets; with --preset."`
	Company string            `placeholder:"KEY" help:"Company; needed where there are several. With --preset: the ERP's own id of it."`
	Place   map[string]string `placeholder:"NAME=TEXT" help:"What stands in the preset's SQL as {{NAME}}; with --preset."`
	Accept  string            `name:"allow-plaintext" enum:",i-accept" default:"" placeholder:"i-accept" help:"Let data cross the network unencrypted; with --preset."`
	Samples bool              `help:"Show two records of each query, personal data masked."`
	Plan    bool              `help:"Show how the database runs the slowest query."`
}

// Help says more than the line in the list of verbs.
func (v *presetProbeVerb) Help() string {
	return `Looks at one company of an ERP with everything that check asks, then runs each query once as a full
read would: how many rows, how long, which rows could not be taken. Nothing is kept and nothing is written.
With --preset and --dsn no config is needed, so that a preset can be tried before there is one.`
}

// probed is what a probe saw, as programs read it.
type probed struct {
	Preset    string        `json:"preset"`
	Verified  string        `json:"verified"`
	Company   string        `json:"company"`
	Server    string        `json:"server"`
	Identity  string        `json:"identity"`
	Encrypted bool          `json:"encrypted"`
	Collation string        `json:"collation"`
	Skew      float64       `json:"clock_skew_seconds"`
	CanHold   bool          `json:"can_hold"`
	Level     int           `json:"hold_level"`
	Stops     string        `json:"stops"`
	Findings  []ar.Finding  `json:"findings"`
	Queries   []probedQuery `json:"queries"`
}

// probedQuery is one query of a probe.
type probedQuery struct {
	File    string      `json:"file"`
	Rows    int         `json:"rows"`
	Flaws   int         `json:"flaws"`
	Flaw    string      `json:"first_flaw"`
	Seconds float64     `json:"seconds"`
	Samples []ar.Record `json:"samples"`
	Plan    string      `json:"plan"`
}

// Run probes one company.
func (v *presetProbeVerb) Run(ctx context.Context, a *App) error {
	e, company, err := v.target(a)
	if err != nil {
		return err
	}
	erp, err := a.openERP(e, company)
	if err != nil {
		return err
	}
	defer erp.Close()
	line := a.progress("probing")
	p, err := v.probe(ctx, erp)
	line.end()
	if err != nil {
		return failed(err)
	}
	p.Preset, p.Verified = erp.Preset().Name, erp.Preset().Verified
	p.Company = string(company.CompanyID())
	if a.JSON {
		err = a.WriteJSON(p)
	} else {
		v.show(a, p)
	}
	return errors.Join(err, p.verdict())
}

// target is what is probed: the one named on the command line, or a company of
// the config.
func (v *presetProbeVerb) target(a *App) (*config.ERP, *config.Company, error) {
	if v.Preset != "" {
		if v.DSN == "" || v.Company == "" {
			return nil, nil, usage("--preset needs --dsn and --company").WithCure("holdfast preset probe --preset NAME --dsn DSN --company ID")
		}
		a.presets = v.Presets
		e := &config.ERP{Name: erpName, Preset: v.Preset, DSN: config.PlainSecret(v.DSN), AllowPlaintext: v.Accept, Places: v.Place}
		return e, &config.Company{Key: v.Company, ERP: erpName}, nil
	}
	cfg, err := a.Config()
	if err != nil {
		return nil, nil, err
	}
	for i := range cfg.Company {
		if co := &cfg.Company[i]; co.Key == v.Company || v.Company == "" && len(cfg.Company) == 1 {
			return cfg.ERPNamed(co.ERP), co, nil
		}
	}
	if v.Company != "" {
		return nil, nil, notFound("company", v.Company)
	}
	return nil, nil, usage("there are %d companies", len(cfg.Company)).WithCure("name one with --company")
}

// probe asks what check asks, and where nothing is bad measures the queries.
func (v *presetProbeVerb) probe(ctx context.Context, erp *adapters.ERP) (probed, error) {
	found, err := erp.Probe(ctx)
	if err != nil {
		return probed{}, err
	}
	p := probed{
		Server: found.Version, Identity: found.Identity, Encrypted: found.Encrypted, Collation: found.Collation, Skew: found.Skew.Seconds(),
		CanHold: found.CanHold, Level: int(found.Level), Stops: found.Stops, Findings: found.Items, Queries: []probedQuery{},
	}
	if p.Findings == nil {
		p.Findings = []ar.Finding{}
	}
	if !found.OK() {
		return p, nil
	}
	measured, err := erp.Measure(ctx)
	if err != nil {
		p.Findings = append(p.Findings, findingOf(err))
		return p, nil
	}
	for _, m := range measured {
		q := probedQuery{File: m.File, Rows: m.Rows, Flaws: m.Flaws, Seconds: m.Took.Round(time.Millisecond).Seconds(), Plan: m.Plan, Samples: []ar.Record{}}
		if m.First != nil {
			q.Flaw = fmt.Sprintf("%s %s: %s", m.First.ID, m.First.Field, m.First.Reason)
		}
		if v.Samples {
			q.Samples = append(q.Samples, m.Samples...)
		}
		p.Queries = append(p.Queries, q)
	}
	return p, nil
}

// findingOf is an error as a bad finding.
func findingOf(err error) ar.Finding {
	var f *fault.Error
	cure := ""
	for e := err; errors.As(e, &f); e = f.Err {
		if f.Cure != "" {
			cure = f.Cure
		}
	}
	return ar.Finding{Bad: true, Where: "reading", What: strings.TrimSuffix(err.Error(), "; "+cure), Cure: cure}
}

// verdict is an error where a pull would fail.
func (p probed) verdict() error {
	bad := 0
	for _, f := range p.Findings {
		if f.Bad {
			bad++
		}
	}
	if bad == 0 {
		return nil
	}
	return failed(fmt.Errorf("a start would fail: %s", count(bad, "error")))
}

// show writes a probe for a person.
func (v *presetProbeVerb) show(a *App, p probed) {
	a.Say("%s, company %s, on %s", p.Preset, p.Company, p.Server)
	a.fact("Verified", verifiedBy[p.Verified])
	a.fact("Database", p.Identity)
	a.fact("TLS", map[bool]string{true: "in force, or not needed", false: "none"}[p.Encrypted])
	a.fact("Collation", p.Collation)
	a.fact("Clock", fmt.Sprintf("%+.1f seconds against ours", p.Skew))
	a.fact("A hold", holdWords(ar.HoldLevel(p.Level), p.Stops))
	a.fact("Writable", map[bool]string{true: "yes", false: "no"}[p.CanHold])
	for _, f := range p.Findings {
		level := levelNote
		if f.Bad {
			level = levelError
		}
		a.Say("%-7s  %s: %s", level, f.Where, a.redactor.Known(f.What))
		if f.Cure != "" {
			a.Say("         -> %s", f.Cure)
		}
	}
	v.showQueries(a, p)
}

func (v *presetProbeVerb) showQueries(a *App, p probed) {
	if len(p.Queries) == 0 {
		return
	}
	a.Say("")
	var rows [][]string
	for _, q := range p.Queries {
		rows = append(rows, []string{q.File, number(q.Rows), number(q.Flaws), seconds(q.Seconds)})
	}
	a.Table([]Column{{Title: "Query"}, {Title: "Rows", Right: true}, {Title: "Flawed", Right: true}, {Title: "Seconds", Right: true}}, rows)
	for _, q := range p.Queries {
		if q.Flaw != "" {
			a.Say("%s: the first flaw is row %s", q.File, q.Flaw)
		}
		for _, rec := range q.Samples {
			a.Say("%s: %s", q.File, sampleText(rec))
		}
		if q.Plan != "" && v.Plan {
			a.Say("\nThe slowest is %s. The database runs it so:\n%s", q.File, strings.TrimRight(q.Plan, "\n"))
		}
	}
}

// sampleText writes the filled fields of a record.
func sampleText(rec ar.Record) string {
	text, err := json.Marshal(rec)
	if err != nil {
		return err.Error()
	}
	var fields map[string]any
	if err := json.Unmarshal(text, &fields); err != nil {
		return string(text)
	}
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(filled(fields)); err != nil {
		return err.Error()
	}
	return strings.TrimSpace(b.String())
}

// filled leaves out of a record what says nothing.
func filled(fields map[string]any) map[string]any {
	for name, value := range fields {
		if inner, ok := value.(map[string]any); ok {
			value = filled(inner)
			if len(inner) == 0 {
				value = nil
			}
		}
		if value == nil || value == "" || value == false || value == float64(0) || name == "Account" {
			delete(fields, name)
		}
	}
	return fields
}
