package sqlserver

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/microsoft/go-mssqldb/msdsn"

	"holdfast/adapters"
	"holdfast/engine/fault"
)

// A connection that leaves this machine must be verified, unless a person
// accepts that it is not.
func TestOpenRefusesPlaintextToAnotherMachine(t *testing.T) {
	for _, c := range []struct {
		dsn            string
		local, refused bool
	}{
		{"sqlserver://u:hunter2@localhost?database=erp", true, false},
		{"sqlserver://u:hunter2@LocalHost:1433?database=erp", true, false},
		{"sqlserver://u:hunter2@127.0.0.1:1433?database=erp&encrypt=disable", true, false},
		{"sqlserver://u:hunter2@127.8.9.1?database=erp&encrypt=disable", true, false},
		{"sqlserver://u:hunter2@[::1]:1433?database=erp&encrypt=disable", true, false},
		{"sqlserver://u:hunter2@localhost/SAGE?database=erp&encrypt=disable", true, false},
		{"server=.;user id=u;password=hunter2;database=erp", true, false},
		{`server=.\SAGE;user id=u;password=hunter2;database=erp;encrypt=false`, true, false},
		{"server=(local);uid=u;pwd=hunter2;initial catalog=erp;encrypt=optional", true, false},
		{"odbc:server=localhost;user id=u;password={hunter2;x};database=erp;encrypt=disable", true, false},
		{"data source=tcp:127.0.0.1,1433;user id=u;password=hunter2;database=erp;encrypt=disable", true, false},

		{"sqlserver://u:hunter2@erp.example.net?database=erp", false, false},
		{"sqlserver://u:hunter2@erp.example.net?database=erp&encrypt=true", false, false},
		{"sqlserver://u:hunter2@erp.example.net?database=erp&encrypt=mandatory&trustservercertificate=false", false, false},
		{"sqlserver://u:hunter2@erp.example.net?database=erp&encrypt=strict", false, false},
		{"sqlserver://u:hunter2@erp.example.net?database=erp&encrypt=strict&trustservercertificate=true", false, false},
		{"sqlserver://u:hunter2@erp.example.net?database=erp&TrustServerCertificate=no", false, false},
		{"sqlserver://u:hunter2@erp.example.net/SAGE?database=erp&encrypt=true", false, false},
		{"server=tcp:erp.example.net,1433;user id=u;password=hunter2;database=erp;encrypt=yes;trust server certificate=false", false, false},
		{"odbc:server=erp.example.net;user id=u;password={hunter2};database=erp;encrypt=true", false, false},
		{"server=erp;user id=u;password=hunter2;database=erp;failoverpartner=erp2", false, false},

		{"sqlserver://u:hunter2@erp.example.net?database=erp&encrypt=disable", false, true},
		{"sqlserver://u:hunter2@erp.example.net?database=erp&encrypt=false", false, true},
		{"sqlserver://u:hunter2@erp.example.net?database=erp&encrypt=optional", false, true},
		{"sqlserver://u:hunter2@erp.example.net?database=erp&encrypt=0", false, true},
		{"sqlserver://u:hunter2@erp.example.net?database=erp&encrypt=true&trustservercertificate=true", false, true},
		{"sqlserver://u:hunter2@erp.example.net?database=erp&trustservercertificate=true", false, true},
		{"sqlserver://u:hunter2@10.0.0.9?database=erp&encrypt=disable", false, true},
		{"server=erp;user id=u;password=hunter2;database=erp;encrypt=no", false, true},
		{"server=erp;user id=u;password=hunter2;database=erp;encrypt=true;TrustServerCertificate=yes", false, true},
		{"odbc:server=erp;user id=u;password={hunter2};database=erp;encrypt=optional", false, true},
		{"server=localhost;user id=u;password=hunter2;database=erp;encrypt=disable;failover partner=erp2", false, true},
		{`server=127.0.0.1.example.net;user id=u;password=hunter2;database=erp;encrypt=disable`, false, true},
	} {
		db, err := Driver{}.Open(c.dsn, adapters.Options{})
		if (err != nil) != c.refused || (Driver{}).Local(c.dsn) != c.local {
			t.Errorf("%s: %v, local %v; refused should be %v, local %v", c.dsn, err, Driver{}.Local(c.dsn), c.refused, c.local)
		}
		if err != nil && (!fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), "encrypt=true") ||
			strings.Contains(err.Error(), "hunter2")) {
			t.Errorf("%s: %v", c.dsn, err)
		}
		if db != nil {
			db.Close()
		}
		accepted, err := Driver{}.Open(c.dsn, adapters.Options{AllowPlaintext: true})
		if err != nil {
			t.Errorf("%s, accepted: %v", c.dsn, err)
			continue
		}
		accepted.Close()
	}
}

