package tds_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	mssql "github.com/microsoft/go-mssqldb"

	"holdfast/adapters/adaptertest"
	"holdfast/adapters/adaptertest/tds"
)

// open starts a server and a pool of go-mssqldb on it.
func open(t *testing.T) (*tds.Server, *sql.DB) {
	t.Helper()
	s := tds.New(t, adaptertest.Postgres(t))
	return s, pool(t, s.DSN())
}

func pool(t *testing.T, dsn string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlserver", dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func exec(t *testing.T, db *sql.DB, batch string, args ...any) {
	t.Helper()
	if _, err := db.Exec(batch, args...); err != nil {
		t.Fatalf("%v\nin %s", err, batch)
	}
}

// one reads one value as text.
func one(t *testing.T, db interface {
	QueryRowContext(context.Context, string, ...any) *sql.Row
}, query string, args ...any) string {
	t.Helper()
	var v any
	if err := db.QueryRowContext(context.Background(), query, args...).Scan(&v); err != nil {
		t.Errorf("%v\nin %s", err, query)
		return ""
	}
	switch v := v.(type) {
	case nil:
		return "NULL"
	case []byte:
		return string(v)
	case time.Time:
		return v.Format("2006-01-02 15:04:05.999999999 -0700")
	}
	return fmt.Sprint(v)
}

// number is the error number that SQL Server gives.
func number(err error) int32 {
	var e mssql.Error
	if errors.As(err, &e) {
		return e.Number
	}
	return -1
}

// Values of each type come back as SQL Server sends them.
func TestTypes(t *testing.T) {
	_, db := open(t)
	exec(t, db, `CREATE TABLE v (a int, b bigint, c smallint, d tinyint, e bit, f decimal(19,4), g money, h float, i real, j nvarchar(20), k varchar(20),
		l nchar(5), m char(5), n nvarchar(max), o date, p datetime, q datetime2(7), r smalldatetime, s datetimeoffset(3), t uniqueidentifier,
		u varbinary(10), x binary(4), y numeric(38,10), z rowversion)`)
	exec(t, db, `INSERT INTO v (a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t,u,x,y) VALUES (-5, 9007199254740993, -2, 255, 1, -12.3456, -100.5, 1.5, 2.25, N'日本🚢', 'Weiß',
		N'ä', 'x', N'long', '2026-02-28', '1753-01-01 23:59:59.997', '0001-01-01 00:00:00.123456', '2026-01-31 10:20', '2026-01-31 10:20:30.5 +02:00',
		'6F9619FF-8B86-D011-B42D-00C04FC964FF', 0x0102, 0x01, -1234567890123456789.0123456789)`)
	want := map[string]string{
		"a": "-5", "b": "9007199254740993", "c": "-2", "d": "255", "e": "true", "f": "-12.3456", "g": "-100.5000", "h": "1.5", "i": "2.25",
		"j": "日本🚢", "k": "Weiß", "l": "ä    ", "m": "x    ", "n": "long", "o": "2026-02-28 00:00:00 +0000", "p": "1753-01-01 23:59:59.997 +0000",
		"q": "0001-01-01 00:00:00.123456 +0000", "r": "2026-01-31 10:20:00 +0000", "s": "2026-01-31 08:20:30.5 +0000",
		"t": "\xff\x19\x96\x6f\x86\x8b\x11\xd0\xb4\x2d\x00\xc0\x4f\xc9\x64\xff", "u": "\x01\x02", "x": "\x01\x00\x00\x00", "y": "-1234567890123456789.0123456789",
	}
	for name, value := range want {
		if got := one(t, db, "SELECT "+name+" FROM v"); got != value {
			t.Errorf("%s is %q, want %q", name, got, value)
		}
	}
	exec(t, db, "UPDATE v SET "+strings.Join([]string{"a=NULL,b=NULL,c=NULL,d=NULL,e=NULL,f=NULL,g=NULL,h=NULL,i=NULL,j=NULL,k=NULL,l=NULL",
		"m=NULL,n=NULL,o=NULL,p=NULL,q=NULL,r=NULL,s=NULL,t=NULL,u=NULL,x=NULL,y=NULL"}, ","))
	for name := range want {
		if got := one(t, db, "SELECT "+name+" FROM v"); got != "NULL" {
			t.Errorf("%s is %q, want NULL", name, got)
		}
	}
	types := map[string]string{"a": "INT", "e": "BIT", "f": "DECIMAL", "g": "MONEY", "h": "FLOAT", "j": "NVARCHAR", "m": "CHAR", "p": "DATETIME", "z": "BINARY"}
	for name, typ := range types {
		rows, err := db.Query("SELECT " + name + " AS [Ab c] FROM v")
		if err != nil {
			t.Fatal(err)
		}
		got, err := rows.ColumnTypes()
		if err != nil || got[0].DatabaseTypeName() != typ || got[0].Name() != "Ab c" {
			t.Errorf("%s: %v, %v", name, got, err)
		}
		rows.Close()
	}
}

