package cli

import (
	"cmp"
	"fmt"
	"net"
	"net/url"
	"strings"

	"holdfast/connector/config"
)

// leaves says why what a channel is given may leave this machine, empty where it
// stays. A channel whose settings are not known here is taken to be elsewhere.
func leaves(ch *config.Channel) string {
	s := ch.Settings
	switch ch.Type {
	case fileChannel:
		return ""
	case "email":
		return cmp.Or(remote(s, "host", stated(s, "host")), remoteIfTold(s, "imap_host"), remoteURL(s, "oauth_token_url", ""))
	case "sms", "voice":
		return remoteURL(s, "base_url", "the provider's own address")
	case "chat":
		return remoteURL(s, "url", "no address")
	case "letter":
		if to := stated(s, "to"); to != "" && to != "folder" {
			return fmt.Sprintf("its letters go to a %s", to)
		}
		return ""
	}
	return fmt.Sprintf("nothing is known of its type %s", ch.Type)
}

// stated is a setting as text, also one that is kept elsewhere; empty where it is
// missing or cannot be read, which the channel itself reports.
func stated(s config.Settings, key string) string {
	if kept, ok := s[key].(config.Secret); ok {
		text, err := kept.Resolve()
		if err != nil {
			return ""
		}
		return text
	}
	text, _ := s[key].(string)
	return text
}

// remote says that a setting names a host which is not this machine.
func remote(s config.Settings, key, host string) string {
	if loopback(host) {
		return ""
	}
	if _, kept := s[key].(config.Secret); kept {
		host = "what is kept elsewhere"
	}
	return fmt.Sprintf("its %s is %s", key, cmp.Or(host, "not told"))
}

func remoteIfTold(s config.Settings, key string) string {
	if s[key] == nil || s[key] == "" {
		return ""
	}
	return remote(s, key, stated(s, key))
}

// remoteURL is remote for an address; missing is what stands for one that is not
// told, empty where none is needed.
func remoteURL(s config.Settings, key, missing string) string {
	if s[key] == nil || s[key] == "" {
		if missing == "" {
			return ""
		}
		return fmt.Sprintf("its %s is %s", key, missing)
	}
	u, err := url.Parse(stated(s, key))
	if err != nil {
		return fmt.Sprintf("its %s cannot be read", key)
	}
	return remote(s, key, u.Hostname())
}

// loopback reports whether a host is this very machine.
func loopback(host string) bool {
	ip := net.ParseIP(strings.Trim(host, "[]"))
	return strings.EqualFold(host, "localhost") || ip != nil && ip.IsLoopback()
}
