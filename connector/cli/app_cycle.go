package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"holdfast/connector/config"
	"holdfast/engine/answer"
	"holdfast/engine/ar"
	"holdfast/engine/cycle"
	"holdfast/engine/fault"
	"holdfast/engine/message"
	"holdfast/engine/outbox"
	"holdfast/engine/policy"
	"holdfast/engine/sequence"
	"holdfast/engine/store"
)

// CycleOptions say how much of a cycle a verb needs.
type CycleOptions struct {
	Channels bool        // launch the channels: messages may leave
	Effects  bool        // versions of sequences are kept in the state; the ERP may be asked for what the config leaves out
	Watch    cycle.Watch // nil: nobody watches
}

// Cycle puts the cycle together: companies with adapter, book and renderer, and
// the channels where they are asked for. It connects to no ERP, unless Effects
// is set and a company's time zone is known from nowhere else. closeAll ends
// what was opened, the state excepted.
func (a *App) Cycle(ctx context.Context, st *store.Store, o CycleOptions) (c *cycle.Cycle, closeAll func(), err error) {
	cfg, err := a.Config()
	if err != nil {
		return nil, nil, err
	}
	b := &builder{App: a, cfg: cfg, store: st, options: o, countries: newCountries()}
	c = &cycle.Cycle{Store: st, Channels: map[string]cycle.Lane{}, Log: a.Log(), Clock: cycle.SystemClock{}, Watch: o.Watch, Host: hostName()}
	if c.Watch == nil {
		c.Watch = unwatched{}
	}
	if err = b.shared(ctx); err == nil {
		c.Companies, err = b.companies(ctx)
	}
	if err == nil && o.Channels {
		var quit func()
		if c.Channels, quit, err = a.Lanes(ctx); err == nil {
			b.closers = append(b.closers, func() error { quit(); return nil })
		}
	}
	if err != nil {
		b.close()
		return nil, nil, err
	}
	return c, b.close, nil
}

// Company returns the company of a key. "" is the only one there is.
func (a *App) Company(c *cycle.Cycle, key string) (*cycle.Company, error) {
	var keys []string
	for _, co := range c.Companies {
		if co.Key == key || key == "" && len(c.Companies) == 1 {
			return co, nil
		}
		keys = append(keys, co.Key)
	}
	if key == "" {
		return nil, usage("there are several companies").WithCure("name one with --company: %s", join(keys))
	}
	return nil, notFound("company", key).WithCure("there are: %s", join(keys))
}

// Selected returns the company of a key, or all for "".
func (a *App) Selected(c *cycle.Cycle, key string) ([]*cycle.Company, error) {
	if key == "" {
		return c.Companies, nil
	}
	co, err := a.Company(c, key)
	return []*cycle.Company{co}, err
}

// ReadCycle opens the state for reading, beside a running service, and puts its
// cycle together. done closes both.
func (a *App) ReadCycle(ctx context.Context) (c *cycle.Cycle, done func(), err error) {
	return a.cycleOf(ctx, a.ReadStore, CycleOptions{})
}

// cycleFor puts a cycle together for a preview, or for the short facts that
// writing it down is. done closes it and the state.
func (a *App) cycleFor(ctx context.Context, write bool) (c *cycle.Cycle, done func(), err error) {
	open := a.ReadStore
	if write {
		open = a.FactStore
	}
	return a.cycleOf(ctx, open, CycleOptions{Effects: write})
}

func (a *App) cycleOf(ctx context.Context, open func(context.Context) (*store.Store, error), o CycleOptions) (*cycle.Cycle, func(), error) {
	st, err := open(ctx)
	if err != nil {
		return nil, nil, err
	}
	c, closeAll, err := a.Cycle(ctx, st, o)
	if err != nil {
		return nil, nil, errors.Join(err, st.Close())
	}
	return c, func() { closeAll(); st.Close() }, nil
}

// builder puts a cycle together and knows what must be closed again.
type builder struct {
	*App
	cfg       *config.Config
	store     *store.Store
	options   CycleOptions
	countries countries
	closers   []func() error

	templates *message.Templates
	packs     *policy.Packs
	current   []*sequence.Sequence
	earlier   []*sequence.Sequence
	known     []ar.Company // by the state
	links     answer.Links
}

// close ends what was opened, the last first.
func (b *builder) close() {
	for _, f := range slices.Backward(b.closers) {
		if err := f(); err != nil {
			b.Log().Warn("closing", "because", err)
		}
	}
	b.closers = nil
}

// shared reads what all companies have in common: templates, contact rules,
// sequences, and what the state knows of the companies.
func (b *builder) shared(ctx context.Context) error {
	var err error
	if b.templates, err = b.loadTemplates(); err != nil {
		return err
	}
	if b.packs, err = b.loadPacks(); err != nil {
		return err
	}
	if b.current, err = b.loadSequences(); err != nil {
		return err
	}
	if b.earlier, err = b.pinned(ctx); err != nil {
		return err
	}
	if b.links, err = b.App.links(); err != nil {
		return err
	}
	b.known, err = b.store.Companies(ctx)
	return err
}