// Parameters arrive with their values and compare with columns of other types.
func TestParameters(t *testing.T) {
	_, db := open(t)
	day := time.Date(2026, 1, 31, 10, 20, 30, 0, time.UTC)
	for _, c := range []struct {
		query string
		arg   any
		want  string
	}{
		{"SELECT @p1", "O'Neil 日本", "O'Neil 日本"}, {"SELECT @p1", mssql.VarChar("Weiss"), "Weiss"}, {"SELECT @p1 + 1", int64(-7), "-6"},
		{"SELECT @p1", nil, "NULL"}, {"SELECT CAST(@p1 AS int) + 1", "41", "42"}, {"SELECT CASE WHEN @p1 = 1 THEN 'y' ELSE 'n' END", true, "y"},
		{"SELECT CAST(@p1 AS date)", day, "2026-01-31 00:00:00 +0000"}, {"SELECT CONVERT(varchar(30), @p1, 120)", mssql.DateTime1(day), "2026-01-31 10:20:30"},
		{"SELECT @p1 * 2", 1.25, "2.5"}, {"SELECT CASE WHEN '20260131' = CAST(@p1 AS date) THEN 1 ELSE 0 END", "2026-01-31", "1"},
		{"SELECT CONVERT(binary(8), CAST(@p1 AS bigint))", int64(258), "\x00\x00\x00\x00\x00\x00\x01\x02"}, {"SELECT LEN(@p1)", strings.Repeat("x", 9000), "9000"},
		{"SELECT @p1", []byte{1, 2}, "\x01\x02"}, {"SELECT @x", sql.Named("x", "named"), "named"},
	} {
		if got := one(t, db, c.query, c.arg); got != c.want {
			t.Errorf("%s with %v: got %q, want %q", c.query, c.arg, got, c.want)
		}
	}
}

