// Package plugins lists the channels that this program serves to itself.
package plugins

import (
	"holdfast/engine/fault"
	"holdfast/plugins/chat"
	"holdfast/plugins/email"
	"holdfast/plugins/file"
	"holdfast/plugins/letter"
	"holdfast/plugins/sdk"
	"holdfast/plugins/sms"
	"holdfast/plugins/voice"
)

// Entry is a channel by name.
type Entry struct {
	Name string
	New  func() sdk.Channel
}

// All returns the channels in the order of their names.
func All() []Entry {
	return []Entry{
		{"chat", chat.New},
		{"email", email.New},
		{"file", file.New},
		{"letter", letter.New},
		{"sms", sms.New},
		{"voice", voice.New},
	}
}

// Serve runs the named channel until its host ends it. It returns only where
// there is no such channel.
func Serve(name string) error {
	for _, e := range All() {
		if e.Name == name {
			sdk.Serve(e.New())
			return nil
		}
	}
	return fault.New(fault.NotFound, "this program has no channel %q", name)
}