// What a DSN leaves open is set to what verifies, and what it says is kept.
func TestVerifyCompletesTheDSN(t *testing.T) {
	for _, c := range []struct {
		dsn, name string
		encrypt   msdsn.Encryption
	}{
		{"sqlserver://u@erp.example.net?database=erp", "erp.example.net", msdsn.EncryptionRequired},
		{"sqlserver://u@erp.example.net?database=erp&encrypt=strict&trustservercertificate=true", "erp.example.net", msdsn.EncryptionStrict},
		{"sqlserver://u@10.0.0.9?database=erp&hostnameincertificate=erp.example.net", "erp.example.net", msdsn.EncryptionRequired},
		{"server=tcp:erp,1433;database=erp;trustservercertificate=false", "erp", msdsn.EncryptionRequired},
	} {
		cfg, err := parse(c.dsn)
		if err == nil {
			err = verify(&cfg)
		}
		if err != nil {
			t.Errorf("%s: %v", c.dsn, err)
			continue
		}
		if cfg.Encryption != c.encrypt || cfg.TrustServerCertificate || cfg.TLSConfig.InsecureSkipVerify || cfg.TLSConfig.ServerName != c.name {
			t.Errorf("%s: encryption %d, trust %v, TLS for %q, unverified %v", c.dsn, cfg.Encryption, cfg.TrustServerCertificate,
				cfg.TLSConfig.ServerName, cfg.TLSConfig.InsecureSkipVerify)
		}
	}
}

// The library's own error would repeat what stands where the password may be.
func TestMalformedDSNHoldsNoPassword(t *testing.T) {
	folder := t.TempDir()
	broken := filepath.Join(folder, "hunter2.pem")
	if err := os.WriteFile(broken, []byte("no certificate"), 0o600); err != nil {
		t.Fatal(err)
	}
	for dsn, says := range map[string]string{
		"":                          "names no server",
		"hunter2":                   "names no server",
		"postgres://u:hunter2@h/db": "names no server",
		"password=hunter2;database=erp;user id=u": "names no server",
		"sqlserver://u:hunter2@?database=erp":     "names no server",
		"sqlserver://u:hunter2@h":                 "names no database",
		"server=h;user id=u;password=hunter2":     "names no database",
		"sqlserver://u:hunter2@h?database=erp&applicationintent=ReadOnly&applicationintent=ReadOnly": "more than once",
		"server=h;password=hunter2;ApplicationIntent=ReadOnly":                                       "ApplicationIntent",
		"sqlserver://u:hunter2%zz@h?database=erp":                                                    "URL",
		"sqlserver://u:1#hunter2@h?database=erp":                                                     "%XX",
		"sqlserver://u:1/hunter2@h?database=erp":                                                     "%XX",
		"sqlserver://u:hunter2@h:port?database=erp":                                                  "URL",
		"server=h;database=erp;password=a;port=hunter2":                                              "port",
		"server=h;database=erp;password=a;encrypt=hunter2":                                           "encrypt",
		"server=h;database=erp;trustservercertificate=hunter2":                                       "trust server certificate",
		"server=h;database=erp;connection timeout=hunter2":                                           "connection timeout",
		"server=h;database=erp;dial timeout=hunter2":                                                 "dial timeout",
		"server=h;database=erp;timezone=hunter2":                                                     "timezone",
		"server=h;database=erp;protocol=hunter2":                                                     "protocol",
		"server=h;database=erp;authenticator=hunter2":                                                "krb5",
		"server=h;database=erp;certificate=hunter2.pem;encrypt=true":                                 "certificate",
		"server=h;database=erp;encrypt=true;serverCertificate=" + broken:                             "certificate",
		`server=\\h\pipe\sql\hunter2;database=erp`:                                                   "named pipe",
		"odbc:server=h;password={hunter2;database=erp":                                               "braced",
		"odbc:server=h;password={hunter2}x;database=erp":                                             "unexpected character",
	} {
		_, err := Driver{}.Open(dsn, adapters.Options{AllowPlaintext: true})
		if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), says) || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%q: %v; it should say %q", dsn, err, says)
		}
		if (Driver{}).Local(dsn) {
			t.Errorf("%q is taken for local", dsn)
		}
	}
}

