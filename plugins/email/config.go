package email

import (
	_ "embed"
	"fmt"
	"net"
	"slices"
	"strings"
	"time"

	"holdfast/plugins/sdk"
	"holdfast/plugins/sdk/eml"
)

//go:embed schema.json
var schema []byte

// Settings are the settings of this channel.
type Settings struct {
	Host           string `json:"host"`
	Port           int    `json:"port"`            // 0: 587, 465 or 25, as TLS wants it
	TLS            string `json:"tls"`             // starttls, implicit or none
	AllowPlaintext string `json:"allow_plaintext"` // "i-accept" lets none reach another machine
	Helo           string `json:"helo"`            // "" is the machine's name
	From           string `json:"from"`            // envelope sender, where bounces go; "" is the message's sender
	CAFile         string `json:"ca_file"`
	Timeout        string `json:"timeout"` // of one command; a Go duration
	Connections    int    `json:"connections"`

	login
	signing
	mailbox

	timeout time.Duration
}

// settingsOf reads the settings over their defaults and checks them.
func settingsOf(s sdk.Setup) (Settings, []sdk.Problem) {
	set := Settings{TLS: "starttls", Timeout: "5m", Connections: 4, CAFile: s.CAFile, login: login{Auth: "auto"}, mailbox: defaultMailbox()}
	if problems := sdk.Decode(s.Settings, &set); len(problems) > 0 {
		return set, problems
	}
	problems := slices.Concat(set.checkServer(), set.login.check(), set.signing.check(), set.checkMailbox(), set.checkRest())
	if set.Port == 0 {
		set.Port = map[string]int{"starttls": 587, "implicit": 465, "none": 25}[set.TLS]
	}
	return set, problems
}

func (s *Settings) checkServer() (list []sdk.Problem) {
	if s.Host == "" || strings.ContainsAny(s.Host, " \t\r\n:/") && net.ParseIP(s.Host) == nil {
		list = append(list, sdk.Problem{Key: "host", Text: fmt.Sprintf("%q is no host", s.Host), Cure: "name the mail server"})
	}
	if s.Port < 0 || s.Port > 65535 {
		list = append(list, sdk.Problem{Key: "port", Text: fmt.Sprintf("%d is no port", s.Port), Cure: "587 for starttls, 465 for implicit"})
	}
	if !slices.Contains([]string{"starttls", "implicit", "none"}, s.TLS) {
		list = append(list, sdk.Problem{Key: "tls", Text: fmt.Sprintf("%q is unknown", s.TLS), Cure: `one of "starttls", "implicit", "none"`})
	}
	if s.TLS == "none" && !loopback(s.Host) && s.AllowPlaintext != "i-accept" {
		list = append(list, sdk.Problem{
			Key: "tls", Text: "mail to another machine would go unencrypted",
			Cure: `use "starttls" or "implicit", or set allow_plaintext = "i-accept"`,
		})
	}
	return list
}

func (s *Settings) checkRest() (list []sdk.Problem) {
	var err error
	if s.timeout, err = time.ParseDuration(s.Timeout); err != nil || s.timeout < time.Second || s.timeout > 12*time.Minute {
		list = append(list, sdk.Problem{Key: "timeout", Text: fmt.Sprintf("%q is no time from 1s to 12m", s.Timeout), Cure: `write it as "60s"`})
	}
	if s.Connections < 1 || s.Connections > 32 {
		list = append(list, sdk.Problem{Key: "connections", Text: fmt.Sprintf("is %d", s.Connections), Cure: "from 1 to 32"})
	}
	if s.From != "" {
		if err := eml.Address(s.From); err != nil {
			list = append(list, sdk.Problem{Key: "from", Text: err.Error(), Cure: "write a bare address"})
		}
	}
	if strings.ContainsAny(s.Helo, " \t\r\n") {
		list = append(list, sdk.Problem{Key: "helo", Text: fmt.Sprintf("%q is no name of a machine", s.Helo), Cure: "remove it or write a host name"})
	}
	return list
}

// loopback reports whether a host is this machine, by its name alone.
func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
