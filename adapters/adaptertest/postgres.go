// Package adaptertest is the contract that every driver and preset passes, as a
// script to be read from top to bottom, and what such tests need.
package adaptertest

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"net/url"
	"os"
	"testing"

	"github.com/jackc/pgx/v5"
)

// PostgresDSN is the variable that names a PostgreSQL server on which tests may
// make and drop databases, as a URL.
const PostgresDSN = "HOLDFAST_TEST_POSTGRES_DSN"

// Postgres makes an empty database on the test server and returns its DSN; it
// is dropped when the test ends. Without a server the test is skipped.
func Postgres(t testing.TB) string {
	t.Helper()
	server := os.Getenv(PostgresDSN)
	if server == "" {
		t.Skipf("SKIPPED: needs a PostgreSQL server; set %s to its URL, or use make test", PostgresDSN)
	}
	name := scratchName(t)
	Exec(t, server, "CREATE DATABASE "+name+" TEMPLATE template0 ENCODING 'UTF8'")
	t.Cleanup(func() { Exec(t, server, "DROP DATABASE "+name+" WITH (FORCE)") })
	u, err := url.Parse(server)
	if err != nil || u.Scheme == "" {
		t.Fatalf("%s must be a URL, postgres://user@host:port/database", PostgresDSN)
	}
	u.Path = "/" + name
	return u.String()
}

func scratchName(t testing.TB) string {
	b := make([]byte, 6)
	if _, err := rand.Read(b); err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("holdfast_test_%s", hex.EncodeToString(b))
}

// Exec runs statements on a PostgreSQL database, as the ERP would.
func Exec(t testing.TB, dsn, statements string) {
	t.Helper()
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(ctx)
	if _, err := conn.PgConn().Exec(ctx, statements).ReadAll(); err != nil {
		t.Fatalf("%v\nin: %s", err, statements)
	}
}
