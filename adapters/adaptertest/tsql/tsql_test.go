package tsql_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"holdfast/adapters/adaptertest"
	"holdfast/adapters/adaptertest/tsql"
)

// open returns a database with the schema sys.
func open(t *testing.T) *pgx.Conn {
	t.Helper()
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, adaptertest.Postgres(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(ctx) })
	run(t, conn, tsql.Setup("HOLDFAST_ERP"))
	run(t, conn, tsql.Session)
	return conn
}

func run(t *testing.T, conn *pgx.Conn, sql string) {
	t.Helper()
	if _, err := conn.PgConn().Exec(context.Background(), sql).ReadAll(); err != nil {
		t.Fatalf("%v\nin %s", err, sql)
	}
}

// ask runs T-SQL and returns the rows of its last statement as text.
func ask(t *testing.T, conn *pgx.Conn, query string) string {
	t.Helper()
	sql, err := tsql.Rewrite(query)
	if err != nil {
		t.Errorf("%v\nin %s", err, query)
		return ""
	}
	results, err := conn.PgConn().Exec(context.Background(), sql).ReadAll()
	if err != nil {
		t.Errorf("%v\nin %s\nas %s", err, query, sql)
		return ""
	}
	var rows []string
	for _, row := range results[len(results)-1].Rows {
		var cells []string
		for _, c := range row {
			if c == nil {
				cells = append(cells, "NULL")
				continue
			}
			cells = append(cells, string(c))
		}
		rows = append(rows, strings.Join(cells, "|"))
	}
	return strings.Join(rows, "/")
}

const sample = `
CREATE TABLE dbo.[Customer Master] (No_ char(6) NOT NULL, Name nvarchar(40) NULL, Blocked bit NOT NULL DEFAULT (0), Limit_ money,
	Since datetime NULL, [timestamp] rowversion, CONSTRAINT [PK customer] PRIMARY KEY CLUSTERED (No_ ASC) WITH (PAD_INDEX = OFF) ON [PRIMARY]) ON [PRIMARY]
GO
CREATE TABLE Erp.Invoice (Id int IDENTITY(1,1) PRIMARY KEY, Cust varchar(6), Amount decimal(18,2) NOT NULL, Due date, Closed smallint)
GO
CREATE UNIQUE NONCLUSTERED INDEX ix ON Erp.Invoice (Cust, Id DESC) INCLUDE (Amount);
INSERT INTO [Customer Master] (No_, Name, Limit_, Since) VALUES (N'C1', N'Weiß & O''Neil', 100.5, '2026-01-31 10:20:30'), ('C2', NULL, NULL, '17530101');
INSERT Erp.Invoice (Cust, Amount, Due) VALUES ('c1', 10.10, '20260131'), ('C1 ', 5, NULL), ('C2', -3, '2026-02-28')
`

