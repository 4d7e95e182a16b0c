// Package adapters reads customers, documents and receipts out of an ERP's own
// database and writes credit holds back to it. It is a portable type over a
// small Driver per kind of database; what is particular to one ERP is a preset:
// SQL whose column aliases are the canonical names.
package adapters

import (
	"database/sql"
	"errors"
	"time"

	"holdfast/adapters/presets"
	"holdfast/engine"
	"holdfast/engine/ar"
	"holdfast/engine/fault"
)

// Defaults of a Config.
const (
	DefaultStatementTimeout = 5 * time.Minute
	DefaultHistoryDays      = 400
	defaultLockTimeout      = 2 * time.Second
)

// Plaintext is the word by which a person accepts that a connection to another
// machine is not encrypted.
const Plaintext = "i-accept"

// Config says which company to read and how to reach it.
type Config struct {
	Source         ar.Source
	Company        ar.CompanyID // may be empty for Companies
	Preset         *presets.Preset
	Driver         Driver
	DSN            string // read-only login
	HoldDSN        string // narrower login for holds; empty: DSN
	AllowPlaintext string // Plaintext, or empty
	// Places say what stands in the preset's SQL as {{name}}, where the preset's
	// own defaults do not fit.
	Places map[string]string
	// HoldMode is how holds are written, one of presets.Modes; empty: as the
	// preset says.
	HoldMode string
	// StatementTimeout ends a statement of the ERP that takes longer; 0 means
	// DefaultStatementTimeout.
	StatementTimeout time.Duration
	// HistoryDays is how far back closed documents are read; 0 means
	// DefaultHistoryDays.
	HistoryDays int
	// Quiet reports whether the ERP is to be left alone at an instant: nothing is
	// read afresh then. nil: never.
	Quiet func(time.Time) bool
	// Now is our clock; nil means time.Now.
	Now func() time.Time
}

// ERP is one company of one ERP database.
type ERP struct {
	cfg   Config
	read  *sql.DB
	write *sql.DB
	slots chan struct{} // at most two connections in use
	fresh *pace         // of fresh reads

	places map[string]string // of the preset, filled
}

var (
	_ engine.Adapter     = (*ERP)(nil)
	_ engine.OrderHolder = (*ERP)(nil)
	_ engine.Renewer     = (*ERP)(nil)
)

// Open checks cfg and returns the adapter without connecting. The caller
// closes it.
func Open(cfg Config) (*ERP, error) {
	cfg, err := cfg.checked()
	if err != nil {
		return nil, err
	}
	places, err := cfg.Preset.Fill(string(cfg.Company), cfg.Places)
	if err != nil {
		return nil, fault.Wrap(string(cfg.Source), err)
	}
	cfg.Preset = cfg.Preset.Placed(places)
	opt := Options{AllowPlaintext: cfg.AllowPlaintext == Plaintext, StatementTimeout: cfg.StatementTimeout}
	read, err := cfg.Driver.Open(cfg.DSN, opt)
	if err != nil {
		return nil, err
	}
	opt.Write, opt.LockTimeout = true, defaultLockTimeout
	write, err := cfg.Driver.Open(cfg.HoldDSN, opt)
	if err != nil {
		return nil, errors.Join(err, read.Close())
	}
	read.SetMaxOpenConns(2)
	read.SetMaxIdleConns(1)
	read.SetConnMaxIdleTime(5 * time.Minute)
	write.SetMaxOpenConns(1)
	write.SetMaxIdleConns(-1)
	return &ERP{cfg: cfg, read: read, write: write, slots: make(chan struct{}, 2), fresh: &pace{every: freshEvery, burst: freshBurst}, places: places}, nil
}

// checked returns cfg with its defaults filled in.
func (c Config) checked() (Config, error) {
	if c.Preset == nil || c.Driver == nil {
		return c, fault.New(fault.Invalid, "erp %q has no preset or no driver", c.Source)
	}
	if c.Preset.Engine != c.Driver.Name() {
		return c, fault.New(fault.Invalid, "erp %q: preset %q is written for %s, and the driver is %s",
			c.Source, c.Preset.Name, c.Preset.Engine, c.Driver.Name()).
			WithCure("set driver = %q, or take a preset for %s", c.Preset.Engine, c.Driver.Name())
	}
	if c.AllowPlaintext != "" && c.AllowPlaintext != Plaintext {
		return c, fault.New(fault.Invalid, "erp %q: allow_plaintext is %q", c.Source, c.AllowPlaintext).
			WithCure("write allow_plaintext = %q, or leave it out", Plaintext)
	}
	preset, err := c.Preset.InMode(c.HoldMode)
	if err != nil {
		return c, fault.Wrap("erp "+string(c.Source), err)
	}
	c.Preset, c.HoldMode = preset, preset.Hold.Mode
	if c.HoldDSN == "" {
		c.HoldDSN = c.DSN
	}
	if c.StatementTimeout == 0 {
		c.StatementTimeout = DefaultStatementTimeout
	}
	if c.HistoryDays == 0 {
		c.HistoryDays = DefaultHistoryDays
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	return c, nil
}

// Close ends all connections. The ERP cannot be used afterwards.
func (e *ERP) Close() error { return errors.Join(e.read.Close(), e.write.Close()) }

// Company names the company that this adapter reads.
func (e *ERP) Company() (ar.Source, ar.CompanyID) { return e.cfg.Source, e.cfg.Company }

// Preset is what the ERP is read with, its holds as they are written here.
func (e *ERP) Preset() *presets.Preset { return e.cfg.Preset }

// Local reports whether both logins stay on this machine.
func (e *ERP) Local() bool {
	return e.cfg.Driver.Local(e.cfg.DSN) && e.cfg.Driver.Local(e.cfg.HoldDSN)
}

// Capability tells how far a hold reaches in this ERP, without asking it.
func (e *ERP) Capability() engine.HoldCapability {
	h := e.cfg.Preset.Hold
	c := engine.HoldCapability{
		Level: ar.HoldLevel(h.Level), Stops: h.Stops, Writable: h.Mode != presets.ModeNone, Mode: h.Mode,
		Value: ar.HoldState{Held: ar.Valued, Value: h.Value}, Undone: h.Undone, Orders: h.Orders,
		Sweeps: h.Mode != presets.ModeGuard && e.cfg.Preset.Queries["orders_hold_set"] != nil && e.cfg.Preset.Queries["orders_hold_get"] != nil,
	}
	if c.Sweeps {
		c.Held = ar.HoldState{Held: ar.Valued, Value: h.OrderValue}
	}
	if h.Mode == presets.ModeSQL {
		c.OptIn = h.OptIn
	}
	return c
}
