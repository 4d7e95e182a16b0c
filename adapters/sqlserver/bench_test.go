package sqlserver_test

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"holdfast/adapters"
	"holdfast/adapters/adaptertest"
	"holdfast/adapters/presets"
	"holdfast/adapters/sqlserver"
	"holdfast/engine/fault"
)

var driver sqlserver.Driver

// bench is a database with statements run in it, and a connection.
func bench(t *testing.T, opt adapters.Options, statements string) (adaptertest.Bench, *sql.Conn) {
	t.Helper()
	b := adaptertest.SQLServer(t)
	b.Exec(t, statements)
	return b, connect(t, b, opt)
}

func connect(t *testing.T, b adaptertest.Bench, opt adapters.Options) *sql.Conn {
	t.Helper()
	db, err := driver.Open(b.DSN, opt)
	if err != nil {
		t.Fatal(err)
	}
	conn, err := db.Conn(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(); db.Close() })
	return conn
}

// kept keeps rows as they came.
type kept struct {
	columns []adapters.Column
	rows    []string
}

// Columns keeps the columns.
func (k *kept) Columns(columns []adapters.Column) error {
	k.columns = columns
	return nil
}

// Row keeps the cells, NULL as a dash.
func (k *kept) Row(cells [][]byte) error {
	words := make([]string, len(cells))
	for i, c := range cells {
		words[i] = string(c)
		if c == nil {
			words[i] = "-"
		}
	}
	k.rows = append(k.rows, strings.Join(words, "|"))
	return nil
}

// A row comes as text of one form per type, and a description says the same of
// the columns as the rows do.
func TestStreamAndDescribe(t *testing.T) {
	_, conn := bench(t, adapters.Options{}, `CREATE TABLE kinds (n int, big bigint, yes bit, d date, dt datetime, dt2 datetime2(7),
		amount decimal(19,5), cash money, u uniqueidentifier, b varbinary(8), t nvarchar(20), v varchar(20), c char(4));
		INSERT INTO kinds VALUES (7, 9007199254740993, 1, '2026-11-21', '2026-11-21 10:30:00', '2026-11-21 10:30:00.1234567', 60.5, -12.34,
			'6F9619FF-8B86-D011-B42D-00C04FC964FF', 0x00ff, N'日本 ', 'plain', 'ab');
		INSERT INTO kinds (n) VALUES (8)`)
	const query = "SELECT n, big, yes, d, dt, dt2, amount, cash, u, b, t, v, c FROM kinds WHERE n >= @p1 ORDER BY n"
	var got kept
	if err := driver.Stream(context.Background(), conn, query, []any{int64(7)}, &got); err != nil {
		t.Fatal(err)
	}
	want := []string{
		"7|9007199254740993|true|2026-11-21|2026-11-21 10:30:00|2026-11-21 10:30:00.1234567|60.50000|-12.3400|" +
			"6F9619FF-8B86-D011-B42D-00C04FC964FF|0x00ff|日本 |plain|ab  ",
		"8|-|-|-|-|-|-|-|-|-|-|-|-",
	}
	// A server with stamps of a millionth keeps one digit less.
	got.rows[0] = strings.Replace(got.rows[0], ".123457|", ".1234567|", 1)
	if !slices.Equal(got.rows, want) {
		t.Errorf("rows\n%s\nwant\n%s", strings.Join(got.rows, "\n"), strings.Join(want, "\n"))
	}
	described, err := driver.Describe(context.Background(), conn, query, []any{int64(7)})
	if err != nil || !slices.Equal(described, got.columns) {
		t.Errorf("described %v, streamed %v; %v", described, got.columns, err)
	}
	kinds := []adapters.Type{
		adapters.Int, adapters.Int, adapters.Bool, adapters.Day, adapters.Text, adapters.Text, adapters.Decimal, adapters.Decimal,
		adapters.Text, adapters.Text, adapters.Text, adapters.Text, adapters.Text,
	}
	for i, c := range got.columns {
		if c.Type != kinds[i] {
			t.Errorf("%s is of type %d, want %d", c.Name, c.Type, kinds[i])
		}
	}
}

// Binds of every type that is sent find the row they mean.
func TestBindsCompare(t *testing.T) {
	_, conn := bench(t, adapters.Options{}, `CREATE TABLE bound (t nvarchar(20), v varchar(20), n bigint, dt datetime, dt2 datetime2, d date);
		INSERT INTO bound VALUES (N'Jäger', 'A-1', 7, '2026-11-21 10:30:00', '2026-11-21 10:30:00', '2026-11-21')`)
	at := time.Date(2026, 11, 21, 11, 30, 0, 0, time.FixedZone("", 3600))
	for where, v := range map[string]any{
		"t = @p1": "Jäger", "v = @p1": "A-1", "n = @p1": int64(7), "dt = @p1": at, "dt2 = @p1": at, "d = @p1": "2026-11-21",
		"dt >= @p1": at.Add(-time.Second), "dt2 < @p1": at.Add(time.Second), "@p1 IS NULL": nil,
	} {
		var got kept
		err := driver.Stream(context.Background(), conn, "SELECT n FROM bound WHERE "+where, []any{driver.Bind(v)}, &got)
		if err != nil || len(got.rows) != 1 {
			t.Errorf("%s with %v: %v, %v", where, v, got.rows, err)
		}
	}
}