// Each query runs, and answers as SQL Server's documentation says.
func TestQueries(t *testing.T) {
	conn := open(t)
	run(t, conn, "CREATE SCHEMA erp")
	ask(t, conn, sample)
	for query, want := range map[string]string{
		`SELECT No_, Name + N'!' AS n FROM dbo.[Customer Master] WHERE no_ = 'c1'`:                                                                                                   "C1    |Weiß & O'Neil!",
		`SELECT c.No_, SUM(i.Amount) FROM [CUSTOMER MASTER] c JOIN Erp.Invoice AS i ON i.Cust = c.No_ GROUP BY c.No_ ORDER BY c.No_ DESC`:                                            "C2    |-3.00/C1    |15.10",
		`SELECT TOP (1) Id FROM Erp.Invoice ORDER BY Id DESC`:                                                                                                                        "3",
		`SELECT TOP 2 Id FROM Erp.Invoice ORDER BY Due, Id`:                                                                                                                          "2/1",
		`SELECT Cust, COUNT(*) n FROM Erp.Invoice GROUP BY Cust ORDER BY Cust`:                                                                                                       "c1|2/C2|1",
		`SELECT COUNT(DISTINCT Cust) FROM Erp.Invoice`:                                                                                                                               "2",
		`SELECT c.No_, x.s FROM [Customer Master] c OUTER APPLY (SELECT SUM(Amount) AS s FROM Erp.Invoice i WHERE i.Cust = c.No_ AND i.Amount > 0) x ORDER BY 1`:                     "C1    |15.10/C2    |NULL",
		`SELECT c.No_, x.Id FROM [Customer Master] c CROSS APPLY (SELECT TOP 1 Id FROM Erp.Invoice i WHERE i.Cust = c.No_ ORDER BY Id DESC) x ORDER BY 1`:                            "C1    |2/C2    |3",
		`WITH a AS (SELECT Cust, Amount FROM Erp.Invoice), b (c, n) AS (SELECT Cust, COUNT(*) FROM a GROUP BY Cust) SELECT n FROM b WHERE c = 'C1'`:                                  "2",
		`SELECT Id, ROW_NUMBER() OVER (PARTITION BY Cust ORDER BY Id DESC) FROM Erp.Invoice ORDER BY Id`:                                                                             "1|2/2|1/3|1",
		`SELECT Id, SUM(Amount) OVER (ORDER BY Id ROWS UNBOUNDED PRECEDING) FROM Erp.Invoice ORDER BY Id`:                                                                            "1|10.10/2|15.10/3|12.10",
		`SELECT IIF(Blocked = 0, 'open', 'shut'), ISNULL(Name, '-') FROM [Customer Master] WHERE No_ = 'C2'`:                                                                         "open|-",
		`SELECT CASE WHEN (Amount + 1) * 2 > 10 AND (Due IS NULL OR Due < '20260201') THEN 1 ELSE 0 END FROM Erp.Invoice ORDER BY Id`:                                                "1/1/0",
		`SELECT LEN('ab  '), CHARINDEX('B', 'aBc'), SUBSTRING('hold', 2, 2), LEFT('hold', 1), RIGHT('hold', 2), REPLACE('a.b.', '.', '')`:                                            "2|2|ol|h|ld|ab",
		`SELECT LTRIM(RTRIM('  x ')) + '|', UPPER('ä'), CONCAT('a', NULL, 1, 2.50)`:                                                                                                  "x||Ä|a12.50",
		`SELECT CONVERT(varchar(10), CAST('20260131' AS datetime), 23), CONVERT(char(8), CAST('2026-01-31' AS date), 112)`:                                                           "2026-01-31|20260131",
		`SELECT CONVERT(varchar(30), Since, 120), CONVERT(nvarchar, Since, 126), CAST(Since AS date), CAST(Since AS varchar(30)) FROM [Customer Master] WHERE No_ = 'C1'`:            "2026-01-31 10:20:30|2026-01-31T10:20:30|2026-01-31|Jan 31 2026 10:20AM",
		`SELECT DATEADD(month, 1, CAST('2026-01-31' AS date)), DATEADD(day, -1, '20260301'), DATEDIFF(day, '20260131', '2026-03-01 01:00'), DATEDIFF(month, '20260131', '20260201')`: "2026-02-28|2026-02-28 00:00:00|29|1",
		`SELECT YEAR('20260131'), MONTH(Due), DAY(Due), DATEFROMPARTS(2026, 2, 3), EOMONTH('20260210'), EOMONTH(Due, 1) FROM Erp.Invoice WHERE Id = 1`:                               "2026|1|31|2026-02-03|2026-02-28|2026-02-28",
		`SELECT CAST('12.345' AS decimal(10,2)), CAST(12.9 AS int), CAST('' AS int), CAST(5 AS varchar(3)) + 'x', CONVERT(bit, 7)`:                                                   "12.35|12|0|5x|1",
		`SELECT TRY_CAST('x' AS int), TRY_CONVERT(date, '2026-02-30'), TRY_CAST('7' AS decimal(5,1)), TRY_CONVERT(date, '31.01.2026', 104)`:                                          "NULL|NULL|7.0|2026-01-31",
		`SELECT CONVERT(bigint, [timestamp]) - CONVERT(bigint, MIN_ACTIVE_ROWVERSION()) FROM [Customer Master] WHERE No_ = 'C2'`:                                                     "-1",
		`SELECT COUNT(*) FROM [Customer Master] WHERE [timestamp] > CONVERT(binary(8), CAST('2001' AS bigint))`:                                                                      "1",
		`SELECT CONVERT(bigint, MAX([timestamp])) FROM [Customer Master]`:                                                                                                            "2002",
		`SELECT Id FROM Erp.Invoice WHERE Cust LIKE 'C[1-9]%' AND Cust NOT LIKE '%2' ORDER BY Id`:                                                                                    "1/2",
		`SELECT v.a + v.b FROM (VALUES ('x', 'y'), ('z', '')) AS v (a, b) ORDER BY 1`:                                                                                                "xy/z",
		`SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM Erp.Invoice WHERE Amount > 1000) AND 2 IN (1, 2) AND 'a' BETWEEN 'a' AND 'b'`:                                                      "1",
		`SELECT STRING_AGG(Id, ',') WITHIN GROUP (ORDER BY Id DESC) FROM Erp.Invoice`:                                                                                                "3,2,1",
		`SELECT DB_NAME(), OBJECT_ID('dbo.nothing'), SUSER_SNAME()`:                                                                                                                  "HOLDFAST_ERP|NULL|sa",
		`SELECT COUNT(*) FROM sys.columns WHERE object_id = OBJECT_ID('[Customer Master]') AND name = 'no_'`:                                                                         "1",
		`SELECT DATA_TYPE, CHARACTER_MAXIMUM_LENGTH FROM INFORMATION_SCHEMA.COLUMNS WHERE TABLE_NAME = 'customer MASTER' ORDER BY ORDINAL_POSITION`:                                  "char|6/nvarchar|40/bit|NULL/money|NULL/datetime|NULL/timestamp|NULL",
		`SELECT HAS_PERMS_BY_NAME('dbo.[Customer Master]', 'OBJECT', 'UPDATE', 'Blocked', 'COLUMN'), HAS_PERMS_BY_NAME('nope', 'OBJECT', 'UPDATE')`:                                  "1|NULL",
		`SELECT Id FROM Erp.Invoice WHERE Cust = 'C1' UNION ALL SELECT 9 ORDER BY Id OFFSET 1 ROWS FETCH NEXT 1 ROWS ONLY`:                                                           "2",
		`SELECT n = Id, 'kind' = Cust FROM Erp.Invoice i WHERE i.Id = '3'`:                                                                                                           "3|C2",
		`SELECT COALESCE(NULLIF(Name, ''), No_) COLLATE Latin1_General_BIN FROM [Customer Master] ORDER BY 1`:                                                                        "C2    /Weiß & O'Neil",
		`SELECT ROUND(10.126, 2), ABS(-1.5), 7 / 2, 7 % 4, -(-1), 0x1F`:                                                                                                              `10.13|1.5|3|3|1|\x1f`,
	} {
		if got := ask(t, conn, query); got != want {
			t.Errorf("%s\n got %s\nwant %s", query, got, want)
		}
	}
}

