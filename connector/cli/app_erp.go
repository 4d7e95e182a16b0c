package cli

import (
	"context"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"holdfast/adapters"
	"holdfast/adapters/presets"
	"holdfast/connector/config"
	"holdfast/engine/ar"
)

// adapter makes the adapter of one company, without connecting.
func (b *builder) adapter(cfg *config.Company) (*adapters.ERP, error) {
	return b.openERP(b.cfg.ERPNamed(cfg.ERP), cfg)
}

// openERP makes the adapter of one company of an ERP, without connecting. The
// caller closes it.
func (a *App) openERP(e *config.ERP, company *config.Company) (*adapters.ERP, error) {
	c, err := a.adapterConfig(e)
	if err != nil {
		return nil, err
	}
	if c.Preset.Company == presets.InDatabase && a.companiesOf(e.Name) > 1 {
		return nil, usage("ERP %s has several companies, and the preset %s reads one: each is in a database of its own", e.Name, c.Preset.Name).
			WithCure("write one [[erp]] for each company's database, and name it in the company's erp")
	}
	c.Company = company.CompanyID()
	c.Places = maps.Clone(e.Places)
	if c.Places == nil {
		c.Places = map[string]string{}
	}
	maps.Copy(c.Places, company.Places)
	erp, err := adapters.Open(c)
	if err != nil {
		return nil, usage("ERP %s: %w", e.Name, err)
	}
	return erp, nil
}

// companiesOf counts the companies that are read from an ERP.
func (a *App) companiesOf(erp string) (n int) {
	if a.config == nil {
		return 1
	}
	for i := range a.config.Company {
		if a.config.Company[i].ERP == erp {
			n++
		}
	}
	return n
}

// erpCompanies asks an ERP which companies it holds.
func (a *App) erpCompanies(ctx context.Context, e *config.ERP) ([]ar.Company, error) {
	c, err := a.adapterConfig(e)
	if err != nil {
		return nil, err
	}
	return adapters.Companies(ctx, c)
}

// adapterConfig says how an ERP is reached.
func (a *App) adapterConfig(e *config.ERP) (adapters.Config, error) {
	preset, err := presets.Load(e.Preset, a.sitePresets())
	if err != nil {
		return adapters.Config{}, usage("%w", err)
	}
	driver, err := a.driver(preset)
	if err != nil {
		return adapters.Config{}, err
	}
	read, err := e.DSN.Resolve()
	if err != nil {
		return adapters.Config{}, usage("ERP %s: dsn: %w", e.Name, err)
	}
	write, err := e.Writer().Resolve()
	if err != nil {
		return adapters.Config{}, usage("ERP %s: hold_dsn: %w", e.Name, err)
	}
	return adapters.Config{
		Source: e.Source(), Preset: preset, Driver: driver, DSN: a.beside(driver, read), HoldDSN: a.beside(driver, write), AllowPlaintext: e.AllowPlaintext,
		StatementTimeout: e.StatementTimeout.Duration, HistoryDays: e.History.N, HoldMode: e.HoldMode, Places: e.Places, Quiet: e.IsQuiet,
	}, nil
}

// sitePresets is the folder of the site's own presets: as a flag says, else as
// the config does; empty where neither does.
func (a *App) sitePresets() string {
	if a.presets == "" && a.config != nil {
		return a.config.Presets
	}
	return a.presets
}

// sqliteEngine is the engine whose connection is the path of a file.
const sqliteEngine = "sqlite"

// beside makes the path of an ERP that is a file relative to the config.
func (a *App) beside(d adapters.Driver, dsn string) string {
	if d.Name() != sqliteEngine || a.config == nil || dsn == "" || filepath.IsAbs(dsn) {
		return dsn
	}
	return filepath.Join(a.config.Dir, dsn)
}

// driver returns the driver of the database that a preset is written for.
func (a *App) driver(p *presets.Preset) (adapters.Driver, error) {
	var names []string
	for _, d := range a.Parts.Drivers {
		if d.Name() == p.Engine {
			return d, nil
		}
		names = append(names, d.Name())
	}
	return nil, usage("the preset %s is for %s, which this program cannot read", p.Name, p.Engine).
		WithCure("there are drivers for %s", join(names))
}

// join lists names in order.
func join(names []string) string {
	return strings.Join(slices.Sorted(slices.Values(names)), ", ")
}
