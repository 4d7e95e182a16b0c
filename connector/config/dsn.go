package config

import (
	"fmt"
	"net"
	"net/url"
	"regexp"
	"strings"
)

var (
	passwordPart = regexp.MustCompile(`(?i)\b(?:password|pwd|passwd)\s*=\s*("[^"]*"|'[^']*'|[^\s;&]+)`)
	hostPart     = regexp.MustCompile(`(?i)\b(?:host|hostaddr|server|data source|connectstring)\s*=\s*("[^"]*"|'[^']*'|[^\s;&]+)`)
	oracleLogin  = regexp.MustCompile(`^[^/\s=]+/([^@\s]+)@(.+)$`)
)

// dsnParts returns the machine and the password that a connection names, of
// any of the usual forms: a URL, key=value pairs, or Oracle's
// user/password@host. An empty host is this machine.
func dsnParts(dsn string) (host, password string) {
	if u, err := url.Parse(dsn); err == nil && strings.Contains(dsn, "://") {
		password, _ = u.User.Password()
		if password == "" {
			password = u.Query().Get("password")
		}
		if host = u.Hostname(); host == "" {
			host = u.Query().Get("host")
		}
		return host, password
	}
	if m := oracleLogin.FindStringSubmatch(dsn); m != nil {
		return hostOf(m[2]), m[1]
	}
	if m := passwordPart.FindStringSubmatch(dsn); m != nil {
		password = strings.Trim(m[1], `"'`)
	}
	if m := hostPart.FindStringSubmatch(dsn); m != nil {
		host = hostOf(strings.Trim(m[1], `"'`))
	}
	return host, password
}

// hostOf cuts protocol, port, instance and service off a server's name.
func hostOf(s string) string {
	s = strings.TrimPrefix(strings.TrimPrefix(s, "tcp:"), "//")
	if strings.HasPrefix(s, "/") {
		return s
	}
	if host, _, err := net.SplitHostPort(s); err == nil {
		return host
	}
	if i := strings.IndexAny(s, `:,/\`); i > 0 && net.ParseIP(s) == nil {
		s = s[:i]
	}
	return s
}

// isLocal reports whether a host is this very machine or a socket on it.
func isLocal(host string) bool {
	if host == "" || host == "." || strings.EqualFold(host, "localhost") || strings.HasPrefix(host, "/") {
		return true
	}
	ip := net.ParseIP(strings.Trim(host, "[]"))
	return ip != nil && ip.IsLoopback()
}

// dsn checks a connection: a password may stand in it only on this machine.
func (v *validator) dsn(s Secret, key string) {
	if s.IsZero() || s.IsRef() {
		return
	}
	host, password := dsnParts(s.text)
	switch {
	case password == "":
	case isLocal(host):
		v.warn(key, "holds a password in plain text", "keep the connection in an environment variable or a file and write env:NAME or file:PATH")
	default:
		v.bound.add(key, fmt.Sprintf("holds a password for %s in plain text", host),
			`keep the connection in an environment variable or a file and write "env:NAME" or "file:PATH"`)
	}
}

// SecretValues returns every secret that can be read now, and the passwords
// within connections, so that a log can leave them out. What cannot be read is
// left out here: it is reported where it is used.
func (c *Config) SecretValues() []string {
	var values []string
	add := func(s Secret, plainToo bool) {
		v, err := s.Resolve()
		if err != nil || v == "" {
			return
		}
		if s.IsRef() || plainToo {
			values = append(values, v)
		}
		if _, password := dsnParts(v); password != "" {
			values = append(values, password)
		}
	}
	add(c.Proxy.URL, false)
	for i := range c.ERP {
		add(c.ERP[i].DSN, false)
		add(c.ERP[i].HoldDSN, false)
	}
	for i := range c.Company {
		add(c.Company[i].SigningKey, true)
	}
	for i := range c.Channel {
		eachSecret(c.Channel[i].Settings, func(s Secret) { add(s, true) })
	}
	return values
}

// eachSecret calls f with every secret within settings.
func eachSecret(v any, f func(Secret)) {
	switch v := v.(type) {
	case Secret:
		f(v)
	case Settings:
		for _, e := range v {
			eachSecret(e, f)
		}
	case []any:
		for _, e := range v {
			eachSecret(e, f)
		}
	}
}
