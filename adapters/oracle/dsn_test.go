package oracle

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"holdfast/engine/fault"
)

// A connection that leaves this machine must be TLS that checks whose machine it
// is; where nobody can tell where it goes it is refused too.
func TestPlaintextToAnotherMachineIsRefused(t *testing.T) {
	const user = `user="hf" password="hunter2" `
	const tls = `(SECURITY=(SSL_SERVER_DN_MATCH=yes))`
	for dsn, refused := range map[string]bool{
		user + `connectString="127.0.0.1:1521/erp"`:                                                                                        false,
		user + `connectString="localhost/erp"`:                                                                                             false,
		user + `connectString="[::1]:1521/erp"`:                                                                                            false,
		"oracle://hf:hunter2@127.0.0.1:1521/erp":                                                                                           false,
		"hf/hunter2@localhost:1521/erp":                                                                                                    false,
		user + `connectString="db.example.net:1521/erp"`:                                                                                   true,
		user + `connectString="//db.example.net/erp"`:                                                                                      true,
		"oracle://hf:hunter2@db.example.net/erp":                                                                                           true,
		"hf/hunter2@db.example.net/erp":                                                                                                    true,
		user + `connectString="127.0.0.1,db.example.net:1521/erp"`:                                                                         true,
		user + `connectString="tcps://db.example.net:2484/erp"`:                                                                            true,
		user + `connectString="tcps://db.example.net:2484/erp?ssl_server_dn_match=no"`:                                                     true,
		user + `connectString="tcps://db.example.net:2484/erp?wallet_location=/w&ssl_server_dn_match=yes"`:                                 false,
		user + `connectString="tcps://a.example.net,b.example.net:2484/erp?ssl_server_dn_match=on"`:                                        false,
		user + `connectString="tcps://db.example.net/erp?ssl_server_dn_match=yes&tls_server_dn_match=off"`:                                 true,
		user + `connectString="tcps://db.example.net/erp?tls_server_dn_match=yes"`:                                                         true,
		user + `connectString="ldap://db.example.net/erp"`:                                                                                 true,
		user + `connectString=""`:                                                                                                          true,
		"hf/hunter2":                                                                                                                       true,
		user + `connectString="(DESCRIPTION=(ADDRESS=(PROTOCOL=IPC)(KEY=erp))(CONNECT_DATA=(SID=erp)))"`:                                   false,
		user + `connectString="(DESCRIPTION=(ADDRESS=(PROTOCOL=BEQ))(CONNECT_DATA=(SID=erp)))"`:                                            false,
		user + `connectString="(DESCRIPTION=(ADDRESS=(PROTOCOL=TCP)(HOST=127.0.0.1)(PORT=1521)))"`:                                         false,
		user + `connectString="(DESCRIPTION=(ADDRESS=(PROTOCOL=TCP)(HOST=db.example.net)(PORT=1521)))"`:                                    true,
		user + `connectString="(DESCRIPTION=(ADDRESS=(PROTOCOL=TCPS)(HOST=db.example.net)(PORT=2484))` + tls + `)"`:                        false,
		user + `connectString="(DESCRIPTION=(ADDRESS=(PROTOCOL=TCPS)(HOST=db.example.net)(PORT=2484)))"`:                                   true,
		user + `connectString="(DESCRIPTION=(ADDRESS_LIST=(ADDRESS=(PROTOCOL=tcps)(HOST=a))(ADDRESS=(PROTOCOL=tcp)(HOST=b)))` + tls + `)"`: true,
		user + `connectString="(DESCRIPTION_LIST=(DESCRIPTION=(ADDRESS=(PROTOCOL=tcps)(HOST=a))` + tls + `)(DESCRIPTION=(ADDRESS=(PROTOCOL=tcps)(HOST=b))))"`: true,
		user + `connectString="(DESCRIPTION=(ADDRESS=(PROTOCOL=TCP)(HOST=127.0.0.1)(PORT=1521))"`:                                                             true,
		user + `connectString="(DESCRIPTION=(CONNECT_DATA=(SID=erp)))"`:                                                                                       true,
		user + `connectString="nowhere"`: true,
	} {
		p, err := parse(dsn)
		if err == nil {
			err = verified(p)
		}
		if (err != nil) != refused {
			t.Errorf("%s: %v, refused should be %v", dsn, err, refused)
		}
		if err != nil && (!fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), "; ") || strings.Contains(err.Error(), "hunter2")) {
			t.Errorf("%s: %v", dsn, err)
		}
	}
}

// A name is looked up in the folder that the DSN names, and what stands there is
// judged like any other.
func TestNamesAreLookedUp(t *testing.T) {
	dir := t.TempDir()
	text := `# a comment (with a parenthesis
IFILE = /etc/more.ora
ERP_HIGH, erp_low =
  (DESCRIPTION =
    (ADDRESS = (PROTOCOL = TCPS)(HOST = db.example.net)(PORT = 2484))
    # (ADDRESS = (PROTOCOL = TCP)(HOST = old.example.net))
    (CONNECT_DATA = (SERVICE_NAME = erp))
    (SECURITY = (MY_WALLET_DIRECTORY = "/w (new)")(SSL_SERVER_DN_MATCH = TRUE)))

PLAIN.EXAMPLE.NET = (DESCRIPTION = (ADDRESS = (PROTOCOL = TCP)(HOST = db.example.net)(PORT = 1521)))
here = (DESCRIPTION = (ADDRESS = (PROTOCOL = TCP)(HOST = localhost)(PORT = 1521)))
`
	if err := os.WriteFile(filepath.Join(dir, "tnsnames.ora"), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]struct{ refused, local bool }{
		"erp_high": {}, "ERP_LOW": {}, "plain.example.net": {refused: true}, "here": {local: true}, "gone": {refused: true},
	} {
		dsn := `user="hf" password="hunter2" connectString="` + name + `" configDir="` + filepath.ToSlash(dir) + `"`
		p, err := parse(dsn)
		if err == nil {
			err = verified(p)
		}
		if (err != nil) != want.refused {
			t.Errorf("%s: %v, refused should be %v", name, err, want.refused)
		}
		if text, _ := written(p); err == nil && !strings.HasPrefix(text, "(DESCRIPTION") {
			t.Errorf("%s is used as %q", name, text)
		}
		if local := (Driver{}).Local(dsn); local != want.local {
			t.Errorf("%s: local is %v", name, local)
		}
	}
}

// No error holds the password, however broken the DSN is.
func TestNoDSNErrorHoldsThePassword(t *testing.T) {
	for _, dsn := range []string{
		"oracle://hf:hunter2@ho st/db", "oracle://hf:hunter2%zz@host/db", `user="hf" password="hunter2 connectString="x`,
		`user="hf" password="hunter2" connectString="x" standaloneConnection=maybe`, "hf/hunter2@", "",
		`user="hf" password="hunter2"`, "hf/x@hunter2@host/db", "hf/x@hunter2?y@host/db", "oracle://hf:1/hunter2@host/db", "password=hunter2", "hf hunter2", "hunter2",
	} {
		p, err := parse(dsn)
		if err == nil {
			err = verified(p)
		}
		if err == nil || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%q: %v", dsn, err)
		}
	}
}