// Errors carry SQL Server's numbers, and leave the transaction usable.
func TestErrors(t *testing.T) {
	_, db := open(t)
	exec(t, db, "CREATE TABLE k (id int NOT NULL PRIMARY KEY, n nvarchar(3), u int, CONSTRAINT c CHECK (u > 0)); CREATE UNIQUE INDEX i ON k (u); INSERT INTO k VALUES (1, 'a', 1)")
	tx, err := db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	for statement, want := range map[string]int32{
		"SELECT * FROM nowhere": 208, "SELECT nothing FROM k": 207, "INSERT INTO k VALUES (1, 'a', 2)": 2627, "INSERT INTO k VALUES (2, 'a', 1)": 2601,
		"INSERT INTO k VALUES (3, 'a', -1)": 547, "INSERT INTO k (n) VALUES ('a')": 515, "INSERT INTO k VALUES (4, 'abcd', 4)": 2628,
		"SELECT CAST('x' AS int)": 245, "SELECT CAST('x' AS decimal(5,2))": 8114, "SELECT CAST('x' AS date)": 241, "SELECT 1 / 0": 8134,
		"SELECT a FROM k LIMIT 5": 102, "SELECT n FROM k WHERE": 102, "SELECT n, COUNT(*) FROM k": 8120, "SELECT NOW()": 195, "EXEC nosuch": 2812,
		"SELECT id, n FROM k GROUP BY id": 8120, "SET SHOWPLAN_XML ON": 262, "SELECT CAST(1 AS tinyint) FROM k WHERE id = 'x'": 245,
	} {
		_, err := tx.Exec(statement)
		if number(err) != want {
			t.Errorf("%s: %v, want %d", statement, err, want)
		}
	}
	if _, err := tx.Exec("UPDATE k SET n = 'b'"); err != nil {
		t.Fatal(err)
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
	if got := one(t, db, "SELECT n FROM k"); got != "b" {
		t.Errorf("n is %s", got)
	}
}

// XACT_ABORT undoes the transaction with the first error.
func TestXactAbort(t *testing.T) {
	_, db := open(t)
	exec(t, db, "CREATE TABLE k (id int NOT NULL PRIMARY KEY); INSERT INTO k VALUES (1)")
	tx, err := db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.Exec("SET XACT_ABORT ON; INSERT INTO k VALUES (2)"); err != nil {
		t.Fatal(err)
	}
	if _, err := tx.Exec("INSERT INTO k VALUES (1)"); number(err) != 2627 {
		t.Error(err)
	}
	if err := tx.Commit(); err == nil {
		t.Error("a transaction that was undone is committed")
	}
	if got := one(t, db, "SELECT COUNT(*) FROM k"); got != "1" {
		t.Errorf("%s rows", got)
	}
}

// Logins are checked as SQL Server checks them.
func TestLogin(t *testing.T) {
	s, db := open(t)
	exec(t, db, "CREATE TABLE a (id int, secret int); CREATE LOGIN reader WITH PASSWORD = 'x'; CREATE USER reader FOR LOGIN reader; GRANT SELECT ON a (id) TO reader")
	for dsn, want := range map[string]int32{
		strings.Replace(s.DSN(), "Tds1-", "no", 1):          18456,
		strings.Replace(s.DSN(), tds.Database, "NOSUCH", 1): 18456, // after 4060
		strings.Replace(s.DSN(), "sa:", "nobody:", 1):       18456,
	} {
		if err := pool(t, dsn).Ping(); number(err) != want {
			t.Errorf("%s: %v", dsn, err)
		}
	}
	var e mssql.Error
	if err := pool(t, strings.Replace(s.DSN(), tds.Database, "NOSUCH", 1)).Ping(); !errors.As(err, &e) || e.All[0].Number != 4060 {
		t.Errorf("the first error is %+v", e.All)
	}
	reader := pool(t, s.DSNOf("reader"))
	if got := one(t, reader, "SELECT COUNT(id) FROM a"); got != "0" {
		t.Errorf("got %s", got)
	}
	if _, err := reader.Exec("SELECT secret FROM a"); number(err) != 229 {
		t.Errorf("the secret is read: %v", err)
	}
	for _, query := range []string{"SELECT SCHEMA_ID(SCHEMA_NAME()) - s.schema_id FROM sys.schemas s WHERE s.name = 'DBO'",
		"SELECT COUNT(*) FROM INFORMATION_SCHEMA.TABLES t JOIN sys.columns c ON c.object_id = OBJECT_ID(QUOTENAME(t.TABLE_SCHEMA) + '.' + QUOTENAME(t.TABLE_NAME)) " +
			"WHERE HAS_PERMS_BY_NAME(QUOTENAME(t.TABLE_SCHEMA) + '.' + QUOTENAME(t.TABLE_NAME), 'OBJECT', 'UPDATE', c.name, 'COLUMN') = 1"} {
		if got := one(t, reader, query); got != "0" {
			t.Errorf("%s: %s", query, got)
		}
	}
	if got := one(t, reader, "SELECT HAS_PERMS_BY_NAME('a', 'OBJECT', 'UPDATE', 'id', 'COLUMN') + IS_SRVROLEMEMBER('sysadmin')"); got != "0" {
		t.Errorf("rights: %s", got)
	}
}

// A context that ends stops a statement at once, and the connection lives on.
func TestAttention(t *testing.T) {
	_, db := open(t)
	db.SetMaxOpenConns(1)
	exec(t, db, "CREATE TABLE n (i int); INSERT INTO n SELECT 1; INSERT INTO n SELECT a.i FROM n a CROSS JOIN n b")
	for range 12 {
		exec(t, db, "INSERT INTO n SELECT i FROM n")
	}
	spid := one(t, db, "SELECT @@SPID")
	ctx, cancel := context.WithCancel(context.Background())
	began := time.Now()
	time.AfterFunc(200*time.Millisecond, cancel) // go-mssqldb leaves a connection whose deadline passes
	_, err := db.ExecContext(ctx, "SELECT COUNT(*) FROM n a CROSS JOIN n b CROSS JOIN n c")
	if !errors.Is(err, context.Canceled) || time.Since(began) > 3*time.Second {
		t.Errorf("after %s: %v", time.Since(began), err)
	}
	if again := one(t, db, "SELECT @@SPID"); again != spid {
		t.Errorf("the connection was %s and is %s", spid, again)
	}
	rows, err := db.Query("SELECT a.i FROM n a CROSS JOIN n b")
	if err != nil || !rows.Next() {
		t.Fatal(err)
	}
	if rows.Close() != nil || one(t, db, "SELECT @@SPID") != spid {
		t.Error("rows that are closed early cost the connection")
	}
}

// Transactions have their isolation, and pooled connections start anew.
func TestTransactions(t *testing.T) {
	_, db := open(t)
	exec(t, db, "CREATE TABLE k (id int PRIMARY KEY, n int); INSERT INTO k VALUES (1, 1), (2, 1)")
	ctx := context.Background()
	tx, err := db.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelSnapshot})
	if err != nil {
		t.Fatal(err)
	}
	if got := one(t, tx, "SELECT n FROM k WHERE id = 1"); got != "1" {
		t.Error(got)
	}
	exec(t, db, "UPDATE k SET n = 2 WHERE id = 1")
	if got := one(t, tx, "SELECT n FROM k WHERE id = 1"); got != "1" {
		t.Errorf("the snapshot shows %s", got)
	}
	if _, err := tx.Exec("UPDATE k SET n = 3 WHERE id = 1"); number(err) != 3960 {
		t.Errorf("the conflict is %v", err)
	}
	if _, err := tx.Exec("SELECT 1"); err == nil {
		t.Error("the transaction lives on after 3960")
	}
	_ = tx.Rollback()

	one1, _ := db.Conn(ctx)
	two, _ := db.Conn(ctx)
	defer one1.Close()
	defer two.Close()
	a, _ := one1.BeginTx(ctx, nil)
	if _, err := a.Exec("UPDATE k SET n = 9 WHERE id = 2"); err != nil {
		t.Fatal(err)
	}
	if _, err := two.ExecContext(ctx, "SET LOCK_TIMEOUT 50; UPDATE k SET n = 8 WHERE id = 2"); number(err) != 1222 {
		t.Errorf("the lock wait ends with %v", err)
	}
	if got := one(t, a, "SELECT @@TRANCOUNT"); got != "1" {
		t.Errorf("%s transactions", got)
	}
	_ = a.Rollback()
	two.Close()
	three, _ := db.Conn(ctx)
	if got := one(t, three, "SELECT @@LOCK_TIMEOUT"); got != "-1" {
		t.Errorf("a pooled connection kept LOCK_TIMEOUT %s", got)
	}
	three.Close()
}

