package postgres_test

import (
	"context"
	"database/sql"
	"testing"
	"time"

	"holdfast/adapters"
	"holdfast/adapters/adaptertest"
	"holdfast/adapters/postgres"
	"holdfast/adapters/presets"
)

// A connection that the server ends in the middle of a reading transaction is an
// error and no wait: database/sql would have the query wait for the transaction
// and the transaction for the query.
func TestALostConnectionInATransactionIsNotWaitedFor(t *testing.T) {
	dsn := adaptertest.Postgres(t)
	d := postgres.Driver{}
	for says, ask := range map[string]func(ctx context.Context, r reader) error{
		"clock": func(ctx context.Context, r reader) error { _, err := d.Clock(ctx, r.conn); return err },
		"mark": func(ctx context.Context, r reader) error {
			_, err := d.Committed(ctx, r.conn, presets.MarkXmin)
			return err
		},
	} {
		ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
		r := newReader(t, d, dsn)
		adaptertest.Exec(t, dsn, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'holdfast' AND datname = current_database()")
		time.Sleep(100 * time.Millisecond) // the server's farewell arrives
		done := make(chan error, 1)
		go func() {
			first := ask(ctx, r)
			done <- first
			_ = ask(ctx, r) // what is closed already must not be waited for either
			done <- ask(ctx, r)
		}()
		for range 2 {
			select {
			case err := <-done:
				if class, _ := d.Sort(err); err == nil || class != adapters.Connection {
					t.Errorf("%s: %v is sorted as %q", says, err, class)
				}
			case <-ctx.Done():
				t.Fatalf("%s waits for ever", says)
			}
		}
		r.end()
		cancel()
	}
}

// reader is a connection in a reading transaction.
type reader struct {
	conn *sql.Conn
	end  func()
}

func newReader(t *testing.T, d postgres.Driver, dsn string) reader {
	t.Helper()
	db, err := d.Open(dsn, adapters.Options{})
	if err != nil {
		t.Fatal(err)
	}
	conn, err := db.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	tx, err := d.BeginRead(t.Context(), conn)
	if err != nil {
		t.Fatal(err)
	}
	return reader{conn: conn, end: func() {
		_ = tx.Rollback() // it is lost with its connection
		_ = conn.Close()
		db.Close()
	}}
}
