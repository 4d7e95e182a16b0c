package postgres

import (
	"context"
	"errors"
	"net"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"

	"holdfast/adapters"
)

// sorted is what a SQLSTATE means to us.
type sorted struct {
	class adapters.Class
	cure  string
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
// signs, the class, are looked up. See PostgreSQL's manual, appendix A.
var states = map[string]sorted{
	"28": {adapters.Authentication, cureLogin}, "42501": {adapters.Permission, "grant what the preset's rights list to this login"},
	"25006": {adapters.ReadOnly, "the login or the server may only read; give the holds a login of their own"},
	"3D000": {adapters.Absent, "check the name of the database in the DSN"},
	"3F":    {adapters.Missing, cureMissing}, "42": {adapters.Missing, cureMissing}, "22": {adapters.Data, cureData},
	"23": {adapters.Constraint, "a rule of the table refuses the row; look which"},
	"40": {adapters.Lock, cureBusy}, "55P03": {adapters.Lock, "a row is locked by someone else; " + cureBusy},
	"55000": {adapters.ReadOnly, "this cannot be written to as it is, as a view over several tables; name the table behind it in the hold's files"},
	"57014": {adapters.Timeout, cureTimeout}, "57": {adapters.Connection, cureReach},
	"08": {adapters.Connection, cureReach}, "53": {adapters.Exhausted, "the server is short of memory, disk or connections"},
	"XX": {adapters.Damaged, "let the database's administrator look at the server's log"},
}

// Sort sorts by SQLSTATE; without one the server was not reached.
func (Driver) Sort(err error) (adapters.Class, string) {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		for _, state := range []string{pg.Code, pg.Code[:min(2, len(pg.Code))]} {
			if s, ok := states[state]; ok {
				return s.class, s.cure
			}
		}
		return adapters.Other, ""
	}
	var connect *pgconn.ConnectError
	var network net.Error
	switch {
	case errors.As(err, &connect) && (strings.Contains(err.Error(), "tls error") || strings.Contains(err.Error(), "x509:")):
		return adapters.Authentication, "check the server's certificate: its name must be the host of the DSN, its authority one of sslrootcert"
	case errors.As(err, &connect), errors.As(err, &network), pgconn.SafeToRetry(err), errors.Is(err, context.DeadlineExceeded):
		return adapters.Connection, cureReach
	case strings.Contains(err.Error(), "unexpected EOF"), strings.Contains(err.Error(), "conn closed"), strings.Contains(err.Error(), "bad connection"):
		return adapters.Connection, cureReach
	}
	return adapters.Other, ""
}

// Answered reports whether the server itself said no.
func (Driver) Answered(err error) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && !strings.HasPrefix(pg.Code, "57P") && !strings.HasPrefix(pg.Code, "08")
}
