package cli

import (
	"path/filepath"

	"holdfast/connector/config"
	"holdfast/connector/service"
)

// serviceVerb speaks to the system's service manager.
type serviceVerb struct {
	Name string `placeholder:"NAME" default:"holdfast" help:"Name of the service, where several live on one machine."`

	Install   serviceInstallVerb   `cmd:"" help:"Install the service; it starts with the machine."`
	Uninstall serviceUninstallVerb `cmd:"" help:"Stop and remove the service; config and state stay."`
	Start     serviceStartVerb     `cmd:"" help:"Start the service now."`
	Stop      serviceStopVerb      `cmd:"" help:"Stop the service; holds stay as they are."`
	Status    serviceStatusVerb    `cmd:"" help:"Say whether the service runs."`
}

type serviceInstallVerb struct {
	User string `placeholder:"USER" help:"Who runs it (default: root, or LocalSystem on Windows)."`
}

// Run installs the service with the config in use.
func (v *serviceInstallVerb) Run(a *App, of *serviceVerb) error {
	if _, err := a.Config(); err != nil {
		return err
	}
	return a.service("install", service.Options{Name: of.Name, User: v.User})
}

type serviceUninstallVerb struct{}

// Run removes the service.
func (v *serviceUninstallVerb) Run(a *App, of *serviceVerb) error {
	return a.service("uninstall", service.Options{Name: of.Name})
}

type serviceStartVerb struct{}

// Run starts the service.
func (v *serviceStartVerb) Run(a *App, of *serviceVerb) error {
	return a.service("start", service.Options{Name: of.Name})
}

type serviceStopVerb struct{}

// Run stops the service.
func (v *serviceStopVerb) Run(a *App, of *serviceVerb) error {
	return a.service("stop", service.Options{Name: of.Name})
}

type serviceStatusVerb struct{}

// Run says how the service is.
func (v *serviceStatusVerb) Run(a *App, of *serviceVerb) error {
	return a.service("status", service.Options{Name: of.Name})
}

// service carries out an action of the service manager. The config is named
// whether it can be read or not: a broken one must not keep a service running.
func (a *App) service(action string, o service.Options) error {
	path, err := config.Find(a.ConfigFlag)
	if err != nil {
		return usage("%w", err)
	}
	o.Config, o.Undo = path, filepath.Join(filepath.Dir(path), undoSQL)
	return service.Control(action, o, a.Out)
}