// Two transactions that wait for each other: one is the victim.
func TestDeadlock(t *testing.T) {
	_, db := open(t)
	exec(t, db, "CREATE TABLE k (id int PRIMARY KEY, n int); INSERT INTO k VALUES (1, 1), (2, 1)")
	failed := make(chan error, 2)
	ready := make(chan bool, 2)
	goOn := make(chan bool)
	for _, order := range [][2]int{{1, 2}, {2, 1}} {
		go func() {
			tx, err := db.Begin()
			if err == nil {
				_, err = tx.Exec("UPDATE k SET n = n + 1 WHERE id = @p1", order[0])
			}
			ready <- true
			<-goOn
			if err == nil {
				_, err = tx.Exec("UPDATE k SET n = n + 1 WHERE id = @p1", order[1])
			}
			if err == nil {
				err = tx.Commit()
			} else {
				_ = tx.Rollback()
			}
			failed <- err
		}()
	}
	<-ready
	<-ready
	close(goOn)
	first, second := <-failed, <-failed
	if (first == nil) == (second == nil) || number(errors.Join(first, second)) != 1205 {
		t.Errorf("%v and %v", first, second)
	}
}

// A query is described without being run.
func TestDescribe(t *testing.T) {
	_, db := open(t)
	exec(t, db, "CREATE TABLE d (a decimal(9,2), b nvarchar(5), c bit, d datetime)")
	rows, err := db.Query("EXEC sp_describe_first_result_set @tsql = @p1, @params = @p2",
		"SELECT a AS Amount, b, c, d, COUNT(*) OVER () AS n, a * 2 AS x, 1.5E0 AS f FROM d WHERE b = @p1 AND d > @p2", "@p1 varchar(3), @p2 datetime")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	names, _ := rows.Columns()
	var got []string
	for rows.Next() {
		cells := make([]any, len(names))
		for i := range cells {
			cells[i] = new(any)
		}
		if err := rows.Scan(cells...); err != nil {
			t.Fatal(err)
		}
		got = append(got, fmt.Sprint(*cells[2].(*any), " ", *cells[5].(*any)))
	}
	if want := "Amount decimal(9,2),b nvarchar(5),c bit,d datetime,n bigint,x decimal(38,12),f float"; strings.Join(got, ",") != want {
		t.Errorf("got %s\nwant %s", strings.Join(got, ","), want)
	}
	var e mssql.Error
	if _, err = db.Exec("EXEC sp_describe_first_result_set N'SELECT nothing FROM d'"); !errors.As(err, &e) || e.Number != 11501 || e.All[0].Number != 207 {
		t.Errorf("%v", err)
	}
}