// What does not fit its type fails, or shows a star, as in SQL Server.
func TestMisfits(t *testing.T) {
	conn := open(t)
	run(t, conn, "CREATE SCHEMA erp")
	ask(t, conn, sample)
	for query, code := range map[string]string{
		`SELECT CAST('00010101' AS datetime)`:                                       "22008",
		`SELECT 1 FROM [Customer Master] WHERE Since >= CAST('0001-01-01' AS date)`: "22008",
		`SELECT CAST(123.45 AS varchar(3))`:                                         "22003",
		`SELECT CAST('x' AS int)`:                                                   "22P02",
		`SELECT 1 FROM Erp.Invoice WHERE Id = 'x'`:                                  "22P02",
	} {
		sql, err := tsql.Rewrite(query)
		if err != nil {
			t.Fatal(err)
		}
		var e *pgconn.PgError
		if _, err := conn.PgConn().Exec(context.Background(), sql).ReadAll(); !errors.As(err, &e) || e.Code != code {
			t.Errorf("%s: %v, want %s", query, err, code)
		}
	}
	for query, want := range map[string]string{
		`SELECT COUNT(*) FROM [Customer Master] WHERE Since >= CAST('0001-01-01' AS datetime2) AND Since >= CAST('1753-01-01' AS date)`:               "2",
		`SELECT CAST(1234 AS varchar(3)), CAST('abcd' AS varchar(3)), CAST(12 AS char(4)), (SELECT MAX(CAST(Amount AS varchar(5))) FROM Erp.Invoice)`: "*|abc|12  |5.00",
		`SELECT COUNT(*) FROM Erp.Invoice WHERE Due >= CAST('0001-01-01' AS date) AND Id IN ('1', '3') AND Amount = '10.1'`:                           "1",
	} {
		if got := ask(t, conn, query); got != want {
			t.Errorf("%s\n got %s\nwant %s", query, got, want)
		}
	}
}

