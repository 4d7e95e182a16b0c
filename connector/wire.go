package main

import (
	"holdfast/adapters"
	"holdfast/adapters/oracle"
	"holdfast/adapters/postgres"
	"holdfast/adapters/sqlite"
	"holdfast/adapters/sqlserver"
	"holdfast/connector/cli"
	"holdfast/engine/reports"
	"holdfast/engine/steps"
	"holdfast/plugins"
	"holdfast/plugins/host"
)

// version is set by the linker for a release.
var version = "development"

// parts lists the leaves that this program is made of. They meet here and
// nowhere else.
func parts() cli.Parts {
	var channels []string
	for _, e := range plugins.All() {
		channels = append(channels, e.Name)
	}
	return cli.Parts{
		Version:  version,
		Drivers:  []adapters.Driver{oracle.Driver{}, postgres.Driver{}, sqlite.Driver{}, sqlserver.Driver{}},
		Steps:    steps.All(),
		Reports:  reports.All(),
		Channels: channels,
		Serve:    plugins.Serve,
		Program:  host.Self,
	}
}