// Faults strike where they are asked for.
func TestFaults(t *testing.T) {
	s, db := open(t)
	exec(t, db, "CREATE TABLE k (id int)")
	if _, err := db.Exec("/*tds:1205*/ SELECT 1"); number(err) != 1205 {
		t.Error(err)
	}
	if _, err := db.Exec("INSERT INTO k VALUES (1) /*tds:drop*/"); err == nil || number(err) > 0 {
		t.Error(err)
	}
	if _, err := db.Exec("INSERT INTO k VALUES (2) /*tds:drop-after*/"); err == nil || number(err) > 0 {
		t.Error(err)
	}
	s.Faults.Inject("INTO k VALUES (3)", "8645", 1)
	if _, err := db.Exec("INSERT INTO k VALUES (3)"); number(err) != 8645 {
		t.Error(err)
	}
	exec(t, db, "INSERT INTO k VALUES (3)")
	s.Faults.Inject("COMMIT TRANSACTION", "drop-after-commit", 1)
	tx, _ := db.Begin()
	if _, err := tx.Exec("INSERT INTO k VALUES (4)"); err != nil {
		t.Fatal(err)
	}
	if err := tx.Commit(); err == nil || number(err) > 0 {
		t.Errorf("the commit says %v", err)
	}
	if got := one(t, db, "SELECT SUM(id) FROM k"); got != "9" {
		t.Errorf("the sum is %s, want 2 + 3 + 4", got)
	}
	began := time.Now()
	if exec(t, db, "SELECT 1 /*tds:delay=120*/"); time.Since(began) < 100*time.Millisecond {
		t.Error("no delay")
	}
}

