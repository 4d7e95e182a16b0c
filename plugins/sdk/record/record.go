// Package record is what a channel remembers over its restarts: what became of
// each key, which events it has learnt, and how far it has read elsewhere. It is
// one SQLite file in the channel's own folder.
package record

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"time"

	_ "modernc.org/sqlite" // the driver that Open names

	"holdfast/plugins/sdk"
)

// fileName is the record's file in the channel's folder.
const fileName = "record.db"

// keepFor is how long outcomes and events are kept.
const keepFor = 400 * 24 * time.Hour

// Options say what a channel can rely on.
type Options struct {
	// Repeatable channels may send a key again whose fate is unknown, since the
	// receiver can tell the copy.
	Repeatable bool
	// Durable records survive a power cut, others the death of the process only.
	// A channel that is not repeatable needs it.
	Durable bool
}

// Record is a channel's memory. Its methods may be called at once from several
// goroutines.
type Record struct {
	db    *sql.DB
	opts  Options
	began time.Time // before it nothing is known: when the record was first made, what is dropped by now, or what a power cut may have taken

	// The statements of each message, prepared: what a mail costs is mostly these.
	insert, update *sql.Stmt

	file string // a name that no other record has

	mu     sync.Mutex
	flying map[string]bool // keys that are being sent now
}

const schema = `
CREATE TABLE IF NOT EXISTS outcome (
	key         TEXT    NOT NULL PRIMARY KEY,
	state       INTEGER NOT NULL,
	provider_id TEXT    NOT NULL,
	detail      TEXT    NOT NULL,
	at          INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS outcome_provider ON outcome (provider_id) WHERE provider_id <> '';
CREATE INDEX IF NOT EXISTS outcome_at ON outcome (at);
CREATE TABLE IF NOT EXISTS event (
	cursor INTEGER PRIMARY KEY AUTOINCREMENT,
	once   TEXT    NOT NULL UNIQUE,
	body   TEXT    NOT NULL,
	at     INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS mark (
	name  TEXT NOT NULL PRIMARY KEY,
	value TEXT NOT NULL
) WITHOUT ROWID;`

// Open opens the record in a channel's folder, and makes it where there is
// none. The caller closes it.
func Open(ctx context.Context, dir string, o Options) (*Record, error) {
	if dir == "" {
		return nil, errors.New("the channel was given no folder for its record")
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make the folder of the record: %w", err)
	}
	sync := "NORMAL"
	if o.Durable {
		sync = "FULL"
	}
	path := filepath.ToSlash(filepath.Join(dir, fileName))
	db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: path}).EscapedPath()+"?_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=synchronous("+sync+")&_txlock=immediate")
	if err != nil {
		return nil, fmt.Errorf("open the record %s: %w", path, err)
	}
	db.SetMaxOpenConns(1)
	r := &Record{db: db, opts: o, flying: map[string]bool{}}
	if err := r.begin(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("open the record %s: %w", path, err), db.Close())
	}
	return r, nil
}

// begin makes the tables, notes when the record began and drops what is old.
func (r *Record) begin(ctx context.Context) error {
	if _, err := r.db.ExecContext(ctx, schema); err != nil {
		return err
	}
	if err := r.prepare(ctx); err != nil {
		return err
	}
	now := time.Now()
	_, err := r.db.ExecContext(ctx, `INSERT INTO mark (name, value) VALUES ('began', ?) ON CONFLICT DO NOTHING`, now.UTC().Format(time.RFC3339Nano))
	if err != nil {
		return err
	}
	if err := r.sign(ctx); err != nil {
		return err
	}
	text, err := r.Mark(ctx, "began")
	if err != nil {
		return err
	}
	if r.began, err = time.Parse(time.RFC3339Nano, text); err != nil {
		return err
	}
	if since := booted(); !r.opts.Durable && since.After(r.began) {
		r.began = since
	}
	kept := now.Add(-keepFor)
	if kept.After(r.began) {
		r.began = kept
	}
	old := kept.UnixNano()
	for _, query := range []string{`DELETE FROM outcome WHERE at < ?`, `DELETE FROM event WHERE at < ?`} {
		if _, err := r.db.ExecContext(ctx, query, old); err != nil {
			return err
		}
	}
	return nil
}

func (r *Record) prepare(ctx context.Context) (err error) {
	r.insert, err = r.db.PrepareContext(ctx, `INSERT INTO outcome (key, state, provider_id, detail, at) VALUES (?, ?, '', ?, ?) ON CONFLICT DO NOTHING`)
	if err != nil {
		return err
	}
	r.update, err = r.db.PrepareContext(ctx, `UPDATE outcome SET state = ?, provider_id = ?, detail = ?, at = ? WHERE key = ?`)
	return err
}

// sign names this file, so that a cursor of an earlier one, whose folder was
// lost, is not taken for one of this.
func (r *Record) sign(ctx context.Context) error {
	_, err := r.db.ExecContext(ctx, `INSERT INTO mark (name, value) VALUES ('file', ?) ON CONFLICT DO NOTHING`, rand.Text()[:8])
	if err == nil {
		r.file, err = r.Mark(ctx, "file")
	}
	return err
}

// Close closes the record.
func (r *Record) Close() error { return r.db.Close() }

// Mark returns what was kept under a name, empty where nothing was.
func (r *Record) Mark(ctx context.Context, name string) (string, error) {
	var value string
	err := r.db.QueryRowContext(ctx, `SELECT value FROM mark WHERE name = ?`, name).Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return value, err
}

// SetMark keeps a value under a name, such as how far a mailbox was read. An
// empty value drops what was kept.
func (r *Record) SetMark(ctx context.Context, name, value string) error {
	return setMark(ctx, r.db, name, value)
}

// setMark keeps a mark by a database or a transaction of it.
func setMark(ctx context.Context, db interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}, name, value string) error {
	if value == "" {
		_, err := db.ExecContext(ctx, `DELETE FROM mark WHERE name = ?`, name)
		return err
	}
	_, err := db.ExecContext(ctx, `INSERT INTO mark (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value`, name, value)
	return err
}

var _ interface {
	Lookup(ctx context.Context, key string, handed time.Time) (sdk.Sent, error)
	Events(ctx context.Context, cursor string, emit func(sdk.Event) error) error
} = (*Record)(nil)
