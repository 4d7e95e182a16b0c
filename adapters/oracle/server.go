package oracle

import (
	"context"
	"database/sql"
	"strings"

	"holdfast/adapters"
)

// Server names the database, its container and its incarnation. A database that
// was opened with RESETLOGS, as after a restore to an earlier point, has another
// incarnation. What the login may not see is left out.
func (d Driver) Server(ctx context.Context, conn *sql.Conn) (adapters.Server, error) {
	var one int
	if err := conn.QueryRowContext(ctx, "SELECT 1 FROM DUAL").Scan(&one); err != nil {
		return adapters.Server{}, err
	}
	var s adapters.Server
	ask := asker{ctx: ctx, conn: conn, driver: d}
	s.Version = ask.first("SELECT banner_full FROM v$version WHERE ROWNUM = 1", "SELECT banner FROM v$version WHERE ROWNUM = 1",
		"SELECT product || ' ' || version FROM product_component_version WHERE product LIKE 'Oracle%' AND ROWNUM = 1")
	if s.Version == "" {
		s.Version = "Oracle Database"
	}
	s.Identity = ask.identity()
	s.Encrypted = strings.EqualFold(ask.first("SELECT SYS_CONTEXT('USERENV', 'NETWORK_PROTOCOL') FROM DUAL"), "tcps")
	s.Collation = ask.collation()
	return s, ask.lost
}

// asker asks for what a login may be kept from seeing.
type asker struct {
	ctx    context.Context
	conn   *sql.Conn
	driver Driver
	lost   error // not a matter of rights: nothing more is asked
}

// first returns the answer of the first query that the login may ask, or none.
func (a *asker) first(queries ...string) string {
	for _, q := range queries {
		if a.lost != nil {
			return ""
		}
		var text sql.NullString
		err := a.conn.QueryRowContext(a.ctx, q).Scan(&text)
		if err == nil && text.String != "" {
			return strings.TrimSpace(firstLine(text.String))
		}
		if err != nil && !a.refused(err) {
			a.lost = err
		}
	}
	return ""
}

// refused reports whether an error only says that this is not for the login, or
// not of this version.
func (a *asker) refused(err error) bool {
	if err == sql.ErrNoRows || codeOf(err) == unknownParameter {
		return true
	}
	switch class, _ := a.driver.Sort(err); class {
	case adapters.Missing, adapters.Permission:
		return true
	}
	return false
}

// identity is the number of the database and of its incarnation; without the
// right to see them its names.
func (a *asker) identity() string {
	numbers := a.first("SELECT 'dbid=' || TO_CHAR(dbid) || ' resetlogs=' || TO_CHAR(resetlogs_change#) || ' at ' || " +
		"TO_CHAR(resetlogs_time, 'YYYY-MM-DD HH24:MI:SS') FROM v$database")
	if numbers == "" {
		numbers = "dbid=unknown db=" + a.first("SELECT SYS_CONTEXT('USERENV', 'DB_NAME') FROM DUAL")
	}
	identity := "oracle " + numbers
	if container := a.first("SELECT SYS_CONTEXT('USERENV', 'CON_NAME') FROM DUAL"); container != "" {
		identity += " container=" + container
	}
	return identity
}

// collation tells of a session in which texts do not compare sign by sign.
func (a *asker) collation() string {
	return a.first("SELECT LISTAGG(parameter || '=' || value, ' ') WITHIN GROUP (ORDER BY parameter) FROM nls_session_parameters " +
		"WHERE parameter IN ('NLS_COMP', 'NLS_SORT') AND value <> 'BINARY'")
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}
