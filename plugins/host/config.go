package host

import (
	"encoding/json"
	"log/slog"
	"path/filepath"
	"time"

	"holdfast/engine/fault"
)

// Config says which program is a channel and what it gets.
type Config struct {
	Name     string   // the channel's name, as it must describe itself
	Command  []string // the executable's full path, then its arguments
	Checksum []byte   // SHA-256 of the executable, compared at every start

	// Folder is where a third party's executable must lie; empty for this
	// program's own. With it, links, foreign owners and files that others may
	// write are refused.
	Folder string

	Settings json.RawMessage // JSON object, secrets resolved; nil is an empty one
	Secrets  []string        // values that never reach a log, an error or a detail
	Dir      string          // the channel's own folder, made where missing
	Proxy    string          // URL of an HTTP proxy, or empty
	NoProxy  string          // hosts reached without it, comma separated
	CAFile   string          // PEM file of further authorities, or empty

	Logger    *slog.Logger // nil discards
	Deadlines Deadlines    // zero fields take the defaults
}

// Deadlines bound each call to a channel. Past Send or Configure the process
// is killed: it has broken its promise to answer. Send is long because a mail
// server may take 10 minutes after the last byte (RFC 5321, 4.5.3.2.6).
type Deadlines struct {
	Start     time.Duration // from exec to the first connection; 20 s
	Configure time.Duration // Describe and Configure, each; 20 s
	Send      time.Duration // 15 min
	Lookup    time.Duration // 1 min
	Events    time.Duration // one call of Events, which may be asked again; 5 min
	Ping      time.Duration // Health; 10 s
	Kill      time.Duration // until it is killed that does not leave, of which go-plugin waits 2 s at most; 5 s
}

func (d Deadlines) withDefaults() Deadlines {
	set := func(field *time.Duration, def time.Duration) {
		if *field <= 0 {
			*field = def
		}
	}
	set(&d.Start, 20*time.Second)
	set(&d.Configure, 20*time.Second)
	set(&d.Send, 15*time.Minute)
	set(&d.Lookup, time.Minute)
	set(&d.Events, 5*time.Minute)
	set(&d.Ping, 10*time.Second)
	set(&d.Kill, 5*time.Second)
	return d
}

// complete checks c and fills in the defaults.
func (c Config) complete() (Config, error) {
	switch {
	case c.Name == "":
		return c, fault.New(fault.Invalid, "a channel needs a name")
	case len(c.Command) == 0 || !filepath.IsAbs(c.Command[0]):
		return c, fault.New(fault.Invalid, "channel %s: its executable must be named by a full path", c.Name)
	case len(c.Checksum) != 32:
		return c, fault.New(fault.Invalid, "channel %s: no SHA-256 of its executable", c.Name).
			WithCure("put the output of `sha256sum %s` into the config", c.Command[0])
	}
	if len(c.Settings) == 0 {
		c.Settings = json.RawMessage("{}")
	}
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
	c.Deadlines = c.Deadlines.withDefaults()
	c.Secrets = longestFirst(c.Secrets)
	return c, nil
}
