package config

import (
	"fmt"
	"slices"
	"strings"

	"holdfast/engine/calendar"
	"holdfast/engine/outbox"
)

// Notice is where a company's own people are shown what is new.
type Notice struct {
	Channel string          `toml:"channel" required:"yes" example:"team" doc:"Name of the [[channel]] that shows it, such as one of type chat."`
	About   []string        `toml:"about" example:"[\"approve\", \"hold\", \"stop\"]" doc:"What is shown: call, approve, dispute, promise, reply, task (all other tasks), hold, volume, channel (nothing can leave by one), stop. Empty: all of these."`
	Window  calendar.Window `toml:"window" example:"Mon-Fri 08:00-18:00" doc:"When it is shown, in the company's time zone; what is new at other times waits. Empty: always."`
}

// Abouts are the kinds of notices.
var Abouts = []string{"call", "approve", "dispute", "promise", "reply", "task", "hold", "volume", "channel", "stop"}

// Has reports whether a notice is about a kind.
func (n *Notice) Has(kind string) bool { return len(n.About) == 0 || slices.Contains(n.About, kind) }

// noticeless are the types of channels that cannot show a notice: they want an
// address, a number or an envelope.
var noticeless = []string{"email", "sms", "voice", "letter"}

func (v *validator) notices(co *Company, key string) {
	seen := map[string]bool{}
	for i, n := range co.Notice {
		at := fmt.Sprintf("%s[%d]", key, i+1)
		v.refers(n.Channel, at+".channel", "channel", v.channelNames())
		v.shows(co, n.Channel, at+".channel")
		if seen[n.Channel] {
			v.bound.add(at+".channel", fmt.Sprintf("%q stands twice", n.Channel), "put all that it shows into one about")
		}
		seen[n.Channel] = true
		for _, about := range n.About {
			if !slices.Contains(Abouts, about) {
				v.bound.add(at+".about", fmt.Sprintf("there are no notices about %q", about), "write some of "+strings.Join(Abouts, ", "))
			}
		}
	}
}

// shows checks that a channel can show notices, and does so in the company's mode.
func (v *validator) shows(co *Company, channel, key string) {
	for i := range v.Channel {
		switch c := &v.Channel[i]; {
		case c.Name != channel:
		case slices.Contains(noticeless, c.Type):
			v.bound.add(key, fmt.Sprintf("a channel of type %s cannot show notices", c.Type), "name one of type chat or file")
		case co.Mode == outbox.Observe && c.Type != "file":
			v.warn(key, "shows nothing while the company is in mode observe", "name a channel of type file to see notices in mode observe")
		}
	}
}
