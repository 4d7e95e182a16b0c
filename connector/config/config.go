// Package config is the one typed configuration of Holdfast: it reads
// config.toml, says what is wrong with it by file, line, key and cure, and
// writes the example file and the reference from the same structs.
package config

import "holdfast/engine/tomlfile"

// Problem is one thing wrong with the file, for the person who wrote it.
type Problem = tomlfile.Problem

// Problems is everything wrong with the file; as an error it is a line each.
type Problems = tomlfile.Problems

// Config is the whole of config.toml. Load fills it; every path in it is
// absolute by then, and every option left out stands at its default.
type Config struct {
	State      string    `toml:"state" default:"state" path:"yes" doc:"Folder of what Holdfast must remember: its database, the stop switch, the journal."`
	Sequences  string    `toml:"sequences" path:"folder" doc:"Folder of your own sequence files (*.toml). Empty: the shipped library."`
	Templates  string    `toml:"templates" path:"folder" doc:"Folder of your own message templates. Empty: the shipped ones."`
	Policies   string    `toml:"policies" path:"folder" doc:"Folder of your own contact rules (*.toml); one of the same name goes before a shipped one."`
	Languages  []string  `toml:"languages" default:"[\"en\"]" doc:"Languages of your customers; \"check\" wants each template in each of them."`
	Presets    string    `toml:"presets" path:"folder" doc:"Folder of your own ERP presets; one of the same name goes before a shipped one."`
	ChannelDir string    `toml:"channel_dir" default:"channels" path:"yes" doc:"Folder of other makers' channels, programs named holdfast-channel-NAME. It and they belong to root or to the user who runs holdfast, and nobody else may write them."`
	Log        Log       `toml:"log" doc:"What is written about its own doings, and where."`
	Metrics    Metrics   `toml:"metrics" doc:"Figures for a monitoring system, and a health page."`
	Proxy      Proxy     `toml:"proxy" doc:"How channels reach what is outside."`
	Links      Links     `toml:"links" doc:"Pages behind links in mails, by which customers answer."`
	ERP        []ERP     `toml:"erp" required:"yes" doc:"An ERP database to read. One table for each database."`
	Channel    []Channel `toml:"channel" required:"yes" doc:"A way out for messages. One table for each."`
	Company    []Company `toml:"company" required:"yes" doc:"A company whose receivables are followed. One table for each."`

	Path     string    `toml:"-"` // the file, absolute
	Dir      string    `toml:"-"` // its folder: paths in the file are relative to it
	Warnings []Problem `toml:"-"` // what is allowed but unwise

	file *tomlfile.File
}

// Log says what is logged, and where.
type Log struct {
	Level  string `toml:"level" default:"info" oneof:"debug info warn error" doc:"The least that is worth a line."`
	Format string `toml:"format" default:"text" oneof:"text json" doc:"text is for people, json for a log collector."`
	File   string `toml:"file" path:"yes" doc:"File to append to. Empty: standard error, which a service manager keeps."`
}

// Metrics says where figures are served.
type Metrics struct {
	Listen string `toml:"listen" doc:"Address of /metrics and /healthz, such as \"127.0.0.1:9464\". Empty: off."`
}

// ERPNamed returns the [[erp]] of a name, nil where there is none.
func (c *Config) ERPNamed(name string) *ERP {
	for i := range c.ERP {
		if c.ERP[i].Name == name {
			return &c.ERP[i]
		}
	}
	return nil
}

// ChannelNamed returns the [[channel]] of a name, nil where there is none.
func (c *Config) ChannelNamed(name string) *Channel {
	for i := range c.Channel {
		if c.Channel[i].Name == name {
			return &c.Channel[i]
		}
	}
	return nil
}

// CompanyKeyed returns the [[company]] of a key, nil where there is none.
func (c *Config) CompanyKeyed(key string) *Company {
	for i := range c.Company {
		if c.Company[i].Key == key {
			return &c.Company[i]
		}
	}
	return nil
}

// Problem returns something wrong with a key, such as "channel[2].type", at the
// line where that key stands. Parts that know more than this package report
// what they find in the same form by it.
func (c *Config) Problem(key, what, cure string) Problem {
	p := Problem{File: c.Path, Key: key, What: what, Cure: cure}
	if c.file != nil {
		p.Line = line(c.file, key)
	}
	return p
}
