// Package service runs Holdfast under the system's service manager: systemd
// on Linux, the Service Control Manager on Windows.
package service

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"

	kardianos "github.com/kardianos/service"

	"holdfast/engine/fault"
)

// Options says what to install. Config is required; the rest has defaults.
type Options struct {
	Config string // path of config.toml, made absolute
	Name   string // of the service; empty: "holdfast"
	User   string // who runs it; empty: root, or LocalSystem on Windows
	Undo   string // holds-undo.sql, named on uninstall if it is there; empty: none
}

// Actions lists what Control can do.
var Actions = []string{"install", "uninstall", "start", "stop", "status"}

// States that Status reports.
const (
	Running      = "running"
	Stopped      = "stopped"
	Failed       = "failed" // it ended with an error and is not tried again
	NotInstalled = "not installed"
)

// Control carries out one of Actions and writes a line about it to out.
func Control(action string, o Options, out io.Writer) error {
	o, err := o.complete()
	if err != nil {
		return err
	}
	manager, err := o.manager()
	if err != nil {
		return err
	}
	if action != "status" && !isAdmin() {
		return notAdmin(action)
	}
	switch action {
	case "install":
		return install(manager, o, out)
	case "uninstall":
		return uninstall(manager, o, out)
	case "start":
		return done(manager.Start(), o, out, "started")
	case "stop":
		return done(manager.Stop(), o, out, "stopped; holds stay as they are, and nothing is sent or lifted meanwhile")
	case "status":
		return status(manager, o, out)
	}
	return fault.New(fault.Invalid, "there is no service action %q", action).WithCure("use install, uninstall, start, stop or status")
}

// complete fills in the defaults and makes the paths absolute.
func (o Options) complete() (Options, error) {
	if o.Name == "" {
		o.Name = "holdfast"
	}
	if o.Config == "" {
		return o, fault.New(fault.Invalid, "no config is named").WithCure("name it with --config")
	}
	abs, err := filepath.Abs(o.Config)
	if err != nil {
		return o, fault.New(fault.Invalid, "%s: %w", o.Config, err)
	}
	o.Config = abs
	return o, nil
}

// manager returns the service manager's view of the service.
func (o Options) manager() (kardianos.Service, error) {
	if runtime.GOOS == "linux" && kardianos.Platform() != "linux-systemd" {
		return nil, fault.New(fault.Unsupported, "this machine is not run by systemd").
			WithCure(`start "holdfast run --config %s" by whatever runs this machine`, o.Config)
	}
	exe, err := os.Executable()
	if err != nil {
		return nil, fault.New(fault.Unknown, "the program's own path: %w", err)
	}
	s, err := kardianos.New(nothing{}, o.definition(exe))
	if err != nil {
		return nil, fault.New(fault.Unsupported, "the service manager: %w", err).
			WithCure(`run "holdfast run" by hand or by a manager of your own`)
	}
	return s, nil
}

// definition describes the service to either manager: systemd takes the unit
// whole, Windows takes the rest.
func (o Options) definition(exe string) *kardianos.Config {
	c := &kardianos.Config{
		Name:             o.Name,
		DisplayName:      "Holdfast",
		Description:      description,
		UserName:         o.User,
		Executable:       exe,
		Arguments:        []string{"run", "--config", o.Config},
		WorkingDirectory: filepath.Dir(o.Config),
		Option: kardianos.KeyValue{
			"SystemdScript":          unit(o, exe),
			"StartType":              "automatic",
			"DelayedAutoStart":       true, // a database on the same machine starts first
			"OnFailure":              "restart",
			"OnFailureDelayDuration": "10s",
			"OnFailureResetPeriod":   3600,
		},
	}
	if runtime.GOOS == "windows" {
		c.Dependencies = []string{"Tcpip"}
	}
	return c
}

func install(manager kardianos.Service, o Options, out io.Writer) error {
	if _, err := os.Stat(o.Config); err != nil {
		return fault.New(fault.NotFound, "there is no config at %s", o.Config).
			WithCure(`run "holdfast init" first, or name yours with --config`)
	}
	if s, err := state(manager); err != nil || s != NotInstalled {
		if err != nil {
			return err
		}
		return fault.New(fault.Conflict, "the service %s is installed already (%s)", o.Name, s).
			WithCure(`run "holdfast service uninstall" first`)
	}
	return done(manager.Install(), o, out, fmt.Sprintf("installed with %s; it starts with the machine, now by \"holdfast service start\"", o.Config))
}

// uninstall stops and removes the service and says what it leaves behind.
func uninstall(manager kardianos.Service, o Options, out io.Writer) error {
	s, err := state(manager)
	if err != nil {
		return err
	}
	if s == NotInstalled {
		return absent(o)
	}
	if s == Running {
		if err := manager.Stop(); err != nil {
			return fault.New(fault.Unknown, "stopping the service %s: %w", o.Name, err).WithCure("stop it by hand and try again")
		}
	}
	if err := done(manager.Uninstall(), o, out, "removed; config and state stay where they are"); err != nil {
		return err
	}
	fmt.Fprintln(out, farewell(o))
	return nil
}

// farewell says how to lift the holds that stay in the ERP.
func farewell(o Options) string {
	text := `Holds that Holdfast placed stay in the ERP. To lift them run "holdfast hold release --ours --config ` + o.Config + `"`
	if _, err := os.Stat(o.Undo); o.Undo != "" && err == nil {
		text += ", or run " + o.Undo + " in the ERP's database by hand"
	}
	return text + "."
}

func status(manager kardianos.Service, o Options, out io.Writer) error {
	s, err := state(manager)
	if err != nil {
		return err
	}
	if s == Failed {
		s += "; its log says why, and \"holdfast check --config " + o.Config + "\" looks at the config"
	}
	fmt.Fprintf(out, "%s: %s\n", o.Name, s)
	return nil
}

// State reports whether the service is Running, Stopped, Failed or
// NotInstalled.
func State(o Options) (string, error) {
	o, err := o.complete()
	if err != nil {
		return "", err
	}
	manager, err := o.manager()
	if err != nil {
		return "", err
	}
	return state(manager)
}

func state(manager kardianos.Service) (string, error) {
	s, err := manager.Status()
	switch {
	case errors.Is(err, kardianos.ErrNotInstalled):
		return NotInstalled, nil
	case err != nil && err.Error() == "service in failed state": // kardianos names no error of its own for it
		return Failed, nil
	case err != nil:
		return "", fault.New(fault.Unknown, "asking the service manager: %w", err).
			WithCure("look at what it logged about the service")
	case s == kardianos.StatusRunning:
		return Running, nil
	}
	return Stopped, nil
}

// done writes what was done, or says what went wrong.
func done(err error, o Options, out io.Writer, what string) error {
	if err == nil {
		fmt.Fprintf(out, "%s: %s\n", o.Name, what)
		return nil
	}
	if errors.Is(err, kardianos.ErrNotInstalled) {
		return absent(o)
	}
	return fault.New(fault.Unknown, "the service %s: %w", o.Name, err).
		WithCure(`look at "holdfast service status" and at what the service manager logged`)
}

func absent(o Options) error {
	return fault.New(fault.NotFound, "the service %s is not installed", o.Name).WithCure(`run "holdfast service install" first`)
}

// nothing stands in where the service is only spoken about, not run.
type nothing struct{}

func (nothing) Start(kardianos.Service) error { return nil }
func (nothing) Stop(kardianos.Service) error  { return nil }
