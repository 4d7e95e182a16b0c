package oracle

import (
	"strings"

	"github.com/godror/godror/dsn"

	"holdfast/engine/fault"
)

// cureClient says where the client library comes from.
const cureClient = "install Oracle Instant Client (Basic or Basic Light, 19 or later, of the program's own 64 bits) from " +
	"oracle.com/database/technologies/instant-client.html; its folder goes into the library path (Windows: PATH, " +
	"Linux: ldconfig or LD_LIBRARY_PATH, and libaio) or into the DSN as libDir=\"FOLDER\""

// cureDSN says how to write one.
const cureDSN = `write user="…" password="…" connectString="tcps://host:2484/service?ssl_server_dn_match=yes", ` +
	`or oracle://user:password@host:1521/service with special signs written as %XX`

// parse reads a dsn. godror's own error is left out, since it repeats the dsn and
// with it the password.
func parse(text string) (dsn.ConnectionParams, error) {
	p, err := dsn.Parse(text)
	if err != nil || strings.TrimSpace(text) == "" || misread(p.ConnectString) {
		return p, fault.New(fault.Invalid, "the DSN is not one that the Oracle driver understands").WithCure("%s", cureDSN)
	}
	return p, nil
}

// misread reports whether a connect string may hold what was meant to be user or
// password: it is shown in errors.
func misread(text string) bool {
	text = strings.TrimSpace(text)
	if strings.HasPrefix(text, "(") {
		return strings.Contains(strings.ToUpper(text), "PASSWORD")
	}
	where, _, _ := strings.Cut(text, "?")
	return strings.ContainsAny(text, "@\"' \t\r\n") || strings.Contains(where, "=")
}

// verified refuses a connection that could send anything to another machine
// without TLS that checks whose machine it is. Oracle's native network
// encryption does not check that, nor can it be asked for here.
func verified(p dsn.ConnectionParams) error {
	addresses, err := addressesOf(p)
	if err != nil {
		return err
	}
	for _, a := range addresses {
		if !a.local() && !a.verified {
			return fault.New(fault.Invalid, "the connection to %s would not be encrypted and verified", a.host).
				WithCure(`connect by TLS with connectString="tcps://host:2484/service?ssl_server_dn_match=yes" and wallet_location=FOLDER where the ` +
					`authority is your own (from a wallet: protocol=tcps and ssl_server_dn_match=yes); native network encryption ` +
					`cannot be proved from here: where it is all there is, set allow_plaintext = "i-accept"`)
		}
	}
	return nil
}

// addressesOf lists every address that a connection may go to.
func addressesOf(p dsn.ConnectionParams) ([]address, error) {
	text, err := written(p)
	if err != nil {
		return nil, err
	}
	switch {
	case text == "":
		return nil, fault.New(fault.Invalid, "the DSN has no connect string: the environment of this program would say where it goes").
			WithCure("write where the database is: %s; on this machine connectString=\"localhost/service\" or a descriptor with PROTOCOL=IPC", cureDSN)
	case strings.HasPrefix(text, "("):
		return descriptor(text)
	}
	return easyConnect(text)
}

// written is the connect string, a name of tnsnames.ora replaced by what stands
// there. The client library looks names up in the folder that the first
// connection of the process named; what is checked must be what is used.
func written(p dsn.ConnectionParams) (string, error) {
	text := strings.TrimSpace(p.ConnectString)
	if text == "" || strings.HasPrefix(text, "(") || !alias(text) {
		return text, nil
	}
	return lookup(text, p.ConfigDir)
}
