package cli

import (
	"context"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"

	"holdfast/adapters"
	"holdfast/adapters/presets"
	"holdfast/connector/config"
	"holdfast/engine"
	"holdfast/engine/ar"
	"holdfast/engine/cycle"
	"holdfast/engine/fault"
	"holdfast/engine/store"
	"holdfast/plugins/host"
)

// channels starts each channel that is used, asks how it is, and ends it.
func (c *checker) channels(ctx context.Context) {
	for i := range c.App.config.Channel {
		ch := &c.App.config.Channel[i]
		key := c.channelKey(ch)
		if !used(c.App.config, ch.Name) {
			c.add(levelNote, key, "no company uses channel "+ch.Name, "name it under [company] channels, or remove it")
			continue
		}
		if err := c.channel(ctx, ch); err != nil {
			c.failure(key, fault.Wrap("channel "+ch.Name, err))
		}
	}
}

// channel starts a channel in a folder that goes away again.
func (c *checker) channel(ctx context.Context, ch *config.Channel) error {
	dir, err := os.MkdirTemp("", "holdfast-check-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	channel, err := c.launchChannel(ctx, ch, dir)
	if err != nil {
		return err
	}
	defer channel.Close()
	c.plainSecrets(ch, channel)
	return channel.Health(ctx)
}

// plainSecrets names what a channel calls a secret and the config shows.
func (c *checker) plainSecrets(ch *config.Channel, channel *host.Channel) {
	for _, place := range channel.SecretPlaces() {
		if !ch.Settings.Kept(place) {
			c.add(levelWarning, c.channelKey(ch)+".settings."+host.Key(place), "holds a secret in plain text", `write "env:NAME" or "file:PATH" and keep the value there`)
		}
	}
}

// companies probes each company's ERP and looks at what its config leaves open.
func (c *checker) companies(ctx context.Context) {
	for i := range c.App.config.Company {
		cfg := &c.App.config.Company[i]
		key := fmt.Sprintf("company[%d]", i+1)
		if len(cfg.Cash.Sources) == 0 {
			c.add(levelNote, key+".cash.sources", "company "+cfg.Key+": no source of receipts is named, so nobody looks whether receipts are posted",
				`name one, such as sources = [{ name = "bank" }], and tell holdfast cash posted-through DAY`)
		}
		c.probe(ctx, cfg, key)
	}
	c.book(ctx)
}

// probe looks at the ERP: login, rights, columns, clock and holds.
func (c *checker) probe(ctx context.Context, cfg *config.Company, key string) {
	erpKey := c.erpKey(cfg.ERP)
	erp, err := c.openERP(c.App.config.ERPNamed(cfg.ERP), cfg)
	if err != nil {
		c.failure(erpKey, err)
		return
	}
	defer erp.Close()
	found, err := erp.Probe(ctx)
	if err != nil {
		c.failure(erpKey, fault.Wrap("ERP "+cfg.ERP, err))
		return
	}
	c.add(levelNote, erpKey, "ERP "+cfg.ERP+": "+serverText(found), "")
	for _, f := range found.Items {
		level := levelNote
		if f.Bad {
			level = levelError
		}
		c.list = append(c.list, finding{level, f.Where, 0, key, c.redactor.Known(f.What), f.Cure})
	}
	if found.Plain {
		c.add(levelNote, erpKey+".allow_plaintext", "the connection to ERP "+cfg.ERP+" leaves this machine unencrypted", "encrypt it, and remove allow_plaintext")
	}
	c.hold(cfg, key, erp, found)
	c.holdWays(cfg, key, erp.Capability())
	c.preset(erp.Preset(), cfg, key)
	if found.OK() {
		c.zone(ctx, erp, cfg, key)
	}
}

// serverText says which server answered, and how.
func serverText(found ar.Findings) string {
	parts := []string{found.Version, map[bool]string{true: "encrypted or on this machine", false: "not encrypted"}[!found.Plain]}
	if found.Collation != "" {
		parts = append(parts, "collation "+found.Collation)
	}
	return strings.Join(append(parts, fmt.Sprintf("its clock %+.1f seconds against ours", found.Skew.Seconds())), ", ")
}

// holdWays says what stands between a hold and its effect: what must be
// accepted first, orders that it does not reach, and what may lift it.
func (c *checker) holdWays(cfg *config.Company, key string, can engine.HoldCapability) {
	at := key + ".holds"
	if can.OptIn != "" {
		c.add(levelNote, at, "company "+cfg.Key+": holds are written by SQL only after a person accepted this: "+can.OptIn,
			`holdfast hold enable --accept "who allowed it, and why"; or set hold_mode to procedure, staging or guard`)
	}
	if can.Orders != "" && cfg.Holds.Orders != "hold" {
		cure := "the guard stops them: holdfast hold script guard"
		if can.Sweeps {
			cure = `write open_orders = "hold" under [company.holds], or use the guard`
		}
		c.add(levelNote, at, "company "+cfg.Key+": orders entered before a hold: "+can.Orders, cure)
	}
	if can.Undone != "" {
		c.add(levelNote, at, "company "+cfg.Key+": a hold may be lifted by the ERP itself: "+can.Undone, `drift = "reassert" sets it again, three times at most`)
	}
}

// preset says what a preset cannot do, and how far it was tried.
func (c *checker) preset(p *presets.Preset, cfg *config.Company, key string) {
	if p.Verified != "live" {
		c.add(levelNote, key+".erp", fmt.Sprintf("company %s: the preset %s was verified %s, not on a running ERP", cfg.Key, p.Name, verifiedBy[p.Verified]),
			"compare holdfast report aging with the ERP's own list of open items before anything is sent")
	}
	for _, gap := range lacking(p) {
		c.add(levelNote, key+".erp", fmt.Sprintf("company %s: the preset %s lacks %s", cfg.Key, p.Name, gap), "")
	}
	for _, limit := range p.Limits {
		c.add(levelNote, key+".erp", fmt.Sprintf("company %s: %s", cfg.Key, strings.TrimSuffix(limit, ".")), "")
	}
}

// hold says how far a hold reaches in this ERP.
func (c *checker) hold(cfg *config.Company, key string, erp *adapters.ERP, found ar.Findings) {
	what := fmt.Sprintf("company %s: hold level %d: %s", cfg.Key, int(found.Level), holdWords(found.Level, found.Stops))
	cure := ""
	switch {
	case !erp.Capability().Writable:
		what = fmt.Sprintf("company %s: the preset %s writes no holds here: they are journalled only", cfg.Key, erp.Preset().Name)
		cure = "a guard in the ERP can stop shipments: holdfast hold script guard"
	case !found.CanHold:
		what, cure = fmt.Sprintf("company %s: no hold can be written to this ERP", cfg.Key), "give the hold login its rights; holdfast preset show names them"
	case c.fresh:
		cure = "holds are journalled only, until holdfast hold enable"
	}
	c.add(levelNote, key+".holds", what, cure)
}

// zone says where the company's time zone comes from, where nobody names it.
func (c *checker) zone(ctx context.Context, erp *adapters.ERP, cfg *config.Company, key string) {
	if cfg.TimeZone != "" {
		return
	}
	company, err := erp.ReadCompany(ctx)
	switch {
	case fault.Is(err, fault.NotFound):
		c.failure(key+".key", err)
	case err != nil:
		c.failure(key, err)
	case company.TimeZone == "":
		c.add(levelNote, key+".time_zone", "the ERP does not say in which time zone company "+cfg.Key+" lives: this machine's is taken",
			`write time_zone = "America/New_York", or where it is`)
	}
}

// erpKey is where an ERP stands in the config.
func (c *checker) erpKey(name string) string {
	i := slices.IndexFunc(c.App.config.ERP, func(e config.ERP) bool { return e.Name == name })
	return fmt.Sprintf("erp[%d]", i+1)
}

// book puts each company's rules together as a start would, and says what of the
// state stands in the way.
func (c *checker) book(ctx context.Context) {
	st, err := c.ReadStore(ctx)
	if err != nil {
		return // said already, and there is nobody to run beside
	}
	defer st.Close()
	if release, err := store.Lock(c.App.config.State); fault.Is(err, fault.Busy) {
		c.add(levelNote, "state", "holdfast is running on this state already", "")
	} else if err == nil {
		release()
	}
	cy, done, err := c.Cycle(ctx, st, CycleOptions{})
	if err != nil {
		c.failure("", err)
		return
	}
	defer done()
	for _, co := range cy.Companies {
		c.enabled(ctx, cy, co)
		c.otherWays(ctx, cy, co)
	}
}

// otherWays names holds that stand in the ERP and were written in another way
// than hold_mode says now: nobody would lift them.
func (c *checker) otherWays(ctx context.Context, cy *cycle.Cycle, co *cycle.Company) {
	entries, err := cy.Store.Holds(ctx, store.HoldFilter{Source: co.Source, Company: co.ID, States: inERP})
	if err != nil {
		c.failure("", err)
		return
	}
	ways := map[string]int{}
	for _, e := range entries {
		if e.Way != "" && e.Way != co.Adapter.Capability().Mode {
			ways[e.Way]++
		}
	}
	for _, way := range slices.Sorted(maps.Keys(ways)) {
		c.add(levelError, c.erpKey(string(co.Source))+".hold_mode", fmt.Sprintf("company %s: %s, written by %s, and holds are written by %s now: they would never be lifted",
			co.Key, stand(ways[way]), way, co.Adapter.Capability().Mode), "set hold_mode back to "+way+" until holdfast hold release --ours has lifted them")
	}
}

// enabled says where holds are written.
func (c *checker) enabled(ctx context.Context, cy *cycle.Cycle, co *cycle.Company) {
	shadow, err := cy.Shadow(ctx, co)
	switch {
	case err != nil || !co.Adapter.Capability().Writable:
	case shadow:
		c.add(levelNote, "", "company "+co.Key+": holds are journalled only", "holdfast hold enable, in mode live")
	default:
		c.add(levelNote, "", "company "+co.Key+": holds are enabled and written to the ERP", "")
	}
}