// No error of a connection that does not come about holds the password.
func TestErrorsHoldNoPassword(t *testing.T) {
	for _, dsn := range []string{
		"sqlserver://u:hunter2@127.0.0.1:1?database=erp", "server=127.0.0.1,1;user id=u;password=hunter2;database=erp",
		"sqlserver://u:hunter2@127.0.0.1:1?database=erp&authenticator=krb5", `sqlserver://D%5Cu:hunter2@127.0.0.1:1?database=erp`,
	} {
		db, err := Driver{}.Open(dsn, adapters.Options{})
		if err != nil {
			t.Errorf("%s: %v", dsn, err)
			continue
		}
		err = db.PingContext(context.Background())
		class, cure := Driver{}.Sort(err)
		if err == nil || strings.Contains(err.Error(), "hunter2") || class != adapters.Connection || cure == "" {
			t.Errorf("%s: sorted as %q, %v", dsn, class, err)
		}
		db.Close()
	}
}

// A named pipe goes to the machine in its path, whatever the library takes for
// its host. The library knows pipes on Windows only.
func TestPipesHaveAMachine(t *testing.T) {
	for server, local := range map[string]bool{
		`\\.\pipe\sql\query`: true, `\\erp\pipe\sql\query`: false, `\\localhost\pipe\MSSQL$SAGE\sql\query`: true,
	} {
		cfg := msdsn.Config{Host: "localhost", Parameters: map[string]string{msdsn.Server: server, msdsn.Protocol: "np"}}
		if home(cfg) != local {
			t.Errorf("%s: local should be %v", server, local)
		}
	}
	cfg := msdsn.Config{Host: "THISPC", Parameters: map[string]string{msdsn.Server: "THISPC", msdsn.Protocol: "lpc"}}
	if !home(cfg) {
		t.Error("shared memory is not taken for local")
	}
}

// What a session needs is set whatever the DSN says.
func TestShape(t *testing.T) {
	for _, c := range []struct {
		dsn   string
		write bool
		want  msdsn.Config
	}{
		{"server=h;database=erp", false, msdsn.Config{AppName: "holdfast", ReadOnlyIntent: true, ConnTimeout: 15 * time.Second}},
		{"server=h;database=erp", true, msdsn.Config{AppName: "holdfast", ConnTimeout: 15 * time.Second}},
		{"server=h;database=erp;applicationintent=ReadWrite", false, msdsn.Config{AppName: "holdfast", ConnTimeout: 15 * time.Second}},
		{"server=h;database=erp;applicationintent=ReadOnly", true, msdsn.Config{AppName: "holdfast", ConnTimeout: 15 * time.Second}},
		{"server=h;database=erp;app name=dunning;connect timeout=40", true, msdsn.Config{AppName: "dunning", ConnTimeout: 40 * time.Second}},
		{"server=h;database=erp;timezone=Europe/Vienna;guid conversion=true;log=63", true,
			msdsn.Config{AppName: "holdfast", ConnTimeout: 15 * time.Second}},
	} {
		cfg, err := parse(c.dsn)
		if err != nil {
			t.Fatal(err)
		}
		got := shape(cfg, adapters.Options{Write: c.write})
		if got.AppName != c.want.AppName || got.ReadOnlyIntent != c.want.ReadOnlyIntent || got.ConnTimeout != c.want.ConnTimeout ||
			got.Encoding.GuidConversion || got.Encoding.Timezone != time.UTC || got.LogFlags != 0 {
			t.Errorf("%s, write %v: %+v", c.dsn, c.write, got)
		}
		if pool := newConnector(got, adapters.Options{}); pool.Connector.Dialer.(dialer).wait != c.want.ConnTimeout {
			t.Errorf("%s: a login may take %s", c.dsn, pool.Connector.Dialer.(dialer).wait)
		}
	}
}