// companies makes every company of the config.
func (b *builder) companies(ctx context.Context) ([]*cycle.Company, error) {
	var all []*cycle.Company
	var problems config.Problems
	var failures []error
	for i := range b.cfg.Company {
		co, err := b.company(ctx, i)
		if ps := config.ProblemsOf(err); ps != nil {
			problems = append(problems, ps...)
		} else if err != nil {
			failures = append(failures, err)
		}
		all = append(all, co)
	}
	if err := problems.Err(); err != nil {
		failures = append(failures, usage("%w", err))
	}
	return all, errors.Join(failures...)
}

// company makes one company, by its place in the config.
func (b *builder) company(ctx context.Context, i int) (*cycle.Company, error) {
	cfg := &b.cfg.Company[i]
	key := fmt.Sprintf("company[%d]", i+1)
	adapter, err := b.adapter(cfg)
	if err != nil {
		return nil, err
	}
	b.closers = append(b.closers, adapter.Close)
	zone, err := b.zone(ctx, cfg, key)
	if err != nil {
		return nil, err
	}
	policy := b.policy(cfg, zone, adapter.Capability())
	book, problems := sequence.NewBook(b.current, b.earlier, policy, b.Parts.Steps)
	if err := problems.Err(); err != nil {
		return nil, usage("%w", err)
	}
	secret, err := cfg.SigningKey.Resolve()
	if err != nil {
		return nil, usage("%s.signing_key: %w", key, err)
	}
	logo, err := b.logo(cfg, key)
	if err != nil {
		return nil, err
	}
	return &cycle.Company{
		Key: cfg.Key, Source: cfg.Source(), ID: cfg.CompanyID(), Mode: cfg.Mode, TestAddress: cfg.TestAddress, TestNumber: cfg.TestNumber,
		Adapter: adapter, Book: book, Zone: zone,
		Limits: b.limits(cfg), Cash: cashSources(cfg), CashLag: cfg.Cash.Lag.N, PromiseWithin: cfg.Promise.Within,
		Render: &renderer{
			templates: b.templates, company: cfg, key: []byte(secret), book: book, level: adapter.Capability().Level,
			links: b.links, logo: logo,
		},
	}, nil
}

// zone finds a company's time zone: in the config, in the state, or in the ERP.
// Where none of them says, it is that of this machine; check says so.
func (b *builder) zone(ctx context.Context, cfg *config.Company, key string) (*time.Location, error) {
	name := cfg.TimeZone
	for _, known := range b.known {
		if name == "" && known.Source == cfg.Source() && known.ID == cfg.CompanyID() {
			name = known.TimeZone
		}
	}
	if name == "" && b.options.Effects {
		var err error
		if name, err = b.askZone(ctx, cfg); err != nil {
			return nil, err
		}
	}
	if name == "" {
		return time.Local, nil
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		p := b.cfg.Problem(key+".time_zone", fmt.Sprintf("%q is not a time zone that this program knows", name),
			`write time_zone = "America/New_York", or where the company is`)
		return nil, usage("%w", config.Problems{p})
	}
	return zone, nil
}

// askZone asks the ERP for a company's time zone, "" where it does not know.
func (b *builder) askZone(ctx context.Context, cfg *config.Company) (string, error) {
	erp, err := b.adapter(cfg)
	if err != nil {
		return "", err
	}
	defer erp.Close()
	company, err := erp.ReadCompany(ctx)
	if err != nil {
		return "", fault.Wrap("read company "+cfg.Key+" of ERP "+cfg.ERP, failed(err))
	}
	return company.TimeZone, nil
}

// limits are the figures beyond which a company's cycle stops and asks.
func (b *builder) limits(cfg *config.Company) cycle.Limits {
	return cycle.Limits{
		MaxAge: cfg.Data.MaxAge.Duration, Breaker: cfg.Data.Breaker, Skew: b.cfg.ERPNamed(cfg.ERP).MaxClockSkew.Duration,
		Volume: cfg.Volume.Limit, NewHolds: cfg.Holds.MaxNew, TwoAbove: cfg.Approve.TwoAbove,
		Sweep: cfg.Holds.Orders == "hold", Reassert: cfg.Holds.Drift == "reassert",
	}
}

func cashSources(cfg *config.Company) []cycle.CashSource {
	var all []cycle.CashSource
	for _, s := range cfg.Cash.Sources {
		all = append(all, cycle.CashSource{Name: s.Name, Weekdays: s.Weekdays})
	}
	return all
}

// unwatched is a Watch that nobody looks at.
type unwatched struct{}

func (unwatched) Pulled(string, time.Duration, pullReport)  {}
func (unwatched) Decided(string, int, time.Duration)        {}
func (unwatched) Sent(string, string, outbox.State)         {}
func (unwatched) Held(string, ar.EntryState, time.Duration) {}

// hostName names this machine: by the id that systemd keeps, which outlives a
// change of name, or else by its name. Empty where it has neither.
func hostName() string {
	if id, err := os.ReadFile("/etc/machine-id"); err == nil && len(strings.TrimSpace(string(id))) > 0 {
		return "machine " + strings.TrimSpace(string(id))[:8]
	}
	name, err := os.Hostname()
	if err != nil {
		return ""
	}
	return name
}
