package oracle_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"holdfast/adapters"
	"holdfast/adapters/adaptertest"
	"holdfast/adapters/oracle"
	"holdfast/adapters/presets"
	"holdfast/engine/fault"
)

// standIn returns a bench of the stand-in, where a table of the schema's own goes
// before a view of the dictionary: what a login would see can be written there.
func standIn(t *testing.T) adaptertest.Bench {
	t.Helper()
	b := adaptertest.Oracle(t)
	if b.StandIn == "" {
		t.Skip("SKIPPED: the dictionary is written by hand, which only the stand-in allows")
	}
	return b
}

// Rights come from the table's owner, from grants to the login, its roles and
// everybody, on the table or a column, and from rights over any table.
func TestRights(t *testing.T) {
	b := standIn(t)
	b.Exec(t, `CREATE TABLE own (flag VARCHAR2(1));
		CREATE TABLE session_privs (privilege VARCHAR2(40));
		CREATE TABLE session_roles (role VARCHAR2(128));
		CREATE TABLE all_tab_privs (grantee VARCHAR2(128), table_schema VARCHAR2(128), table_name VARCHAR2(128), privilege VARCHAR2(40));
		CREATE TABLE all_col_privs (grantee VARCHAR2(128), table_schema VARCHAR2(128), table_name VARCHAR2(128), column_name VARCHAR2(128), privilege VARCHAR2(40));
		CREATE TABLE all_synonyms (owner VARCHAR2(128), synonym_name VARCHAR2(128), table_owner VARCHAR2(128), table_name VARCHAR2(128));
		INSERT INTO session_roles VALUES ('AR_CLERK');
		INSERT INTO all_tab_privs SELECT USER, 'AR', 'PLAIN', 'UPDATE' FROM DUAL;
		INSERT INTO all_tab_privs VALUES ('SOMEBODY', 'AR', 'PLAIN', 'DELETE');
		INSERT INTO all_tab_privs VALUES ('AR_CLERK', 'AR', 'BYROLE', 'INSERT');
		INSERT INTO all_tab_privs VALUES ('PUBLIC', 'AR', 'OPEN', 'DELETE');
		INSERT INTO all_tab_privs VALUES ('PUBLIC', 'SYS', 'PLAN_TABLE$', 'DELETE');
		INSERT INTO all_col_privs SELECT USER, 'AR', 'COLUMNS', 'FLAG', 'UPDATE' FROM DUAL;
		INSERT INTO all_col_privs SELECT USER, 'AR', 'MixedCase', 'Flag', 'UPDATE' FROM DUAL;
		INSERT INTO all_synonyms VALUES ('PUBLIC', 'SHORT', 'APPS', 'LONGER');
		INSERT INTO all_synonyms VALUES ('APPS', 'LONGER', 'AR', 'PLAIN')`)
	conn, d := connected(t, b, adapters.Options{}), oracle.Driver{}
	check := func(table, column, want string) {
		t.Helper()
		r, err := d.Rights(context.Background(), conn, table, column)
		if got := fmt.Sprintf("%+v", r); err != nil || !strings.Contains(got, want) {
			t.Errorf("%s.%s: %s, %v; want %s", table, column, got, err, want)
		}
	}
	check("own", "flag", "{Update:true Insert:true Delete:true Super:false}")
	check("ar.plain", "flag", "{Update:true Insert:false Delete:false Super:false}")
	check("ar.byrole", "flag", "{Update:false Insert:true Delete:false Super:false}")
	check("ar.open", "flag", "{Update:false Insert:false Delete:true Super:false}")
	check("ar.columns", "flag", "{Update:true Insert:false Delete:false Super:false}")
	check("ar.columns", "name", "{Update:false Insert:false Delete:false Super:false}")
	check(`ar."MixedCase"`, `"Flag"`, "{Update:true Insert:false Delete:false Super:false}")
	check("short", "flag", "{Update:true Insert:false Delete:false Super:false}")
	names, err := d.Writable(context.Background(), conn)
	got := strings.Join(names, " ")
	if err != nil || !strings.Contains(got, "byrole columns mixedcase open own plain") || strings.Contains(got, "plan_table") {
		t.Errorf("writable are %s, %v", got, err)
	}
	b.Exec(t, "INSERT INTO session_privs VALUES ('UPDATE ANY TABLE')")
	check("ar.byrole", "flag", "{Update:true Insert:true Delete:false Super:true}")
	b.Exec(t, "DELETE FROM session_privs; INSERT INTO session_roles VALUES ('DBA')")
	check("ar.byrole", "flag", "{Update:false Insert:true Delete:false Super:true}")
}

