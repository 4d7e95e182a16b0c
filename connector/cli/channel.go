package cli

// channelVerb is `holdfast channel`, by which the program serves its own
// channels to itself.
type channelVerb struct {
	Serve channelServeVerb `cmd:"" help:"Serve a channel to the process that started this one."`
}

type channelServeVerb struct {
	Name string `arg:"" help:"Name of the channel."`
}

// Run serves the channel until its host ends it.
func (v *channelServeVerb) Run(a *App) error { return a.Parts.Serve(v.Name) }
