package cli

import (
	"io/fs"
	"os"
	"time"

	"holdfast/engine/ar"
	"holdfast/engine/message"
	"holdfast/engine/sequence"
	"holdfast/engine/sequence/lint"
	"holdfast/engine/tomlfile"
)

// sequences looks at the sequence files and the templates, each by itself and
// all together.
func (c *checker) sequences() {
	all, err := c.loadSequences()
	if err != nil {
		c.failure("sequences", err)
	}
	_, fights := sequence.NewBook(all, nil, sequence.Policy{}, c.Parts.Steps)
	c.problems(levelError, fights)
	if _, err := c.loadTemplates(); err != nil {
		c.failure("templates", err)
		return
	}
	site := lint.Site{
		Sequences: all, Provides: message.Provides(), Short: message.ProvidesShort(), Spoken: message.ProvidesSpoken(), Today: ar.DayOf(time.Now()),
	}
	if site.Texts, err = c.texts(); err != nil {
		c.failure("templates", err)
		return
	}
	if err := c.companiesOf(&site); err != nil {
		c.failure("policies", err)
	}
	for _, f := range lint.Check(site) {
		level := levelError
		if f.Warning {
			level = levelWarning
		}
		c.problems(level, tomlfile.Problems{f.Problem})
	}
}

// texts reads the shipped templates and, over them, the config's own, as they
// are written.
func (c *checker) texts() (*lint.Texts, error) {
	var site fs.FS
	if c.App.config.Templates != "" {
		site = os.DirFS(c.App.config.Templates)
	}
	return lint.ReadTexts(message.Defaults(), site, "shipped", c.App.config.Templates)
}

// companiesOf adds what the config says of each company. Roles are known once
// every company names who works its tasks.
func (c *checker) companiesOf(site *lint.Site) error {
	packs, err := c.loadPacks()
	known := true
	for i := range c.App.config.Company {
		cfg := &c.App.config.Company[i]
		site.Companies = append(site.Companies, lint.Company{
			Key: cfg.Key, Media: tomlfile.Sorted(cfg.Channels), Packs: packs,
			Relationship: cfg.Relationship, DebtorKind: cfg.DebtorKind, DebtKind: cfg.DebtKind,
		})
		site.Interest = site.Interest || cfg.Sender.LateFee != ""
		known = known && len(cfg.Collector) > 0
		for _, who := range cfg.Collector {
			site.Roles = append(site.Roles, who.Name)
		}
	}
	if !known {
		site.Roles = nil
	}
	return err
}
