//go:build cgo

package oracle

import (
	"database/sql"
	"strings"
	"time"

	"github.com/godror/godror"

	"holdfast/adapters"
	"holdfast/engine/fault"
)

// Open returns a pool without connecting. dsn is written as godror reads it:
// user="…" password="…" connectString="…", oracle://user:password@host/service,
// or user/password@host/service.
func (Driver) Open(dsn string, opt adapters.Options) (*sql.DB, error) {
	p, err := parse(dsn)
	if err != nil {
		return nil, err
	}
	if !opt.AllowPlaintext {
		if err := verified(p); err != nil {
			return nil, err
		}
	}
	if text, err := written(p); err == nil {
		p.ConnectString = text
	}
	p.Timezone, p.NoTZCheck = time.UTC, true
	p.AlterSession = append(p.AlterSession, sessionSettings...)
	p.InitOnNewConn = true
	return sql.OpenDB(connector{Connector: godror.NewConnector(p), opt: opt}), nil
}

// sessionSettings make texts, days and numbers read the same whatever the
// client's machine is set to.
var sessionSettings = [][2]string{
	{"TIME_ZONE", "+00:00"},
	{"NLS_DATE_FORMAT", "YYYY-MM-DD HH24:MI:SS"},
	{"NLS_TIMESTAMP_FORMAT", "YYYY-MM-DD HH24:MI:SS.FF"},
	{"NLS_TIMESTAMP_TZ_FORMAT", "YYYY-MM-DD HH24:MI:SS.FF TZH:TZM"},
	{"NLS_NUMERIC_CHARACTERS", ".,"},
	{"NLS_SORT", "BINARY"},
	{"NLS_COMP", "BINARY"},
}

// withoutTrail keeps the database's own words of an error; godror puts the names
// and addresses of its own parts before them. A client library that is not
// there has a cure that no retry brings.
func withoutTrail(err error) error {
	ora, ok := godror.AsOraErr(err)
	switch {
	case !ok:
		return err
	case strings.Contains(ora.Message(), "DPI-1047"), strings.Contains(ora.Message(), "DPI-1050"), strings.Contains(ora.Message(), "DPI-1072"):
		return fault.New(fault.Unsupported, "Oracle's client library cannot be used: %s", firstLine(ora.Message())).WithCure("%s", cureClient)
	}
	return ora
}