// Procedures run with their parameters.
func TestProcedure(t *testing.T) {
	_, db := open(t)
	exec(t, db, "CREATE TABLE k (id int, flag nvarchar(5)); INSERT INTO k VALUES (1, 'a')")
	exec(t, db, "CREATE PROCEDURE dbo.Place @id int, @flag nvarchar(5) = N'Y' AS BEGIN SET NOCOUNT ON; UPDATE k SET flag = @flag WHERE id = @id; SELECT flag FROM k WHERE id = @id; END")
	if got := one(t, db, "EXEC dbo.Place @id = @p1", 1); got != "Y" {
		t.Errorf("got %s", got)
	}
	if got := one(t, db, "dbo.place", sql.Named("id", 1), sql.Named("flag", "Z")); got != "Z" {
		t.Errorf("got %s", got)
	}
	if _, err := db.Exec("EXEC Place"); number(err) != 201 {
		t.Error(err)
	}
}

// Many rows pass in little memory.
func TestStreams(t *testing.T) {
	_, db := open(t)
	exec(t, db, "CREATE TABLE n (i int, t nvarchar(100)); INSERT INTO n VALUES (1, REPLICATE('x', 100))")
	for range 18 { // 60 MiB on the wire
		exec(t, db, "INSERT INTO n SELECT i, t FROM n")
	}
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	rows, err := db.Query("SELECT i, t FROM n")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	n, peak := 0, uint64(0)
	for rows.Next() {
		if n++; n%40000 == 0 {
			runtime.GC()
			runtime.ReadMemStats(&after)
			peak = max(peak, after.HeapAlloc)
		}
	}
	if rows.Err() != nil || n != 1<<18 || peak > before.HeapAlloc+24<<20 {
		t.Errorf("%d rows, %v, %d KiB more", n, rows.Err(), (peak-before.HeapAlloc)>>10)
	}
}

// A database that is read-only says so.
func TestReadOnly(t *testing.T) {
	s, db := open(t)
	exec(t, db, "CREATE TABLE k (id int); ALTER DATABASE CURRENT SET READ_ONLY")
	if _, err := pool(t, s.DSN()).Exec("INSERT INTO k VALUES (1)"); number(err) != 3906 {
		t.Error(err)
	}
}

// MIN_ACTIVE_ROWVERSION stays below what an open transaction has written.
func TestRowversion(t *testing.T) {
	_, db := open(t)
	exec(t, db, "CREATE TABLE k (id int, ts rowversion); INSERT INTO k (id) VALUES (1)")
	tx, _ := db.Begin()
	if _, err := tx.Exec("INSERT INTO k (id) VALUES (2)"); err != nil {
		t.Fatal(err)
	}
	exec(t, db, "INSERT INTO k (id) VALUES (3)")
	floor := one(t, db, "SELECT CONVERT(bigint, MIN_ACTIVE_ROWVERSION())")
	own := one(t, tx, "SELECT CONVERT(bigint, ts) FROM k WHERE id = 2")
	if floor != own {
		t.Errorf("the floor is %s, the open change has %s", floor, own)
	}
	_ = tx.Rollback()
	if got := one(t, db, "SELECT CONVERT(bigint, MIN_ACTIVE_ROWVERSION()) - CONVERT(bigint, @@DBTS)"); got != "1" {
		t.Errorf("with nothing open it is %s above the last", got)
	}
}