// A change touches the rows that SQL Server would, and renews rowversions.
func TestChanges(t *testing.T) {
	conn := open(t)
	run(t, conn, "CREATE SCHEMA erp")
	ask(t, conn, sample)
	for _, step := range []struct{ change, query, want string }{
		{`UPDATE [Customer Master] SET Blocked = 5, Name = Name + 'x' WHERE No_ = 'c1'`, `SELECT Blocked, Name, CONVERT(bigint, [timestamp]) FROM [Customer Master] WHERE No_ = 'C1'`, "1|Weiß & O'Neilx|2003"},
		{`UPDATE c SET c.Limit_ += 1 FROM dbo.[Customer Master] AS c WHERE c.No_ = 'C1'`, `SELECT Limit_ FROM [Customer Master] WHERE No_ = 'C1'`, "101.5000"},
		{`INSERT INTO [Customer Master] (No_, Name) SELECT 'C3', 'x' WHERE NOT EXISTS (SELECT 1 FROM [Customer Master] WHERE No_ = 'C3')`, `SELECT No_ FROM [Customer Master] WHERE Name = 'X'`, "C3    "},
		{`DELETE [Customer Master] WHERE No_ = 'C3'`, `SELECT COUNT(*) FROM [Customer Master]`, "2"},
		{`DELETE FROM i FROM Erp.Invoice i WHERE i.Id = 3`, `SELECT COUNT(*) FROM Erp.Invoice`, "2"},
		{`ALTER TABLE Erp.Invoice ADD Note nchar(3) NULL, Extra int; UPDATE Erp.Invoice SET Note = 'a'`, `SELECT Note FROM Erp.Invoice WHERE Id = 1`, "a  "},
		{`IF OBJECT_ID('Erp.Invoice', 'U') IS NOT NULL DROP TABLE Erp.Invoice`, `SELECT OBJECT_ID('Erp.Invoice')`, "NULL"},
		{`CREATE VIEW dbo.v AS SELECT No_ AS k FROM [Customer Master]`, `SELECT k FROM v ORDER BY k`, "C1    /C2    "},
	} {
		ask(t, conn, step.change)
		if got := ask(t, conn, step.query); got != step.want {
			t.Errorf("%s\n%s\n got %s\nwant %s", step.change, step.query, got, step.want)
		}
	}
}

// Names longer than PostgreSQL keeps stay apart, here and in the catalogue.
func TestLongNames(t *testing.T) {
	conn := open(t)
	long := "CRONUS International Ltd_$Detailed Cust_ Ledg_ Entry$437dbf0e-84ff-417a-965d-ed2bb9650972"
	ask(t, conn, fmt.Sprintf("CREATE TABLE [%s] (a int); CREATE TABLE [%s$ext] (a int, b int); INSERT INTO [%s] VALUES (1)", long, long, long))
	for query, want := range map[string]string{
		"SELECT a FROM [" + strings.ToUpper(long) + "]":                             "1",
		"SELECT COUNT(*) FROM [" + long + "$ext]":                                   "0",
		"SELECT name FROM sys.tables WHERE object_id = OBJECT_ID('[" + long + "]')": long,
	} {
		if got := ask(t, conn, query); got != want {
			t.Errorf("%s: got %s, want %s", query, got, want)
		}
	}
}