// A statement ends at its time, and the connection is as good as before.
func TestStatementTimeout(t *testing.T) {
	_, conn := bench(t, adapters.Options{StatementTimeout: time.Second},
		"CREATE TABLE d (n int); INSERT INTO d VALUES "+digits(10))
	const slow = "SELECT SUM(a.n + b.n + c.n) FROM d a, d b, d c, d e, d f, d g, d h, d i, d j"
	began := time.Now()
	err := driver.Stream(context.Background(), conn, slow, nil, &kept{})
	if class, cure := driver.Sort(err); class != adapters.Timeout || cure == "" || time.Since(began) > 5*time.Second {
		t.Errorf("after %s sorted as %q: %v", time.Since(began), class, err)
	}
	if _, err := driver.Clock(context.Background(), conn); err != nil {
		t.Errorf("the next statement: %v", err)
	}
}

func digits(n int) string {
	list := make([]string, n)
	for i := range list {
		list[i] = fmt.Sprintf("(%d)", i)
	}
	return strings.Join(list, ", ")
}

// Rowversions are counted up to the oldest write that is not committed.
func TestCommittedStopsAtAnOpenWrite(t *testing.T) {
	b, conn := bench(t, adapters.Options{}, "CREATE TABLE rv (n int, at rowversion); INSERT INTO rv (n) VALUES (1)")
	ctx := context.Background()
	before, err := driver.Committed(ctx, conn, presets.MarkRow)
	if err != nil || before < 1 {
		t.Fatalf("%d, %v", before, err)
	}
	other := connect(t, b, adapters.Options{Write: true})
	tx, err := other.BeginTx(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.Exec("INSERT INTO rv (n) VALUES (2)"); err != nil {
		t.Fatal(err)
	}
	if during, err := driver.Committed(ctx, conn, presets.MarkRow); err != nil || during > before {
		t.Errorf("while a write is open %d, before it %d; %v", during, before, err)
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
	if after, err := driver.Committed(ctx, conn, presets.MarkRow); err != nil || after <= before {
		t.Errorf("after the write %d, before it %d; %v", after, before, err)
	}
	if whole, err := driver.Reaches(ctx, conn, presets.MarkRow, nil, 0); err != nil || !whole {
		t.Errorf("rowversions are forgotten: %v", err)
	}
	for _, kind := range []presets.MarkKind{presets.MarkSCN, presets.MarkXmin} {
		if _, err := driver.Committed(ctx, conn, kind); !fault.Is(err, fault.Unsupported) {
			t.Errorf("%s: %v", kind, err)
		}
	}
}

// Change tracking that is not turned on is said, with the words to turn it on.
func TestChangeTrackingIsOff(t *testing.T) {
	_, conn := bench(t, adapters.Options{}, "CREATE TABLE tracked (n int NOT NULL PRIMARY KEY)")
	_, err := driver.Committed(context.Background(), conn, presets.MarkTracking)
	if !fault.Is(err, fault.Unsupported) || !strings.Contains(err.Error(), "CHANGE_TRACKING = ON") {
		t.Errorf("%v", err)
	}
	known, err := driver.Reaches(context.Background(), conn, presets.MarkTracking, []string{"tracked"}, 0)
	if err != nil || known {
		t.Errorf("a table that is not tracked: %v, %v", known, err)
	}
}

// Tables come with their columns in the words of CREATE TABLE.
func TestTables(t *testing.T) {
	_, conn := bench(t, adapters.Options{}, `
		CREATE TABLE parts (id int NOT NULL PRIMARY KEY, name nvarchar(40), price decimal(19,5), made datetime);
		INSERT INTO parts VALUES (1, N'x', 1.5, NULL)`)
	tables, err := driver.Tables(context.Background(), conn, "")
	if err != nil {
		t.Fatal(err)
	}
	want := []adapters.TableColumn{
		{Name: "id", Type: "int", Key: true}, {Name: "name", Type: "nvarchar(40)"}, {Name: "price", Type: "decimal(19,5)"},
		{Name: "made", Type: "datetime"},
	}
	for _, table := range tables {
		if strings.EqualFold(table.Name, "parts") {
			if !slices.Equal(table.Columns, want) || table.Schema != "dbo" {
				t.Errorf("%+v", table)
			}
			return
		}
	}
	t.Errorf("parts is not among %+v", tables)
}

// What a login may do is read from the catalogue.
func TestRights(t *testing.T) {
	_, conn := bench(t, adapters.Options{Write: true}, "CREATE TABLE held (id int, [on hold] char(1))")
	r, err := driver.Rights(context.Background(), conn, "held", "[on hold]")
	if err != nil || !r.Update || !r.Insert || !r.Delete {
		t.Errorf("the owner's rights: %+v, %v", r, err)
	}
	r, err = driver.Rights(context.Background(), conn, "nosuch", "x")
	if err != nil || r.Update || r.Insert || r.Delete {
		t.Errorf("rights on a table that is not there: %+v, %v", r, err)
	}
	names, err := driver.Writable(context.Background(), conn)
	if err != nil || !slices.Contains(names, "held") {
		t.Errorf("writable: %v, %v", names, err)
	}
}

// A login that may write one column is told from one that may write rows, and
// from one that may read.
func TestRightsOfAColumn(t *testing.T) {
	b, _ := bench(t, adapters.Options{}, "CREATE TABLE held (id int, flag char(1)); CREATE TABLE other (id int)")
	if b.Login == nil {
		t.Skip("SKIPPED: it lacks logins with rights of their own")
	}
	b.DSN = b.Login(t, "SELECT ON held", "UPDATE (flag) ON held", "SELECT ON other")
	conn := connect(t, b, adapters.Options{Write: true})
	for column, want := range map[string]adapters.Rights{"flag": {Update: true}, "id": {}} {
		if r, err := driver.Rights(context.Background(), conn, "held", column); err != nil || r != want {
			t.Errorf("%s: %+v, want %+v; %v", column, r, want, err)
		}
	}
	if names, err := driver.Writable(context.Background(), conn); err != nil || !slices.Equal(names, []string{"held"}) {
		t.Errorf("writable: %v, %v", names, err)
	}
	var got kept
	err := driver.Stream(context.Background(), conn, "DELETE FROM other", nil, &got)
	if class, cure := driver.Sort(err); class != adapters.Permission || cure == "" {
		t.Errorf("a forbidden write is sorted as %q: %v", class, err)
	}
}

// A plan is either shown or said to be denied, and the connection goes on.
func TestPlan(t *testing.T) {
	_, conn := bench(t, adapters.Options{}, "CREATE TABLE heap (n int, t varchar(20)); INSERT INTO heap VALUES (1, 'x')")
	plan, err := driver.Plan(context.Background(), conn, "SELECT n FROM heap WHERE t = @p1", []any{driver.Bind("x")})
	switch {
	case err == nil && (len(plan.Scans) != 1 || !strings.HasSuffix(plan.Scans[0].Table, "heap") || plan.Text == ""):
		t.Errorf("%+v", plan)
	case err != nil && (!fault.Is(err, fault.Denied) || !strings.Contains(err.Error(), "GRANT SHOWPLAN")):
		t.Error(err)
	}
	var got kept
	if err := driver.Stream(context.Background(), conn, "SELECT n FROM heap", nil, &got); err != nil || len(got.rows) != 1 {
		t.Errorf("afterwards: %v, %v", got.rows, err)
	}
}

// The server says what it is, and that it is the same one next time.
func TestServer(t *testing.T) {
	b, conn := bench(t, adapters.Options{}, "CREATE TABLE any_table (n int)")
	s, err := driver.Server(context.Background(), conn)
	if err != nil || !strings.HasPrefix(s.Identity, "sqlserver ") || !strings.Contains(s.Identity, "database=") ||
		s.Version == "" || s.Collation == "" {
		t.Errorf("%+v, %v", s, err)
	}
	again, err := driver.Server(context.Background(), connect(t, b, adapters.Options{}))
	if err != nil || again != s {
		t.Errorf("then %+v, now %+v, %v", s, again, err)
	}
}

// Values are asked for by themselves when the server does not know one of them.
func TestServerThatKnowsLess(t *testing.T) {
	_, conn := bench(t, adapters.Options{}, "CREATE TABLE any_table (n int)")
	got, err := sqlserver.Scalars(context.Background(), conn, "SELECT 7", "SELECT nosuch FROM sys.nosuch", "SELECT n FROM any_table")
	if err != nil || !slices.Equal(got, []string{"7", "", ""}) {
		t.Errorf("%q, %v", got, err)
	}
}

// A reading session sends no write.
func TestReadsOnly(t *testing.T) {
	_, conn := bench(t, adapters.Options{}, "CREATE TABLE ro (n int); INSERT INTO ro VALUES (1)")
	_, err := conn.ExecContext(context.Background(), "DELETE FROM ro")
	if class, cure := driver.Sort(err); class != adapters.ReadOnly || cure == "" {
		t.Errorf("sorted as %q: %v", class, err)
	}
}
