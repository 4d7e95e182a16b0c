package adaptertest

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"strings"
	"testing"

	"holdfast/adapters"
	"holdfast/adapters/oracle"
)

// OracleDSN is the variable that names an empty schema of an Oracle Database,
// which tests may fill and empty again.
const OracleDSN = "HOLDFAST_TEST_ORACLE_DSN"

// OCIStandIn is the variable that names the folder of a stand-in for Oracle's
// client library: libclntsh.so, pg.sh and setup.sql. Behind it stands
// PostgreSQL. It tries the driver's calls, binds, types, errors and transactions,
// and not whether a statement is Oracle's SQL.
const OCIStandIn = "HOLDFAST_TEST_OCISTUB"

// Oracle returns an empty schema of an Oracle Database, or of the stand-in.
func Oracle(t *testing.T) Bench {
	t.Helper()
	switch {
	case os.Getenv(OracleDSN) != "":
		return realOracle(t, os.Getenv(OracleDSN))
	case os.Getenv(OCIStandIn) != "":
		return standInOracle(t, os.Getenv(OCIStandIn))
	}
	t.Skipf("SKIPPED: needs an Oracle Database or the stand-in for its client library; run one of\n"+
		"  %s='user=\"hf\" password=\"…\" connectString=\"127.0.0.1:1521/FREEPDB1\"' go test ./adapters/...\n"+
		"  %s=FOLDER go test ./adapters/...", OracleDSN, OCIStandIn)
	return Bench{}
}

// realOracle takes the schema of dsn, which must be empty, and leaves it empty.
func realOracle(t *testing.T, dsn string) Bench {
	t.Helper()
	oneAtATime.Lock()
	t.Cleanup(oneAtATime.Unlock)
	b := oracleBench(t, dsn)
	if left := b.objects(t); len(left) > 0 {
		t.Fatalf("the schema of %s is not empty: it has %s", OracleDSN, strings.Join(left, ", "))
	}
	t.Cleanup(func() {
		for _, object := range b.objects(t) {
			if strings.HasPrefix(object, "TABLE ") {
				object += " CASCADE CONSTRAINTS PURGE"
			}
			b.run(t, "DROP "+object)
		}
	})
	bench := b.bench()
	bench.Trigger = func(t testing.TB, table, statement string) {
		t.Helper()
		trigger := fmt.Sprintf("CREATE TRIGGER own_logic AFTER UPDATE ON %s FOR EACH ROW BEGIN %s; END;", table, statement)
		if _, err := b.db.ExecContext(context.Background(), trigger); err != nil {
			t.Skipf("SKIPPED: the server refuses %q: %v", trigger, err)
		}
	}
	return bench
}

// oracleSchema is one schema, and a pool that works in it as the ERP would.
type oracleSchema struct {
	dsn string
	db  *sql.DB
}

func oracleBench(t *testing.T, dsn string) oracleSchema {
	t.Helper()
	db, err := oracle.Driver{}.Open(dsn, adapters.Options{Write: true, AllowPlaintext: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return oracleSchema{dsn: dsn, db: db}
}

func (s oracleSchema) bench() Bench {
	exec := func(t testing.TB, statements string) {
		t.Helper()
		for _, statement := range oracleStatements(statements) {
			s.run(t, statement)
		}
	}
	return Bench{Driver: oracle.Driver{}, DSN: s.dsn, Exec: exec}
}

// run carries out one statement, which commits by itself.
func (s oracleSchema) run(t testing.TB, statement string) {
	t.Helper()
	if _, err := s.db.ExecContext(context.Background(), statement); err != nil {
		t.Fatalf("%v\nin: %s", err, statement)
	}
}

// objects lists what the schema holds, as DROP wants it named.
func (s oracleSchema) objects(t testing.TB) []string {
	t.Helper()
	names, err := adapters.Names(s.db.QueryContext(context.Background(), `SELECT object_type || ' "' || object_name || '"' FROM user_objects
		WHERE object_type IN ('TABLE', 'VIEW', 'SEQUENCE', 'PROCEDURE', 'FUNCTION', 'PACKAGE', 'SYNONYM')`))
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// oracleStatements splits a text into single statements, which is all that
// Oracle takes: at a semicolon, or at a line that is a slash, up to which a
// block of PL/SQL goes.
func oracleStatements(text string) []string {
	var list []string
	var b strings.Builder
	quoted := false
	end := func() {
		if s := strings.TrimSpace(b.String()); s != "" {
			list = append(list, s)
		}
		b.Reset()
	}
	for _, line := range strings.Split(text, "\n") {
		if !quoted && strings.TrimSpace(line) == "/" {
			end()
			continue
		}
		for i := 0; i < len(line); i++ {
			switch {
			case !quoted && strings.HasPrefix(line[i:], "--"):
				i = len(line)
				continue
			case line[i] == '\'':
				quoted = !quoted
			case line[i] == ';' && !quoted && !block(b.String()):
				end()
				continue
			}
			b.WriteByte(line[i])
		}
		b.WriteByte('\n')
	}
	end()
	return list
}

// block reports whether a statement that has begun is one of PL/SQL.
func block(begun string) bool {
	words := strings.Fields(strings.ToUpper(begun))
	if len(words) == 0 {
		return false
	}
	if words[0] == "BEGIN" || words[0] == "DECLARE" {
		return true
	}
	if words[0] != "CREATE" {
		return false
	}
	for _, w := range words[1:min(len(words), 5)] {
		switch w {
		case "TRIGGER", "PROCEDURE", "FUNCTION", "PACKAGE":
			return true
		}
	}
	return false
}
