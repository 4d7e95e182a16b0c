package cli

// channelVerb is `holdfast channel`: what messages leave by. By its hidden part
// the program serves its own channels to itself.
type channelVerb struct {
	List  channelListVerb  `cmd:"" help:"List the channels that are there, and whether they are pinned."`
	Test  channelTestVerb  `cmd:"" help:"Try an executable against the contract before it is pinned."`
	Serve channelServeVerb `cmd:"" hidden:"" help:"Serve a channel to the process that started this one."`
}

type channelServeVerb struct {
	Name string `arg:"" help:"Name of the channel."`
}

// Run serves the channel until its host ends it.
func (v *channelServeVerb) Run(a *App) error { return a.Parts.Serve(v.Name) }