// What SQL Server would refuse, or nobody here knows, is refused by name.
func TestRefuses(t *testing.T) {
	for query, says := range map[string]string{
		"SELECT a FROM t LIMIT 5":                                       "near 'LIMIT'",
		"SELECT a || 'x' FROM t":                                        "near '|'",
		"SELECT a::int FROM t":                                          "near ':'",
		"SELECT a FROM t WHERE a IS NOT DISTINCT FROM 1":                "2022",
		"SELECT a = 1 AND b FROM t":                                     "near the keyword 'AND'",
		"SELECT a > 1 FROM t":                                           "near '>'",
		"SELECT (a > 1) FROM t":                                         "near '>'",
		"SELECT a FROM t ORDER BY a NULLS LAST":                         "near 'NULLS'",
		"SELECT a FROM t JOIN u USING (a)":                              "near 'USING'",
		"SELECT SUM(a) FILTER (WHERE b = 1) FROM t":                     "near",
		"SELECT NOW()":                                                  "'NOW' is not a recognized",
		"SELECT GREATEST(a, b) FROM t":                                  "2022",
		"SELECT a FROM t WHERE a IS TRUE":                               "near 'TRUE'",
		"SELECT a FROM t WHERE b":                                       "batch ends too early",
		"SELECT a FROM t WHERE d > DATE '2026-01-01'":                   "near '2026-01-01'",
		"SELECT d + INTERVAL '1 day' x FROM t":                          "near 'x'",
		"SELECT FROM t":                                                 "keyword 'FROM'",
		"SELECT x.a FROM (SELECT a FROM t ORDER BY a) x":                "ORDER BY clause is invalid",
		"SELECT x.a FROM (WITH c AS (SELECT 1 AS a) SELECT a FROM c) x": "keyword 'WITH'",
		"SELECT * FROM (SELECT a FROM t)":                               "ends too early",
		"SELECT * FROM (SELECT COUNT(*) FROM t) x":                      "No column name was specified for column 1 of 'x'",
		"SELECT * FROM (SELECT t.a, u.a FROM t, u) x":                   "specified multiple times",
		"SELECT SUM((SELECT a FROM t)) FROM u":                          "subquery",
		"SELECT ROW_NUMBER() FROM t":                                    "OVER",
		"SELECT a FROM t WITH (NOLOCK)":                                 "hint NOLOCK",
		"SELECT dbo.f(a) FROM t":                                        "function dbo.f",
		"SELECT FORMAT(a, 'N2') FROM t":                                 "'FORMAT' is not a recognized",
		"MERGE t USING u ON 1 = 1 WHEN MATCHED THEN DELETE":             "MERGE",
		"UPDATE t SET a = 1 OUTPUT inserted.a":                          "OUTPUT",
		"SELECT a INTO #x FROM t":                                       "INTO",
		"SELECT CAST(a AS serial) FROM t":                               "Type serial",
		"SELECT CAST(a AS boolean) FROM t":                              "Type boolean",
		"SELECT 'abc":                                                   "Unclosed quotation",
		"SELECT a FROM t FOR XML PATH('')":                              "FOR",
		"SELECT a FROM t GROUP BY 1":                                    "GROUP BY",
		"SELECT @x":                                                     "Must declare",
		"SELECT EXISTS (SELECT 1)":                                      "keyword 'EXISTS'",
		"SELECT EXTRACT(year FROM d) FROM t":                            "'EXTRACT' is not",
		"WHILE 1 = 1 SELECT 1":                                          "WHILE",
		"SELECT a FROM t FETCH FIRST 1 ROWS ONLY":                       "FETCH",
		"SELECT x FROM t WHERE x ILIKE 'a'":                             "near 'ILIKE'",
		"SELECT DATEADD('day', 1, d) FROM t":                            "dateadd option",
	} {
		_, err := tsql.Rewrite(query)
		var e *tsql.Error
		if !errors.As(err, &e) || !strings.Contains(e.Text, says) || e.Number == 0 || e.Line != 1 {
			t.Errorf("%s\n says %v, want %q", query, err, says)
		}
	}
}

// The names of a query's columns are kept as they are written.
func TestColumns(t *testing.T) {
	list, err := tsql.Parse("SELECT c.No_, Name AS [Full Name], 1 + 1, x = 2, N'a' 'Lit' FROM c; SELECT * FROM c", nil)
	if err != nil || len(list) != 2 {
		t.Fatal(list, err)
	}
	if got := strings.Join(list[0].Columns, ","); got != "No_,Full Name,,x,Lit" || list[1].Columns != nil {
		t.Errorf("got %s, %v", got, list[1].Columns)
	}
}

// Variables become their values; a procedure's call is taken apart.
func TestBatch(t *testing.T) {
	list, err := tsql.Parse("DECLARE @a int = 5, @b varchar(3); SET @b = 'x'; SELECT @a, @b, @p1; EXEC dbo.Do_It 'c', @flag = @a, @n = NULL OUTPUT; SET LOCK_TIMEOUT 500",
		map[string]string{"@p1": "'v'"})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, s := range list {
		got = append(got, fmt.Sprintf("%d %s%s %v%s %s", s.Kind, s.SQL, s.Procedure, s.Arguments, s.Option, s.Value))
	}
	want := "3  [] /3  [] /0 SELECT (\"sys\".to_bigint(5)::int), ('x'), 'v' [] /9 do_it [{ 'c'} {@flag (\"sys\".to_bigint(5)::int)} {@n NULL}] /4  []LOCK_TIMEOUT 500"
	if strings.Join(got, "/") != want {
		t.Errorf("got  %s\nwant %s", strings.Join(got, "/"), want)
	}
}

// The scanner never fails but with an error of its own.
func FuzzRewrite(f *testing.F) {
	for _, s := range []string{sample, "SELECT [a]]b], 0x, 1e+, @@x FROM t -- x", "/* /* */", "SELECT (((1)))"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		_, err := tsql.Rewrite(s)
		var e *tsql.Error
		if err != nil && !errors.As(err, &e) {
			t.Errorf("%T %v", err, err)
		}
	})
}
