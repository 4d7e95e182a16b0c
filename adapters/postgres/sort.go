package postgres

import (
	"context"
	"errors"
	"net"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"

	"holdfast/engine/fault"
)

// sorted is what a SQLSTATE means to us.
type sorted struct {
	kind fault.Kind
	cure string
}

const (
	cureLogin   = "check user and password of the DSN, and pg_hba.conf on the server"
	cureMissing = "this name is not in the ERP's database; compare the ERP's version with the preset's, or write the query anew in your presets folder"
	cureReach   = "check that the server runs and that host and port of the DSN are right"
	cureBusy    = "it is tried again"
	cureTimeout = "raise statement_timeout, or lower history_days"
	cureData    = "compare the query with the columns' types"
)

// states sorts SQLSTATEs; where a whole one is not listed, its first two
// signs, the class, are looked up.
var states = map[string]sorted{
	"28": {fault.Denied, cureLogin}, "42501": {fault.Denied, "grant what the preset's rights list to this login"},
	"25006": {fault.Denied, "the login or the server may only read; give the holds a login of their own"},
	"3D000": {fault.NotFound, "check the name of the database in the DSN"},
	"3F":    {fault.Invalid, cureMissing}, "42": {fault.Invalid, cureMissing}, "22": {fault.Invalid, cureData},
	"40": {fault.Transient, cureBusy}, "55P03": {fault.Transient, "a row is locked by someone else; " + cureBusy},
	"57014": {fault.Transient, cureTimeout}, "57": {fault.Transient, cureReach},
	"08": {fault.Transient, cureReach}, "53": {fault.Transient, "the server is short of memory, disk or connections"},
	"XX": {fault.Corrupt, "let the database's administrator look at the server's log"},
}

// Sort sorts by SQLSTATE; without one the server was not reached.
func (Driver) Sort(err error) (fault.Kind, string) {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		for _, state := range []string{pg.Code, pg.Code[:min(2, len(pg.Code))]} {
			if s, ok := states[state]; ok {
				return s.kind, s.cure
			}
		}
		return fault.Unknown, ""
	}
	var connect *pgconn.ConnectError
	var network net.Error
	switch {
	case errors.As(err, &connect) && (strings.Contains(err.Error(), "tls error") || strings.Contains(err.Error(), "x509:")):
		return fault.Denied, "check the server's certificate: its name must be the host of the DSN, its authority one of sslrootcert"
	case errors.As(err, &connect), errors.As(err, &network), pgconn.SafeToRetry(err), errors.Is(err, context.DeadlineExceeded):
		return fault.Transient, cureReach
	case strings.Contains(err.Error(), "unexpected EOF"), strings.Contains(err.Error(), "conn closed"), strings.Contains(err.Error(), "bad connection"):
		return fault.Transient, cureReach
	}
	return fault.Unknown, ""
}

// Answered reports whether the server itself said no.
func (Driver) Answered(err error) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && !strings.HasPrefix(pg.Code, "57P") && !strings.HasPrefix(pg.Code, "08")
}
