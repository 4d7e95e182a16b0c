package sqlserver

import (
	"net"
	"runtime"
	"strings"
	"time"

	"github.com/microsoft/go-mssqldb/msdsn"

	"holdfast/adapters"
	"holdfast/engine/fault"
)

// loginTime bounds dialling, TLS and login together, where the DSN names no
// "connection timeout" of its own.
const loginTime = 15 * time.Second

// parse reads a dsn and refuses what would lead elsewhere than was meant: the
// library takes a DSN without a server for this machine.
func parse(dsn string) (msdsn.Config, error) {
	cfg, err := msdsn.Parse(dsn)
	server := cfg.Parameters[msdsn.Server]
	switch {
	case err != nil:
		return cfg, malformed(hint(err))
	case strings.HasPrefix(dsn, "sqlserver:") && strings.Contains(dsn, "#"), strings.Contains(server, "@"):
		return cfg, malformed("a special sign in the password is not written as %XX")
	case strings.Trim(server, ` \`) == "":
		return cfg, malformed("it names no server")
	case strings.HasPrefix(server, `\\`) && cfg.Parameters[msdsn.Protocol] != "np":
		return cfg, malformed(`a named pipe is written server=np:\\HOST\pipe\sql\query, and there are none but on Windows`)
	case !authenticates(cfg.Parameters["authenticator"]):
		return cfg, malformed("authenticator is one of ntlm, krb5 and, on Windows, winsspi; without one the login is SQL Server's own")
	case cfg.Database == "":
		return cfg, malformed("it names no database, and what the login's own one is may change on the server")
	}
	return cfg, nil
}

// authenticates reports whether the library can log in in this way; empty is
// its own choice.
func authenticates(by string) bool {
	return by == "" || by == "ntlm" || by == "krb5" || by == "winsspi" && runtime.GOOS == "windows"
}

// malformed words what is wrong with a DSN without repeating any of it.
func malformed(why string) error {
	return fault.New(fault.Invalid, "the DSN is not one that SQL Server understands: %s", why).
		WithCure("write it as sqlserver://user:password@host:1433?database=NAME, with special signs in the password written as %%XX, " +
			"or as server=HOST;database=NAME;user id=USER;password=PASSWORD")
}

// hints are the library's complaints. It repeats parts of the DSN after these
// words, and with them, where the DSN is malformed, perhaps the password.
var hints = []string{
	"invalid tcp port", "invalid failover port", "invalid encrypt", "invalid trust server certificate", "invalid connection timeout",
	"invalid dial timeout", "invalid keepAlive", "invalid packet size", "invalid timezone", "invalid log parameter", "invalid disableRetry",
	"invalid columnencryption", "invalid multiSubnetFailover", "invalid guid conversion", "invalid epa enabled", "invalid URL format",
	"cannot specify both 'certificate' and 'serverCertificate'", "cannot specify both 'serverCertificate' and 'hostnameincertificate'",
	"cannot read certificate", "cannot read server certificate", "failed to decode PEM certificate", "provided more than once",
	"database must be specified when ApplicationIntent is ReadOnly", "No protocol handler is available", "unexpected character",
	"unexpected end of braced value",
}

func hint(err error) string {
	for _, words := range hints {
		if strings.Contains(err.Error(), words) {
			return words
		}
	}
	return "a part of it cannot be read"
}

// hosts lists every machine that a connection may go to.
func hosts(cfg msdsn.Config) []string {
	list := []string{host(cfg)}
	if cfg.FailOverPartner != "" {
		list = append(list, cfg.FailOverPartner)
	}
	return list
}

// host is the machine that the DSN names first. The library knows that of a
// named pipe only by the pipe's own name.
func host(cfg msdsn.Config) string {
	if pipe, ok := strings.CutPrefix(cfg.Parameters[msdsn.Server], `\\`); ok {
		machine, _, _ := strings.Cut(pipe, `\`)
		return machine
	}
	return cfg.Host
}

// home reports whether every address of cfg is on this machine.
func home(cfg msdsn.Config) bool {
	if cfg.Parameters[msdsn.Protocol] == "lpc" {
		return cfg.FailOverPartner == "" // shared memory
	}
	for _, h := range hosts(cfg) {
		if !loopback(h) {
			return false
		}
	}
	return true
}

// loopback reports whether host is this machine by its very name.
func loopback(host string) bool {
	if host == "." || strings.EqualFold(host, "localhost") || strings.EqualFold(host, "(local)") {
		return true
	}
	ip := net.ParseIP(strings.Trim(host, "[]"))
	return ip != nil && ip.IsLoopback()
}

// verify makes the connection of cfg encrypted and verified, and refuses a DSN
// that asks for less.
func verify(cfg *msdsn.Config) error {
	p := cfg.Parameters
	_, encryptSaid := p[msdsn.Encrypt]
	_, trustSaid := p[msdsn.TrustServerCertificate]
	plain := encryptSaid && cfg.Encryption != msdsn.EncryptionRequired && cfg.Encryption != msdsn.EncryptionStrict
	if plain || trustSaid && cfg.TrustServerCertificate {
		return fault.New(fault.Invalid, "the connection to %s would not be encrypted and verified", strings.Join(hosts(*cfg), " and ")).
			WithCure(`write encrypt=true and leave trustservercertificate out; name an authority of your own with certificate=FILE.pem, ` +
				`and the name that the certificate bears with hostnameincertificate=NAME; or set allow_plaintext = "i-accept"`)
	}
	if !encryptSaid {
		cfg.Encryption = msdsn.EncryptionRequired
	}
	name := p[msdsn.HostNameInCertificate]
	if name == "" {
		name = strings.Trim(host(*cfg), "[]")
	}
	tls, err := msdsn.SetupTLS(p[msdsn.Certificate], p[msdsn.ServerCertificate], false, name, p[msdsn.TLSMin])
	if err != nil {
		return malformed(hint(err))
	}
	cfg.TrustServerCertificate, cfg.TLSConfig = false, tls
	return nil
}

// shape sets what a session of ours needs whatever the DSN says. A stamp is
// passed on as the server shows it, and an identifier is put in order here.
func shape(cfg msdsn.Config, opt adapters.Options) msdsn.Config {
	if _, said := cfg.Parameters[msdsn.AppName]; !said {
		cfg.AppName = "holdfast"
	}
	cfg.ReadOnlyIntent = !opt.Write && !strings.EqualFold(cfg.Parameters[msdsn.ApplicationIntent], "ReadWrite")
	cfg.Encoding.GuidConversion, cfg.Encoding.Timezone = false, time.UTC
	cfg.LogFlags = 0
	if cfg.ConnTimeout == 0 {
		cfg.ConnTimeout = loginTime
	}
	return cfg
}
