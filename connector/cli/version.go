package cli

import "runtime"

// versionVerb is `holdfast version`.
type versionVerb struct{}

// Run says which version this is.
func (v *versionVerb) Run(a *App) error {
	if a.JSON {
		return a.WriteJSON(map[string]string{
			"version": a.Parts.Version, "go": runtime.Version(), "system": runtime.GOOS + "/" + runtime.GOARCH,
		})
	}
	a.Say("holdfast %s (%s, %s/%s)", a.Parts.Version, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return nil
}
