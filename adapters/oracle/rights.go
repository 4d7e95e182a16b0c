package oracle

import (
	"context"
	"database/sql"
	"slices"
	"strings"

	"holdfast/adapters"
)

// grantees are the login itself, everybody, and the roles that it has.
const grantees = "grantee IN (SELECT USER FROM DUAL UNION ALL SELECT 'PUBLIC' FROM DUAL UNION ALL SELECT role FROM session_roles)"

// Rights asks the catalogue, and tries nothing.
func (Driver) Rights(ctx context.Context, conn *sql.Conn, table, column string) (adapters.Rights, error) {
	t, err := resolve(ctx, conn, table)
	if err != nil {
		return adapters.Rights{}, err
	}
	anywhere, err := adapters.Names(conn.QueryContext(ctx, `SELECT privilege FROM session_privs
		WHERE privilege IN ('UPDATE ANY TABLE', 'INSERT ANY TABLE', 'DELETE ANY TABLE')
		UNION ALL SELECT role FROM session_roles WHERE role = 'DBA'`))
	if err != nil {
		return adapters.Rights{}, err
	}
	granted, err := adapters.Names(conn.QueryContext(ctx, `SELECT privilege FROM all_tab_privs
		WHERE table_schema = :1 AND table_name = :2 AND `+grantees+`
		UNION ALL SELECT privilege FROM all_col_privs
		WHERE table_schema = :3 AND table_name = :4 AND column_name = :5 AND `+grantees,
		t.owner, t.name, t.owner, t.name, stored(column)))
	if err != nil {
		return adapters.Rights{}, err
	}
	may := func(verb string) bool {
		return t.own || slices.Contains(granted, verb) || slices.Contains(anywhere, verb+" ANY TABLE")
	}
	return adapters.Rights{Update: may("UPDATE"), Insert: may("INSERT"), Delete: may("DELETE"), Super: len(anywhere) > 0}, nil
}

// resolved is a table as the catalogue knows it.
type resolved struct {
	owner, name string
	own         bool // it belongs to the login
}

// resolve finds the table that a name means to this session, synonyms followed.
func resolve(ctx context.Context, conn *sql.Conn, table string) (resolved, error) {
	var user, schema string
	err := conn.QueryRowContext(ctx, "SELECT USER, SYS_CONTEXT('USERENV', 'CURRENT_SCHEMA') FROM DUAL").Scan(&user, &schema)
	if err != nil {
		return resolved{}, err
	}
	t := resolved{owner: schema}
	owner, name, qualified := strings.Cut(table, ".")
	if qualified {
		t.owner, t.name = stored(owner), stored(name)
	} else {
		t.name = stored(table)
	}
	for range synonymsDeep {
		found, err := follow(ctx, conn, &t, !qualified)
		if err != nil {
			return t, err
		}
		if !found {
			break
		}
	}
	t.own = t.owner == user
	return t, nil
}

// synonymsDeep is how many synonyms that name synonyms are followed.
const synonymsDeep = 5

// follow replaces t by what a synonym of its name stands for; a public one only
// where no table of the schema has that name.
func follow(ctx context.Context, conn *sql.Conn, t *resolved, public bool) (bool, error) {
	other := t.owner
	if public {
		other = "PUBLIC"
	}
	var owner, name string
	err := conn.QueryRowContext(ctx, `SELECT table_owner, table_name FROM (
			SELECT table_owner, table_name FROM all_synonyms
			WHERE synonym_name = :1 AND owner IN (:2, :3) AND table_owner IS NOT NULL
				AND NOT EXISTS (SELECT 1 FROM all_objects WHERE owner = :4 AND object_name = :5 AND object_type IN ('TABLE', 'VIEW'))
			ORDER BY CASE owner WHEN 'PUBLIC' THEN 2 ELSE 1 END)
		WHERE ROWNUM = 1`, t.name, t.owner, other, t.owner, t.name).Scan(&owner, &name)
	if err == sql.ErrNoRows {
		return false, nil
	}
	if err == nil {
		t.owner, t.name = owner, name
	}
	return err == nil, err
}

// stored is a name as the catalogue keeps it: in capitals, unless it is quoted.
func stored(name string) string {
	if bare, quoted := strings.CutPrefix(name, `"`); quoted {
		return strings.TrimSuffix(bare, `"`)
	}
	return strings.ToUpper(name)
}

// oracleOwn are the schemas that come with the database itself; everybody may
// write to some tables in them.
const oracleOwn = `('SYS', 'SYSTEM', 'XDB', 'MDSYS', 'CTXSYS', 'ORDSYS', 'ORDDATA', 'OLAPSYS', 'WMSYS', 'LBACSYS', 'DVSYS',
	'GSMADMIN_INTERNAL', 'APPQOSSYS', 'OUTLN', 'DBSNMP', 'AUDSYS', 'OJVMSYS', 'DBSFWUSER')`

// Writable asks the catalogue for tables that the login may write to: its own,
// those granted to it, and all where it may write to any.
func (Driver) Writable(ctx context.Context, conn *sql.Conn) ([]string, error) {
	names, err := adapters.Names(conn.QueryContext(ctx, `SELECT table_name FROM (
			SELECT table_name FROM user_tables
			UNION SELECT table_name FROM all_tab_privs
				WHERE privilege IN ('INSERT', 'UPDATE', 'DELETE') AND table_schema NOT IN `+oracleOwn+` AND `+grantees+`
			UNION SELECT table_name FROM all_col_privs
				WHERE privilege IN ('INSERT', 'UPDATE') AND table_schema NOT IN `+oracleOwn+` AND `+grantees+`
			UNION SELECT table_name FROM all_tables WHERE owner NOT IN `+oracleOwn+` AND EXISTS (SELECT 1 FROM session_privs
				WHERE privilege IN ('UPDATE ANY TABLE', 'INSERT ANY TABLE', 'DELETE ANY TABLE'))
			ORDER BY 1)
		WHERE ROWNUM <= 20`))
	for i := range names {
		names[i] = strings.ToLower(names[i])
	}
	return names, err
}