// The identity has the database's number and incarnation where they may be seen,
// and its name where not.
func TestServer(t *testing.T) {
	b := standIn(t)
	conn, d := connected(t, b, adapters.Options{}), oracle.Driver{}
	s, err := d.Server(context.Background(), conn)
	if err != nil || s.Identity != "oracle dbid=unknown db=STANDIN" || !strings.Contains(s.Version, "19c") || s.Encrypted || s.Collation != "" {
		t.Errorf("%+v, %v", s, err)
	}
	b.Exec(t, `CREATE VIEW v$database AS SELECT 1234567890 AS dbid, 1920977 AS resetlogs_change#, DATE '2024-05-06' AS resetlogs_time FROM DUAL;
		CREATE TABLE nls_session_parameters (parameter VARCHAR2(30), value VARCHAR2(64));
		INSERT INTO nls_session_parameters VALUES ('NLS_COMP', 'LINGUISTIC');
		INSERT INTO nls_session_parameters VALUES ('NLS_SORT', 'BINARY_CI')`)
	s, err = d.Server(context.Background(), conn)
	if err != nil || s.Identity != "oracle dbid=1234567890 resetlogs=1920977 at 2024-05-06 00:00:00" || s.Collation != "NLS_COMP=LINGUISTIC NLS_SORT=BINARY_CI" {
		t.Errorf("%+v, %v", s, err)
	}
}

// A counted mark is no younger than the picture that is read after it, and a
// login that may not see the number is told what to grant.
func TestCommitted(t *testing.T) {
	b := standIn(t)
	b.Exec(t, "CREATE TABLE c (n NUMBER(9)); INSERT INTO c VALUES (1)")
	conn, d, ctx := connected(t, b, adapters.Options{}), oracle.Driver{}, context.Background()
	tx, err := d.BeginRead(ctx, conn)
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	read(t, conn, "SELECT n FROM c")
	b.Exec(t, "UPDATE c SET n = 2")
	if _, err := d.Committed(ctx, conn, presets.MarkSCN); !fault.Is(err, fault.Denied) || !strings.Contains(err.Error(), "DBMS_FLASHBACK") {
		t.Errorf("without the right: %v", err)
	}
	b.Exec(t, "CREATE VIEW v$database AS SELECT 9007199254740993 AS current_scn FROM DUAL")
	n, err := d.Committed(ctx, conn, presets.MarkSCN)
	if err != nil || n != 9007199254740993 {
		t.Errorf("%d, %v", n, err)
	}
	if got := read(t, conn, "SELECT n FROM c"); got.rows[0] != `"2"` {
		t.Errorf("the picture is older than its number: %v", got.rows)
	}
	b.Exec(t, "UPDATE c SET n = 3")
	if got := read(t, conn, "SELECT n FROM c"); got.rows[0] != `"2"` {
		t.Errorf("the picture moved: %v", got.rows)
	}
	if _, err := d.Committed(ctx, conn, presets.MarkXmin); !fault.Is(err, fault.Unsupported) {
		t.Errorf("xmin: %v", err)
	}
}

// Tables and views are listed with their columns and keys.
func TestTables(t *testing.T) {
	b := adaptertest.Oracle(t)
	b.Exec(t, `CREATE TABLE invoice (id NUMBER(9), part NUMBER(3), amount NUMBER(12,2), name VARCHAR2(20), due DATE, "Odd" NUMBER, PRIMARY KEY (id, part));
		CREATE VIEW open_invoice AS SELECT id FROM invoice`)
	tables, err := oracle.Driver{}.Tables(context.Background(), connected(t, b, adapters.Options{}), "")
	if err != nil || len(tables) != 2 || tables[0].Name != "invoice" || tables[1].Name != "open_invoice" || tables[0].Schema == "" || tables[0].Rows != -1 {
		t.Fatalf("%+v, %v", tables, err)
	}
	want := "[{id NUMBER(9) true} {part NUMBER(3) true} {amount NUMBER(12,2) false} {name VARCHAR2(20) false} {due DATE false} {Odd NUMBER false}]"
	if got := fmt.Sprint(tables[0].Columns); got != want {
		t.Errorf("the columns are %s", got)
	}
}

// A plan that cannot be made says why; the session reads on.
func TestPlanThatIsRefused(t *testing.T) {
	b := adaptertest.Oracle(t)
	b.Exec(t, "CREATE TABLE p (n NUMBER(9))")
	conn, d := connected(t, b, adapters.Options{}), oracle.Driver{}
	adaptertest.OracleFaults(t, b, "EXPLAIN PLAN\tORA-00942")
	_, err := d.Plan(context.Background(), conn, "SELECT n FROM p WHERE n = :1", []any{int64(1)})
	if class, _ := d.Sort(err); class != adapters.Missing {
		t.Errorf("%q: %v", class, err)
	}
	if _, err := conn.ExecContext(context.Background(), "INSERT INTO p VALUES (1)"); err == nil {
		t.Error("the session writes after the plan")
	}
}
