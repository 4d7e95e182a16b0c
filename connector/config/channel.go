package config

// Channel is one way out for messages.
type Channel struct {
	Name        string   `toml:"name" required:"yes" example:"file" doc:"Your name for it; a company's channels refer to it."`
	Type        string   `toml:"type" required:"yes" example:"file" doc:"Which channel it is: one of ours, such as file or email, or the NAME of a program holdfast-channel-NAME in channel_dir. \"holdfast channel list\" shows all."`
	Checksum    string   `toml:"checksum" doc:"SHA-256 of that program in channel_dir, in hex; it is not started if it differs. \"holdfast channel list\" shows it."`
	InFlight    int      `toml:"in_flight" default:"4" min:"1" max:"64" doc:"Messages handed over at once; also the most that a crash can send twice."`
	Rate        int      `toml:"rate" default:"0" min:"0" max:"100000" doc:"Most messages a minute; 0: no limit."`
	DomainRate  int      `toml:"domain_rate" default:"0" min:"0" max:"100000" doc:"Most mails a minute to one recipient's domain; 0: no limit. A domain whose server stalls gets a quarter of in_flight at most."`
	Uncertain   string   `toml:"uncertain" default:"repeat" oneof:"repeat hold" doc:"What becomes of a message that may or may not have left: repeat sends it again where its receiver can tell the copy (e-mail), hold leaves it to a person."`
	SendTimeout Duration `toml:"send_timeout" default:"15m" min:"10s" max:"2h" doc:"How long a channel may take over one message; then its process is ended, and the message is uncertain."`
	Settings    Settings `toml:"settings" example:"dir = \"outbox\"" doc:"Passed to the channel as they are, env:NAME and file:PATH resolved; its README names them."`
}
