package oracle

import (
	"net"
	"net/url"
	"strings"

	"holdfast/engine/fault"
)

// address is one place that a connection may go to.
type address struct {
	protocol string // lower case
	host     string
	verified bool // TLS, to the name in the server's certificate
}

// local reports whether the address is on this machine.
func (a address) local() bool {
	if a.protocol == "ipc" || a.protocol == "beq" {
		return true
	}
	if strings.EqualFold(a.host, "localhost") {
		return true
	}
	ip := net.ParseIP(strings.Trim(a.host, "[]"))
	return ip != nil && ip.IsLoopback()
}

func unreadable(what string) *fault.Error {
	return fault.New(fault.Invalid, "the connect string is not one that can be read: %s", what).WithCure("%s", cureDSN)
}

// alias reports whether a connect string is a name of tnsnames.ora: it has no
// place for a host.
func alias(text string) bool { return !strings.ContainsAny(text, "/:?,") && net.ParseIP(text) == nil }

// easyConnect reads [[protocol:]//]host[,host][:port][/service][?name=value&…].
func easyConnect(text string) ([]address, error) {
	protocol, rest, given := strings.Cut(text, "://")
	if !given {
		protocol, rest = "tcp", strings.TrimPrefix(text, "//")
	}
	protocol = strings.ToLower(protocol)
	if protocol != "tcp" && protocol != "tcps" {
		return nil, unreadable("the protocol " + protocol)
	}
	rest, query, _ := strings.Cut(rest, "?")
	params, err := url.ParseQuery(query)
	if err != nil {
		return nil, unreadable("what stands behind the question mark")
	}
	match := dnMatch(func(name string) string {
		for given, values := range params {
			if strings.EqualFold(given, name) {
				return values[0]
			}
		}
		return ""
	})
	hosts, _, _ := strings.Cut(rest, "/")
	var list []address
	for _, h := range strings.FieldsFunc(hosts, func(r rune) bool { return r == ',' || r == ';' }) {
		list = append(list, address{protocol: protocol, host: hostOf(h), verified: protocol == "tcps" && match})
	}
	if len(list) == 0 {
		return nil, unreadable("there is no host")
	}
	return list, nil
}

// hostOf cuts the port off.
func hostOf(text string) string {
	if host, _, err := net.SplitHostPort(text); err == nil {
		return host
	}
	return strings.Trim(text, "[]")
}

// dnMatch reports whether the server's certificate must bear the name of the host.
// The newest clients ignore the SSL_ parameter where its TLS_ namesake is given,
// and older ones do not know that.
func dnMatch(value func(name string) string) bool {
	newest := value("TLS_SERVER_DN_MATCH")
	return yes(value("SSL_SERVER_DN_MATCH")) && (newest == "" || yes(newest))
}

func yes(value string) bool {
	switch strings.ToLower(strings.Trim(strings.TrimSpace(value), `"`)) {
	case "yes", "on", "true", "1":
		return true
	}
	return false
}
