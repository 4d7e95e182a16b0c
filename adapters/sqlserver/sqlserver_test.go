package sqlserver

import (
	"bytes"
	"context"
	"database/sql/driver"
	"io"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	mssql "github.com/microsoft/go-mssqldb"

	"holdfast/adapters"
)

// A bind is of the type that leaves the column as it is, and is declared as the
// type that it is sent with.
func TestBindAndDeclare(t *testing.T) {
	vienna := time.FixedZone("", 3600)
	for _, c := range []struct {
		value any
		want  any
		kind  string
	}{
		{"A-100", mssql.VarChar("A-100"), "varchar(5)"},
		{"", mssql.VarChar(""), "varchar(max)"},
		{strings.Repeat("x", 8001), mssql.VarChar(strings.Repeat("x", 8001)), "varchar(max)"},
		{"Jäger", "Jäger", "nvarchar(5)"},
		{"🚢", "🚢", "nvarchar(2)"},
		{strings.Repeat("ä", 4001), strings.Repeat("ä", 4001), "nvarchar(max)"},
		{int64(7), int64(7), "bigint"},
		{true, true, "bit"},
		{nil, nil, "nvarchar(1)"},
		{time.Date(2026, 11, 21, 10, 30, 0, 999_999_999, vienna),
			mssql.DateTime1(time.Date(2026, 11, 21, 9, 30, 0, 990_000_000, time.UTC)), "datetime"},
	} {
		got := Driver{}.Bind(c.value)
		if !reflect.DeepEqual(got, c.want) {
			t.Errorf("%v binds as %#v, want %#v", c.value, got, c.want)
		}
		if kind, err := kindOf(got); err != nil || kind != c.kind {
			t.Errorf("%v is declared as %q, want %q; %v", c.value, kind, c.kind, err)
		}
	}
	if params, err := declare([]any{mssql.VarChar("ab"), int64(1)}); err != nil || params != "@p1 varchar(2), @p2 bigint" {
		t.Errorf("declared %q, %v", params, err)
	}
	if _, err := declare([]any{1.5}); err == nil || !strings.Contains(err.Error(), "bind 1") {
		t.Errorf("a float: %v", err)
	}
}

func TestPlaceholder(t *testing.T) {
	if got := (Driver{}).Placeholder(12); got != "@p12" {
		t.Error(got)
	}
}

// The library is what decides how a value is sent, so that it must agree with
// what is declared.
func TestBindsAreOnesThatTheLibraryTakes(t *testing.T) {
	for _, v := range []any{"a", "ä", int64(1), true, time.Now(), nil} {
		bound := Driver{}.Bind(v)
		nv := driver.NamedValue{Ordinal: 1, Value: bound}
		if err := (&mssql.Conn{}).CheckNamedValue(&nv); err != nil || !reflect.DeepEqual(nv.Value, bound) {
			t.Errorf("%v (%T): becomes %v, %v", v, bound, nv.Value, err)
		}
	}
}

// Cells of the types that database/sql gives as bytes or times are written as
// the server would write them.
func TestWriting(t *testing.T) {
	west := time.FixedZone("", -5*3600)
	for _, c := range []struct {
		kind string
		v    any
		want string
	}{
		{"date", time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC), "2026-11-21"},
		{"datetime", time.Date(2026, 11, 21, 10, 30, 5, 6_666_666, time.UTC), "2026-11-21 10:30:05.007"},
		{"datetime", time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC), "2026-11-21 00:00:00"},
		{"time", time.Date(1, 1, 1, 10, 30, 5, 120_000_000, time.UTC), "10:30:05.12"},
		{"datetimeoffset", time.Date(2026, 11, 21, 22, 30, 0, 0, west), "2026-11-22 03:30:00"},
		// The first three groups lie in memory with their lowest byte first.
		{"uniqueidentifier", []byte{0xff, 0x19, 0x96, 0x6f, 0x86, 0x8b, 0x11, 0xd0, 0xb4, 0x2d, 0x00, 0xc0, 0x4f, 0xc9, 0x64, 0xff},
			"6F9619FF-8B86-D011-B42D-00C04FC964FF"},
		{"binary", []byte{0, 0, 0, 0, 0, 0, 7, 0xd1}, "0x00000000000007d1"},
		{"varbinary", []byte{}, "0x"},
	} {
		got, ok := writing[c.kind](nil, c.v)
		if !ok || string(got) != c.want {
			t.Errorf("%s: %q, want %q", c.kind, got, c.want)
		}
	}
	for kind, write := range writing {
		if got, ok := write([]byte("x"), 1.5); ok || !bytes.Equal(got, []byte("x")) {
			t.Errorf("%s writes what is not of its type: %q", kind, got)
		}
	}
}

// A reading session sends nothing that would write.
func TestWrites(t *testing.T) {
	for query, want := range map[string]bool{
		"DELETE FROM t": true, " \n update t set x = 1": true, ";MERGE t": true, "insert(x)": true, "TRUNCATE TABLE t": true,
		"GRANT UPDATE ON t": true,
		"SELECT 1":          false, "WITH a AS (SELECT 1 AS x) SELECT x FROM a": false, "SET LOCK_TIMEOUT 5": false, "EXEC dbo.SetSite @p1": false,
		"": false, "DECLARE @p1 int = 1; SELECT @p1": false,
	} {
		if writes(query) != want {
			t.Errorf("%q: %v", query, !want)
		}
	}
}

func TestSetUp(t *testing.T) {
	read := setUp(adapters.Options{})
	write := setUp(adapters.Options{Write: true, LockTimeout: 2 * time.Second})
	if slices.Contains(read, "SET XACT_ABORT ON") ||
		!slices.Contains(write, "SET XACT_ABORT ON") || !slices.Contains(write, "SET LOCK_TIMEOUT 2000") {
		t.Errorf("reads: %v\nwrites: %v", read, write)
	}
}

// An error that came of the statement timeout is told from the server's own and
// from a caller who left.
func TestLate(t *testing.T) {
	left, leave := context.WithCancel(context.Background())
	leave()
	ended, end := context.WithCancelCause(context.Background())
	end(overdue{time.Second})
	theirs := mssql.Error{Number: 1222}
	for _, c := range []struct {
		ctx       context.Context
		err, want error
	}{
		{ended, context.Canceled, overdue{time.Second}},
		{ended, mssql.StreamError{InnerError: io.EOF}, overdue{time.Second}},
		{ended, nil, nil}, {ended, io.EOF, io.EOF},
		{left, context.Canceled, context.Canceled}, {context.Background(), io.ErrUnexpectedEOF, io.ErrUnexpectedEOF},
	} {
		if got := late(c.ctx, c.err); got != c.want {
			t.Errorf("%v becomes %v, want %v", c.err, got, c.want)
		}
	}
	if got := late(ended, theirs); !answered(got) {
		t.Errorf("the server's answer becomes %v", got)
	}
}

func TestUnquoted(t *testing.T) {
	for name, want := range map[string]string{
		"CreditHold": "CreditHold", "[Credit Hold]": "Credit Hold", "[a]]b]": "a]b", `"a""b"`: `a"b`, "[": "[",
	} {
		if got := unquoted(name); got != want {
			t.Errorf("%s: %q", name, got)
		}
	}
}
