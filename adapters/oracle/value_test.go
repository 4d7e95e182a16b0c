package oracle_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"holdfast/adapters"
	"holdfast/adapters/adaptertest"
	"holdfast/adapters/oracle"
)

// table takes the rows of a query as a person would write them.
type table struct {
	columns []adapters.Column
	rows    []string
	each    func() // after every row; may be nil
}

func (r *table) Columns(columns []adapters.Column) error {
	r.columns = columns
	return nil
}

func (r *table) Row(cells [][]byte) error {
	words := make([]string, len(cells))
	for i, c := range cells {
		words[i] = "NULL"
		if c != nil {
			words[i] = fmt.Sprintf("%q", c)
		}
	}
	r.rows = append(r.rows, strings.Join(words, " "))
	if r.each != nil {
		r.each()
	}
	return nil
}

// connected opens a pool on the bench and takes a connection of it.
func connected(t *testing.T, b adaptertest.Bench, opt adapters.Options) *sql.Conn {
	t.Helper()
	db, err := oracle.Driver{}.Open(b.DSN, opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	conn, err := db.Conn(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	return conn
}

// read streams a query.
func read(t *testing.T, conn *sql.Conn, query string, args ...any) *table {
	t.Helper()
	got := &table{}
	if err := (oracle.Driver{}).Stream(context.Background(), conn, query, args, got); err != nil {
		t.Fatalf("%v\nin: %s", err, query)
	}
	return got
}

// Values come as they are stored, whatever their type.
func TestValues(t *testing.T) {
	b := adaptertest.Oracle(t)
	b.Exec(t, `CREATE TABLE v (n NUMBER(4), what VARCHAR2(20), amount NUMBER, fixed NUMBER(38,10), whole NUMBER(18), long_whole NUMBER(38),
		padded CHAR(6), day DATE, stamp TIMESTAMP(6), zoned TIMESTAMP WITH TIME ZONE, bytes RAW(4), words CLOB);
		INSERT INTO v (n, what, amount, fixed, whole, long_whole) VALUES
			(1, 'numbers', 9223372036854775807.99, 1234567890123456789012345678.0000000001, -999999999999999999, 99999999999999999999999999999999999999);
		INSERT INTO v (n, what, amount, fixed, whole) VALUES (2, 'small', -0.000001, -0.0000000001, 0);
		INSERT INTO v (n, what, amount, fixed) VALUES (3, 'minus zero', -0, -0.0);
		INSERT INTO v (n, what, padded) VALUES (4, 'padded', 'A b');
		INSERT INTO v (n, what, padded, words) VALUES (5, '', '', '');
		INSERT INTO v (n, what, day, stamp) VALUES (6, 'long ago', DATE '1899-12-31', TIMESTAMP '1969-12-31 23:59:59.123456');
		INSERT INTO v (n, what, day, zoned) VALUES (7, 'zones', DATE '2026-03-29', TIMESTAMP '2026-10-25 02:30:00 +02:00');
		INSERT INTO v (n, what) VALUES (8, 'bytes')`)
	b.Exec(t, "INSERT INTO v (n, what, words) VALUES (9, 'Weiß; ''🚢''', 'several\nlines')")
	conn := connected(t, b, adapters.Options{Write: true})
	if _, err := conn.ExecContext(context.Background(), "UPDATE v SET bytes = :1 WHERE n = 8", []byte{0x00, 0xff, 0x10, 0xab}); err != nil {
		t.Fatal(err)
	}
	got := read(t, conn,
		"SELECT n, what, amount, fixed, whole, long_whole, padded, day, stamp, zoned, bytes, words FROM v ORDER BY n")
	want := []string{
		`"1" "numbers" "9223372036854775807.99" "1234567890123456789012345678.0000000001" "-999999999999999999" "99999999999999999999999999999999999999" NULL NULL NULL NULL NULL NULL`,
		`"2" "small" "-0.000001" "-0.0000000001" "0" NULL NULL NULL NULL NULL NULL NULL`,
		`"3" "minus zero" "0" "0" NULL NULL NULL NULL NULL NULL NULL NULL`,
		`"4" "padded" NULL NULL NULL NULL "A b   " NULL NULL NULL NULL NULL`,
		`"5" NULL NULL NULL NULL NULL NULL NULL NULL NULL NULL NULL`,
		`"6" "long ago" NULL NULL NULL NULL NULL "1899-12-31 00:00:00" "1969-12-31 23:59:59.123456" NULL NULL NULL`,
		`"7" "zones" NULL NULL NULL NULL NULL "2026-03-29 00:00:00" NULL "2026-10-25 00:30:00" NULL NULL`,
		`"8" "bytes" NULL NULL NULL NULL NULL NULL NULL NULL "00FF10AB" NULL`,
		`"9" "Weiß; '🚢'" NULL NULL NULL NULL NULL NULL NULL NULL NULL "several\nlines"`,
	}
	for i := range max(len(got.rows), len(want)) {
		if i >= len(got.rows) || i >= len(want) || got.rows[i] != want[i] {
			t.Errorf("row %d\ngot  %s\nwant %s", i+1, strings.Join(got.rows[min(i, len(got.rows)):min(i+1, len(got.rows))], ""),
				strings.Join(want[min(i, len(want)):min(i+1, len(want))], ""))
		}
	}
	columns := "[{n 1} {what 0} {amount 4} {fixed 4} {whole 1} {long_whole 4} {padded 0} {day 3} {stamp 0} {zoned 0} {bytes 0} {words 0}]"
	if fmt.Sprint(got.columns) != columns {
		t.Errorf("the columns are %v", got.columns)
	}
}

// A binary number cannot hold an amount and is refused; a long text comes whole.
func TestFloatsAndLongTexts(t *testing.T) {
	b := adaptertest.Oracle(t)
	b.Exec(t, "CREATE TABLE f (approximate BINARY_DOUBLE, words CLOB); INSERT INTO f VALUES (0.1, NULL)")
	conn := connected(t, b, adapters.Options{Write: true})
	got := &table{}
	err := oracle.Driver{}.Stream(context.Background(), conn, "SELECT approximate FROM f", nil, got)
	if err == nil || !strings.Contains(err.Error(), "approximate") || got.columns[0].Type != adapters.Float {
		t.Errorf("%v, %v", got.columns, err)
	}
	long := strings.Repeat("Grüße 🚢 ", 20000)
	if _, err := conn.ExecContext(context.Background(), "UPDATE f SET words = :1", long); err != nil {
		t.Fatal(err)
	}
	if got := read(t, conn, "SELECT words FROM f"); got.rows[0] != fmt.Sprintf("%q", long) {
		t.Errorf("%d signs came of %d", len(got.rows[0]), len(long))
	}
}

// Binds find what the rows hold: a time in any zone, the 63-bit whole, a text
// with a quote.
func TestBinds(t *testing.T) {
	b := adaptertest.Oracle(t)
	b.Exec(t, `CREATE TABLE b (d DATE, ts TIMESTAMP, n NUMBER(19), txt VARCHAR2(20));
		INSERT INTO b VALUES (TO_DATE('2026-10-25 00:30:00', 'YYYY-MM-DD HH24:MI:SS'), TIMESTAMP '2026-10-25 00:30:00', 9223372036854775807, 'O''Brien')`)
	conn, d := connected(t, b, adapters.Options{}), oracle.Driver{}
	then := time.Date(2026, 10, 25, 2, 30, 0, 0, time.FixedZone("summer", 2*3600))
	for query, args := range map[string][]any{
		"SELECT 1 AS one FROM b WHERE d >= :1 AND d < :2":   {d.Bind(then), d.Bind(then.Add(time.Second))},
		"SELECT 1 AS one FROM b WHERE ts >= :1 AND ts < :2": {d.Bind(then), d.Bind(then.Add(time.Microsecond))},
		"SELECT 1 AS one FROM b WHERE n = :1 AND txt = :2":  {d.Bind(int64(9223372036854775807)), d.Bind("O'Brien")},
		"SELECT 1 AS one FROM b WHERE CAST(:1 AS DATE) = d": {d.Bind(then)},
		"SELECT 1 AS one FROM b WHERE :1 IS NULL":           {d.Bind("")},
	} {
		if got := read(t, conn, query, args...); len(got.rows) != 1 {
			t.Errorf("%s %v brings %d rows", query, args, len(got.rows))
		}
	}
}

// A query is checked without a row being read, WITH and ORDER BY in it or not.
func TestDescribe(t *testing.T) {
	b := adaptertest.Oracle(t)
	b.Exec(t, `CREATE TABLE q (id NUMBER(9), "Mixed" VARCHAR2(5))`)
	conn, d := connected(t, b, adapters.Options{}), oracle.Driver{}
	for query, want := range map[string]string{
		`SELECT id, "Mixed", 'x' AS x_word, id AS "open" FROM q ORDER BY id`: "[{id 1} {Mixed 0} {x_word 0} {open 1}]",
		"WITH big AS (SELECT id FROM q WHERE id > :1) SELECT id FROM big":    "[{id 1}]",
	} {
		var args []any
		if strings.Contains(query, ":1") {
			args = []any{int64(7)}
		}
		columns, err := d.Describe(context.Background(), conn, query, args)
		if err != nil || fmt.Sprint(columns) != want {
			t.Errorf("%s: %v, %v; want %s", query, columns, err, want)
		}
	}
	_, err := d.Describe(context.Background(), conn, "SELECT nosuch FROM q", nil)
	if class, _ := d.Sort(err); class != adapters.Missing || !strings.Contains(strings.ToLower(err.Error()), "nosuch") {
		t.Errorf("%s: %v", class, err)
	}
}

// A block of PL/SQL keeps the semicolon that every other statement loses.
func TestBlocks(t *testing.T) {
	b := adaptertest.Oracle(t)
	b.Exec(t, "CREATE TABLE bl (n NUMBER(9))")
	conn := connected(t, b, adapters.Options{Write: true})
	for _, block := range []string{"BEGIN INSERT INTO bl VALUES (1); END", "begin\nINSERT INTO bl VALUES (2);\nend;\n"} {
		if _, err := conn.ExecContext(context.Background(), block); err != nil {
			t.Errorf("%s: %v", block, err)
		}
	}
	if got := read(t, conn, "SELECT COUNT(*) AS n FROM bl"); got.rows[0] != `"2"` {
		t.Errorf("there are %v rows", got.rows)
	}
}

// A reading pool cannot write, inside a transaction or outside; a session is
// still set up in it.
func TestReadingPoolCannotWrite(t *testing.T) {
	b := adaptertest.Oracle(t)
	b.Exec(t, "CREATE TABLE r (n NUMBER(9)); INSERT INTO r VALUES (1)")
	conn, d := connected(t, b, adapters.Options{}), oracle.Driver{}
	if _, err := conn.ExecContext(context.Background(), "ALTER SESSION SET NLS_DATE_FORMAT = 'YYYY'"); err != nil {
		t.Errorf("the session's set-up: %v", err)
	}
	refused := func(where string, err error) {
		t.Helper()
		if class, _ := d.Sort(err); class != adapters.ReadOnly {
			t.Errorf("%s: %q, %v", where, class, err)
		}
	}
	_, err := conn.ExecContext(context.Background(), "UPDATE r SET n = 2")
	refused("outside a transaction", err)
	tx, err := conn.BeginTx(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	_, err = tx.Exec("UPDATE r SET n = 2")
	refused("inside one", err)
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	if got := read(t, conn, "SELECT n FROM r"); got.rows[0] != `"1"` {
		t.Errorf("the row is %v", got.rows)
	}
}

// A read sees one picture, whatever is posted while it runs.
func TestOnePicture(t *testing.T) {
	b := adaptertest.Oracle(t)
	b.Exec(t, "CREATE TABLE p (n NUMBER(9)); INSERT INTO p VALUES (1)")
	conn := connected(t, b, adapters.Options{})
	tx, err := oracle.Driver{}.BeginRead(context.Background(), conn)
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	first := read(t, conn, "SELECT n FROM p")
	b.Exec(t, "UPDATE p SET n = 2")
	if again := read(t, conn, "SELECT n FROM p"); again.rows[0] != first.rows[0] {
		t.Errorf("%v came after %v", again.rows, first.rows)
	}
}

// A fetch that takes long is broken off too, and the connection serves again.
func TestCancelWhileFetching(t *testing.T) {
	b := adaptertest.Oracle(t)
	if b.StandIn == "" {
		t.Skip("SKIPPED: the slow function is the stand-in's")
	}
	conn := connected(t, b, adapters.Options{})
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	slow := &table{}
	slow.each = func() {
		if len(slow.rows) == 1 {
			time.AfterFunc(200*time.Millisecond, cancel)
		}
	}
	began := time.Now()
	err := oracle.Driver{}.Stream(ctx, conn, `SELECT n, CASE WHEN n > 1500 THEN ocistub.sleep(0.05) ELSE 0 END AS pause
		FROM (SELECT LEVEL AS n FROM DUAL CONNECT BY LEVEL <= 4000)`, nil, slow)
	if !errors.Is(err, context.Canceled) || len(slow.rows) == 0 || time.Since(began) > 5*time.Second {
		t.Errorf("after %s and %d rows: %v", time.Since(began), len(slow.rows), err)
	}
	if got := read(t, conn, "SELECT 1 AS one FROM DUAL"); len(got.rows) != 1 {
		t.Error("the connection does not serve again")
	}
}
