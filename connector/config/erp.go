package config

import (
	"time"

	"holdfast/engine/ar"
	"holdfast/engine/calendar"
)

// ERP is one database that is read, and how gently.
type ERP struct {
	Name             string            `toml:"name" required:"yes" example:"main" doc:"Your name for it; a company's erp refers to it."`
	Preset           string            `toml:"preset" required:"yes" example:"tryton" doc:"Which ERP it is; \"holdfast preset list\" shows the names."`
	DSN              Secret            `toml:"dsn" required:"yes" secret:"dsn" example:"env:HOLDFAST_DSN" doc:"Connection for reading, by env:NAME or file:PATH; plain only if it holds no password."`
	HoldDSN          Secret            `toml:"hold_dsn" secret:"dsn" doc:"Connection of the narrower login that writes holds. Empty: dsn."`
	Places           map[string]string `toml:"places" example:"{ schema = \"PRODDTA\" }" doc:"What stands in the preset's SQL as {{name}}, where its own defaults do not fit; \"holdfast preset show\" lists them."`
	HoldMode         string            `toml:"hold_mode" oneof:"sql procedure staging guard none" doc:"How holds are written: by the preset's SQL, your own procedure, a table that your job reads, or a guard in the ERP. Empty: as the preset says."`
	AllowPlaintext   string            `toml:"allow_plaintext" oneof:"i-accept" doc:"\"i-accept\" lets data cross the network unencrypted; every screen then says so."`
	StatementTimeout Duration          `toml:"statement_timeout" default:"60s" min:"1s" max:"1h" doc:"Longest that one query may take in the ERP."`
	PullEvery        Duration          `toml:"pull_every" default:"1m" min:"5s" max:"24h" doc:"How often changes are read."`
	HeldEvery        Duration          `toml:"held_every" default:"5s" min:"1s" max:"1h" doc:"How often the customers on our hold are read, so that a receipt lifts it soon."`
	FullEvery        Duration          `toml:"full_every" default:"24h" min:"1h" max:"30d" doc:"How often everything open is read again, to find what the marks missed."`
	History          calendar.Span     `toml:"history" default:"400d" min:"0d" max:"3660d" doc:"How far back closed documents are read, for the figures of past months."`
	MaxClockSkew     Duration          `toml:"max_clock_skew" default:"5m" min:"1s" max:"12h" doc:"Difference of the two clocks above which an alarm is raised."`
	Quiet            []calendar.Window `toml:"quiet" example:"[\"Mon-Fri 01:00-03:00\"]" doc:"Hours, in the time zone of this machine, in which the ERP is left alone."`
}

// Source is the name of the ERP as records carry it.
func (e *ERP) Source() ar.Source { return ar.Source(e.Name) }

// Writer is the connection that writes holds: hold_dsn, or dsn where that is
// empty.
func (e *ERP) Writer() Secret {
	if e.HoldDSN.IsZero() {
		return e.DSN
	}
	return e.HoldDSN
}

// IsQuiet reports whether the ERP is to be left alone at t, by the clock of
// t's zone.
func (e *ERP) IsQuiet(t time.Time) bool {
	for _, w := range e.Quiet {
		from, to := w.On(ar.DayOf(t), t.Location())
		if w.Has(ar.DayOf(t)) && !t.Before(from) && t.Before(to) {
			return true
		}
	}
	return false
}
